import { sql } from 'kysely'
import type { Hub } from '../hub.ts'
import type { Session } from '../session.ts'
import type { RecordRow } from './project-changes.ts'

export type FeedPage = {
  /** In the order of their revisions; `projectChanges` decides what of them this account may receive. */
  readonly rows: readonly RecordRow[]
  /** Nothing up to here comes again. */
  readonly rev: number
  readonly more: boolean
}

/**
 * Rows behind a revision that may concern the account. One with single jobs gets nothing about anybody who has not applied to them
 * and whom it does not hold: among a hundred thousand others its few hundred people are looked up, and not waded through.
 */
export const listFeed = async (hub: Hub, session: Session, after: number, limit: number): Promise<FeedPage> => {
  const narrow = session.role !== 'interviewer' && session.jobRights?.only === true ? session.jobRights : undefined
  // Read first: a commit gives out revisions in their order, so nothing below it can come later.
  const reached = narrow === undefined ? 0 : await getRev(hub, session.employerId)
  let query = hub.db
    .selectFrom('record')
    .selectAll()
    .where('employer_id', '=', session.employerId)
    .where('rev', '>', after)
    .orderBy('rev')
    .limit(limit + 1)
  if (narrow !== undefined) {
    const known = sql<string>`(
      select candidate_id from record where employer_id = ${session.employerId} and type = 'application'
        and data->>'job_id' = any(${[...narrow.jobs]}) and not deleted and candidate_id is not null
      union select candidate_id from holding where employer_id = ${session.employerId} and account_id = ${session.accountId})`
    query = query.where((where) => where.or([where('candidate_id', 'is', null), where('candidate_id', 'in', known)]))
  }
  const rows = await query.execute()
  const more = rows.length > limit
  const taken = rows.slice(0, limit)
  const last = taken.at(-1)?.rev ?? after
  return { rows: taken, rev: more ? last : Math.max(last, after, reached), more }
}

const getRev = async (hub: Hub, employerId: string): Promise<number> => {
  const { rev } = await hub.db
    .selectFrom('employer')
    .select('rev')
    .where('employer_id', '=', employerId)
    .executeTakeFirstOrThrow()
  return rev
}
