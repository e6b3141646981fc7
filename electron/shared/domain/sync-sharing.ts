import { z } from 'zod'
import { crossBorderRecord } from './cross-border.ts'
import { syncId, syncLabel, syncRole, syncTime } from './sync-atoms.ts'

/** People abroad and the record by which they may look (`docs/sync-protocol.md`, "Administration"). */
export const crossBorderAnswer = z.object({
  record: crossBorderRecord.extend({ at: syncTime, by: syncId }).nullable(),
  accounts: z.array(z.object({ id: syncId, name: syncLabel, role: syncRole, overseas: z.boolean() })),
})
export type CrossBorderAnswer = z.infer<typeof crossBorderAnswer>
export const overseasBody = z.object({ overseas: z.boolean() })

/** How an account or an enterprise ends; `confirm` is what was typed: the account's name, the enterprise's. */
export const cancellationBody = z.object({ confirm: syncLabel })
export const cancellationAnswer = z.object({ due_at: syncTime })
export const closeBody = z.object({ confirm: syncLabel })
export const closingAnswer = z.object({
  candidates: z.int(),
  jobs: z.int(),
  accounts: z.int(),
  /** What has to be ended or handed over first. */
  open: z.object({ holds: z.int(), requests: z.int() }),
  /** Another administrator or officer has to agree. */
  needs_second: z.boolean(),
  state: z.enum(['open', 'asked', 'closing', 'closed']),
  asked_by: syncId.optional(),
  asked_at: syncTime.optional(),
})
export type ClosingAnswer = z.infer<typeof closingAnswer>
