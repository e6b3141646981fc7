/** China Standard Time has no daylight saving. */
const chinaOffset = 8 * 3_600_000

/**
 * Full months of age by the youngest reading of a date that may lack its day or month: `1999`, `1999-05`, `1999-05-17`.
 * Null when the text is no date or lies in the future. The minors' gate must not be passed by leaving the day out.
 */
export function ageInMonths(birth: string | null | undefined, now: number): number | null {
  const match = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/.exec(birth?.trim() ?? '')
  if (!match) return null
  const year = Number(match[1])
  const month = match[2] === undefined ? 12 : Number(match[2])
  if (month < 1 || month > 12) return null
  const lastDay = new Date(Date.UTC(year, month, 0)).getUTCDate()
  const day = match[3] === undefined ? lastDay : Number(match[3])
  if (day < 1 || day > lastDay) return null
  const today = new Date(now + chinaOffset)
  const months =
    (today.getUTCFullYear() - year) * 12 + (today.getUTCMonth() + 1 - month) - (today.getUTCDate() < day ? 1 : 0)
  return months >= 0 ? months : null
}
