import type { AccountScope } from '../../shared/domain/sync-accounts.ts'
import type { HubTransaction } from '../db/schema.ts'
import type { Hub } from '../hub.ts'
import { HubProblem, notFound } from '../hub-problem.ts'
import { putRecords } from '../records/put-records.ts'
import { putJobRight } from './job-rights.ts'
import { touchHeld } from './touch-held.ts'

type Job = { readonly owner_id: string; readonly members?: readonly string[] }

/** An account that has all jobs needs no right of its own to one, and no longer lacks it. */
const takeJob = async (
  tx: HubTransaction,
  account: { readonly employerId: string; readonly accountId: string; readonly scope: AccountScope },
  jobId: string,
  until: number | null,
): Promise<void> => {
  if (account.scope === 'jobs') return putJobRight(tx, account, jobId, until)
  await tx
    .deleteFrom('job_member')
    .where('employer_id', '=', account.employerId)
    .where('account_id', '=', account.accountId)
    .where('job_id', '=', jobId)
    .execute()
}

/**
 * Hands jobs of one account to another: it owns them and works on them, and whoever leaves gets a delete for each person whom
 * no other job of theirs has. What somebody wrote stays theirs by name: notes, scorecards and messages are not touched.
 *
 * @returns how many jobs changed hands
 * @throws HubProblem 404, 409 `not_theirs`, `cannot_take`
 */
export const handOver = async (
  hub: Hub,
  tx: HubTransaction,
  employerId: string,
  { from, to, jobIds }: { readonly from: string; readonly to: string; readonly jobIds: readonly string[] | undefined },
): Promise<number> => {
  const accounts = await tx
    .selectFrom('account')
    .select(['id', 'status', 'role', 'scope'])
    .where('employer_id', '=', employerId)
    .where('id', 'in', [from, to])
    .execute()
  const leaving = accounts.find((one) => one.id === from)
  const taking = accounts.find((one) => one.id === to)
  if (leaving === undefined) throw notFound('account')
  if (taking === undefined || from === to || taking.status !== 'active' || !['hr', 'admin'].includes(taking.role))
    throw new HubProblem(409, 'cannot_take', 'jobs go to an active recruiter or administrator of the enterprise')
  const rights = await tx
    .selectFrom('job_member')
    .select(['job_id', 'until'])
    .where('employer_id', '=', employerId)
    .where('account_id', '=', from)
    .execute()
  const now = hub.clock.now()
  const rightOf = new Map(rights.filter(({ until }) => until === null || until > now).map((row) => [row.job_id, row]))
  const rows = await tx
    .selectFrom('record')
    .select(['id', 'data', 'internal'])
    .where('employer_id', '=', employerId)
    .where('type', '=', 'job')
    .where('deleted', '=', false)
    .forUpdate()
    .execute()
  const theirs = rows.filter(({ id, data }) => {
    const { owner_id: owner, members = [] } = data as Job
    return owner === from || members.includes(from) || rightOf.has(id)
  })
  const chosen = jobIds === undefined ? theirs : theirs.filter(({ id }) => jobIds.includes(id))
  if (jobIds !== undefined && chosen.length < new Set(jobIds).size)
    throw new HubProblem(409, 'not_theirs', 'one of these jobs is not theirs to hand over')
  for (const { id, data, internal } of chosen) {
    const job = data as Job
    const owner = job.owner_id === from ? to : job.owner_id
    const members = [...new Set((job.members ?? []).map((one) => (one === from ? to : one)))].filter(
      (one) => one !== owner,
    )
    await putRecords(hub, tx, employerId, [
      {
        type: 'job',
        id,
        data: { ...job, owner_id: owner, members },
        ...(internal === null ? {} : { internal }),
      },
    ])
    await takeJob(tx, { employerId, accountId: to, scope: taking.scope }, id, rightOf.get(id)?.until ?? null)
    // A right that has ended: it takes the job from an account that otherwise has all, too.
    await putJobRight(tx, { employerId, accountId: from }, id, now)
  }
  await touchHeld(hub, tx, employerId, to)
  // Administrators get contacts of the jobs that they own.
  await tx
    .updateTable('account')
    .set((expression) => ({ feed: expression('feed', '+', 1) }))
    .where('employer_id', '=', employerId)
    .where('id', 'in', [from, to])
    .execute()
  return chosen.length
}
