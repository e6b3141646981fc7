import { contactField, type ContactField } from '../domain/vocabulary.ts'
import { withPlainDigits } from './digits.ts'
import { findContacts } from './find-contacts.ts'
import { normaliseText } from './normalise-text.ts'

/** A contact that somebody told of themselves, as it can be used: eleven digits, a lower-case address. */
export type ToldValue = { readonly field: ContactField; readonly value: string }

export type Told = {
  /** Plainly the writer's own. */
  readonly own: readonly ToldValue[]
  /** Perhaps the writer's own: a human has to say so. */
  readonly possible: readonly ToldValue[]
}

export type ToldContext = {
  /** What the other side wrote in the conversation: a value that stands there first is perhaps only repeated. */
  readonly theirs?: readonly string[]
  /** The family name, where it is known: a name is taken for the writer's own only with it. */
  readonly surname?: string | undefined
}

/** Somebody else is spoken of: whose a value is cannot be told by a program. */
const others = new RegExp(
  [
    '老婆|妻子|太太|媳妇|老公|丈夫|先生的|爱人|对象|伴侣|男友|女友|男朋友|女朋友|父母|父亲|母亲|爸|妈|爷爷|奶奶|公公|婆婆|岳',
    '哥|姐|弟|妹|儿子|女儿|孩子|家人|家属|亲戚|表[哥姐弟妹]|叔|姨|舅|姑',
    '朋友|同事|同学|室友|邻居|学[长姐弟妹]|师[兄姐弟妹]|前任|他人|别人|人家|另一(?:个|位)人|紧急联系',
    '推荐人|证明人|内推|担保|代理人|监护|(?<![其吉])他(?!们?认为)|她|贵司|贵公司|你们?的|您们?的|你电话|您电话|你手机|您手机|你微信|您微信',
    '不是我|非本人|别打|不要打|不用打|旧号|老号|以前的|停用|停机|换号|空号|错的|打错|例如|比如|示例|假如',
    "\\b(?:his|her|hers|their|theirs|your|yours|wife|husband|spouse|partner|boyfriend|girlfriend|father|mother|mom|mum|dad|parents?|brother|sister|son|daughter|child|friend|colleague|classmate|roommate|neighbou?r|referee|reference|emergency|not\\s+(?:mine|my)|isn't\\s+(?:mine|my)|old\\s+(?:number|phone)|for\\s+example|e\\.g)\\b",
  ].join('|'),
  'iu',
)
/** Titles are how people are addressed, too: only in the same breath do they say whose a value is. */
const titles =
  /经理|主管|总监|老板|领导|老师|导师|教授|医生|律师|人事|前台|客服|公司|单位|座机|热线|boss|manager|teacher|office|company|\bhr\b/iu

const breath = /[，。；！？,;!?\n]/u

/** Lines that quote what somebody said before. */
const quoted = /^\s*(?:>|&gt;|「|引用)/u

/** The part of the text around a value, up to where the writer takes breath. */
const breathAround = (text: string, start: number, end: number): string => {
  let from = start
  while (from > 0 && !breath.test(text.charAt(from - 1))) from -= 1
  let to = end
  while (to < text.length && !breath.test(text.charAt(to))) to += 1
  return text.slice(from, to)
}

/** A value in the one form in which it can be used; null where what is written is no such value. */
const plainValue = (field: ContactField, written: string): string | null => {
  const folded = normaliseText(written).text.trim()
  switch (field) {
    case 'phone': {
      const digits = withPlainDigits(folded)
        .replace(/\D/gu, '')
        .replace(/^(?:00)?86(?=1\d{10}$)/u, '')
      return /^1[3-9]\d{9}$/u.test(digits) ? digits : null
    }
    case 'email':
      return /^[^\s@]+@[^\s@]+\.[a-z]{2,24}$/iu.test(folded) ? folded.toLowerCase() : null
    case 'wechat':
      return /^[a-z0-9][a-z0-9_-]{4,29}$/iu.test(folded) ? folded : null
    default:
      return folded
  }
}

type Written = ToldValue & { readonly around: string; readonly plain: boolean }

const sameAsPhone =
  /(?:微信|wechat|\bvx?\b|威信|薇信)\s*(?:也是|就是|和手机|同手机|跟手机)?\s*(?:同号|一样|同一个|手机号|这个号?|电话号?)|手机微信同号|同微信号?|same\s+(?:as\s+)?(?:on\s+)?wechat/iu

const writtenIn = (text: string): Written[] =>
  findContacts(text).flatMap(({ kind, start, end, text: raw }) => {
    const field = contactField.safeParse(kind)
    if (!field.success || field.data === 'name') return []
    const value = plainValue(field.data, raw)
    const around = breathAround(text, start, end)
    return [{ field: field.data, value: value ?? raw, around, plain: value !== null }]
  })

/** `我叫林若曦`: said in so many words, and with the family name that the platform gives, where it gives one. */
export const findToldName = (text: string, surname: string | undefined): string | null => {
  const found =
    /(?:我叫|我的名字(?:是|叫)|我姓名(?:是|为)?|本人姓名(?:是|为)?|姓名\s*[:：])\s*(?<name>\p{Script=Han}{2,4})(?!\p{Script=Han})/u.exec(
      text,
    )
  const name = found?.groups?.['name']
  return name === undefined || !name.startsWith(surname ?? '') || name === surname ? null : name
}

const nameIn = (text: string, surname: string | undefined): ToldValue[] => {
  const name = surname === undefined || surname === '' ? null : findToldName(text, surname)
  return name === null ? [] : [{ field: 'name', value: name }]
}

const distinct = (values: readonly ToldValue[]): ToldValue[] =>
  values.filter(
    (one, index) => values.findIndex(({ field, value }) => field === one.field && value === one.value) === index,
  )

/**
 * Contacts that the writer of a message tells of themselves (ZP-28). Taken as their own only where nothing speaks against it:
 * one value of its kind, nobody else spoken of, not first written by the other side. Everything else is `possible`.
 */
export const findTold = (message: string, { theirs = [], surname }: ToldContext = {}): Told => {
  const text = message
    .split('\n')
    .filter((line) => !quoted.test(line))
    .join('\n')
  const found = writtenIn(text)
  const repeated = new Set(
    found.length === 0 ? [] : theirs.flatMap((one) => writtenIn(one).map(({ field, value }) => `${field} ${value}`)),
  )
  const spokenOf = others.test(text)
  const doubtful = (one: Written): boolean =>
    !one.plain ||
    spokenOf ||
    titles.test(one.around) ||
    repeated.has(`${one.field} ${one.value}`) ||
    found.some(({ field, value }) => field === one.field && value !== one.value)
  const own: ToldValue[] = distinct([
    ...found.filter((one) => !doubtful(one)).map(({ field, value }) => ({ field, value })),
    ...(spokenOf ? [] : nameIn(text, surname)),
  ])
  const phone = own.find(({ field }) => field === 'phone')
  if (phone !== undefined && !found.some(({ field }) => field === 'wechat') && sameAsPhone.test(text)) {
    own.push({ field: 'wechat', value: phone.value })
  }
  const possible = distinct(found.filter(doubtful).map(({ field, value }) => ({ field, value })))
  return { own, possible }
}
