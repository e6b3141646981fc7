import { z } from 'zod'
import { ledgerAction, reasonCode } from './vocabulary.ts'

/** One line of the view log (`ledger.md`). Absent members are left out, never null; bytes are base64url without padding. */
export const ledgerEntry = z.strictObject({
  v: z.literal(1),
  /** Milliseconds since 1970 UTC. */
  at: z.int(),
  action: ledgerAction,
  actor: z.strictObject({
    account: z.string(),
    role: z.string(),
    employer: z.string(),
    device: z.string(),
    agency: z.string().optional(),
  }),
  subject: z.strictObject({ platform: z.string(), candidate: z.string() }).optional(),
  job: z.string().optional(),
  fields: z.array(z.string()).optional(),
  reason: reasonCode.optional(),
  policy: z.strictObject({ profile: z.string(), version: z.string(), clause: z.string() }).optional(),
  outcome: z.enum(['shown', 'denied', 'done']),
  /** Codes and counts only: never words that a person typed, never a name. */
  detail: z.string().max(200).optional(),
  nonce: z.string(),
})
export type LedgerEntry = z.infer<typeof ledgerEntry>

/** What a caller knows of an entry; the ledger adds version, time, actor, the subject's hash and the nonce. */
export type EntryDraft = {
  readonly action: LedgerEntry['action']
  readonly outcome: LedgerEntry['outcome']
  /** The candidate as the platform names it; becomes an HMAC before it is written. */
  readonly subject?: { readonly platform: string; readonly id: string }
  readonly job?: string
  readonly fields?: readonly string[]
  readonly reason?: LedgerEntry['reason']
  readonly policy?: LedgerEntry['policy']
  readonly detail?: string
}
