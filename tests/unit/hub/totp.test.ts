import { describe, expect, it } from 'vitest'
import { matchStep, stepAt, totpCode } from '../../../electron/hub/factors/totp.ts'

/** RFC 6238, appendix B. */
const seeds = {
  SHA1: '12345678901234567890',
  SHA256: '12345678901234567890123456789012',
  SHA512: '1234567890123456789012345678901234567890123456789012345678901234',
} as const
const vectors = [
  [59, '94287082', '46119246', '90693936'],
  [1_111_111_109, '07081804', '68084774', '25091201'],
  [1_111_111_111, '14050471', '67062674', '99943326'],
  [1_234_567_890, '89005924', '91819424', '93441116'],
  [2_000_000_000, '69279037', '90698825', '38618901'],
  [20_000_000_000, '65353130', '77737706', '47863826'],
] as const
const secret = new TextEncoder().encode(seeds.SHA1)

describe('TOTP', () => {
  it.each(vectors)('gives the published codes of second %i', (second, ...codes) => {
    const made = (['SHA1', 'SHA256', 'SHA512'] as const).map((algorithm) =>
      totpCode(new TextEncoder().encode(seeds[algorithm]), stepAt(second * 1000), { digits: 8, algorithm }),
    )
    expect(made).toEqual(codes)
  })

  it('takes the code of a step before and after, each step once, and none from further away', () => {
    const now = 1_111_111_111_000
    const step = stepAt(now)
    const code = (away: number): string => totpCode(secret, step + away)
    for (const away of [-1, 0, 1]) expect(matchStep(secret, code(away), now, 0)).toBe(step + away)
    for (const away of [-2, 2]) expect(matchStep(secret, code(away), now, 0)).toBeUndefined()
    expect(matchStep(secret, code(0), now, step)).toBeUndefined()
    expect(matchStep(secret, code(-1), now, step)).toBeUndefined()
    expect(matchStep(secret, code(1), now, step)).toBe(step + 1)
  })

  it('takes nothing that is no code', () => {
    for (const wrong of ['', '00000', '0000000', `${totpCode(secret, 1)} `, '１２３４５６'])
      expect(matchStep(secret, wrong, 30_000, 0)).toBeUndefined()
  })
})
