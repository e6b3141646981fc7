import { z } from 'zod'
import { recordId } from './ids.ts'
import { secondPerson } from './hold-views.ts'
import { approvalKind } from './sync-atoms.ts'

const time = z.int()

/** `over`: granted for a time that has ended; `half`: a bulk that one of its two people has granted. */
export const approvalState = z.enum(['pending', 'half', 'granted', 'refused', 'withdrawn', 'expired', 'over'])
export type ApprovalState = z.infer<typeof approvalState>

/** What is asked for at a person's record; holds and hand-overs have doors of their own. */
export const askedKind = approvalKind.exclude(['hold', 'handover'])
export type AskedKind = z.infer<typeof askedKind>

/** One's own request, as the record shows it. */
export const ownApproval = z.object({
  id: z.string(),
  kind: approvalKind,
  state: approvalState,
  fields: z.array(z.string()).optional(),
  at: time,
  until: time.optional(),
  expires_at: time.optional(),
  /** Who decided. */
  by: z.string().optional(),
})
export type OwnApproval = z.infer<typeof ownApproval>

export const approvalView = ownApproval.extend({
  /** Missing where the record is not at this workstation. */
  record_id: recordId.optional(),
  label: z.string().optional(),
  job_title: z.string().optional(),
  /** Of a bulk: how many applications. */
  applications: z.int().optional(),
  reason: z.string().optional(),
  asked_by: z.string(),
  on_behalf_of: z.string().optional(),
  first_by: z.string().optional(),
  mine: z.boolean(),
  may_decide: z.boolean(),
})
export type ApprovalView = z.infer<typeof approvalView>

export const approvalList = z.object({
  items: z.array(approvalView),
  next_cursor: z.string().nullable(),
  second: secondPerson,
  now: time,
})

export const deputyView = z.object({
  id: z.string(),
  approver: z.string(),
  deputy: z.string(),
  from: time,
  until: time,
  ended_at: time.optional(),
  may_end: z.boolean(),
})
export type DeputyView = z.infer<typeof deputyView>
