import type { PaperLanguage } from '../../../shared/domain/disclosure.ts'
import { contactField } from '../../../shared/domain/vocabulary.ts'
import { findContacts, type FoundContact } from '../../../shared/text/find-contacts.ts'
import { contactValue, type Person } from '../../candidates/person.ts'

const marks: Readonly<Record<PaperLanguage, string>> = { 'zh-CN': '［他人信息］', 'en-US': '[other person]' }

const bare = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s\-()+.]/gu, '')

/** Everything by which the person can be reached: what stands in a text and is none of it is somebody else's. */
const ownValues = (person: Person): string[] => [
  ...new Set(
    [
      ...contactField.options.map((field) => contactValue(person, field)),
      person.resume.basics.phone,
      person.resume.basics.email,
      person.resume.basics.url,
      person.resume.meta.cn.wechat,
      person.resume.meta.cn.id_number,
      ...(person.chat ?? []).map(({ value }) => value),
    ].flatMap((value) => (value === undefined || value === '' ? [] : [bare(value)])),
  ),
]

/** Words behind which resumes and messages name somebody else. */
const third =
  /(?:证明人|推荐人|紧急联系人|介绍人|referee|references?|emergency contact|recommended by)\s*(?:[(（][^)）\n]{0,12}[)）])?\s*[:：]?\s*(?<name>\p{Script=Han}{2,4}(?:·\p{Script=Han}{1,8})?|\p{Lu}[\p{Ll}'-]+(?:\s\p{Lu}[\p{Ll}'-]+){0,2})/giu

type Span = { readonly start: number; readonly end: number }

const thirdSpans = (text: string): Span[] =>
  [...text.matchAll(third)].map((match) => {
    const name = match.groups?.name ?? ''
    const start = match.index + match[0].length - name.length
    return { start, end: start + name.length }
  })

/** Kinds that are taken for the person's own where the person wrote them: addresses of their work, a number of their own. */
const ownWriting: ReadonlySet<FoundContact['kind']> = new Set(['link', 'qr', 'qq'])

export type CleanText = (text: string, by: 'person' | 'others') => string

/**
 * Free text without other people (ZP-90): contacts that are none of the person's, names behind the words that name a third
 * person, and the names of colleagues. The person's own stay, for it is their copy.
 *
 * @param colleagues names of accounts; the account ids that stand beside them name nobody
 */
export const withoutOthers = (person: Person, colleagues: readonly string[], language: PaperLanguage): CleanText => {
  const own = ownValues(person)
  const ownName = bare(contactValue(person, 'name') ?? '')
  // A colleague of one character would take that character out of every word.
  const names = colleagues.filter((name) => [...name].length > 1 && bare(name) !== ownName)
  const isOwn = ({ text }: FoundContact): boolean => {
    const found = bare(text)
    return own.some(
      (value) => value === found || (found.length >= 7 && value.includes(found)) || found === `86${value}`,
    )
  }
  return (text, by) => {
    const contacts = findContacts(text, { names, literal: [] }).filter(
      (found) => found.kind === 'name' || (!isOwn(found) && !(by === 'person' && ownWriting.has(found.kind))),
    )
    const spans: Span[] = [...contacts, ...thirdSpans(text)].toSorted((a, b) => a.start - b.start)
    let cleaned = ''
    let at = 0
    for (const { start, end } of spans) {
      if (end <= at) continue
      cleaned += text.slice(at, Math.max(at, start)) + marks[language]
      at = end
    }
    return cleaned + text.slice(at)
  }
}
