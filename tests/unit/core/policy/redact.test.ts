import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { redact, redactFileName, redactToString } from '../../../../electron/core/policy/text/redact.ts'
import { readLabelledLines } from '../../shared/text/labelled-lines.ts'
import type { LabelledLine } from '../../shared/text/labelled-lines.ts'

const { names, lines } = readLabelledLines()
const redactLine = ({ where, text }: LabelledLine): string =>
  (where === 'file' ? redactFileName : redactToString)(text, names)

/** What must not be left of a label: the longest stretches of letters and digits, as they are read. */
const tellingParts = (value: string): string[] => value.match(/[\p{L}\p{N}]{4,}/gu) ?? [value]

describe('redact on the labelled lines', () => {
  it('leaves nothing of a label where it stood', () => {
    for (const line of lines) {
      const after = redactLine(line)
      for (const { start, end } of line.labels) {
        // Each character became one star, so what stands behind a mark has moved by the units that stars are shorter.
        const before = [...line.text.slice(0, start)].length
        const mark = [...after].slice(before, before + [...line.text.slice(start, end)].length).join('')
        expect([line.text, mark]).toEqual([line.text, expect.stringMatching(/^[*\r\n]+$/)])
      }
    }
  })

  it('leaves no labelled value anywhere in the line', () => {
    for (const line of lines) {
      const after = redactLine(line)
      for (const { start, end } of line.labels)
        for (const part of tellingParts(line.text.slice(start, end)))
          expect([line.text, after.includes(part) && !line.text.slice(0, start).includes(part)]).toEqual([
            line.text,
            false,
          ])
    }
  })

  it('changes nothing outside of what was found and keeps the reading length', () => {
    for (const line of lines) {
      const after = [...redactLine(line)]
      expect(after.length).toBe([...line.text].length)
      let at = 0
      let unit = 0
      for (const character of line.text) {
        const hidden = line.found.some((span) => span.start <= unit && unit < span.end)
        if (!hidden || /[\r\n]/.test(character)) expect([line.text, after[at]]).toEqual([line.text, character])
        else expect([line.text, after[at]]).toEqual([line.text, '*'])
        at += 1
        unit += character.length
      }
    }
  })

  it('gives back a line without contacts as it is', () => {
    for (const line of lines)
      if (line.labels.length === 0) expect(redact(line.text, names)).toEqual(line.text === '' ? [] : [line.text])
  })
})

describe('redact', () => {
  it('hides every labelled contact wherever it stands in a longer text, and keeps the length', () => {
    const texts = lines.filter(({ where }) => where !== 'file').map(({ text }) => text)
    const ofPlain = lines.filter(({ where }) => where !== 'file')
    const prose = fc.constantFrom('', '\n', '负责核心系统。\n', '—— 简历 ——\n', '他说：\n', '🙂\n')
    fc.assert(
      fc.property(fc.nat(texts.length - 1), fc.nat(texts.length - 1), prose, (first, second, between) => {
        const parts = [texts[first] ?? '', `\n${between}\n`, texts[second] ?? '']
        const text = parts.join('')
        const after = redactToString(text, names)
        expect([...after].length).toBe([...text].length)
        const offset = (parts[0] ?? '').length + (parts[1] ?? '').length
        const hidden = redact(text, names)
        let at = 0
        const marks: Array<readonly [number, number]> = []
        for (const segment of hidden) {
          const width = typeof segment === 'string' ? segment.length : 0
          if (typeof segment === 'string') at += width
          else {
            // Marks count characters, not units.
            const rest = [...text.slice(at)].slice(0, [...segment.text].length).join('')
            marks.push([at, at + rest.length])
            at += rest.length
          }
        }
        expect(at).toBe(text.length)
        const isHidden = (start: number, end: number): boolean => {
          let reached = start
          for (const [from, to] of marks) if (from <= reached && to > reached) reached = to
          return reached >= end
        }
        for (const { start, end } of ofPlain[second]?.labels ?? [])
          expect([text, isHidden(offset + start, offset + end)]).toEqual([text, true])
        for (const { start, end } of ofPlain[first]?.labels ?? [])
          expect([text, isHidden(start, end)]).toEqual([text, true])
      }),
      { numRuns: 1_500, seed: 21 },
    )
  })

  it('keeps the lines of a code that is drawn over many', () => {
    const code = Array.from({ length: 6 }, () => '█▀▀▀▀▀█ ▄▀ █▀▀▀▀▀█').join('\n')
    expect(redact(`扫我\n${code}\n谢谢`)).toEqual([
      '扫我\n',
      { masked: 'qr', text: Array.from({ length: 6 }, () => '*'.repeat(18)).join('\n') },
      '\n谢谢',
    ])
  })

  it('needs no mask for words about codes', () => {
    for (const text of ['请扫描二维码', 'scan me', '扫一扫加好友']) expect(redactToString(text)).toBe(text)
  })
})

