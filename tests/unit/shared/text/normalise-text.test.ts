import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normaliseText } from '../../../../electron/shared/text/normalise-text.ts'

describe('normaliseText', () => {
  it.each([
    ['负责 Java，开发。', '负责 Java,开发。'],
    ['ＱＱ：１３８　Ａ', 'QQ:138 A'],
    ['1️⃣3⃣', '13'],
    ['𝟏𝟛𝟪𝟬𝟶', '13800'],
    ['❶➂➑⓪⓿⓵', '138001'],
    ['١٣٨ १३८ ໑໓໘', '138 138 138'],
    ['一三八○◯⭕', '一三八〇〇〇'],
    ['㈠⼀㊂', '(一)一三'],
    ['a\u200bb\u00adc\ufeff', 'abc'],
    ['ﬁ½', 'fi1⁄2'],
    ['', ''],
  ])('%j reads %j', (given, text) => expect(normaliseText(given).text).toBe(text))

  it('leads back to what each unit came from, in order, whatever the text', () => {
    const odd = fc.constantFrom('，', '１', '　', 'ﬃ', '\u200b', '😊', '\ud83d', '①', '\0', '한', '\uffff', '中', '1️⃣')
    const text = fc.array(fc.oneof(odd, fc.string({ unit: 'binary', maxLength: 4 })), { maxLength: 20 })
    fc.assert(
      fc.property(text, (parts) => {
        const source = parts.join('')
        const { text: folded, startOf, endOf } = normaliseText(source)
        let reached = 0
        for (let unit = 0; unit < folded.length; unit += 1) {
          expect(startOf(unit)).toBeGreaterThanOrEqual(unit === 0 ? 0 : startOf(unit - 1))
          expect(endOf(unit)).toBeGreaterThan(startOf(unit))
          // Nothing of the source is left between two units.
          if (unit > 0) expect(startOf(unit)).toBeLessThanOrEqual(reached)
          reached = endOf(unit)
        }
        expect(reached).toBeLessThanOrEqual(source.length)
      }),
      { numRuns: 1_000, seed: 31 },
    )
  })

  it('reads the same beside a character that folds unevenly', () => {
    const piece = fc.constantFrom('，', '１', '　', 'a', '中', '〇', '。', '③', 'é')
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const text = pieces.join('')
        expect(normaliseText(`${text}ﬁ`).text).toBe(`${normaliseText(text).text}fi`)
      }),
    )
  })
})
