/**
 * A time that a platform names for something that has happened, in milliseconds since 1970 UTC and never later than now: a
 * date in the future would keep a record, and everybody else of its job, past every clock (D4, D6).
 */
export const pastTime = (text: string, now: number): number => Math.min(Date.parse(text), now)
