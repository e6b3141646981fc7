import type { ParsedField, ParsedFile } from '../../../shared/domain/intake.ts'
import type { OriginalPiece } from '../../../shared/domain/intake-review.ts'
import type { FieldName } from '../../../shared/domain/vocabulary.ts'
import { findContacts, mergeSpans } from '../../../shared/text/find-contacts.ts'
import type { OwnWords } from '../../../shared/text/find-own-names.ts'

/** Which decision says whether a field's words may be read in the text. */
export const decidedBy: Readonly<Partial<Record<ParsedField, FieldName>>> = {
  sex: 'sex',
  birth: 'birth_date',
  city: 'residence',
  expected_salary: 'expected_salary',
  current_salary: 'current_salary',
}

/** Words behind these labels tell a field whether or not it was read: what a rule hides is hidden there, too. */
const labelled: ReadonlyArray<readonly [FieldName, RegExp]> = [
  ['name', /(?:姓\s*名|Full name|Name)\s*[:：]\s*([^\s|,，;；、]+(?: [A-Z][a-z]+)*)/giu],
  ['name', /(?:我是|我叫|本人|My name is|I am)\s*([\p{Script=Han}·]{2,5}|[A-Z][a-z]+(?: [A-Z][a-z]+)+)/gu],
  ['sex', /(?:性\s*别|Gender|Sex)\s*[:：]?\s*([^\s|,，;；、/]+)/giu],
  ['sex', /(?<![\p{L}\d])(男|女|Male|Female)(?![\p{L}\d])/giu],
  [
    'birth_date',
    /(?:出生(?:年月日?|日期)?|生\s*日|年\s*龄|Date of birth|Birth ?date|Born|Age)\s*[:：]?\s*([^\s|,，;；、]+(?:\s?[年月日]|\s?\d+)*)/giu,
  ],
  ['birth_date', /(?<!\d)(\d{2}\s*(?:周?岁|years? old))/giu],
  ['household', /(?:户\s*籍(?:所在地)?|籍\s*贯|户口(?:所在地)?)\s*[:：]?\s*([^\s|,，;；、]+)/gu],
  ['political_status', /(?:政治面貌)\s*[:：]?\s*([^\s|,，;；、]+)/gu],
  ['residence', /(?:现居(?:住地?|城市|地)?|居住地|所在地|住址|Address|Location)\s*[:：]?\s*([^\n|;；]+)/giu],
  ['current_salary', /(?:目前|当前|现)(?:月|年)?(?:薪资?|薪水|收入)\s*[:：]?\s*([^\n|;；]+)/gu],
]

type Hidden = { readonly start: number; readonly end: number; readonly kind: 'hidden' }

/** What stands behind a label of a field that a rule hides. */
export const labelledSpans = (text: string, hides: (field: FieldName) => boolean): Hidden[] =>
  labelled
    .filter(([field]) => hides(field))
    .flatMap(([, pattern]) =>
      [...text.matchAll(pattern)].flatMap((found) => {
        const value = found[1] ?? ''
        const start = found.index + found[0].lastIndexOf(value)
        return value === '' ? [] : [{ start, end: start + value.length, kind: 'hidden' as const }]
      }),
    )

/** A resume has a few hundred; more is no reading that helps anybody. */
const mostSpans = 1_500

/** Headings of resumes; no name ends like one. */
const heading = /(?:经历|经验|背景|信息|简历|意向|评价|技能|证书|情况|介绍|特长|方式|能力|优势)$/u

/**
 * A name that the parser did not take for one stands alone in one of the first lines, or first in it. While names are hidden,
 * whatever looks like that is hidden; a heading too many is no loss.
 */
export const nameSpans = (text: string): Hidden[] => {
  const spans: Hidden[] = []
  let at = 0
  for (const line of text.split('\n').slice(0, 12)) {
    const found =
      /^\s*([\p{Script=Han}·]{2,5}|\p{Script=Han}(?:\s\p{Script=Han}){1,3}|[A-Z][A-Za-z'-]+(?: [A-Z][A-Za-z'-]+){1,3})(?=\s*$|\s*[|｜,，/]|\s{2,}|\t)/u.exec(
        line,
      )
    const word = found?.[1]
    if (found !== null && word !== undefined && !heading.test(word)) {
      const start = at + found[0].lastIndexOf(word)
      spans.push({ start, end: start + word.length, kind: 'hidden' })
    }
    at += line.length + 1
  }
  return spans
}

/** Always as many: as many as there were letters would tell "Male" from "Female". */
const stars = (text: string): string => text.replace(/[^\r\n]+/gu, '****')

/**
 * The text of the original in pieces: contacts, the person's own words, and every field that a rule hides now are masked, and
 * stay so; the rest says where each field was read. Whatever was hidden is not in the answer at all.
 */
export const originalPieces = (
  parsed: Pick<ParsedFile, 'text' | 'spans' | 'contacts'>,
  own: OwnWords,
  hides: (field: FieldName) => boolean,
): OriginalPiece[] => {
  const { text } = parsed
  const masked = mergeSpans(text, [
    ...findContacts(text, own),
    ...parsed.contacts.map(({ start, end, kind }) => ({ start, end, kind })),
    ...labelledSpans(text, hides),
    ...(hides('name') ? nameSpans(text) : []),
    ...parsed.spans
      .filter(({ field }) => {
        const decision = decidedBy[field]
        return decision !== undefined && hides(decision)
      })
      .map(({ start, end }) => ({ start, end, kind: 'hidden' as const })),
  ])
  const cuts = new Set([0, text.length])
  const spans = parsed.spans.slice(0, mostSpans)
  for (const { start, end } of [...masked, ...spans]) {
    cuts.add(Math.min(start, text.length))
    cuts.add(Math.min(end, text.length))
  }
  const edges = [...cuts].toSorted((a, b) => a - b)
  const pieces: OriginalPiece[] = []
  let next = 0
  let starred = -1
  for (const [index, start] of edges.entries()) {
    const end = edges[index + 1]
    if (end === undefined || end === start) continue
    while (next < masked.length && (masked[next]?.end ?? 0) <= start) next += 1
    const isMasked = (masked[next]?.start ?? text.length) <= start
    // The narrowest reading wins: a date inside an entry of work belongs to the entry.
    const field = spans
      .filter((span) => span.start <= start && end <= span.end)
      .toSorted((a, b) => a.end - a.start - (b.end - b.start))[0]?.field
    const part = text.slice(start, end)
    // However many places lie within what is masked, it is masked once.
    const shown = !isMasked ? part : starred === next ? part.replace(/[^\r\n]+/gu, '') : stars(part)
    if (isMasked) starred = next
    if (shown !== '') pieces.push({ text: shown, masked: isMasked, ...(field === undefined ? {} : { field }) })
  }
  return pieces
}
