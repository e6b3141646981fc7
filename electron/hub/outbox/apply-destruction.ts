import type { DestructionBody } from '../../shared/domain/sync-records.ts'
import { destroyCandidateIn } from '../records/destroy-candidate.ts'
import type { Applied, ApplyContext } from './apply-item.ts'
import { takeRevisions, touchCandidates } from '../records/put-records.ts'

/**
 * A device's certificate. The hub's own copy goes with the last device that held the person; a certificate for single
 * applications takes only those, once nobody else holds the candidate.
 */
export const applyDestruction = async (context: ApplyContext, body: DestructionBody): Promise<Applied> => {
  const { hub, tx, session } = context
  const device = session.deviceId ?? session.id
  await tx
    .insertInto('certificate')
    .values({
      employer_id: session.employerId,
      id: body.certificate_id,
      candidate_id: body.candidate_id,
      device_id: device,
      at: hub.clock.now(),
      body: JSON.stringify(body),
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const holdings = await tx
    .selectFrom('holding')
    .select(['account_id', 'device_id'])
    .where('employer_id', '=', session.employerId)
    .where('candidate_id', '=', body.candidate_id)
    .execute()
  const others = holdings.filter((row) => row.device_id !== device || row.account_id !== session.accountId)
  // What an interviewer had was a loan: its end is no end of the person.
  const lent = session.role === 'interviewer'
  if (body.application_ids !== undefined) {
    if (others.length === 0 && !lent) await destroyApplications(context, body.candidate_id, body.application_ids)
    return {}
  }
  await tx
    .deleteFrom('holding')
    .where('employer_id', '=', session.employerId)
    .where('candidate_id', '=', body.candidate_id)
    .where('account_id', '=', session.accountId)
    .where('device_id', '=', device)
    .execute()
  if (others.length === 0 && !lent) await destroyCandidateIn(hub, tx, session.employerId, body.candidate_id)
  return {}
}

const destroyApplications = async (
  { hub, tx, session }: ApplyContext,
  candidateId: string,
  applicationIds: readonly string[],
): Promise<void> => {
  if (applicationIds.length === 0) return
  const rows = await tx
    .selectFrom('record')
    .select(['type', 'id'])
    .where('employer_id', '=', session.employerId)
    .where('candidate_id', '=', candidateId)
    .where('deleted', '=', false)
    .where((where) =>
      where.or([
        where('application_id', 'in', [...applicationIds]),
        where.and([where('type', '=', 'application'), where('id', 'in', [...applicationIds])]),
      ]),
    )
    .execute()
  if (rows.length === 0) return
  let rev = await takeRevisions(tx, session.employerId, rows.length)
  for (const row of rows) {
    await tx
      .updateTable('record')
      .set({ rev: rev++, at: hub.clock.now(), deleted: true, data: null, sealed: null, internal: null })
      .where('employer_id', '=', session.employerId)
      .where('type', '=', row.type)
      .where('id', '=', row.id)
      .execute()
    if (row.type === 'attachment') {
      await tx
        .deleteFrom('attachment_bytes')
        .where('employer_id', '=', session.employerId)
        .where('id', '=', row.id)
        .execute()
    }
  }
  // Their evidence is gone, and with it maybe the contact.
  await touchCandidates(hub, tx, session.employerId, [candidateId])
}
