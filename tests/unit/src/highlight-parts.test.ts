import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normalise, queryWords } from '../../../electron/shared/domain/search-words.ts'
import { highlightParts } from '../../../src/features/candidates/highlight-parts.ts'
import { nearMatch } from '../../../src/features/candidates/near-match.ts'

const marked = (text: string, query: string): string[] =>
  highlightParts([text], query).flatMap((part) => (part.hit ? [part.text] : []))

const odd = fc.string({
  unit: fc.constantFrom(
    ...'张三工程师abcABC 019+#.Ｊａｖａ①㎏ﬁßİΣσςé',
    'e\u0301',
    '\u0301',
    'ｶﾞ',
    'ガ',
    '\u1112\u1161\u11ab',
    '가',
    '\u11a8',
    '𠀀',
    '…',
    '\n',
  ),
  maxLength: 24,
})

describe('marking what was found', () => {
  it('marks whatever search finds, and nothing else, and loses no sign', () => {
    fc.assert(
      fc.property(odd, odd, fc.nat(24), fc.nat(6), (text, other, from, length) => {
        // Half of the queries are cut from the text, so that there is something to find.
        for (const query of [other, [...text].slice(from, from + length).join('')]) {
          const words = queryWords(query)
          const parts = highlightParts([text], query)
          expect(parts.map((part) => part.text).join('')).toBe(text)
          const hits = marked(text, query).map(normalise)
          const there = words.filter((word) => normalise(text).includes(word))
          for (const word of there) expect(hits.some((hit) => hit.includes(word))).toBe(true)
          if (there.length === 0) expect(hits).toEqual([])
        }
      }),
      { numRuns: 3000 },
    )
  })
  it('keeps the first match in sight when a row is narrow', () => {
    fc.assert(
      fc.property(odd, odd, odd, (lead, word, tail) => {
        const text = lead + word + tail
        const near = nearMatch([text], word)
        const [only] = near
        const found = queryWords(word).some((one) => normalise(text).includes(one))
        expect(near).toHaveLength(1)
        if (found) expect(marked(typeof only === 'string' ? only : '', word).length).toBeGreaterThan(0)
      }),
    )
  })
  it('reads full-width forms, case and every occurrence', () => {
    expect(marked('熟悉Ｊａｖａ、java 与 JAVA', 'Java')).toEqual(['Ｊａｖａ', 'java', 'JAVA'])
    expect(marked('张三丰，张三', '三')).toEqual(['三', '三'])
    expect(marked('Java 后端', '后端 java')).toEqual(['Java', '后端'])
    expect(marked('任何文字', ' ')).toEqual([])
  })
  it('leaves masks alone', () => {
    const mask = { text: '138****0000', masked: 'phone' } as const
    expect(highlightParts(['电话', mask], '138')).toEqual([{ text: '电话' }, mask])
  })
})
