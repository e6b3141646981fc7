import type { AccountScope, JobRight } from '../../shared/domain/sync-accounts.ts'
import { hashSecret } from '../keys/secrets.ts'
import type { HubDb, HubQueries, HubTransaction } from '../db/schema.ts'
import { isoTime } from '../hub-clock.ts'

/** Which jobs an account has a right to (ZP-95): only some, or all but some. */
export type JobRights = { readonly only: boolean; readonly jobs: ReadonlySet<string> }

export const mayUseJob = (rights: JobRights | undefined, jobId: string): boolean =>
  rights === undefined || rights.only === rights.jobs.has(jobId)

/** Rights that run out with their time, and with the job itself. Undefined: every job. */
export const listJobRights = async (
  db: HubDb,
  { employerId, accountId }: { readonly employerId: string; readonly accountId: string },
  scope: AccountScope,
  now: number,
): Promise<JobRights | undefined> => {
  const rows = await db
    .selectFrom('job_member')
    .leftJoin('record', (join) =>
      join
        .onRef('record.employer_id', '=', 'job_member.employer_id')
        .on('record.type', '=', 'job')
        .onRef('record.id', '=', 'job_member.job_id'),
    )
    .select(['job_member.job_id', 'job_member.until', 'record.data', 'record.deleted'])
    .where('job_member.employer_id', '=', employerId)
    .where('job_member.account_id', '=', accountId)
    .execute()
  const running = ({ until }: (typeof rows)[number]): boolean => until === null || until > now
  if (scope === 'all') {
    const left = rows.filter((row) => !running(row)).map((row) => row.job_id)
    return left.length === 0 ? undefined : { only: false, jobs: new Set(left) }
  }
  const open = rows.filter((row) => {
    const status = (row.data as { status?: string } | null)?.status
    return running(row) && row.deleted === false && status !== 'closed' && status !== 'filled'
  })
  return { only: true, jobs: new Set(open.map((row) => row.job_id)) }
}

/** Part of the cursor: whatever changes the rights starts the feed anew, so that what is no longer theirs goes. */
export const markOfRights = (rights: JobRights | undefined): string =>
  rights === undefined ? '' : `.${hashSecret(JSON.stringify([rights.only, [...rights.jobs].sort()])).slice(0, 12)}`

/** Replaces the rights of an account; null gives every job. */
export const setJobRights = async (
  tx: HubTransaction,
  account: { readonly employerId: string; readonly accountId: string },
  rights: readonly JobRight[] | null,
): Promise<void> => {
  const { employerId, accountId } = account
  await tx.deleteFrom('job_member').where('employer_id', '=', employerId).where('account_id', '=', accountId).execute()
  await tx
    .updateTable('account')
    .set({ scope: rights === null ? 'all' : 'jobs' })
    .where('employer_id', '=', employerId)
    .where('id', '=', accountId)
    .execute()
  for (const { job_id: jobId, until } of rights ?? []) await putJobRight(tx, account, jobId, until ?? null)
}

/** @param until RFC 3339, or milliseconds; null = as long as the job */
export const putJobRight = async (
  tx: HubTransaction,
  { employerId, accountId }: { readonly employerId: string; readonly accountId: string },
  jobId: string,
  until: string | number | null,
): Promise<void> => {
  const end = typeof until === 'string' ? Date.parse(until) : until
  await tx
    .insertInto('job_member')
    .values({ employer_id: employerId, account_id: accountId, job_id: jobId, until: end })
    .onConflict((conflict) => conflict.columns(['employer_id', 'account_id', 'job_id']).doUpdateSet({ until: end }))
    .execute()
}

/** The rights of every account that has not simply all jobs. */
export const listAllJobRights = async (db: HubQueries, employerId: string): Promise<Map<string, JobRight[]>> => {
  const rows = await db
    .selectFrom('job_member')
    .innerJoin('account', (join) =>
      join
        .onRef('account.employer_id', '=', 'job_member.employer_id')
        .onRef('account.id', '=', 'job_member.account_id'),
    )
    .select(['job_member.account_id', 'job_member.job_id', 'job_member.until'])
    .where('job_member.employer_id', '=', employerId)
    .where('account.scope', '=', 'jobs')
    .orderBy('job_member.job_id')
    .execute()
  const byAccount = new Map<string, JobRight[]>()
  for (const row of rows) {
    const list = byAccount.get(row.account_id) ?? []
    list.push({ job_id: row.job_id, ...(row.until === null ? {} : { until: isoTime(row.until) }) })
    byAccount.set(row.account_id, list)
  }
  return byAccount
}
