import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatRecoveryCode, parseRecoveryCode } from '../../../../electron/core/keys/recovery-code.ts'
import { errorCodeOf } from '../../../helpers/error-code.ts'

const secret = fc.uint8Array({ minLength: 16, maxLength: 16 })
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

describe('recovery code', () => {
  test('seven groups of four, without letters that look alike, and back again', () => {
    fc.assert(
      fc.property(secret, (bytes) => {
        const code = formatRecoveryCode(bytes)
        expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{4}$/)
        expect(hex(parseRecoveryCode(code))).toBe(hex(bytes))
      }),
    )
  })

  test('case, spaces, missing dashes, full width and look-alikes do not matter', () => {
    fc.assert(
      fc.property(secret, (bytes) => {
        const code = formatRecoveryCode(bytes)
        for (const typed of [
          code.toLowerCase(),
          code.replaceAll('-', ''),
          ` ${code.replaceAll('-', ' ')}\n`,
          code.replaceAll('0', 'O'),
          code.replaceAll('0', 'o').replaceAll('1', 'l'),
          code.replaceAll('1', 'I'),
          code.replaceAll('-', '—').replace(/[0-9]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)),
        ]) {
          expect(hex(parseRecoveryCode(typed))).toBe(hex(bytes))
        }
      }),
    )
  })

  test.each(['', 'hello', '0000-0000-0000-0000-0000-0000-0000', 'U'.repeat(28), `${'0'.repeat(27)}#`])(
    '%j is refused',
    (text) => {
      expect(errorCodeOf(() => parseRecoveryCode(text))).toBe('E_RECOVERY')
    },
  )

  test('a slip in any single place of a fixed code is noticed', () => {
    const code = formatRecoveryCode(Buffer.from('000102030405060708090a0b0c0d0e0f', 'hex')).replaceAll('-', '')
    for (let index = 0; index < code.length; index += 1) {
      const slip = code[index] === '7' ? '8' : '7'
      expect(errorCodeOf(() => parseRecoveryCode(code.slice(0, index) + slip + code.slice(index + 1)))).toBe(
        'E_RECOVERY',
      )
    }
  })
})
