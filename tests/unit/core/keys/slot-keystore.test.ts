import { createDecipheriv, createHmac } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { crc32c } from '../../../../electron/core/keys/crc32c.ts'
import type { SlotId } from '../../../../electron/core/keys/keystore-port.ts'
import { memoryKeystore } from '../../../../electron/core/keys/memory-keystore.ts'
import { homePaths } from '../../../../electron/core/store/home-paths.ts'
import { errorCodeOf } from '../../../helpers/error-code.ts'
import {
  bytesOf,
  canOpen,
  keystoreKey,
  keystoreStart,
  mirrorsOf,
  openAt,
  plain,
  putSlot,
} from '../../../helpers/keystore-files.ts'
import { temporaryFolder } from '../../../helpers/temporary-folder.ts'

const day = 86_400_000
const openGcm = (key: Buffer, nonce: Buffer, aad: Buffer, sealed: Buffer, tag: Buffer): Buffer => {
  const decipher = createDecipheriv('aes-256-gcm', key, nonce)
  decipher.setAAD(aad)
  decipher.setAuthTag(tag)
  return Buffer.concat([decipher.update(sealed), decipher.final()])
}

describe.each([
  ['slots', () => openAt(temporaryFolder())],
  ['memory', () => memoryKeystore()],
] as const)('keystore in %s', (_, make) => {
  test('[ZP-82] a destroyed key opens nothing any more, other keys still do', () => {
    const keystore = make()
    const [one, two] = [keystore.create('candidate'), keystore.create('application')]
    const [boxOne, boxTwo] = [keystore.seal(one, 'aad', plain), keystore.seal(two, 'aad', plain)]
    expect(Buffer.from(keystore.open(one, 'aad', boxOne)).equals(plain)).toBe(true)
    keystore.destroy(one)
    keystore.destroy(one)
    expect(keystore.state(one)).toBe('destroyed')
    expect(canOpen(keystore, one, boxOne)).toBe('E_NOT_FOUND')
    expect(errorCodeOf(() => keystore.seal(one, 'aad', plain))).toBe('E_NOT_FOUND')
    expect(errorCodeOf(() => keystore.hmac(one, plain))).toBe('E_NOT_FOUND')
    expect(errorCodeOf(() => keystore.setDue(one, 1))).toBe('E_NOT_FOUND')
    expect(Buffer.from(keystore.open(two, 'aad', boxTwo)).equals(plain)).toBe(true)
    expect(keystore.listLive()).toEqual([{ slot: two, purpose: 'application' }])
    keystore.close()
  })

  test('a box opens under its own key and at its own place only', () => {
    const keystore = make()
    const [one, two] = keystore.createMany('candidate', 2) as [SlotId, SlotId]
    const box = keystore.seal(one, 'aad', plain)
    expect(canOpen(keystore, two, box)).toBe('E_DAMAGED')
    expect(errorCodeOf(() => keystore.open(one, 'other', box))).toBe('E_DAMAGED')
    expect(Buffer.from(keystore.hmac(one, plain)).equals(Buffer.from(keystore.hmac(two, plain)))).toBe(false)
    keystore.close()
  })

  test('unknown ids and a closed keystore', () => {
    const keystore = make()
    const slot = keystore.create('subject')
    expect(keystore.state('00'.repeat(16))).toBe('unknown')
    expect(keystore.state('nonsense')).toBe('unknown')
    keystore.destroy('00'.repeat(16))
    expect(canOpen(keystore, '00'.repeat(16), plain)).toBe('E_NOT_FOUND')
    expect(keystore.createMany('candidate', 0)).toEqual([])
    keystore.close()
    keystore.close()
    expect(errorCodeOf(() => keystore.create('candidate'))).toBe('E_SESSION')
    expect(errorCodeOf(() => keystore.seal(slot, 'aad', plain))).toBe('E_SESSION')
    expect(errorCodeOf(() => keystore.destroy(slot))).toBe('E_SESSION')
    expect(errorCodeOf(() => keystore.listLive())).toBe('E_SESSION')
  })
})

