import type { OwnWords } from '../../shared/text/find-own-names.ts'
import { findContacts, mergeSpans, type ContactKind } from '../../shared/text/find-contacts.ts'
import { normaliseText } from '../../shared/text/normalise-text.ts'
import { withPlainDigits } from '../../shared/text/digits.ts'
import { ageBand } from '../policy/text/mask.ts'
import { latinNames } from './latin-names.ts'
import { personPatterns, type PersonKind } from './person-patterns.ts'
import { modelError } from './ai-switches.ts'

export type Identity = {
  /** The person's own words, as in `ownWordsOf`. */
  readonly own: OwnWords
  /** `YYYY-MM-DD` or `YYYY-MM`. */
  readonly birth: string | null
  /** Names that become placeholders where the enterprise wants it so. */
  readonly companies: readonly string[]
  readonly schools: readonly string[]
}

export const nobody: Identity = { own: { names: [], literal: [] }, birth: null, companies: [], schools: [] }

export type Deidentifier = {
  /** The text without anything that tells who the person is; the same value is the same placeholder throughout a call. */
  readonly clean: (text: string) => string
  /** How much was taken out. */
  readonly count: () => number
}

type Kind = ContactKind | PersonKind | 'company' | 'school'
type Span = { readonly start: number; readonly end: number; readonly kind: Kind }

/** Words for what was taken out; numbered where there may be several. */
const words: Readonly<Record<Kind, string>> = {
  name: '姓名',
  person: '人名',
  phone: '电话',
  landline: '座机',
  email: '邮箱',
  wechat: '微信',
  qq: 'QQ',
  id_number: '证件',
  link: '链接',
  qr: '二维码',
  address: '地址',
  number: '号码',
  birth: '出生',
  age: '年龄',
  trait: '略',
  company: '公司',
  school: '学校',
}

/** Around placeholders while a text is worked on: signs for private use, which no text of others keeps, so none can pretend to be one. */
const open = '\ue000'
const close = '\ue001'
const delimiters = /[\ue000\ue001]/gu
const mark = /\ue000[^\ue000\ue001]*\ue001/gu

/** A placeholder that a model has quoted, as `createDeidentifier` writes them. */
export const findPlaceholder = (text: string): string | undefined =>
  /\[(?:姓名|略|出生|生于\d{4}至\d{4}年间|\d{2}至\d{2}|(?:人名|电话|座机|邮箱|微信|QQ|证件|链接|二维码|地址|号码|公司|学校)\d{1,3})\]/u.exec(
    text,
  )?.[0]

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/gu, '\\$&')

/** A birth date in the ways that people write it. */
const birthPattern = (birth: string | null): RegExp | null => {
  const [, year, month, day] = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/.exec(birth ?? '') ?? []
  if (year === undefined || month === undefined) return null
  const part = (value: string): string => `0?${Number(value)}`
  const gap = '\\s?[-./年月]?\\s?'
  return day === undefined
    ? new RegExp(`${year}\\s?[-./年]\\s?${part(month)}(?!\\d)\\s?月?(?:\\s?\\d{1,2}\\s?日)?`, 'gu')
    : new RegExp(`(?:${year}|(?<!\\d)${year.slice(2)})${gap}${part(month)}${gap}${part(day)}(?!\\d)\\s?日?`, 'gu')
}

/** A name of two or three characters without its family name, unless it is a word that resumes are full of. */
const ordinary =
  /建设|建国|建军|文化|文学|志愿|明确|成功|光明|和平|永久|学习|国际|思想|海洋|开放|创新|新建|自立|自强|自信|晓得|长江|黄河|可可|安全|健康|智慧|天天|一一/u
const givenNames = (names: readonly string[]): string[] =>
  names.flatMap((name) => {
    const plain = name.replace(/[\s·]/gu, '')
    if (!/^\p{Script=Han}{3,4}$/u.test(plain)) return []
    const given = plain.slice(-2)
    return ordinary.test(given) ? [] : [given]
  })

