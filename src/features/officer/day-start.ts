/** The beginning of a day in China, as milliseconds. */
export const dayStart = (day: string): number => Date.parse(`${day}T00:00:00+08:00`)

/** A minute in China as `datetime-local` writes it. */
export const minuteText = (at: number): string => new Date(at + 8 * 3_600_000).toISOString().slice(0, 16)

export const minuteStart = (minute: string): number => Date.parse(`${minute}:00+08:00`)
