import { z } from 'zod'

export const noticeKind = z.enum([
  'new_applications',
  'interview_soon',
  'destruction_soon',
  'mention',
  'request_due',
  'incident_due',
  'post_changed',
  'access_stopped',
  'approvals',
])
export type NoticeKind = z.infer<typeof noticeKind>

const ofJob = z.strictObject({ title: z.string(), count: z.int().min(1) })

/**
 * What the program tells without being asked (ZP-51): counts, titles of jobs, times. Strict, so that no key can be added in
 * passing: what is told may be read by whoever stands beside the screen.
 */
export const notice = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('new_applications'), count: z.int().min(1), jobs: z.array(ofJob).max(3) }),
  z.strictObject({ kind: z.literal('interview_soon'), job_title: z.string(), starts_at: z.int() }),
  z.strictObject({ kind: z.literal('destruction_soon'), count: z.int().min(1) }),
  z.strictObject({ kind: z.literal('mention'), count: z.int().min(1), jobs: z.array(ofJob).max(3) }),
  /** `late`: of these the fifteenth working day has come (ZP-91). */
  z.strictObject({ kind: z.literal('request_due'), count: z.int().min(1), late: z.int().min(0) }),
  /** Incidents whose notice is not written; the first of their 24 hours ends then, and of `late` they have ended (ZP-100). */
  z.strictObject({ kind: z.literal('post_changed'), count: z.int().min(1) }),
  z.strictObject({ kind: z.literal('incident_due'), count: z.int().min(1), late: z.int().min(0), ends_at: z.int() }),
  /** So much looking was stopped (ZP-94), and until when. */
  z.strictObject({ kind: z.literal('access_stopped'), ends_at: z.int() }),
  /** `waiting`: requests that somebody has to decide; `decided`: one's own that were. */
  z.strictObject({ kind: z.literal('approvals'), waiting: z.int().min(0), decided: z.int().min(0) }),
])
export type Notice = z.infer<typeof notice>

/** Nowhere, inside the window, or also as a notification of the system while the window is not in front. */
export const noticeChannel = z.enum(['off', 'window', 'system'])
export type NoticeChannel = z.infer<typeof noticeChannel>

const minuteOfDay = z.int().min(0).max(1439)

/** Hours in which nothing is told; past midnight where `until` is not after `from`. Minutes of the day in China. */
export const quietHours = z.object({ from: minuteOfDay, until: minuteOfDay })
export type QuietHours = z.infer<typeof quietHours>

/** The longest that a vault stays open without anybody, in minutes, and the usual (D20). */
export const longestIdle = 15
export const usualIdle = 5

/** How the program behaves on this desktop; nothing about anybody. */
export const desktopSettings = z.object({
  notices: z
    .object({
      new_applications: noticeChannel.default('system'),
      interview_soon: noticeChannel.default('system'),
      destruction_soon: noticeChannel.default('system'),
      mention: noticeChannel.default('system'),
      request_due: noticeChannel.default('system'),
      incident_due: noticeChannel.default('system'),
      post_changed: noticeChannel.default('system'),
      access_stopped: noticeChannel.default('system'),
      approvals: noticeChannel.default('system'),
    })
    .prefault({}),
  quiet: quietHours.nullable().default(null),
  /** Closing the window leaves the program in the tray. */
  close_to_tray: z.boolean().default(false),
  lock_after_minutes: z.int().min(1).max(longestIdle).default(usualIdle),
})
export type DesktopSettings = z.infer<typeof desktopSettings>