/** What stands before the sign of an address is a name that people use elsewhere, too. */
const accountNames = (names: readonly string[]): string[] =>
  names.flatMap((name) => {
    const [local = ''] = /^[^\s@]+(?=@)/u.exec(name) ?? []
    return local.length >= 5 ? [local] : []
  })

/** The five years in which somebody was born, from a date in digits of any kind. */
const birthBand = (value: string): string => {
  const year = Number(/^\d{4}/.exec(withPlainDigits(value))?.[0] ?? Number.NaN)
  const from = Math.floor(year / 5) * 5
  return Number.isNaN(year) ? words.birth : `生于${from}至${from + 4}年间`
}

const placeholderFor = (kind: Kind, value: string, known: Map<string, number>): string => {
  if (kind === 'name') return words.name
  if (kind === 'trait') return words.trait
  if (kind === 'birth') return birthBand(value)
  if (kind === 'age') {
    const { from, to } = ageBand(Number(value))
    return `${from}至${to}`
  }
  const key = `${kind} ${withPlainDigits(value)
    .toLowerCase()
    .replace(/[\s\-_.()+]/gu, '')}`
  const ofKind = [...known.keys()].filter((one) => one.startsWith(`${kind} `)).length
  const number = known.get(key) ?? ofKind + 1
  known.set(key, number)
  return `${words[kind]}${number}`
}

/** Passes that a text may take: what only shows once something else is gone is found by the next. */
const passes = 4

/** Takes out who a person is, on this machine and before anything leaves it (ZP-18). One a call. */
export const createDeidentifier = ({ own, birth, companies, schools }: Identity): Deidentifier => {
  const known = new Map<string, number>()
  let taken = 0
  const named: OwnWords = {
    names: [...own.names, ...givenNames(own.names), ...own.names.flatMap(latinNames)],
    literal: [...own.literal, ...accountNames(own.names)],
  }
  const dated = birthPattern(birth)
  const houses = (['company', 'school'] as const).flatMap((kind) =>
    (kind === 'company' ? companies : schools)
      .map((name) => normaliseText(name).text.trim())
      .filter((name) => name.length >= 2)
      .map((name) => ({ kind, pattern: new RegExp(escaped(name), 'giu') })),
  )

  const spansOf = (text: string): Span[] => [
    ...findContacts(text, named).map(({ start, end, kind }) => ({ start, end, kind })),
    ...houses.flatMap(({ kind, pattern }) =>
      [...text.matchAll(pattern)].map((match) => ({ start: match.index, end: match.index + match[0].length, kind })),
    ),
    ...(dated === null
      ? []
      : [...text.matchAll(dated)].map((match) => ({
          start: match.index,
          end: match.index + match[0].length,
          kind: 'birth' as const,
        }))),
    ...personPatterns.flatMap(({ kind, pattern }) =>
      [...text.matchAll(pattern)].map((match) => {
        const [start, end] = match.indices?.groups?.value ?? [match.index, match.index + match[0].length]
        return { start, end, kind }
      }),
    ),
  ]

  /** What stands in a placeholder of before is no text: nothing is looked for in it. */
  const outside = (text: string, spans: readonly Span[]): Span[] => {
    const marks = [...text.matchAll(mark)]
    return spans.filter(({ start, end }) => !marks.some((one) => start < one.index + one[0].length && end > one.index))
  }

  const pass = (text: string): string => {
    // One stretch for what overlaps, under the kind of what begins first.
    const spans = mergeSpans(text, outside(text, spansOf(text)))
    let out = ''
    let at = 0
    for (const { start, end, kind, text: value } of spans) {
      out += `${text.slice(at, start)}${open}${placeholderFor(kind, value, known)}${close}`
      at = end
      taken += 1
    }
    return out + text.slice(at)
  }

  const clean = (source: string): string => {
    let text = normaliseText(source).text.replace(delimiters, '')
    for (let n = 0; n < passes; n += 1) text = pass(text)
    if (outside(text, spansOf(text)).length > 0)
      throw modelError('not_clean', 'something of the person could not be taken out, so nothing was sent')
    return text.replaceAll(open, '[').replaceAll(close, ']')
  }
  return { clean, count: () => taken }
}
