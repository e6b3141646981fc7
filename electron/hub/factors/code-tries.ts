import { sql } from 'kysely'
import type { Hub } from '../hub.ts'
import { HubProblem } from '../hub-problem.ts'
import type { AccountPlace } from './factor-policy.ts'

const tries = 5
const windowMilliseconds = 15 * 60_000

/**
 * Counts a try before it is looked at: five in 15 minutes, by account and in the database, whichever process is asked and from
 * wherever.
 * @throws HubProblem 429 `rate_limited`
 */
export const countTry = async (hub: Hub, { employerId, accountId }: AccountPlace): Promise<void> => {
  const now = hub.clock.real()
  const row = await hub.db
    .insertInto('factor_try')
    .values({ employer_id: employerId, account_id: accountId, until: now + windowMilliseconds, count: 1 })
    .onConflict((conflict) =>
      conflict.columns(['employer_id', 'account_id']).doUpdateSet({
        count: sql<number>`case when factor_try.until <= ${now} then 1 else factor_try.count + 1 end`,
        until: sql<number>`case when factor_try.until <= ${now} then excluded.until else factor_try.until end`,
      }),
    )
    .returning(['count', 'until'])
    .executeTakeFirstOrThrow()
  if (row.count <= tries) return
  const wait = Math.max(1, Math.ceil((row.until - now) / 1000))
  throw new HubProblem(429, 'rate_limited', 'too many wrong codes', { 'retry-after': String(wait) })
}

export const clearTries = async (hub: Hub, { employerId, accountId }: AccountPlace): Promise<void> => {
  await hub.db
    .deleteFrom('factor_try')
    .where('employer_id', '=', employerId)
    .where('account_id', '=', accountId)
    .execute()
}
