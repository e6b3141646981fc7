import canonicalize from 'canonicalize'
import { z } from 'zod'
import { ledgerEntry, type EntryDraft, type LedgerEntry } from '../../shared/domain/ledger-entry.ts'
import { ledgerAction, reasonCode } from '../../shared/domain/vocabulary.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'

/**
 * The log outlives the data, so nothing that a person typed and nothing that reaches a candidate may get in. What is left
 * are codes: no space-free Chinese, no `@`, no run of digits that a mainland phone or identity number could be.
 */
const phoneLike = /(?<![0-9A-Za-z_-])(?:\+?86[- ]?)?1[3-9][0-9][- ]?[0-9]{4}[- ]?[0-9]{4}(?![0-9A-Za-z_-])/
const identityLike = /(?<![0-9A-Za-z_-])[1-9][0-9]{16}[0-9Xx](?![0-9A-Za-z_-])/
const holdsNoContact = (text: string): boolean => !phoneLike.test(text) && !identityLike.test(text)

const code = z.string().regex(/^[A-Za-z0-9_.:/-]{1,64}$/)
const opaqueId = z.string().min(1).max(128)

const codesAndCounts = z
  .string()
  .max(200)
  .regex(/^[A-Za-z0-9_.:;,/+= -]*$/)
  .refine(holdsNoContact)

/** What is checked of a draft beyond its type. */
const draftForm = z.strictObject({
  action: ledgerAction,
  outcome: z.enum(['shown', 'denied', 'done']),
  subject: z.strictObject({ platform: code, id: opaqueId }).optional(),
  job: opaqueId.refine(holdsNoContact).optional(),
  fields: z.array(code.refine(holdsNoContact)).max(64).optional(),
  reason: reasonCode.optional(),
  policy: z.strictObject({ profile: code, version: code, clause: code }).optional(),
  detail: codesAndCounts.optional(),
})

const refused = (where: string): IpcError =>
  new IpcError('E_LEDGER', 'this may not stand in the log', { found: 'entry_form', where })

/** @throws IpcError E_LEDGER naming the member that does not fit, never its content */
export const requireDraft = (draft: EntryDraft): void => {
  const result = draftForm.safeParse(draft)
  if (!result.success) throw refused(String(result.error.issues[0]?.path[0] ?? 'draft'))
}

const actorForm = z.strictObject({
  account: opaqueId,
  role: code,
  employer: opaqueId,
  device: opaqueId,
  agency: opaqueId.optional(),
})

/** @throws IpcError E_LEDGER */
export const requireActor = (actor: LedgerEntry['actor']): void => {
  if (!actorForm.safeParse(actor).success) throw refused('actor')
}

/** The canonical text of an entry (RFC 8785). Members that are undefined are left out. */
export const canonicalEntry = (
  draft: EntryDraft,
  rest: {
    readonly at: number
    readonly actor: LedgerEntry['actor']
    readonly nonce: string
    readonly candidate?: string
  },
): string => {
  const { subject, ...plain } = draft
  const text = canonicalize({
    v: 1,
    ...plain,
    at: rest.at,
    actor: rest.actor,
    nonce: rest.nonce,
    ...(subject === undefined ? {} : { subject: { platform: subject.platform, candidate: rest.candidate } }),
  })
  if (text === undefined) throw refused('draft')
  return text
}

/**
 * Reads the text of an entry that waited in a store.
 * @throws IpcError E_LEDGER when it is not a canonical entry of this version
 */
export const parseCanonicalEntry = (text: string): LedgerEntry => {
  const entry = ledgerEntry.safeParse(JSON.parse(text))
  if (!entry.success || canonicalize(entry.data) !== text) throw refused('pending')
  const { detail, job, fields } = entry.data
  const form = draftForm.pick({ detail: true, job: true, fields: true }).safeParse({ detail, job, fields })
  if (!form.success) throw refused('pending')
  return entry.data
}
