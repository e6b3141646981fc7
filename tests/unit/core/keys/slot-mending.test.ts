import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { crc32c } from '../../../../electron/core/keys/crc32c.ts'
import type { SlotId } from '../../../../electron/core/keys/keystore-port.ts'
import { homePaths } from '../../../../electron/core/store/home-paths.ts'
import { errorCodeOf } from '../../../helpers/error-code.ts'
import {
  bytesOf,
  canOpen,
  garble,
  mirrorsOf,
  openAt,
  plain,
  putSlot,
  sameMirrors,
} from '../../../helpers/keystore-files.ts'
import { temporaryFolder } from '../../../helpers/temporary-folder.ts'

describe('mending', () => {
  /** A home with one live and one destroyed slot, closed. */
  const prepared = () => {
    const home = temporaryFolder()
    const paths = homePaths(home)
    const keystore = openAt(home)
    const [live, dead] = keystore.createMany('candidate', 2) as [SlotId, SlotId]
    const boxes = { live: keystore.seal(live, 'aad', plain), dead: keystore.seal(dead, 'aad', plain) }
    const lived = bytesOf(paths.keysA, dead)
    keystore.destroy(dead)
    keystore.close()
    return { home, paths, live, dead, boxes, lived }
  }

  test.each([0, 1] as const)('a slot garbled in mirror %i comes back from the other', (mirror) => {
    const { home, paths, live, boxes } = prepared()
    garble(mirrorsOf(paths)[mirror], live)
    const asked: SlotId[] = []
    const keystore = openAt(home, { hasDestroyBegin: (slot) => (asked.push(slot), false) })
    expect(keystore.report).toEqual({ mended: 1, lost: 0 })
    expect(asked).toEqual([live])
    expect(canOpen(keystore, live, boxes.live)).toBe('none')
    keystore.close()
    expect(sameMirrors(paths)).toBe(true)
  })

  test.each([0, 1] as const)('[ZP-82] but not when the log began to destroy it (mirror %i)', (mirror) => {
    const { home, paths, live, boxes } = prepared()
    const sealed = Buffer.from(bytesOf(paths.keysA, live).subarray(44, 76))
    garble(mirrorsOf(paths)[mirror], live)
    const keystore = openAt(home, { hasDestroyBegin: (slot) => slot === live })
    expect(keystore.state(live)).toBe('destroyed')
    expect(canOpen(keystore, live, boxes.live)).toBe('E_NOT_FOUND')
    keystore.close()
    for (const path of mirrorsOf(paths)) expect(readFileSync(path).includes(sealed)).toBe(false)
  })

  test.each([0, 1] as const)(
    '[ZP-82] destroyed in mirror %i alone is destroyed: an old copy brings no key back',
    (mirror) => {
      const { home, paths, dead, boxes, lived } = prepared()
      putSlot(mirrorsOf(paths)[1 - mirror]!, dead, lived, paths.keysA)
      const keystore = openAt(home)
      expect(keystore.state(dead)).toBe('destroyed')
      expect(canOpen(keystore, dead, boxes.dead)).toBe('E_NOT_FOUND')
      keystore.close()
      for (const path of mirrorsOf(paths)) expect(readFileSync(path).includes(lived.subarray(44, 76))).toBe(false)
    },
  )

  test('a slot garbled in both is destroyed, not guessed', () => {
    const { home, paths, live, boxes } = prepared()
    for (const path of mirrorsOf(paths)) garble(path, live)
    const keystore = openAt(home)
    expect(keystore.report).toEqual({ mended: 0, lost: 1 })
    expect(keystore.state(live)).toBe('destroyed')
    expect(canOpen(keystore, live, boxes.live)).toBe('E_NOT_FOUND')
    keystore.close()
    expect(sameMirrors(paths)).toBe(true)
  })

  test.each([0, 1] as const)('mirror %i missing, empty, cut or with a garbled header is made again', (mirror) => {
    for (const harm of ['missing', 'empty', 'one byte', 'half', 'header'] as const) {
      const { home, paths, live, dead, boxes } = prepared()
      const path = mirrorsOf(paths)[mirror]
      if (harm === 'missing') rmSync(path)
      if (harm === 'empty') truncateSync(path, 0)
      if (harm === 'one byte') truncateSync(path, 1)
      if (harm === 'half') truncateSync(path, 128 + 128 + 50)
      if (harm === 'header')
        writeFileSync(path, Buffer.concat([Buffer.alloc(128, 1), readFileSync(path).subarray(128)]))
      const keystore = openAt(home)
      expect([harm, keystore.state(live), keystore.state(dead)]).toEqual([harm, 'live', 'destroyed'])
      expect(canOpen(keystore, live, boxes.live)).toBe('none')
      keystore.close()
      expect(sameMirrors(paths)).toBe(true)
      expect(openAt(home).report).toEqual({ mended: 0, lost: 0 })
    }
  })

  test('both missing beside a store is an error, and nothing is made', () => {
    const { home, paths } = prepared()
    mkdirSync(join(paths.accounts, '0123'), { recursive: true })
    writeFileSync(join(paths.accounts, '0123', 'store.db'), 'rows')
    for (const path of mirrorsOf(paths)) rmSync(path)
    expect(errorCodeOf(() => openAt(home))).toBe('E_KEYS_MISSING')
    rmSync(paths.accounts, { recursive: true })
    writeFileSync(paths.ledger, 'entries')
    expect(errorCodeOf(() => openAt(home))).toBe('E_KEYS_MISSING')
    for (const path of mirrorsOf(paths)) expect(() => statSync(path)).toThrow('ENOENT')
  })

  test('files of another home, swapped files and files of a newer program keep every byte', () => {
    const { home, paths } = prepared()
    const before = mirrorsOf(paths).map((path) => readFileSync(path))
    expect(errorCodeOf(() => openAt(home, { homeId: 'cd'.repeat(16) }))).toBe('E_FOREIGN')
    expect(mirrorsOf(paths).map((path, index) => readFileSync(path).equals(before[index]!))).toEqual([true, true])
    copyFileSync(paths.keysA, paths.keysB)
    expect(errorCodeOf(() => openAt(home))).toBe('E_FOREIGN')
    const newer = Buffer.from(before[0]!)
    newer.writeUInt32BE(2, 8)
    newer.writeUInt32BE(crc32c(newer, 0, 92), 92)
    writeFileSync(paths.keysA, newer)
    writeFileSync(paths.keysB, before[1]!)
    expect(errorCodeOf(() => openAt(home))).toBe('E_NEWER')
    expect(readFileSync(paths.keysA).equals(newer)).toBe(true)
    for (const path of mirrorsOf(paths)) truncateSync(path, 0)
    expect(errorCodeOf(() => openAt(home))).toBe('E_DAMAGED')
    expect(mirrorsOf(paths).map((path) => statSync(path).size)).toEqual([0, 0])
  })

  test('two sound mirrors of different records are damage, and keep every byte', () => {
    const { home, paths, live } = prepared()
    const other = prepared()
    putSlot(paths.keysB, live, bytesOf(other.paths.keysB, other.live), paths.keysA)
    const before = readFileSync(paths.keysB)
    expect(errorCodeOf(() => openAt(home))).toBe('E_DAMAGED')
    expect(readFileSync(paths.keysB).equals(before)).toBe(true)
  })

  test('zeros that a power cut left at the end are free slots', () => {
    const { home, paths, live, boxes } = prepared()
    const file = readFileSync(paths.keysA)
    writeFileSync(paths.keysA, Buffer.concat([file, Buffer.alloc(1000)]))
    const keystore = openAt(home)
    expect(keystore.report.lost).toBe(0)
    expect(canOpen(keystore, live, boxes.live)).toBe('none')
    keystore.createMany('candidate', 1100)
    keystore.close()
    expect(sameMirrors(paths)).toBe(true)
    expect(openAt(home).listLive().length).toBe(1101)
  })

  test('whatever is done to one mirror, live keys stay and destroyed ones stay destroyed', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(0, 1),
        fc.array(fc.record({ at: fc.nat(128 + 20 * 128), byte: fc.integer({ min: 1, max: 255 }) }), { maxLength: 30 }),
        fc.option(fc.nat(128 + 20 * 128)),
        (mirror, flips, cut) => {
          const { home, paths, live, dead, boxes } = prepared()
          const path = mirrorsOf(paths)[mirror]!
          const file = readFileSync(path)
          for (const { at, byte } of flips) file[at]! ^= byte
          writeFileSync(path, cut === null ? file : file.subarray(0, cut))
          const keystore = openAt(home)
          expect(keystore.state(live)).toBe('live')
          expect(canOpen(keystore, live, boxes.live)).toBe('none')
          expect(keystore.state(dead)).toBe('destroyed')
          expect(canOpen(keystore, dead, boxes.dead)).toBe('E_NOT_FOUND')
          keystore.close()
          expect(sameMirrors(paths)).toBe(true)
        },
      ),
      { numRuns: 60 },
    )
  })
})

