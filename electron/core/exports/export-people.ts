import type { ApplicationId } from '../../shared/domain/ids.ts'
import type { CandidateRow } from '../../shared/domain/views.ts'
import type { BookedApproval } from '../approvals/approval-book.ts'
import { requireApproval } from '../approvals/require-approval.ts'
import { getCandidate, type CandidateRecord } from '../candidates/candidate-rows.ts'
import { createRowMaker } from '../candidates/list-handlers.ts'
import type { ReaderCall } from '../handler.ts'
import type { ListProjection } from '../search/list-projection.ts'

export type PersonToExport = {
  readonly candidate: CandidateRecord
  readonly application: ApplicationId
  readonly row: CandidateRow
}

type Named = { readonly id: ApplicationId; readonly record_id: string }

/** The applications that an approval names: those of its bulk, or the one of its person and job. */
const namedBy = (call: ReaderCall, approval: BookedApproval): Named[] =>
  approval.application_ids === undefined
    ? call.store.all<Named>(
        `SELECT a.id, a.record_id FROM application a JOIN candidate c ON c.record_id = a.record_id
         WHERE c.platform_id = ? AND a.job_id = ?`,
        approval.candidate_id,
        approval.job_id,
      )
    : approval.application_ids.flatMap((id) =>
        call.store.all<Named>('SELECT id, record_id FROM application WHERE id = ?', id),
      )

/**
 * The people of an approval as this viewer's list shows them now. Whoever is locked, destroyed, hidden or kept out by a rule since
 * is not among them. @throws Refusal E_APPROVAL where the approval does not cover somebody
 */
export const peopleToExport = (call: ReaderCall, approval: BookedApproval): PersonToExport[] => {
  const make = createRowMaker(call)
  return namedBy(call, approval).flatMap(({ id, record_id: recordId }): PersonToExport[] => {
    const candidate = getCandidate(call.store, recordId)
    const projection = call.index.get<{ projection: string }>(
      'SELECT projection FROM list_row WHERE record_id = ?',
      recordId,
    )?.projection
    if (candidate === undefined || projection === undefined) return []
    requireApproval(call, candidate, { kind: 'export', jobId: approval.job_id, applicationId: id })
    const made = make(recordId, JSON.parse(projection) as ListProjection, approval.job_id)
    return made?.row.application?.id === id ? [{ candidate, application: id, row: made.row }] : []
  })
}
