import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findLiteralWords, findOwnNames, tellingLength } from '../../../../electron/shared/text/find-own-names.ts'

const found = (text: string, ...own: string[]): string[] =>
  findOwnNames(text, own)
    .toSorted((a, b) => a.start - b.start)
    .map(({ start, end }) => text.slice(start, end))

describe('findOwnNames', () => {
  it.each([
    ['张 伟说', '张伟', ['张 伟']],
    ['张..............伟x', '张..............伟', ['张..............伟']],
    ['林x', '林..............x', ['林x']],
    ['a - - - b', 'a - - - b', ['a - - - b']],
    ['Wei Zhang, W. Zhang', 'Zhang, Wei', ['Wei Zhang', 'W. Zhang']],
    ['x-1@mail.cn', 'x-1@mail.cn', ['x-1@mail.cn']],
    ['Anne Marie', 'Anne-Marie', []],
    ['o’neil (jr.)', 'o’neil (jr.)', ['o’neil (jr.)']],
    ['Li Na Wang', 'Li Na', ['Li Na']],
    ['xWei Zhang', 'Wei Zhang', []],
    // Placeholders of signs are nobody's name.
    ['2019 -- 2021 ...', '--', []],
    ['2019 -- 2021 ...', '...', []],
    ['x a y - x', '- - x', []],
    ['x - - x', '- - x', ['- - x']],
    ['我是🌸🌸吗', '🌸🌸', ['🌸🌸']],
    ['张张', '张', []],
  ])('in %j finds %j as %j', (text, name, spans) => expect(found(text, name)).toEqual(spans))

  it('marks both of two names that overlap', () => expect(found('Li Na Wang', 'Li Na', 'Na Wang').length).toBe(2))

  it('takes the longest possible word and does not fail on a longer one', () => {
    for (const long of ['张'.repeat(20_000), 'ab.'.repeat(7_000), 'a '.repeat(10_000), `a${'.'.repeat(20_000)}b`])
      expect(findOwnNames(long, [long]).length + findLiteralWords(long, [long]).length).toBeGreaterThan(0)
  })

  /**
   * With signs in the word that a gap takes, too, a pattern tried all ways to share them out: seconds for one of 17 dots,
   * centuries for those here.
   */
  it('reads any word in any text in one way only', () => {
    const sign = fc.constantFrom('.', '-', '_', '·', ' ', '・', ',', '- ', '. ', '　', '\t', '\u200b')
    const run = fc.tuple(sign, fc.integer({ min: 0, max: 120 })).map(([one, times]) => one.repeat(times))
    const mixed = fc.array(sign, { maxLength: 60 }).map((signs) => signs.join(''))
    const letters = fc.constantFrom('微信', 'a', 'abc', 'x', '林', '7', 'Zhang', 'W', '(', '@', '😀')
    const nasty = fc
      .array(fc.oneof(run, mixed, letters), { minLength: 1, maxLength: 7 })
      .map((parts) => parts.join('').slice(0, 200))
    fc.assert(
      fc.property(nasty, nasty, fc.integer({ min: 1, max: 40 }), letters, (word, other, times, end) => {
        for (const text of [
          word.slice(0, -1).repeat(times),
          (word + other).repeat(times),
          `${word.slice(0, -1)}${end}`,
        ])
          for (const { start, end: to } of [...findOwnNames(text, [word]), ...findLiteralWords(text, [word])]) {
            expect(start).toBeLessThan(to)
            expect(to).toBeLessThanOrEqual(text.length)
          }
      }),
      { numRuns: 400, seed: 41 },
    )
  })

  it.each([
    [`微信${'.'.repeat(17)}abc`, `微信${'.'.repeat(4_000)}ab`],
    [`微信${'.'.repeat(190)}abc`, `微信${'.'.repeat(190)}ab`],
    [`${'- '.repeat(12)}x`, '- '.repeat(4_000)],
    [`${'- '.repeat(90)}xy`, `${'- '.repeat(4_000)}x`],
    [`a ${'- '.repeat(90)}b`, `a ${'- '.repeat(4_000)}`],
    [`林${'.'.repeat(14)}x`, `林${'.'.repeat(40)}`.repeat(200)],
    [`${'a. '.repeat(60)}b`, 'a. '.repeat(4_000)],
    [`${'林·'.repeat(60)}x`, '林··'.repeat(4_000)],
    [`a${' '.repeat(150)}b`, `a${' '.repeat(8_000)}`],
  ])('comes to an end: %j', (word, text) => {
    expect(findOwnNames(text, [word])).toEqual([])
    expect(findLiteralWords(text, [word])).toEqual([])
  })

  it('finds each word as it is written, from its first letter to its last', () => {
    const piece = fc.constantFrom('a', 'Wei', '林', '7', '.', '..', ' ', '- ', '_', '·', '(', '张', 'é')
    fc.assert(
      fc.property(fc.array(piece, { minLength: 2, maxLength: 12 }), (pieces) => {
        const word = pieces.join('')
        fc.pre(tellingLength(word) >= 2)
        const letters = [...word.matchAll(/[\p{L}\p{N}]/gu)].map(({ index }) => index)
        const spans = findOwnNames(`，${word}，`, [word])
        const covers = (at: number): boolean => spans.some(({ start, end }) => start <= at + 1 && at + 1 < end)
        expect([word, letters.every(covers)]).toEqual([word, true])
      }),
      { numRuns: 2_000, seed: 42 },
    )
  })
})
