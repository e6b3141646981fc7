import type { OwnLook } from '../../shared/domain/sync-records.ts'
import { reasonCode } from '../../shared/domain/vocabulary.ts'
import type { HubQueries } from '../db/schema.ts'
import type { Hub } from '../hub.ts'
import { isoTime } from '../hub-clock.ts'

/** What stated reasons open to an administrator now (D17). */
export type OpenLooks = { readonly candidates: ReadonlySet<string>; readonly jobs: ReadonlySet<string> }

/** The looks of an account that run at `now`. */
export const listOpenLooks = (
  db: HubQueries,
  { employerId, accountId }: { readonly employerId: string; readonly accountId: string },
  now: number,
) =>
  db
    .selectFrom('content_look')
    .select(['candidate_id', 'job_id', 'reason', 'until_at'])
    .where('employer_id', '=', employerId)
    .where('account_id', '=', accountId)
    .where('until_at', '>', now)
    .where('closed', '=', false)
    .orderBy('until_at')
    .execute()

export const openLooksOf = (rows: Awaited<ReturnType<typeof listOpenLooks>>): OpenLooks => ({
  candidates: new Set(rows.flatMap((row) => row.candidate_id ?? [])),
  jobs: new Set(rows.flatMap((row) => row.job_id ?? [])),
})

/** What is open to the account that asks, for itself to know. */
export const listOwnLooks = async (
  hub: Hub,
  account: { readonly employerId: string; readonly accountId: string },
): Promise<OwnLook[]> =>
  (await listOpenLooks(hub.db, account, hub.clock.now())).map((row) => ({
    ...(row.candidate_id === null ? {} : { candidate_id: row.candidate_id }),
    ...(row.job_id === null ? {} : { job_id: row.job_id }),
    reason: reasonCode.parse(row.reason),
    until: isoTime(row.until_at),
  }))
