/** A day as a field of dates holds it, by this machine's calendar. */
export const dayOf = (at: number): string => {
  const day = new Date(at)
  const two = (n: number): string => String(n).padStart(2, '0')
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`
}

/** The beginning of such a day, in milliseconds since 1970 UTC; NaN where the field holds none. */
export const startOfDay = (day: string): number => {
  const [year, month, date] = day.split('-').map(Number)
  return year === undefined || month === undefined || date === undefined
    ? NaN
    : new Date(year, month - 1, date).getTime()
}
