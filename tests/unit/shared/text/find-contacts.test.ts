import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findContacts } from '../../../../electron/shared/text/find-contacts.ts'
import { isCovered, isRight, measure, readLabelledLines } from './labelled-lines.ts'

const { lines } = readLabelledLines()

describe('findContacts on the labelled lines', () => {
  it('holds at least 450 lines from everywhere, 40% of them without any contact', () => {
    expect(lines.length).toBeGreaterThanOrEqual(450)
    expect(lines.filter((line) => line.labels.length === 0).length).toBeGreaterThanOrEqual(0.4 * lines.length)
    for (const where of ['body', 'note', 'chat', 'file'])
      expect(lines.filter((line) => line.where === where).length).toBeGreaterThanOrEqual(20)
  })

  it('leaks no labelled contact: recall 100%', () => {
    const leaks = lines.flatMap(({ text, labels, found }) =>
      labels
        .filter((label) => !isCovered(label, found))
        .map((label) => `${label.kind} in: ${text} found: ${JSON.stringify(found)}`),
    )
    expect(leaks).toEqual([])
  })

  it('marks nothing else', () => {
    const wrong = lines.flatMap(({ text, labels, found }) =>
      found.filter((span) => !isRight(span, labels)).map((span) => `${span.kind} "${span.text}" in: ${text}`),
    )
    expect(wrong).toEqual([])
  })

  it('has a recall of 100% and a precision of at least 99% for each kind and for all', () => {
    const shares = measure(lines)
    for (const [kind, { labels, recall, precision }] of Object.entries(shares)) {
      console.info(`${kind.padEnd(10)} ${String(labels).padStart(4)} labels, recall ${recall}, precision ${precision}`)
      expect({ kind, recall }).toEqual({ kind, recall: 1 })
      expect(precision).toBeGreaterThanOrEqual(0.99)
    }
    expect(Object.keys(shares).sort()).toEqual(
      ['all', 'email', 'id_number', 'landline', 'link', 'name', 'phone', 'qq', 'qr', 'wechat'].sort(),
    )
  })

  it('hides little more than the contact itself', () => {
    const wide = lines.flatMap(({ text, labels, found }) =>
      found
        .filter((span) => {
          const inside = labels.reduce(
            (sum, label) => sum + Math.max(0, Math.min(label.end, span.end) - Math.max(label.start, span.start)),
            0,
          )
          return span.end - span.start - inside > 4
        })
        .map((span) => `"${span.text}" in: ${text}`),
    )
    expect(wide).toEqual([])
  })

  it('names the kind', () => {
    const wrong = lines.flatMap(({ text, labels, found }) =>
      labels.flatMap((label) => {
        const span = found.find((candidate) => candidate.start <= label.start && candidate.end >= label.end)
        const sameNumber = label.kind === 'phone' && span?.kind === 'wechat'
        return span && span.kind !== label.kind && !sameNumber ? [`${span.kind} for ${label.kind}: ${text}`] : []
      }),
    )
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
      '138然后'.repeat(10_000),
      '1后四3后四四'.repeat(6_000),
      'a-'.repeat(20_000),
      'a at '.repeat(10_000),
      'data:image/png;base64,'.repeat(5_000),
      `data:image/png;base64,${`${'a'.repeat(20)}\n`.repeat(5_000)}`,
      'weixin://'.repeat(5_000),
      '█'.repeat(40_000),
      '█\n'.repeat(20_000),
      `${'█ '.repeat(20)}\n`.repeat(2_000),
      `${' '.repeat(40_000)}█`,
      'QQ1 2 3 4 '.repeat(5_000),
      '加个'.repeat(20_000),
      '博客：a.'.repeat(10_000),
      '010 010-'.repeat(8_000),
      '+1 '.repeat(20_000),
      '😊1'.repeat(10_000),
      'a@b.cn..'.repeat(5_000),
      '13800138000._'.repeat(5_000),
      `QQ12345678${'.'.repeat(40_000)}`,
    ]
    for (const text of nasty) expect(findContacts(text).every((span) => span.end <= text.length)).toBe(true)
  })
})
