import type { Channel } from '../../shared/domain/vocabulary.ts'
import type { HubQueries } from '../db/schema.ts'
import type { Session } from '../session.ts'
import { mayUseJob } from '../accounts/job-rights.ts'
import { closedToHeadhunters } from './contact-rules.ts'

/** What of an application decides who may receive its candidate. */
export type ApplicationFacts = {
  readonly id: string
  readonly channel: Channel
  readonly jobId: string
  readonly disclosed: readonly string[]
}

type ApplicationJson = { readonly channel: Channel; readonly job_id: string; readonly interviewers?: readonly string[] }

/** The live applications of these people that the session's role has a channel for. */
export const listApplications = async (
  db: HubQueries,
  session: Pick<Session, 'employerId' | 'role' | 'accountId' | 'jobRights'>,
  people: readonly string[],
): Promise<Map<string, ApplicationFacts[]>> => {
  const found = new Map<string, ApplicationFacts[]>()
  const rows = await db
    .selectFrom('record')
    .select(['id', 'candidate_id', 'data', 'internal'])
    .where('employer_id', '=', session.employerId)
    .where('type', '=', 'application')
    .where('candidate_id', 'in', [...people])
    .where('deleted', '=', false)
    .execute()
  for (const row of rows) {
    const data = row.data as ApplicationJson | null
    if (data === null || row.candidate_id === null) continue
    if (session.role === 'headhunter' && closedToHeadhunters.has(data.channel)) continue
    // Interviewers know of what was assigned to them, and of nobody by any other way (ZP-95).
    if (session.role === 'interviewer' && data.interviewers?.includes(session.accountId) !== true) continue
    const list = found.get(row.candidate_id) ?? []
    found.set(row.candidate_id, list)
    // Of a job that is not theirs: an empty list says that there is such an application.
    if (!mayUseJob(session.jobRights, data.job_id)) continue
    list.push({ id: row.id, channel: data.channel, jobId: data.job_id, disclosed: row.internal?.disclosed ?? [] })
  }
  return found
}
