import type { z } from 'zod'
import type { assignmentBody, noteBody, scorecardBody } from '../../shared/domain/sync-push.ts'
import type { RecordInternal } from '../db/schema.ts'
import { HubProblem, notFound } from '../hub-problem.ts'
import { putRecords, takeRevisions, touchCandidates } from '../records/put-records.ts'
import type { Applied, ApplyContext, ParsedItem } from './apply-item.ts'
import { requireApplication, requireKnownCandidate } from './require-target.ts'

type Assigned = { readonly interviewers?: readonly string[] }

const interviewersOf = (data: unknown): readonly string[] => (data as Assigned | null)?.interviewers ?? []

/** An interviewer speaks of what was assigned and of nothing else; not theirs and not there look the same. */
const requireOwnApplication = async (context: ApplyContext, id: string | undefined): Promise<void> => {
  if (context.session.role !== 'interviewer') return
  if (id === undefined) throw notFound('application')
  const { data } = await requireApplication(context, id)
  if (!interviewersOf(data).includes(context.session.accountId)) throw notFound('application')
}

/** A new version is of one's own words only. */
const requireOwnRecord = async ({ tx, session }: ApplyContext, type: string, id: string): Promise<void> => {
  const row = await tx
    .selectFrom('record')
    .select('internal')
    .where('employer_id', '=', session.employerId)
    .where('type', '=', type)
    .where('id', '=', id)
    .executeTakeFirst()
  if (row === undefined) throw notFound(type)
  if (row.internal?.account !== session.accountId) throw new HubProblem(403, 'forbidden', 'somebody else wrote this')
}

const removeRecord = async ({ hub, tx, session }: ApplyContext, type: string, id: string): Promise<void> => {
  const rev = await takeRevisions(tx, session.employerId, 1)
  await tx
    .updateTable('record')
    // Whose it was stays, so that the same person may bring it back.
    .set({ rev, at: hub.clock.now(), deleted: true, data: null, sealed: null })
    .where('employer_id', '=', session.employerId)
    .where('type', '=', type)
    .where('id', '=', id)
    .execute()
}

const put = async (
  { hub, tx, session }: ApplyContext,
  draft: {
    readonly type: string
    readonly id: string
    readonly candidateId: string
    readonly applicationId?: string
    readonly data: unknown
    readonly internal: RecordInternal
  },
): Promise<Applied> => {
  const written = await putRecords(hub, tx, session.employerId, [draft])
  if (written === 0) throw new HubProblem(410, 'destroyed', 'this candidate’s record has been destroyed')
  return {}
}

export const applyNote = async (
  context: ApplyContext,
  { note_id: replaced, removed, ...data }: z.output<typeof noteBody>,
  item: ParsedItem,
): Promise<Applied> => {
  await requireKnownCandidate(context, data.candidate_id)
  await requireOwnApplication(context, data.application_id)
  if (replaced !== undefined) await requireOwnRecord(context, 'note', replaced)
  if (removed === true) {
    if (replaced !== undefined) await removeRecord(context, 'note', replaced)
    return {}
  }
  return put(context, {
    type: 'note',
    id: replaced ?? item.id,
    candidateId: data.candidate_id,
    ...(data.application_id === undefined ? {} : { applicationId: data.application_id }),
    data: { ...data, by: context.session.accountId },
    internal: { account: context.session.accountId, audience: ['hr'], mentions: data.mentions ?? [] },
  })
}

export const applyScorecard = async (
  context: ApplyContext,
  { scorecard_id: replaced, ...data }: z.output<typeof scorecardBody>,
  item: ParsedItem,
): Promise<Applied> => {
  const application = await requireApplication(context, data.application_id)
  await requireOwnApplication(context, data.application_id)
  if (replaced !== undefined) await requireOwnRecord(context, 'scorecard', replaced)
  return put(context, {
    type: 'scorecard',
    id: replaced ?? item.id,
    candidateId: application.candidateId,
    applicationId: data.application_id,
    data: { ...data, by: context.session.accountId },
    internal: { account: context.session.accountId, audience: ['hr'] },
  })
}

/**
 * Asks an interviewer to look at an application, or no more. What they may receive changes as a whole, so their feed begins
 * anew: what stands by the application comes with it, and what is no longer theirs comes as a `delete`.
 */
export const applyAssignment = async (
  context: ApplyContext,
  body: z.output<typeof assignmentBody>,
): Promise<Applied> => {
  const { hub, tx, session } = context
  const application = await requireApplication(context, body.application_id)
  const account = await tx
    .selectFrom('account')
    .select(['id', 'role', 'status'])
    .where('employer_id', '=', session.employerId)
    .where('id', '=', body.account_id)
    .executeTakeFirst()
  if (account === undefined) throw notFound('account')
  if (body.assigned && (account.role !== 'interviewer' || account.status === 'revoked')) {
    throw new HubProblem(409, 'not_interviewer', 'only an interviewer is asked to look at single applications')
  }
  const before = interviewersOf(application.data).filter((id) => id !== account.id)
  const released = (application.internal?.released ?? []).filter((id) => id !== account.id)
  await put(context, {
    type: 'application',
    id: body.application_id,
    candidateId: application.candidateId,
    data: { ...application.data, interviewers: body.assigned ? [...before, account.id] : before },
    internal: { ...application.internal, released: body.assigned ? released : [...released, account.id] },
  })
  await touchCandidates(hub, tx, session.employerId, [application.candidateId])
  await tx
    .updateTable('account')
    .set((expression) => ({ feed: expression('feed', '+', 1) }))
    .where('employer_id', '=', session.employerId)
    .where('id', '=', account.id)
    .execute()
  return {}
}
