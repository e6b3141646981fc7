import { alarmKind, type AccessLimits } from '../../shared/domain/access-limits.ts'
import type { ReaderCall } from '../handler.ts'

/** What a profile of an earlier release, which knew no such numbers, amounts to: no limit of its own. */
const none = Number.MAX_SAFE_INTEGER

/**
 * The limits of the signed-in account: looking is not of one platform, so the strictest of the rules in force counts, and what the
 * enterprise set for this account where that is less.
 */
export const limitsFor = ({ core, account }: Pick<ReaderCall, 'core' | 'account'>): AccessLimits => {
  const stated = [...core.profiles.values()].flatMap(({ document: { access } }) =>
    access === undefined ? [] : [access],
  )
  const least = Object.fromEntries(
    alarmKind.options.map((kind) => [kind, Math.min(none, ...stated.map((numbers) => numbers[kind].value))]),
  ) as Record<(typeof alarmKind.options)[number], number>
  const daily = account.me()?.quotas.reveal_per_day ?? none
  return {
    ...least,
    reveals_per_day: Math.min(least.reveals_per_day, daily),
    stop_minutes: Math.max(1, ...stated.map((numbers) => numbers.stop_minutes.value)),
  }
}
