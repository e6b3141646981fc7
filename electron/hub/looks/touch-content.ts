import { sql } from 'kysely'
import type { HubTransaction } from '../db/schema.ts'
import type { Hub } from '../hub.ts'
import { takeRevisions } from '../records/put-records.ts'

type Place = {
  readonly employer_id: string
  readonly candidate_id: string | null
  readonly job_id: string | null
}

/** What an administrator has with a look and has not without: it comes anew, or comes back as a card and as deletes. */
const types = ['candidate', 'attachment', 'message']

/** Gives a new revision to the content that a look opens or closes, so that the feed brings it or takes it back. */
export const touchContent = async (hub: Hub, tx: HubTransaction, place: Place): Promise<void> => {
  const { employer_id: employerId, candidate_id: candidateId, job_id: jobId } = place
  const people =
    candidateId === null
      ? (
          await tx
            .selectFrom('record')
            .select(['candidate_id', 'data'])
            .where('employer_id', '=', employerId)
            .where('type', '=', 'application')
            .where('deleted', '=', false)
            .execute()
        ).flatMap((row) => ((row.data as { job_id?: string } | null)?.job_id === jobId ? (row.candidate_id ?? []) : []))
      : [candidateId]
  if (people.length === 0) return
  const rows = await tx
    .selectFrom('record')
    .select(['type', 'id'])
    .where('employer_id', '=', employerId)
    .where('type', 'in', types)
    .where('candidate_id', 'in', [...new Set(people)])
    .where('deleted', '=', false)
    .orderBy('rev')
    .execute()
  if (rows.length === 0) return
  const first = await takeRevisions(tx, employerId, rows.length)
  const values = JSON.stringify(rows.map((row, index) => ({ ...row, rev: first + index })))
  await sql`update record set rev = moved.rev, at = ${hub.clock.now()}
    from jsonb_to_recordset(${values}::jsonb) as moved(type text, id text, rev double precision)
    where record.employer_id = ${employerId} and record.type = moved.type and record.id = moved.id`.execute(tx)
}
