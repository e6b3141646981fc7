import type { LedgerEntry } from '../../shared/domain/ledger-entry.ts'

/** What a log row was, in more detail than its action where its `detail` starts with a code of ours. */
export const eventCodes = [
  'message',
  'interview',
  'note',
  'scorecard',
  'ai',
  'pool',
  'leak_reported',
  'told_in_chat',
  'age_confirmed',
  'do_not_contact',
  'background_report',
  'purpose',
  'portal_link',
] as const
export type EventCode = (typeof eventCodes)[number] | LedgerEntry['action']

/** Actions under which others are written that the closed list has no word for. */
const collective: ReadonlySet<LedgerEntry['action']> = new Set(['stage', 'share', 'consent', 'request'])

export const eventCodeOf = ({ action, detail }: LedgerEntry): EventCode => {
  if (!collective.has(action)) return action
  const first = detail?.split(/[ :]/u)[0]
  return eventCodes.find((code) => code === first) ?? action
}
