import type { RecordInternal } from '../db/schema.ts'
import { notFound } from '../hub-problem.ts'
import type { ApplyContext } from './apply-item.ts'

type ApplicationJson = Readonly<Record<string, unknown>> & { readonly decision?: string }

const getRow = ({ tx, session }: ApplyContext, type: string, id: string) =>
  tx
    .selectFrom('record')
    .select(['candidate_id', 'data', 'internal'])
    .where('employer_id', '=', session.employerId)
    .where('type', '=', type)
    .where('id', '=', id)
    .where('deleted', '=', false)
    .executeTakeFirst()

export const requireApplication = async (
  context: ApplyContext,
  id: string,
): Promise<{
  readonly candidateId: string
  readonly data: ApplicationJson
  readonly internal: RecordInternal | null
}> => {
  const row = await getRow(context, 'application', id)
  if (row === undefined || row.candidate_id === null) throw notFound('application')
  return { candidateId: row.candidate_id, data: row.data as ApplicationJson, internal: row.internal }
}

export const requireJob = async (context: ApplyContext, id: string): Promise<Readonly<Record<string, unknown>>> => {
  const row = await getRow(context, 'job', id)
  if (row === undefined) throw notFound('job')
  return row.data as Readonly<Record<string, unknown>>
}

/** A candidate of the feed, or own intake that was made known by a `subject` item. */
export const requireKnownCandidate = async (context: ApplyContext, id: string): Promise<void> => {
  if ((await getRow(context, 'candidate', id)) !== undefined) return
  const subject = await context.tx
    .selectFrom('subject')
    .select('candidate_id')
    .where('employer_id', '=', context.session.employerId)
    .where('candidate_id', '=', id)
    .executeTakeFirst()
  if (subject === undefined) throw notFound('candidate')
}
