import { spawnSync } from 'node:child_process'
import { createDecipheriv, createHmac, createSecretKey } from 'node:crypto'
import { copyFileSync, mkdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Keystore, SlotId } from '../../../../electron/core/keys/keystore-port.ts'
import { memoryKeystore } from '../../../../electron/core/keys/memory-keystore.ts'
import { crc32c } from '../../../../electron/core/keys/crc32c.ts'
import { openSlotKeystore, type SlotKeystoreOptions } from '../../../../electron/core/keys/slot-keystore.ts'
import { homePaths, type HomePaths } from '../../../../electron/core/store/home-paths.ts'
import { errorCodeOf } from '../../../helpers/error-code.ts'
import { temporaryFolder } from '../../../helpers/temporary-folder.ts'

const homeId = 'ab'.repeat(16)
const day = 86_400_000
const start = 1_800_000_000_000

const openAt = (home: string, more: Partial<SlotKeystoreOptions> = {}) =>
  openSlotKeystore({
    paths: homePaths(home),
    homeId,
    key: createSecretKey(Buffer.alloc(32, 7)),
    clock: { now: () => start },
    hasDestroyBegin: () => false,
    ...more,
  })

/** Offset of a slot in a file, found by its id as an auditor would. */
const offsetOf = (file: Buffer, slot: SlotId): number => {
  const at = file.indexOf(Buffer.from(slot, 'hex'))
  expect(at % 128).toBe(0)
  return at
}
const bytesOf = (path: string, slot: SlotId): Buffer => {
  const file = readFileSync(path)
  const at = offsetOf(file, slot)
  return file.subarray(at, at + 128)
}
const garble = (path: string, slot: SlotId, from = 44, length = 32): void => {
  const file = readFileSync(path)
  const at = offsetOf(file, slot)
  for (let index = at + from; index < at + from + length; index += 1) file[index]! ^= 0x5a
  writeFileSync(path, file)
}
const put = (path: string, slot: SlotId, bytes: Buffer, where: string): void => {
  const file = readFileSync(path)
  bytes.copy(file, offsetOf(readFileSync(where), slot))
  writeFileSync(path, file)
}
const mirrors = (paths: HomePaths) => [paths.keysA, paths.keysB] as const
const sameMirrors = (paths: HomePaths): boolean =>
  readFileSync(paths.keysA).subarray(128).equals(readFileSync(paths.keysB).subarray(128))
const canOpen = (keystore: Keystore, slot: SlotId, box: Uint8Array): string =>
  errorCodeOf(() => keystore.open(slot, 'aad', box))
const plain = Buffer.from('张三丰 13800138000')
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
    for (const path of mirrors(paths)) {
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
    expect(mirrors(paths).map((path) => bytesOf(path, slot).readBigUInt64BE(24))).toEqual([99n, 99n])
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
    for (const path of mirrors(paths)) {
      const file = readFileSync(path)
      expect(file.length).toBe(size)
      expect(file.includes(before.subarray(44, 76))).toBe(false)
      expect(file.includes(before.subarray(32, 44))).toBe(false)
      expect(bytesOf(path, slot)[16]).toBe(2)
      expect(bytesOf(path, slot).readBigUInt64BE(24)).toBe(BigInt(start))
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
    for (const path of mirrors(paths)) put(path, two, moved, path)
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
    keystore = openAt(home, { clock: { now: () => start + 200 * day } })
    keystore.destroy(young)
    keystore.close()
    keystore = openAt(home, { clock: { now: () => start + 367 * day } })
    expect([keystore.state(old), keystore.state(young)]).toEqual(['unknown', 'destroyed'])
    const next = keystore.create('candidate')
    keystore.close()
    expect(readFileSync(homePaths(home).keysA).indexOf(Buffer.from(next, 'hex'))).toBe(128)
  })
})

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
    garble(mirrors(paths)[mirror], live)
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
    garble(mirrors(paths)[mirror], live)
    const keystore = openAt(home, { hasDestroyBegin: (slot) => slot === live })
    expect(keystore.state(live)).toBe('destroyed')
    expect(canOpen(keystore, live, boxes.live)).toBe('E_NOT_FOUND')
    keystore.close()
    for (const path of mirrors(paths)) expect(readFileSync(path).includes(sealed)).toBe(false)
  })

  test.each([0, 1] as const)(
    '[ZP-82] destroyed in mirror %i alone is destroyed: an old copy brings no key back',
    (mirror) => {
      const { home, paths, dead, boxes, lived } = prepared()
      put(mirrors(paths)[1 - mirror]!, dead, lived, paths.keysA)
      const keystore = openAt(home)
      expect(keystore.state(dead)).toBe('destroyed')
      expect(canOpen(keystore, dead, boxes.dead)).toBe('E_NOT_FOUND')
      keystore.close()
      for (const path of mirrors(paths)) expect(readFileSync(path).includes(lived.subarray(44, 76))).toBe(false)
    },
  )

  test('a slot garbled in both is destroyed, not guessed', () => {
    const { home, paths, live, boxes } = prepared()
    for (const path of mirrors(paths)) garble(path, live)
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
      const path = mirrors(paths)[mirror]
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
    for (const path of mirrors(paths)) rmSync(path)
    expect(errorCodeOf(() => openAt(home))).toBe('E_KEYS_MISSING')
    rmSync(paths.accounts, { recursive: true })
    writeFileSync(paths.ledger, 'entries')
    expect(errorCodeOf(() => openAt(home))).toBe('E_KEYS_MISSING')
    for (const path of mirrors(paths)) expect(() => statSync(path)).toThrow('ENOENT')
  })

  test('files of another home, swapped files and files of a newer program keep every byte', () => {
    const { home, paths } = prepared()
    const before = mirrors(paths).map((path) => readFileSync(path))
    expect(errorCodeOf(() => openAt(home, { homeId: 'cd'.repeat(16) }))).toBe('E_FOREIGN')
    expect(mirrors(paths).map((path, index) => readFileSync(path).equals(before[index]!))).toEqual([true, true])
    copyFileSync(paths.keysA, paths.keysB)
    expect(errorCodeOf(() => openAt(home))).toBe('E_FOREIGN')
    const newer = Buffer.from(before[0]!)
    newer.writeUInt32BE(2, 8)
    newer.writeUInt32BE(crc32c(newer, 0, 92), 92)
    writeFileSync(paths.keysA, newer)
    writeFileSync(paths.keysB, before[1]!)
    expect(errorCodeOf(() => openAt(home))).toBe('E_NEWER')
    expect(readFileSync(paths.keysA).equals(newer)).toBe(true)
    for (const path of mirrors(paths)) truncateSync(path, 0)
    expect(errorCodeOf(() => openAt(home))).toBe('E_DAMAGED')
    expect(mirrors(paths).map((path) => statSync(path).size)).toEqual([0, 0])
  })

  test('two sound mirrors of different records are damage, and keep every byte', () => {
    const { home, paths, live } = prepared()
    const other = prepared()
    put(paths.keysB, live, bytesOf(other.paths.keysB, other.live), paths.keysA)
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
          const path = mirrors(paths)[mirror]!
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
    for (const path of mirrors(homePaths(home))) expect(readFileSync(path).includes(sealed)).toBe(false)
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
  const raw = openGcm(Buffer.alloc(32, 7), bytes.subarray(32, 44), aad, bytes.subarray(44, 76), bytes.subarray(76, 92))
  expect(createHmac('sha256', raw).update(message).digest('hex')).toBe(Buffer.from(mac).toString('hex'))
})
