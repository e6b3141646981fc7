import { z } from 'zod'
import { syncId, syncLabel, syncTime } from './sync-atoms.ts'
import { approvalData } from './sync-changes.ts'

/** The queue of approvals and who stands in for whom (`docs/sync-protocol.md`, "Administration"). */

/** What is asked for in lists: `over` = refused, withdrawn, expired, or granted for a time that has ended. */
export const approvalBox = z.enum(['pending', 'decided', 'mine'])

export const approvalRow = approvalData.extend({
  id: syncId,
  /** When it was asked for or changed last. */
  at: syncTime,
  /** By whoever asks for the list, now. */
  may_decide: z.boolean(),
})
export type ApprovalRowData = z.infer<typeof approvalRow>
export const approvalsAnswer = z.object({
  approvals: z.array(approvalRow),
  /** For the page after this one; missing on the last. */
  next_cursor: z.string().max(64).optional(),
})

/** A deputy decides what the approver could, while it lasts; never about their own requests. */
export const delegationBody = z.object({ deputy_id: syncId, from: syncTime, until: syncTime })
export const delegationRow = z.object({
  id: syncId,
  approver_id: syncId,
  approver: syncLabel,
  deputy_id: syncId,
  deputy: syncLabel,
  from: syncTime,
  until: syncTime,
  ended_at: syncTime.optional(),
})
export type DelegationRow = z.infer<typeof delegationRow>
export const delegationsAnswer = z.object({ delegations: z.array(delegationRow) })