describe('redactFileName', () => {
  it.each([
    ['张伟_13800138000_后端工程师.pdf', '**_***********_后端工程师.pdf'],
    ['Java-王小明-zhang@163.com.docx', 'Java-王小明-*************.docx'],
    ['Java-张伟-138-0013-8000.docx', 'Java-**-*************.docx'],
    ['zhang@163.com', '*************'],
    ['Wei.Zhang.2024.pdf', '*********.2024.pdf'],
    ['简历_2024-03-15_v1.3.8.pdf', '简历_2024-03-15_v1.3.8.pdf'],
    ['13800138000', '***********'],
    ['.pdf', '.pdf'],
    ['', ''],
  ])('%j becomes %j', (given, shown) => expect(redactFileName(given, ['张伟', 'Zhang Wei'])).toBe(shown))

  it('keeps the ending and the length of any name, and no contact between any signs', () => {
    const part = fc.constantFrom('张伟', '13800138000', 'zhang@163.com', '微信zhangsan88', 'Java', '2024', '后端', '')
    const sign = fc.constantFrom('_', '-', '.', '＿', ' ', '+', '【')
    const ending = fc.constantFrom('.pdf', '.docx', '.JPG')
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), sign, ending, (parts, joint, end) => {
        const name = parts.join(joint) + end
        const shown = redactFileName(name, ['张伟'])
        expect([...shown].length).toBe([...name].length)
        expect(shown.endsWith(end)).toBe(true)
        expect(shown).not.toMatch(/张伟|13800138000|zhang@163|zhangsan88/)
      }),
      { numRuns: 1_000, seed: 22 },
    )
  })
})

describe('words that are looked for as they are written', () => {
  const masked = (text: string, ...literal: string[]): string => redactToString(text, { names: [], literal })

  it.each([
    ['callmeqq778zz now', 'qq778zz', 'callme******* now'],
    ['CALLMEQQ778ZZnow', 'qq778zz', 'CALLME*******now'],
    ['ｑq７\u200b78zz', 'QQ778zz', '********'],
    ['我叫星河老林吗', '星河老林', '我叫****吗'],
    ['a+b  (c)\nd', 'A+b (C) D', '********\n*'],
    ['xaaax', 'aa', 'x***x'],
    ['ΟΔΟΣ ΟΔΟΣΑ', 'οδος', '**** ****Α'],
    ['İqq778', 'İQQ778', '******'],
    ['😀😀ab😀', '😀ab', '😀***😀'],
    ['qq779zz', 'qq778zz', 'qq779zz'],
  ])('%j without %j is %j', (text, word, shown) => expect(masked(text, word)).toBe(shown))

  it('leaves no end of one inside of another, of the same word or of another', () => {
    expect(masked('abcabcab', 'abcab')).toBe('********')
    expect(masked('xabcdey', 'abc', 'cde')).toBe('x*****y')
  })

  it('masks them in the names of files, too', () =>
    expect(redactFileName('callme_qq778_zz.pdf', { names: [], literal: ['qq778_ZZ'] })).toBe('callme_********.pdf'))

  it('masks each word wherever it stands, and no other text', () => {
    const piece = fc.constantFrom('q', 'Q', '7', '林', ' ', '.', '(', '\\', '😀', '-', 'Ａ', '[')
    const pieces = fc.array(piece, { minLength: 2, maxLength: 8 }).map((parts) => parts.join(''))
    fc.assert(
      fc.property(pieces, pieces, pieces, (before, word, after) => {
        fc.pre(word.trim() !== '')
        const text = before + word + after
        const shown = [...masked(text, word)]
        const from = [...before].length + ([...word].length - [...word.trimStart()].length)
        expect(shown.slice(from, from + [...word.trim()].length).join('')).toMatch(/^\*+$/)
        expect(masked('zzz', word)).toBe('zzz')
      }),
      { numRuns: 1_000, seed: 23 },
    )
  })
})
