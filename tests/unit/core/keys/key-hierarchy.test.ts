import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { derivePurposeKey, keyHierarchy } from '../../../../electron/core/keys/key-hierarchy.ts'
import { openBox, sealBox } from '../../../../electron/core/keys/sealed-box.ts'
import { errorCodeOf } from '../../../helpers/error-code.ts'

const kek = Buffer.from(Array.from({ length: 32 }, (_, index) => index))
const homeId = 'a0a1a2a3a4a5a6a7a8a9aaabacadaeaf'

/** RFC 5869 from its own text: extract, then expand. */
const hkdf = (ikm: Uint8Array, salt: Uint8Array, info: Uint8Array, length: number): Buffer => {
  const prk = createHmac('sha256', salt).update(ikm).digest()
  let block = Buffer.alloc(0)
  let output = Buffer.alloc(0)
  for (let counter = 1; output.length < length; counter += 1) {
    block = createHmac('sha256', prk)
      .update(block)
      .update(info)
      .update(Buffer.from([counter]))
      .digest()
    output = Buffer.concat([output, block])
  }
  return output.subarray(0, length)
}

describe('key hierarchy', () => {
  test('the derivation that the test compares with gives RFC 5869 test case 1', () => {
    const okm = hkdf(
      Buffer.alloc(22, 0x0b),
      Buffer.from('000102030405060708090a0b0c', 'hex'),
      Buffer.from('f0f1f2f3f4f5f6f7f8f9', 'hex'),
      42,
    )
    expect(okm.toString('hex')).toBe(
      '3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865',
    )
  })

  test.each([
    ['ledger', (keys: ReturnType<typeof keyHierarchy>) => keys.ledgerKey()],
    ['store/a@hub', (keys: ReturnType<typeof keyHierarchy>) => keys.storeKey('a@hub')],
    ['index/a@hub', (keys: ReturnType<typeof keyHierarchy>) => keys.indexKey('a@hub')],
    ['keystore', (keys: ReturnType<typeof keyHierarchy>) => keys.keystoreKey().export()],
    ['token', (keys: ReturnType<typeof keyHierarchy>) => keys.tokenKey().export()],
    ['log-wrap', (keys: ReturnType<typeof keyHierarchy>) => keys.logWrapKey().export()],
    ['aside', (keys: ReturnType<typeof keyHierarchy>) => keys.asideKey().export()],
    ['search', (keys: ReturnType<typeof keyHierarchy>) => keys.searchKey().export()],
    ['escrow', (keys: ReturnType<typeof keyHierarchy>) => keys.escrowKey().export()],
  ])('the %s key is HKDF-SHA-256 as documented', (purpose, get) => {
    const expected = hkdf(kek, Buffer.from(homeId, 'hex'), Buffer.from(`candor/1/${purpose}`), 32)
    expect(Buffer.from(get(keyHierarchy(kek, homeId))).toString('hex')).toBe(expected.toString('hex'))
  })

  test('purposes, accounts and homes have different keys', () => {
    const all = ['store/a', 'store/b', 'index/a', 'ledger', 'keystore'].map((p) =>
      derivePurposeKey(kek, homeId, p).toString('hex'),
    )
    all.push(derivePurposeKey(kek, 'ff'.repeat(16), 'ledger').toString('hex'))
    expect(new Set(all).size).toBe(all.length)
  })

  test('after wipe the bytes handed out are zero and nothing more comes', () => {
    const keys = keyHierarchy(kek, homeId)
    const raw = keys.ledgerKey()
    expect(raw.some((byte) => byte !== 0)).toBe(true)
    keys.wipe()
    expect(raw.every((byte) => byte === 0)).toBe(true)
    expect(errorCodeOf(() => keys.ledgerKey())).toBe('E_SESSION')
    expect(errorCodeOf(() => keys.keystoreKey())).toBe('E_SESSION')
    expect(kek[1]).toBe(1)
  })
})

describe('sealed box', () => {
  const keys = keyHierarchy(kek, homeId)

  test('[ZP-93] AES-256-GCM: opens at its own place only, and with every byte as it was', () => {
    const plain = Buffer.from('张三丰 13800138000')
    const box = sealBox(keys.asideKey(), 'record-1|resume', plain)
    expect(Buffer.from(openBox(keys.asideKey(), 'record-1|resume', box)).equals(plain)).toBe(true)
    expect(box.length).toBe(plain.length + 28)
    expect(Buffer.from(box).includes(plain.subarray(0, 9))).toBe(false)
    expect(errorCodeOf(() => openBox(keys.asideKey(), 'record-2|resume', box))).toBe('E_DAMAGED')
    expect(errorCodeOf(() => openBox(keys.tokenKey(), 'record-1|resume', box))).toBe('E_DAMAGED')
    for (let index = 0; index < box.length; index += 1) {
      const bent = Buffer.from(box)
      bent[index]! ^= 1
      expect(errorCodeOf(() => openBox(keys.asideKey(), 'record-1|resume', bent))).toBe('E_DAMAGED')
    }
    for (const length of [0, 1, 27, box.length - 1]) {
      expect(errorCodeOf(() => openBox(keys.asideKey(), 'record-1|resume', box.subarray(0, length)))).toBe('E_DAMAGED')
    }
  })

  test('the same text never seals to the same bytes', () => {
    const boxes = new Set(
      Array.from({ length: 50 }, () => Buffer.from(sealBox(keys.asideKey(), '', Buffer.from('x'))).toString('hex')),
    )
    expect(boxes.size).toBe(50)
  })
})
