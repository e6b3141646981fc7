import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { findContacts } from '../../../../electron/shared/text/find-contacts.ts'

const fixture = z
  .object({
    names: z.array(z.string()),
    lines: z.array(z.object({ text: z.string(), contacts: z.array(z.tuple([z.string(), z.string()])) })),
  })
  .parse(JSON.parse(readFileSync(join(import.meta.dirname, '../../../fixtures/contacts-labelled.json'), 'utf8')))

/** Where each labelled contact stands; a value that stands twice is looked for from the end. */
function labelledSpans(line: (typeof fixture.lines)[number]) {
  let end = line.text.length
  return [...line.contacts].reverse().map(([kind, value]) => {
    const start = line.text.lastIndexOf(value, end - value.length)
    end = start
    return { kind, start, end: start + value.length }
  })
}

describe('findContacts on the labelled lines', () => {
  it('holds at least 200 lines, a third of them without any contact', () => {
    expect(fixture.lines.length).toBeGreaterThanOrEqual(200)
    expect(fixture.lines.filter((line) => line.contacts.length === 0).length).toBeGreaterThanOrEqual(70)
  })

  it('leaks no labelled contact: recall 100%', () => {
    const leaks = fixture.lines.flatMap((line) => {
      const found = findContacts(line.text, fixture.names)
      return labelledSpans(line)
        .filter((label) => !found.some((span) => span.start <= label.start && span.end >= label.end))
        .map((label) => `${label.kind} in: ${line.text} found: ${JSON.stringify(found)}`)
    })
    expect(leaks).toEqual([])
  })

  it('marks nothing else: precision at least 99%, and nothing of the kind in the hard negatives', () => {
    let all = 0
    const wrong = fixture.lines.flatMap((line) => {
      const labels = labelledSpans(line)
      const found = findContacts(line.text, fixture.names)
      all += found.length
      return found
        .filter((span) => !labels.some((label) => label.start < span.end && span.start < label.end))
        .map((span) => `${span.kind} "${span.text}" in: ${line.text}`)
    })
    expect(wrong).toEqual([])
    expect((all - wrong.length) / all).toBeGreaterThanOrEqual(0.99)
  })

  it('names the kind', () => {
    const wrong = fixture.lines.flatMap((line) => {
      const found = findContacts(line.text, fixture.names)
      return labelledSpans(line).flatMap((label) => {
        const span = found.find((candidate) => candidate.start <= label.start && candidate.end >= label.end)
        const sameNumber = label.kind === 'phone' && span?.kind === 'wechat'
        return span && span.kind !== label.kind && !sameNumber ? [`${span.kind} for ${label.kind}: ${line.text}`] : []
      })
    })
    expect(wrong).toEqual([])
  })
})

describe('findContacts', () => {
  const mobile = fc
    .tuple(fc.integer({ min: 3, max: 9 }), fc.stringMatching(/^\d{9}$/))
    .map(([second, rest]) => `1${second}${rest}`)
  const sentence = fc.constantFrom('', '电话', '负责后台开发，', 'Java ', '我的号码是：', '（', '，2019年入职。')

  it('finds a mobile number in any written form, wherever it stands', () => {
    const fullWidth = (text: string) =>
      text.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))
    const chinese = (text: string) => text.replace(/\d/g, (digit) => '零一二三四五六七八九'[Number(digit)] ?? '')
    const grouped = (by: string) => (text: string) => [text.slice(0, 3), text.slice(3, 7), text.slice(7)].join(by)
    const form = fc.constantFrom<(text: string) => string>(
      (text) => text,
      fullWidth,
      chinese,
      grouped(' '),
      grouped('-'),
      grouped('.'),
      (text) => `+86 ${text}`,
    )
    fc.assert(
      fc.property(sentence, mobile, form, sentence, (before, number, write, after) => {
        const written = write(number)
        const found = findContacts(`${before}${written}${after === 'Java ' ? ` ${after}` : after}`)
        return found.some((span) => span.start <= before.length && span.end >= before.length + written.length)
      }),
      { numRuns: 500 },
    )
  })

  it('returns ordered spans without overlaps that quote the text as given', () => {
    const piece = fc.constantFrom(
      '13800138000',
      '微信：',
      'zhang_san1',
      'a@b.cn',
      '张伟',
      '１３８',
      ' ',
      '，',
      '0010',
      '138',
      '𝟏',
      '​',
      'QQ12345678',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join('')
        let at = 0
        for (const span of findContacts(text, ['张伟'])) {
          expect(span.start).toBeGreaterThanOrEqual(at)
          expect(span.end).toBeGreaterThan(span.start)
          expect(text.slice(span.start, span.end)).toBe(span.text)
          at = span.end
        }
        expect(at).toBeLessThanOrEqual(text.length)
      }),
    )
  })

  it('finds every own word as it is written, whatever characters it has', () => {
    const own = fc.stringMatching(/^[a-z][ -~]{1,20}[a-z]$/).filter((word) => !/\s/.test(word))
    fc.assert(
      fc.property(own, (word) => {
        const covered = findContacts(`，${word}，`, [word])
        expect([covered[0]?.start, covered.at(-1)?.end]).toEqual([1, 1 + word.length])
      }),
    )
    for (const name of ['Anne-Marie', 'o’neil (jr.)', 'x-1@mail.example', 'a/b', '张-伟'])
      expect(findContacts(`是${name}。`, [name]).length).toBeGreaterThan(0)
  })

  it('stays linear on text made to slow patterns down', () => {
    const nasty = [
      `${'a.'.repeat(20_000)}@`,
      '1 3 '.repeat(10_000),
      `${'微信 '.repeat(10_000)}`,
      '13-'.repeat(10_000),
      '0'.repeat(40_000),
      'a'.repeat(40_000),
    ]
    for (const text of nasty) expect(findContacts(text).every((span) => span.end <= text.length)).toBe(true)
  })
})
