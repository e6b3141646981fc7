/** Dates as recruiters in China read them: the zone is said, never taken from the machine (Electron's default is not it). */
const ZONE = 'Asia/Shanghai'
export type Language = 'zh-CN' | 'en-US'

const DAY_MS = 86_400_000
const SHIFT_MS = 8 * 3_600_000

/** Number of the day in Shanghai, which has no summer time. */
export const dayNumber = (ms: number): number => Math.floor((ms + SHIFT_MS) / DAY_MS)

/** Whole days from `now` to `at` by the calendar; negative when past. */
export const daysUntil = (at: number, now: number): number => dayNumber(at) - dayNumber(now)

const formats = new Map<string, Intl.DateTimeFormat>()
const formatter = (language: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
  const key = language + JSON.stringify(options)
  let found = formats.get(key)
  if (!found) {
    found = new Intl.DateTimeFormat(language, { timeZone: ZONE, hour12: false, ...options })
    formats.set(key, found)
  }
  return found
}

const part = (ms: number, options: Intl.DateTimeFormatOptions): string => formatter('zh-CN', options).format(ms)

/** `09:41` */
export const clockTime = (ms: number): string => part(ms, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })

/** `11-21`, with the year when it is not this one. */
export const shortDate = (ms: number, now: number): string => {
  const full = isoDate(ms)
  return full.slice(0, 4) === isoDate(now).slice(0, 4) ? full.slice(5) : full
}

/** `2026-11-21` in Shanghai. */
export const isoDate = (ms: number): string => new Date(ms + SHIFT_MS).toISOString().slice(0, 10)

/** `2026-11-21 09:41:07`, for what must be exact. */
export const exactTime = (ms: number): string => new Date(ms + SHIFT_MS).toISOString().slice(0, 19).replace('T', ' ')

/** `今天 09:41`, `昨天 18:20`, `周三 18:00` within a week, else `11-18 11:02`. */
export const relativeTime = (ms: number, now: number, language: Language): string => {
  const days = daysUntil(ms, now)
  if (days >= -1 && days <= 1) {
    const word = new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(days, 'day')
    return `${language === 'en-US' ? word.charAt(0).toUpperCase() + word.slice(1) : word} ${clockTime(ms)}`
  }
  if (Math.abs(days) < 7) return `${weekday(ms, language)} ${clockTime(ms)}`
  return `${shortDate(ms, now)} ${clockTime(ms)}`
}

/** `周三`, `Wed` */
export const weekday = (ms: number, language: Language): string => formatter(language, { weekday: 'short' }).format(ms)

/** Bytes as `312 KB` or `1.4 MB`. */
export const fileSize = (bytes: number): string =>
  bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1000))} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`

/** `12月1日`, `Dec 1` */
export const monthDay = (ms: number, language: Language): string =>
  formatter(
    language,
    language === 'zh-CN' ? { month: 'long', day: 'numeric' } : { month: 'short', day: 'numeric' },
  ).format(ms)