describe('kill -9', () => {
  const child = (home: string, what: string, flush: number, slot = ''): void => {
    const script = join(import.meta.dirname, 'crash-between-mirrors.ts')
    const { signal, stderr } = spawnSync(process.execPath, [script, home, what, String(flush), slot])
    expect(`${signal} ${stderr}`).toBe('SIGKILL ')
  }

  test.each([1, 2])('[ZP-82] after flush %i of a destruction the key is destroyed in both files', (flush) => {
    const home = temporaryFolder()
    let keystore = openAt(home)
    const [slot, other] = keystore.createMany('candidate', 2) as [SlotId, SlotId]
    const [box, otherBox] = [keystore.seal(slot, 'aad', plain), keystore.seal(other, 'aad', plain)]
    keystore.close()
    const sealed = Buffer.from(bytesOf(homePaths(home).keysB, slot).subarray(44, 76))
    child(home, 'destroy', flush, slot)
    keystore = openAt(home)
    expect(keystore.state(slot)).toBe('destroyed')
    expect(canOpen(keystore, slot, box)).toBe('E_NOT_FOUND')
    expect(canOpen(keystore, other, otherBox)).toBe('none')
    keystore.close()
    for (const path of mirrorsOf(homePaths(home))) expect(readFileSync(path).includes(sealed)).toBe(false)
  })

  test.each([1, 2])('after flush %i of a creation or a new due time both files agree and old keys open', (flush) => {
    for (const what of ['create', 'due']) {
      const home = temporaryFolder()
      let keystore = openAt(home)
      const slot = keystore.create('candidate', 7)
      const box = keystore.seal(slot, 'aad', plain)
      keystore.close()
      child(home, what, flush, slot)
      keystore = openAt(home)
      expect(keystore.report.lost).toBe(0)
      expect(canOpen(keystore, slot, box)).toBe('none')
      // A key that was being made has no rows; it is listed, so that whoever frees keys without rows finds it.
      expect(keystore.listLive().length).toBe(what === 'create' ? 2 : 1)
      keystore.close()
      expect(sameMirrors(homePaths(home))).toBe(true)
      if (what === 'due') expect(bytesOf(homePaths(home).keysB, slot).readBigUInt64BE(24)).toBe(42n)
    }
  })
})

