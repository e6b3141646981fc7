import { createSecretKey } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { expect } from 'vitest'
import type { Keystore, SlotId } from '../../electron/core/keys/keystore-port.ts'
import {
  openSlotKeystore,
  type SlotKeystore,
  type SlotKeystoreOptions,
} from '../../electron/core/keys/slot-keystore.ts'
import { homePaths, type HomePaths } from '../../electron/core/store/home-paths.ts'
import { errorCodeOf } from './error-code.ts'

/** What the tests of `keys.a` and `keys.b` share: opening a home's keystore, and reading and harming its files from outside. */
export const keystoreStart = 1_800_000_000_000
export const keystoreKey = Buffer.alloc(32, 7)
export const plain = Buffer.from('张三丰 13800138000')

export const openAt = (home: string, more: Partial<SlotKeystoreOptions> = {}): SlotKeystore =>
  openSlotKeystore({
    paths: homePaths(home),
    homeId: 'ab'.repeat(16),
    key: createSecretKey(keystoreKey),
    clock: { now: () => keystoreStart },
    hasDestroyBegin: () => false,
    ...more,
  })

/** Offset of a slot in a file, found by its id as an auditor would. */
const offsetOf = (file: Buffer, slot: SlotId): number => {
  const at = file.indexOf(Buffer.from(slot, 'hex'))
  expect(at % 128).toBe(0)
  return at
}

export const bytesOf = (path: string, slot: SlotId): Buffer => {
  const file = readFileSync(path)
  const at = offsetOf(file, slot)
  return file.subarray(at, at + 128)
}

export const garble = (path: string, slot: SlotId): void => {
  const file = readFileSync(path)
  const at = offsetOf(file, slot)
  for (let index = at + 44; index < at + 76; index += 1) file[index]! ^= 0x5a
  writeFileSync(path, file)
}

/** Puts other bytes into the place that a slot has in `where` (the mirrors have the same places). */
export const putSlot = (path: string, slot: SlotId, bytes: Buffer, where: string): void => {
  const file = readFileSync(path)
  bytes.copy(file, offsetOf(readFileSync(where), slot))
  writeFileSync(path, file)
}

export const mirrorsOf = (paths: HomePaths) => [paths.keysA, paths.keysB] as const

export const sameMirrors = (paths: HomePaths): boolean =>
  readFileSync(paths.keysA).subarray(128).equals(readFileSync(paths.keysB).subarray(128))

/** `none` when the box opens, else the error's code. */
export const canOpen = (keystore: Keystore, slot: SlotId, box: Uint8Array): string =>
  errorCodeOf(() => keystore.open(slot, 'aad', box))
