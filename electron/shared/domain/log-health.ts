import { z } from 'zod'

/** How a device's log failed to continue the one that the hub holds. */
export const logFaultKind = z.enum([
  /** It went on from an earlier point: an older copy of its folder was put back, or entries were cut off. */
  'put_back',
  /** What it had pushed is not what stands in it now. */
  'rewritten',
  /** It is ahead of a hub that has lost entries: the hub's own database was put back. */
  'hub_behind',
])
export type LogFaultKind = z.infer<typeof logFaultKind>

/** How a device's log stands. The order is the order of concern. */
export const logState = z.enum([
  'rewritten',
  'put_back',
  'hub_behind',
  /** Never pushed anything. */
  'empty',
  /** Not seen for a while: it may have entries that the hub lacks, and nothing says that they are gone. */
  'offline',
  /** What it pushed is signed by it and witnessed here, and it was here lately. */
  'same',
])
export type LogState = z.infer<typeof logState>

/** A device without a word for so long counts as offline: a recruiter's long weekend is shorter. */
export const offlineAfter = 5 * 86_400_000

/** One device's log, as the hub holds it. Times are RFC 3339. */
export const heldLog = z.object({
  device: z.string(),
  name: z.string(),
  account: z.string(),
  revoked: z.boolean(),
  /** When the device last made itself known. */
  seen_at: z.string(),
  size: z.int().min(0),
  /** Base64; of an empty log the hash of nothing. */
  root: z.string(),
  /** The newest signed head, with the hub's cosignature as its last line: a signed note. Absent for an empty log. */
  checkpoint: z.string().optional(),
  witnessed_at: z.string().optional(),
  /** The last push that was refused and has not been healed by an accepted one since. */
  fault: z
    .object({
      kind: logFaultKind,
      since: z.string(),
      at: z.string(),
      account: z.string(),
      held: z.int(),
      claimed: z.int(),
    })
    .optional(),
  /** How often something was found wrong, healed or not. */
  faults: z.int().min(0),
})
export type HeldLog = z.infer<typeof heldLog>

export const heldLogs = z.object({ logs: z.array(heldLog), next_cursor: z.string().optional() })

/** The one state to show of a device's log. */
export const stateOfLog = (log: HeldLog, now: number): LogState => {
  if (log.fault !== undefined) return log.fault.kind
  if (log.size === 0) return 'empty'
  return Date.parse(log.seen_at) + offlineAfter < now ? 'offline' : 'same'
}
