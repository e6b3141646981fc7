import canonicalize from 'canonicalize'
import { ledgerEntry, type EntryDraft, type LedgerEntry } from '../../shared/domain/ledger-entry.ts'
import { ledgerAction, reasonCode } from '../../shared/domain/vocabulary.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'

/**
 * The log outlives the data, so nothing that a person typed and nothing that reaches a candidate may get in. What is left
 * are codes: no Chinese, no `@`, no run of digits that a mainland phone or identity number could be. Written by hand because it
 * runs for each row of each list.
 */
const phoneLike = /(?<![0-9A-Za-z_-])(?:\+?86[- ]?)?1[3-9][0-9][- ]?[0-9]{4}[- ]?[0-9]{4}(?![0-9A-Za-z_-])/
const identityLike = /(?<![0-9A-Za-z_-])[1-9][0-9]{16}[0-9Xx](?![0-9A-Za-z_-])/
const codeText = /^[A-Za-z0-9_.:/-]{1,64}$/
/** What platforms call a version of their policy: `2026 V3`, `excerpt, undated`. */
const versionText = /^[A-Za-z0-9_.:/, -]{1,64}$/
const detailText = /^[A-Za-z0-9_.:;,/+= -]{0,200}$/

/** Neither is shorter than eleven signs, as most codes are. */
const holdsNoContact = (text: string): boolean =>
  text.length < 11 || (!phoneLike.test(text) && !identityLike.test(text))
const isCode = (text: unknown): boolean => typeof text === 'string' && codeText.test(text) && holdsNoContact(text)
const isVersion = (text: unknown): boolean => typeof text === 'string' && versionText.test(text) && holdsNoContact(text)
const isOpaqueId = (text: unknown): boolean =>
  typeof text === 'string' && text.length > 0 && text.length <= 128 && text.isWellFormed()

const isFields = (fields: readonly string[]): boolean => fields.length <= 64 && fields.every(isCode)

const hasOnly = (value: object, members: ReadonlySet<string>): boolean => {
  for (const member in value) if (!members.has(member)) return false
  return true
}

const actions: ReadonlySet<string> = new Set(ledgerAction.options)
const outcomes: ReadonlySet<string> = new Set(['shown', 'denied', 'done'])
const reasons: ReadonlySet<string> = new Set(reasonCode.options)
const draftMembers: ReadonlySet<string> = new Set([
  'action',
  'outcome',
  'subject',
  'job',
  'fields',
  'reason',
  'policy',
  'detail',
])
const subjectMembers: ReadonlySet<string> = new Set(['platform', 'id'])
const policyMembers: ReadonlySet<string> = new Set(['profile', 'version', 'clause'])

const refused = (where: string): IpcError =>
  new IpcError('E_LEDGER', 'this may not stand in the log', { found: 'entry_form', where })

const isSubject = (subject: NonNullable<EntryDraft['subject']>): boolean =>
  isCode(subject.platform) && isOpaqueId(subject.id) && hasOnly(subject, subjectMembers)

const isPolicy = (policy: NonNullable<EntryDraft['policy']>): boolean =>
  isCode(policy.profile) && isVersion(policy.version) && isCode(policy.clause) && hasOnly(policy, policyMembers)

/** The first member that may not stand in the log. */
const wrongMember = (draft: EntryDraft): string | undefined => {
  const { action, outcome, subject, job, fields, reason, policy, detail } = draft
  if (!hasOnly(draft, draftMembers)) return 'draft'
  if (!actions.has(action)) return 'action'
  if (!outcomes.has(outcome)) return 'outcome'
  if (subject !== undefined && !isSubject(subject)) return 'subject'
  if (job !== undefined && !(isOpaqueId(job) && holdsNoContact(job))) return 'job'
  if (fields !== undefined && !isFields(fields)) return 'fields'
  if (reason !== undefined && !reasons.has(reason)) return 'reason'
  if (policy !== undefined && !isPolicy(policy)) return 'policy'
  if (detail !== undefined && !(detailText.test(detail) && holdsNoContact(detail))) return 'detail'
  return undefined
}

/** @throws IpcError E_LEDGER naming the member that does not fit, never its content */
export const requireDraft = (draft: EntryDraft): void => {
  const wrong = wrongMember(draft)
  if (wrong !== undefined) throw refused(wrong)
}

const actorMembers: ReadonlySet<string> = new Set(['account', 'role', 'employer', 'device', 'agency'])

/** @throws IpcError E_LEDGER */
export const requireActor = (actor: LedgerEntry['actor']): void => {
  const { account, role, employer, device, agency } = actor
  const ids = [account, employer, device, ...(agency === undefined ? [] : [agency])]
  if (!ids.every(isOpaqueId) || !isCode(role) || !hasOnly(actor, actorMembers)) throw refused('actor')
}

/** Writes the canonical texts of one actor's entries of one moment. */
export type EntryWriter = (draft: EntryDraft, nonce: string, candidate: string | undefined) => string

/**
 * RFC 8785 by hand: members in the order of their names, no spaces, integers, and strings that JSON.stringify writes as the RFC
 * wants. A third of the cost of a general canonicaliser, which the tests hold it against.
 */
export const createEntryWriter = (at: number, actor: LedgerEntry['actor']): EntryWriter => {
  const quote = JSON.stringify
  const actorText = canonicalize(actor) ?? ''
  return ({ action, outcome, subject, job, fields, reason, policy, detail }, nonce, candidate) => {
    let text = `{"action":"${action}","actor":${actorText},"at":${at}`
    if (detail !== undefined) text += `,"detail":${quote(detail)}`
    if (fields !== undefined) text += `,"fields":${quote(fields)}`
    if (job !== undefined) text += `,"job":${quote(job)}`
    text += `,"nonce":"${nonce}","outcome":"${outcome}"`
    if (policy !== undefined) {
      const { clause, profile, version } = policy
      text += `,"policy":{"clause":${quote(clause)},"profile":${quote(profile)},"version":${quote(version)}}`
    }
    if (reason !== undefined) text += `,"reason":"${reason}"`
    if (subject !== undefined) text += `,"subject":{"candidate":"${candidate}","platform":${quote(subject.platform)}}`
    return `${text},"v":1}`
  }
}

/**
 * Reads the text of an entry that waited in a store.
 * @throws IpcError E_LEDGER when it is not a canonical entry of this version
 */
export const parseCanonicalEntry = (text: string): LedgerEntry => {
  const entry = ledgerEntry.safeParse(JSON.parse(text))
  if (!entry.success || canonicalize(entry.data) !== text) throw refused('pending')
  const { action, outcome, detail, job, fields, policy } = entry.data
  requireDraft({ action, outcome, detail, job, fields, policy })
  return entry.data
}
