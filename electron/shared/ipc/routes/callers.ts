import type { Caller } from '../define-route.ts'

/** Everybody who is signed in. */
export const members = [
  'hr',
  'headhunter',
  'admin',
  'officer',
  'visitor',
  'unverified',
] as const satisfies readonly Caller[]

/** Those who may meet a candidate at all; the decision function says how far (ZP-42: never the unverified). */
export const screeners = ['hr', 'headhunter', 'admin', 'officer'] as const satisfies readonly Caller[]

export const anybody = ['public', 'vault', ...members] as const satisfies readonly Caller[]

/** After unlocking, signed in or not. */
export const unlocked = ['vault', ...members] as const satisfies readonly Caller[]