describe('keys.a and keys.b', () => {
  test('the slots lie as documented, in both files, and survive reopening', () => {
    const home = temporaryFolder()
    const paths = homePaths(home)
    let keystore = openAt(home)
    const slot = keystore.create('application', 1234)
    const box = keystore.seal(slot, 'aad', plain)
    const mac = Buffer.from(keystore.hmac(slot, plain))
    keystore.close()
    for (const path of mirrorsOf(paths)) {
      expect(statSync(path).size).toBe(128 + 1024 * 128)
      expect(statSync(path).mode & 0o077).toBe(0)
      const bytes = bytesOf(path, slot)
      expect([bytes[16], bytes[17], bytes.readBigUInt64BE(24)]).toEqual([1, 2, 1234n])
      expect(bytes.readUInt32BE(92)).toBe(crc32c(bytes.subarray(0, 92)))
      expect(bytes.subarray(96).every((byte) => byte === 0)).toBe(true)
    }
    keystore = openAt(home)
    expect(keystore.report).toEqual({ mended: 0, lost: 0 })
    expect(Buffer.from(keystore.open(slot, 'aad', box)).equals(plain)).toBe(true)
    expect(Buffer.from(keystore.hmac(slot, plain)).equals(mac)).toBe(true)
    keystore.setDue(slot, 99)
    keystore.close()
    expect(mirrorsOf(paths).map((path) => bytesOf(path, slot).readBigUInt64BE(24))).toEqual([99n, 99n])
    expect(openAt(home).state(slot)).toBe('live')
  })

  test('runs are appended before they are needed, and every key of many opens again', () => {
    const home = temporaryFolder()
    let keystore = openAt(home, { cacheSize: 10 })
    const slots = keystore.createMany('candidate', 3000)
    const boxes = slots.map((slot) => keystore.seal(slot, slot, Buffer.from(slot)))
    expect(new Set(slots).size).toBe(3000)
    expect((statSync(homePaths(home).keysA).size - 128) % (1024 * 128)).toBe(0)
    keystore.close()
    keystore = openAt(home, { cacheSize: 10 })
    for (const [index, slot] of slots.entries()) {
      expect(Buffer.from(keystore.open(slot, slot, boxes[index]!)).toString()).toBe(slot)
    }
    expect(keystore.listLive().length).toBe(3000)
    keystore.close()
  })

  test('[ZP-82] destroying overwrites the sealed key in both files, in place, and keeps the id', () => {
    const home = temporaryFolder()
    const paths = homePaths(home)
    let keystore = openAt(home)
    const slot = keystore.create('candidate')
    const box = keystore.seal(slot, 'aad', plain)
    const before = bytesOf(paths.keysA, slot)
    const size = statSync(paths.keysA).size
    keystore.destroy(slot)
    keystore.close()
    for (const path of mirrorsOf(paths)) {
      const file = readFileSync(path)
      expect(file.length).toBe(size)
      expect(file.includes(before.subarray(44, 76))).toBe(false)
      expect(file.includes(before.subarray(32, 44))).toBe(false)
      expect(bytesOf(path, slot)[16]).toBe(2)
      expect(bytesOf(path, slot).readBigUInt64BE(24)).toBe(BigInt(keystoreStart))
    }
    keystore = openAt(home)
    expect(keystore.state(slot)).toBe('destroyed')
    expect(canOpen(keystore, slot, box)).toBe('E_NOT_FOUND')
    keystore.close()
  })

  test('a sealed key taken to another slot does not open', () => {
    const home = temporaryFolder()
    const paths = homePaths(home)
    const keystore = openAt(home)
    const [one, two] = keystore.createMany('candidate', 2) as [SlotId, SlotId]
    const box = keystore.seal(one, 'aad', plain)
    keystore.close()
    const [from, to] = [bytesOf(paths.keysA, one), bytesOf(paths.keysA, two)]
    const moved = Buffer.concat([to.subarray(0, 32), from.subarray(32, 92), Buffer.alloc(36)])
    moved.writeUInt32BE(crc32c(moved, 0, 92), 92)
    for (const path of mirrorsOf(paths)) putSlot(path, two, moved, path)
    const again = openAt(home)
    expect(canOpen(again, two, box)).toBe('E_DAMAGED')
    expect(canOpen(again, one, box)).toBe('none')
    again.close()
  })

  test('a slot destroyed more than a year ago is used again, a younger one is not', () => {
    const home = temporaryFolder()
    let keystore = openAt(home)
    const [old, young] = keystore.createMany('candidate', 2) as [SlotId, SlotId]
    keystore.destroy(old)
    keystore.close()
    keystore = openAt(home, { clock: { now: () => keystoreStart + 200 * day } })
    keystore.destroy(young)
    keystore.close()
    keystore = openAt(home, { clock: { now: () => keystoreStart + 367 * day } })
    expect([keystore.state(old), keystore.state(young)]).toEqual(['unknown', 'destroyed'])
    const next = keystore.create('candidate')
    keystore.close()
    expect(readFileSync(homePaths(home).keysA).indexOf(Buffer.from(next, 'hex'))).toBe(128)
  })
})

