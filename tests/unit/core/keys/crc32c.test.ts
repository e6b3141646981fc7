import fc from 'fast-check'
import { expect, test } from 'vitest'
import { crc32c } from '../../../../electron/core/keys/crc32c.ts'

const readCommand =
  '01c00000000000000000000000000000140000000000040000000014000000182800000000000000' + '0200000000000000'

test.each([
  ['32 bytes of zero', Buffer.alloc(32), 0x8a9136aa],
  ['32 bytes of ones', Buffer.alloc(32, 0xff), 0x62a8ab43],
  ['32 bytes counting up', Buffer.from(Array.from({ length: 32 }, (_, i) => i)), 0x46dd794e],
  ['32 bytes counting down', Buffer.from(Array.from({ length: 32 }, (_, i) => 31 - i)), 0x113fdb5c],
  ['an iSCSI read command', Buffer.from(readCommand, 'hex'), 0xd9963a56],
])('RFC 3720 B.4: %s', (_, bytes, expected) => {
  expect(crc32c(bytes)).toBe(expected)
})

test('the check value of the catalogue of CRCs', () => {
  expect(crc32c(Buffer.from('123456789'))).toBe(0xe3069283)
})

const bitwise = (bytes: Uint8Array): number => {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1
  }
  return (crc ^ 0xffffffff) >>> 0
}

test('any length and any offset agree with the bit by bit definition', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(20), (bytes, start) => {
      const from = Math.min(start, bytes.length)
      expect(crc32c(bytes, from)).toBe(bitwise(bytes.subarray(from)))
    }),
  )
})
