import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { patternNames } from '../../../../electron/shared/text/contact-patterns.ts'
import { contactSpans } from '../../../../electron/shared/text/contact-spans.ts'
import { normaliseText } from '../../../../electron/shared/text/normalise-text.ts'
import { possiblePatterns } from '../../../../electron/shared/text/possible-patterns.ts'
import { readLabelledLines } from './labelled-lines.ts'

const { lines } = readLabelledLines()

/** What the filter lets through must find all that every pattern together finds. */
const expectSame = (text: string): void => {
  const folded = normaliseText(text).text
  expect(contactSpans(folded)).toEqual(contactSpans(folded, patternNames))
}

describe('possiblePatterns', () => {
  it('leaves out no pattern that finds something in a labelled line', () => {
    for (const { text } of lines) expectSame(text)
  })

  it('leaves out none in lines whose pieces are cut and joined anywhere', () => {
    const piece = fc
      .tuple(fc.constantFrom(...lines.map(({ text }) => text)), fc.nat(), fc.nat(20))
      .map(([text, from, length]) => text.slice(from % text.length, (from % text.length) + length))
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 5 }), (pieces) => expectSame(pieces.join(''))),
      { numRuns: 4_000, seed: 11 },
    )
  })

  it('leaves out none for any keyword before any value', () => {
    const words =
      '主页 博客 网站 站点 个人站 网址 作品 作品集 blog homepage website portfolio 身份证 身份证件 证件号 护照 通行证 台胞证 回乡证 军官证 passport qq QQ Q:q号 扣扣 抠抠 叩叩 扣抠 企鹅 秋秋 球球: 我q 加Q +q ➕Q 的q 微信 薇信 威信 维信 徽信 葳信 微: 薇❤ 威号 维_ 微x 微心 卫星 绿泡泡 wei信 v信 V❤ v♥ 加我 加个我 加下微 加一下薇 ➕微 +我 加v 加w 加vx +WX 加卫星 wechat 微❤ weixin vx v\u2009x wx v: 钉钉: 飞书: 领英: 抖音: 小红书: 微博: 知乎: 脉脉: B站: telegram: skype: whatsapp: linkedin: github: gitee: csdn: twitter: facebook: instagram: discord: LINE\u2009ID: tg: TG： 我的v是 v是 QQ同号 电话 座机 固话 传真 热线 tel phone fax'.split(
        ' ',
      )
    const values =
      'zhangsan88 a_b-c_d 12345678 1234\u20095678 一二三四五六七八 E12345678 11010519491231002X 62515386 4008101234 zhang.com z.me @zhang'.split(
        ' ',
      )
    const glue = ['', ' ', '：', ' : ', '号', '号码：', '是', 'ID:']
    let found = 0
    for (const word of words)
      for (const form of [word, word.toUpperCase()])
        for (const value of values)
          for (const between of glue) {
            const text = normaliseText(`，${form}${between}${value}`).text
            expectSame(text)
            found += contactSpans(text).length
          }
    expect(found).toBeGreaterThan(1_000)
  })

  it('leaves out none in texts of the signs that numbers and addresses are made of', () => {
    const sign = fc.constantFrom(
      ...'0139一三八〇oOlI -.,·()[]/\\@#+😊★→'.split(''),
      '然后',
      '后四位',
      '中间',
      'and',
      ' at ',
      'dot',
      'com',
      'qq',
      'www.',
      '://',
      ':',
      '138',
      '0013',
      '\n',
      '86',
      '010',
      '400',
      'a',
    )
    fc.assert(
      fc.property(fc.array(sign, { maxLength: 60 }), (signs) => expectSame(signs.join(''))),
      { numRuns: 6_000, seed: 12 },
    )
  })

  it('leaves out none when the longest words stand between digits', () => {
    const gap = '😊😊😊followed by三位数字分别是为😊😊😊followed by八位号码分别是为😊😊😊'
    for (const text of [`138${gap}0013${gap}8000`, `1😊😊😊38${gap}00${gap}13${gap}80${gap}00`]) {
      expect(contactSpans(text)).toEqual([{ start: 0, end: text.length, kind: 'phone' }])
      expectSame(text)
    }
  })

  it('wants no pattern for a text without digits, addresses and keywords', () => {
    expect(possiblePatterns('负责核心系统的设计与落地，推动团队成长。Java、Spring Boot、C#、.NET')).toEqual([])
  })
})
