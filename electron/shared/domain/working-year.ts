import { z } from 'zod'

const day = z.iso.date()

/** Days in a row; the longest holiday ever had ten. Whoever names days off moves deadlines of one working day, and not far. */
const mostIdle = 16

/**
 * How one year of a calendar of working days departs from Monday to Friday, as the State Council announces it for mainland China:
 * weekdays that are off, and Saturdays and Sundays that are worked instead. Days are those of Asia/Shanghai.
 */
export const workingYear = z
  .object({
    year: z.int().min(2000).max(2100),
    off: z.array(day).max(40),
    work: z.array(day).max(20),
    /** Where it was announced. */
    source: z.string().max(400).optional(),
  })
  .refine(({ year, off, work }) => [...off, ...work].every((date) => date.startsWith(`${year}-`)), {
    message: 'a day of another year',
  })
  .refine(({ off }) => off.every((date) => !isWeekend(date)), { message: 'a day off that is off anyway' })
  .refine((year) => longestPause(year) <= mostIdle, { message: 'too many days in a row without work' })
  .refine(({ work }) => work.every(isWeekend), { message: 'a working day that is worked anyway' })
export type WorkingYear = z.infer<typeof workingYear>

/** The most days in a row that nobody works, between the first and the last day of the year. */
const longestPause = ({ year, off, work }: { year: number; off: string[]; work: string[] }): number => {
  const [rest, worked] = [new Set(off), new Set(work)]
  let [longest, run] = [0, 0]
  for (let at = Date.UTC(year, 0, 1); at < Date.UTC(year + 1, 0, 1); at += 86_400_000) {
    const date = new Date(at).toISOString().slice(0, 10)
    run = !worked.has(date) && (rest.has(date) || isWeekend(date)) ? run + 1 : 0
    longest = Math.max(longest, run)
  }
  return longest
}

const isWeekend = (date: string): boolean => [0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay())
