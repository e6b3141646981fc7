import { z } from 'zod'
import { alarmKind } from './access-limits.ts'
import { syncId, syncLabel, syncTime } from './sync-atoms.ts'

/** Alarms over the view logs of all devices (`docs/sync-protocol.md`, "Administration"). */
export const alarmRow = z.object({
  id: syncId,
  account_id: syncId,
  account: syncLabel,
  kind: alarmKind,
  counted: z.int(),
  /** How many devices of the account it was summed over. */
  devices: z.int(),
  at: syncTime,
  /** Until when it stops the account; missing where it only tells. */
  until: syncTime.optional(),
  lifted: z.boolean(),
  decided_by: syncLabel.optional(),
  decided_at: syncTime.optional(),
  note: syncLabel.optional(),
  may_decide: z.boolean(),
})
export type AlarmRow = z.infer<typeof alarmRow>
export const alarmsAnswer = z.object({ alarms: z.array(alarmRow) })
/** `until` makes the stop longer; without it the stop is lifted. */
export const alarmDecisionBody = z.object({ until: syncTime.optional(), note: syncLabel.min(1) })
