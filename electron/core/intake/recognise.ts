import type { JobId } from '../../shared/domain/ids.ts'
import type { ParsedFile } from '../../shared/domain/intake.ts'
import type { SenderConfidence } from '../../shared/domain/intake-runs.ts'
import type { Platform } from '../../shared/domain/vocabulary.ts'
import type { ReadableDb } from '../store/database.ts'
import type { Arrival } from './arrival.ts'
import { isVouchedFor } from './authentication.ts'
import type { IntakeRules } from './intake-rules.ts'

/** What tells that something came from a platform; codes only. */
export type Evidence = 'sender' | 'header' | 'subject' | 'file_name' | 'text'

export type Recognised = {
  readonly platform: Platform
  readonly confidence: SenderConfidence
  readonly evidence: readonly Evidence[]
  /** The platform's number of this delivery, where its template has one. */
  readonly delivery?: string | undefined
}

/** What a subject or a file name says of the job, in the platform's words. */
type Named = { readonly job?: string | undefined; readonly jobNo?: string | undefined }

export type Seen = { readonly from: Recognised | undefined; readonly named: Named }

const longest = 300

export const domainOf = (address: string | undefined): string | undefined =>
  /@([a-z0-9-]+(?:\.[a-z0-9-]+)+)$/i.exec(address?.trim() ?? '')?.[1]?.toLowerCase()

const isWithin = (domain: string | undefined, parents: readonly string[]): boolean =>
  domain !== undefined && parents.some((parent) => domain === parent || domain.endsWith(`.${parent}`))

const match = (text: string | undefined, patterns: readonly RegExp[]): RegExpExecArray | undefined => {
  for (const pattern of patterns) {
    const found = pattern.exec((text ?? '').slice(0, longest).trim())
    if (found !== null) return found
  }
  return undefined
}

const bare = (name: string): string => name.replace(/\.[a-z0-9]{1,8}$/i, '')

/**
 * Whose mail or file this is, by the rules of every platform. A text alone names no platform to a mail, because anybody may
 * write it; where nothing is known of a sender it adds to what subject or file name says. A sender is proved only by what the
 * receiving server wrote above the mail (`isVouchedFor`): everything else in a mail is its sender's word.
 */
export const recognise = (rules: readonly IntakeRules[], arrival: Arrival, parsed: ParsedFile): Seen => {
  const { mail } = parsed
  const domain = domainOf(mail?.from)
  let best: Recognised | undefined
  let named: Named = {}
  for (const rule of rules) {
    const sender = isWithin(domain, rule.senders)
    const subject = match(mail?.subject, rule.subjects)
    const file = match(bare(arrival.name), rule.files)
    const header =
      mail !== undefined &&
      rule.headers.some(({ name, value }) =>
        (mail.headers ?? []).some((field) => field.name === name && value.test(field.value)),
      )
    const text = rule.texts.some((words) => words.every((word) => parsed.text.includes(word)))
    const evidence: Evidence[] = [
      ...(sender ? (['sender'] as const) : []),
      ...(header ? (['header'] as const) : []),
      ...(subject ? (['subject'] as const) : []),
      ...(file ? (['file_name'] as const) : []),
      ...(text ? (['text'] as const) : []),
    ]
    if (!sender && !subject && !file && !header && !(text && mail === undefined)) continue
    if (best !== undefined && best.evidence.length >= evidence.length) continue
    const groups = { ...file?.groups, ...subject?.groups }
    named = { job: groups.job?.trim(), jobNo: groups.job_no?.trim() }
    const proved = sender && isVouchedFor(mail?.headers ?? [], arrival.mail?.authority, domain ?? '')
    best = { platform: rule.platform, confidence: proved ? 'proved' : 'claimed', evidence, delivery: groups.delivery }
  }
  return { from: best, named }
}

/** Titles are compared without what people vary: blanks, brackets, case, width. */
const plainTitle = (title: string): string =>
  title
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s()\-_/·,，、]/g, '')

/**
 * The open job that a mail or a file means: by its number, by the title that the platform's template names, or because its
 * title alone stands in the subject or the name. Two that fit are none.
 */
export const jobMeant = (
  db: ReadableDb,
  { named }: Seen,
  words: readonly (string | undefined)[],
): JobId | undefined => {
  const jobs = db
    .all<{ id: JobId; title: string }>("SELECT id, title FROM job WHERE status IN ('open', 'paused')")
    .map((job) => ({ ...job, plain: plainTitle(job.title) }))
    .filter(({ plain }) => plain !== '')
  const only = (found: readonly { readonly id: JobId }[]): JobId | undefined =>
    found.length === 1 ? found[0]?.id : undefined
  const { job, jobNo } = named
  if (jobNo !== undefined) {
    const byNumber = only(jobs.filter(({ id, title }) => id === jobNo || title.includes(`[${jobNo}]`)))
    if (byNumber !== undefined) return byNumber
  }
  if (job !== undefined) return only(jobs.filter(({ plain }) => plain === plainTitle(job)))
  const texts = words.flatMap((word) => (word === undefined ? [] : [plainTitle(word.slice(0, longest))]))
  const inside = jobs.filter(({ plain }) => plain.length > 2 && texts.some((text) => text.includes(plain)))
  // "Java 工程师" lies inside "高级 Java 工程师": the longer one is meant.
  return only(
    inside.filter(({ plain }) => !inside.some((other) => other.plain !== plain && other.plain.includes(plain))),
  )
}