describe('any order of operations', () => {
  test('a reopened keystore says what a plain list of the operations says', () => {
    const step = fc.oneof(
      {
        weight: 4,
        arbitrary: fc.record({ op: fc.constant('create' as const), many: fc.integer({ min: 1, max: 40 }) }),
      },
      { weight: 4, arbitrary: fc.record({ op: fc.constant('destroy' as const), pick: fc.nat() }) },
      { weight: 1, arbitrary: fc.record({ op: fc.constant('due' as const), pick: fc.nat() }) },
      { weight: 1, arbitrary: fc.record({ op: fc.constant('reopen' as const) }) },
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        const home = temporaryFolder()
        let keystore = openAt(home, { cacheSize: 3 })
        const model = new Map<SlotId, { box: Uint8Array; live: boolean }>()
        const pick = (seed: number): SlotId | undefined => [...model.keys()][seed % Math.max(1, model.size)]
        for (const now of steps) {
          if (now.op === 'create') {
            for (const slot of keystore.createMany('candidate', now.many)) {
              model.set(slot, { box: keystore.seal(slot, 'aad', plain), live: true })
            }
          } else if (now.op === 'reopen') {
            keystore.close()
            keystore = openAt(home, { cacheSize: 3 })
          } else {
            const slot = pick(now.pick)
            const known = slot === undefined ? undefined : model.get(slot)
            if (slot === undefined || known === undefined) continue
            if (now.op === 'destroy') {
              keystore.destroy(slot)
              known.live = false
            } else if (known.live) keystore.setDue(slot, now.pick)
          }
        }
        keystore.close()
        keystore = openAt(home)
        expect(keystore.report).toEqual({ mended: 0, lost: 0 })
        for (const [slot, { box, live }] of model) {
          expect(keystore.state(slot)).toBe(live ? 'live' : 'destroyed')
          expect(canOpen(keystore, slot, box)).toBe(live ? 'none' : 'E_NOT_FOUND')
        }
        keystore.close()
      }),
      { numRuns: 25 },
    )
  })
})

test('a subject hash can be checked with the key and nothing else', () => {
  const home = temporaryFolder()
  const keystore = openAt(home)
  const slot = keystore.create('subject')
  const message = Buffer.from('platform\0id')
  const mac = keystore.hmac(slot, message)
  keystore.close()
  // Open the slot as `docs/formats.md` describes it.
  const bytes = bytesOf(homePaths(home).keysA, slot)
  const aad = Buffer.concat([Buffer.from('candor/slot/1|'), bytes.subarray(0, 16), bytes.subarray(17, 18)])
  const raw = openGcm(keystoreKey, bytes.subarray(32, 44), aad, bytes.subarray(44, 76), bytes.subarray(76, 92))
  expect(createHmac('sha256', raw).update(message).digest('hex')).toBe(Buffer.from(mac).toString('hex'))
})
