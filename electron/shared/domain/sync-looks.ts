import { z } from 'zod'
import { ledgerAction, reasonCode } from './vocabulary.ts'
import { syncId, syncLabel, syncTime } from './sync-atoms.ts'

/** An administrator's look at what recruiters hold, for a stated reason (`docs/sync-protocol.md`, "Administration"; D17). */

/** How long a stated reason opens what it names, in milliseconds. */
export const lookMilliseconds = 60 * 60_000

/** In the administrator's own words, without a contact. */
export const lookWords = z.string().trim().min(4).max(200)
const why = { reason: reasonCode, words: lookWords }
/** One person, or everybody of one job. */
export const lookBody = z.union([z.object({ candidate_id: syncId, ...why }), z.object({ job_id: syncId, ...why })])
export type LookBody = z.infer<typeof lookBody>

/** What of it an account itself has to know: what is open to it, and until when. */
export const ownLook = z.object({
  candidate_id: syncId.optional(),
  job_id: syncId.optional(),
  reason: reasonCode,
  until: syncTime,
})
export type OwnLook = z.infer<typeof ownLook>

export const lookRow = ownLook.extend({
  id: syncId,
  account_id: syncId,
  account: syncLabel,
  /** Left out once the person is destroyed: the words went with their key. */
  words: z.string().max(400).optional(),
  at: syncTime,
  /** What the logs of the administrator's devices say that was read by it, newest first, at most fifty. */
  readings: z.array(z.object({ candidate_id: syncId, action: ledgerAction, at: syncTime })),
  /** All of them. */
  read: z.int(),
})
export type LookRow = z.infer<typeof lookRow>
export const looksAnswer = z.object({ looks: z.array(lookRow) })
