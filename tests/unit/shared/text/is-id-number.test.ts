import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isIdNumber } from '../../../../electron/shared/text/is-id-number.ts'

/** The check digit by GB 11643 read the other way round: 2^(position-1) mod 11. */
function withCheck(body: string): string {
  let sum = 0
  for (let index = 0; index < 17; index += 1) sum += Number(body[index]) * (2 ** (17 - index) % 11)
  const value = (12 - (sum % 11)) % 11
  return body + (value === 10 ? 'X' : String(value))
}

describe('isIdNumber', () => {
  const body = fc
    .tuple(
      fc.integer({ min: 110000, max: 659999 }),
      fc.date({ min: new Date('1930-01-01'), max: new Date('2015-01-01'), noInvalidDate: true }),
      fc.integer({ min: 0, max: 999 }),
    )
    .map(
      ([area, born, order]) =>
        `${area}${born.toISOString().slice(0, 10).replaceAll('-', '')}${String(order).padStart(3, '0')}`,
    )

  it('accepts the example of the standard, in either case of X', () => {
    expect([isIdNumber('11010519491231002X'), isIdNumber('11010519491231002x')]).toEqual([true, true])
  })

  it('accepts exactly one check digit for any body', () => {
    fc.assert(
      fc.property(body, (digits) => {
        const good = [...'0123456789X'].map((check) => digits + check).filter(isIdNumber)
        expect(good).toEqual([withCheck(digits)])
      }),
    )
  })

  it.each([['11010519490231002'], ['11010519491331002'], ['11010519490031002']])(
    'refuses a date that does not exist: %s',
    (digits) => expect(isIdNumber(withCheck(digits))).toBe(false),
  )

  it('refuses other lengths and characters', () => {
    for (const text of ['', '1101051949123100', '11010519491231002XX', 'A1010519491231002X', ' 11010519491231002X'])
      expect(isIdNumber(text)).toBe(false)
  })
})
