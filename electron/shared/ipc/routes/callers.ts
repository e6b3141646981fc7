import type { Caller } from '../define-route.ts'

/** Everybody who is signed in. */
export const members = [
  'hr',
  'headhunter',
  'interviewer',
  'admin',
  'officer',
  'visitor',
  'unverified',
] as const satisfies readonly Caller[]

/** Those who may meet a candidate at all; the decision function says how far (ZP-42: never the unverified). */
export const screeners = ['hr', 'headhunter', 'admin', 'officer'] as const satisfies readonly Caller[]

/**
 * Those who may look at a record in some way: interviewers besides, who get what was assigned to them and nothing else. A route
 * admits them one by one, once it has been made to narrow to that.
 */
export const lookers = [...screeners, 'interviewer'] as const satisfies readonly Caller[]

export const anybody = ['public', 'vault', ...members] as const satisfies readonly Caller[]

/** After unlocking, signed in or not. */
export const unlocked = ['vault', ...members] as const satisfies readonly Caller[]
