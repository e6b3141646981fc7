import type { DueView } from '@shared/domain/views.ts'
import { daysUntil } from '../../i18n/format.ts'

export type DueWords = {
  readonly key: 'cache' | 'today' | 'tomorrow' | 'days' | 'over' | 'held' | 'none'
  readonly days: number
  /** Due within a week: the only ends that are coloured. */
  readonly soon: boolean
}

const SOON_DAYS = 7

/** How long a record may still be kept, in words. Times in milliseconds. */
export const dueWords = (due: DueView | undefined, now: number): DueWords => {
  if (!due) return { key: 'none', days: 0, soon: false }
  if (due.held) return { key: 'held', days: 0, soon: false }
  const days = daysUntil(due.at, now)
  if (due.at <= now) return { key: 'over', days, soon: true }
  if (due.reason === 'card_cache') return { key: 'cache', days, soon: false }
  const soon = days <= SOON_DAYS
  if (days === 0) return { key: 'today', days, soon }
  return days === 1 ? { key: 'tomorrow', days, soon } : { key: 'days', days, soon }
}
