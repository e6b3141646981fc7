import type { Me } from '../../shared/domain/sync-records.ts'
import type { HubQueries } from '../db/schema.ts'
import { isoTime } from '../hub-clock.ts'
import type { Session } from '../session.ts'

/** What stops an account now, and since when it may go on after a stop was lifted. */
export const accessOf = async (db: HubQueries, session: Session, now: number): Promise<Pick<Me, 'access'>> => {
  const rows = await db
    .selectFrom('access_alarm')
    .select(['kind', 'until_at', 'lifted', 'decided_at'])
    .where('employer_id', '=', session.employerId)
    .where('account_id', '=', session.accountId)
    .where('at', '>', now - 31 * 86_400_000)
    .execute()
  const lifted = Math.max(0, ...rows.map((row) => (row.lifted ? (row.decided_at ?? 0) : 0)))
  const running = rows.filter((row) => !row.lifted && (row.until_at ?? 0) > now)
  const [longest] = running.toSorted((a, b) => (b.until_at ?? 0) - (a.until_at ?? 0))
  if (longest === undefined && lifted === 0) return {}
  // A stop of views is a stop of reveals, too; the wider one is said.
  const views = running.some(({ kind }) => kind.startsWith('views'))
  return {
    access: {
      ...(longest === undefined
        ? {}
        : {
            stopped: views ? ('views' as const) : ('reveals' as const),
            stopped_until: isoTime(longest.until_at ?? now),
          }),
      ...(lifted === 0 ? {} : { lifted_at: isoTime(lifted) }),
    },
  }
}