describe('a disk that fails', () => {
  const failing = (code: string) => {
    throw Object.assign(new Error('disk'), { code })
  }

  test('[ZP-82] one mirror that cannot be written does not stop the other from being overwritten, and it is tried again', () => {
    for (const sick of ['a', 'b'] as const) {
      const home = temporaryFolder()
      const paths = homePaths(home)
      let broken = false
      const keystore = openAt(home, { onFlush: (mirror) => void (broken && mirror === sick && failing('EIO')) })
      const slot = keystore.create('candidate')
      const box = keystore.seal(slot, 'aad', plain)
      const sealed = Buffer.from(bytesOf(paths.keysA, slot).subarray(44, 76))
      broken = true
      expect(errorCodeOf(() => keystore.destroy(slot))).toBe('E_DISK')
      expect(canOpen(keystore, slot, box)).toBe('E_NOT_FOUND')
      expect(readFileSync(sick === 'a' ? paths.keysB : paths.keysA).includes(sealed)).toBe(false)
      expect(errorCodeOf(() => keystore.destroy(slot))).toBe('E_DISK')
      broken = false
      const before = bytesOf(paths.keysA, slot)
      keystore.destroy(slot)
      expect(bytesOf(paths.keysA, slot).equals(before)).toBe(false)
      keystore.close()
      expect(sameMirrors(paths)).toBe(true)
    }
  })

  test('a key whose writing failed is not handed out, and the next one works', () => {
    const home = temporaryFolder()
    let broken = true
    const keystore = openAt(home, { onFlush: () => void (broken && failing('ENOSPC')) })
    expect(errorCodeOf(() => keystore.create('candidate'))).toBe('E_DISK')
    expect(keystore.listLive()).toEqual([])
    broken = false
    const slot = keystore.create('candidate')
    const box = keystore.seal(slot, 'aad', plain)
    keystore.close()
    const again = openAt(home)
    expect(canOpen(again, slot, box)).toBe('none')
    again.close()
  })

  test('[ZP-82] on a full disk keys are destroyed all the same, and no new ones are promised', (context) => {
    const home = temporaryFolder()
    const mount = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', home])
    if (mount.status !== 0) context.skip('this test mounts a small file system, which only root may')
    try {
      const paths = homePaths(home)
      let keystore = openAt(home)
      const [slot, other] = keystore.createMany('candidate', 2) as [SlotId, SlotId]
      const [box, otherBox] = [keystore.seal(slot, 'aad', plain), keystore.seal(other, 'aad', plain)]
      const sealed = Buffer.from(bytesOf(paths.keysA, slot).subarray(44, 76))
      expect(() => writeFileSync(join(home, 'filler'), Buffer.alloc(2_000_000))).toThrow('ENOSPC')
      const sizes = mirrorsOf(paths).map((path) => statSync(path).size)
      keystore.createMany('candidate', 1000)
      expect(errorCodeOf(() => keystore.createMany('candidate', 1000))).toBe('E_DISK')
      expect(mirrorsOf(paths).map((path) => statSync(path).size)).toEqual(sizes)
      keystore.destroy(slot)
      for (const path of mirrorsOf(paths)) expect(readFileSync(path).includes(sealed)).toBe(false)
      expect(canOpen(keystore, slot, box)).toBe('E_NOT_FOUND')
      keystore.close()
      keystore = openAt(home)
      expect(keystore.state(slot)).toBe('destroyed')
      expect(canOpen(keystore, other, otherBox)).toBe('none')
      keystore.close()
    } finally {
      spawnSync('umount', [home])
    }
  })
})
