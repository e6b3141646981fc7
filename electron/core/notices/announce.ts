import {
  notice as noticeSchema,
  type DesktopSettings,
  type Notice,
  type QuietHours,
} from '../../shared/domain/desktop.ts'
import type { Core } from '../context.ts'

const minute = 60_000
const dayMinutes = 24 * 60
/** China Standard Time has no daylight saving. */
const chinaOffset = 8 * 60

/** Whether a moment lies in the quiet hours; the first minute does, the last does not. */
export const isQuiet = (hours: QuietHours | null, now: number): boolean => {
  if (hours === null || hours.from === hours.until) return false
  const at = (Math.floor(now / minute) + chinaOffset) % dayMinutes
  return hours.from < hours.until ? at >= hours.from && at < hours.until : at >= hours.from || at < hours.until
}

/** The 24 hours of an incident go on at night (ZP-100): quiet hours do not hold that back. */
export const mayTell = (settings: DesktopSettings, kind: Notice['kind'], now: number): boolean =>
  settings.notices[kind] !== 'off' && (kind === 'incident_due' || !isQuiet(settings.quiet, now))

/**
 * Tells window and system, if the person wants to hear of it now. The strict schema is the gate: a payload with anything
 * beside counts, job titles and times does not leave (ZP-51).
 *
 * @throws ZodError
 */
export const announce = (core: Core, said: Notice): void => {
  if (mayTell(core.settings.get().desktop, said.kind, core.clock.now()))
    core.emit('notice.due', noticeSchema.parse(said))
}
