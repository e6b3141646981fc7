const day = 86_400_000
/** China has one zone and no daylight saving time. */
const shanghai = 8 * 3_600_000

/**
 * The end (Asia/Shanghai) of the n-th working day after `from`, Monday to Friday. Public holidays are not counted out: the
 * deadline is then early, never late.
 */
export const afterWorkingDays = (from: number, count: number): number => {
  let at = Math.floor((from + shanghai) / day) * day
  for (let left = count; left > 0;) {
    at += day
    const weekday = new Date(at).getUTCDay()
    if (weekday !== 0 && weekday !== 6) left -= 1
  }
  return at + day - 1 - shanghai
}
