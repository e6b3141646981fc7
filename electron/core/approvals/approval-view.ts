import type { ApprovalView } from '../../shared/domain/approval-views.ts'
import type { ApprovalRowData } from '../../shared/domain/sync-records.ts'
import { requireCandidate } from '../candidates/candidate-rows.ts'
import type { SubjectRef } from '../context.ts'
import type { ReaderCall } from '../handler.ts'
import { cleanWords } from '../holds/clean-words.ts'
import { recordLabels } from '../holds/record-labels.ts'
import { mayDecide } from '../holds/second-person.ts'
import { authorOf, namesOf } from '../scorecards/colleagues.ts'
import { listBooked, type BookedApproval } from './approval-book.ts'
import { ownView } from './own-approvals.ts'

type Listed = BookedApproval & { readonly may_decide: boolean }
export type Made = { readonly items: ApprovalView[]; readonly subjects: readonly SubjectRef[] }

/** What the hub lists, as a page shows it: of whom, as far as this viewer may have the name, and who is who. */
export const approvalViews = (call: ReaderCall, rows: readonly Listed[]): Made => {
  const labels = recordLabels(call)
  const nameOf = namesOf(call)
  const own = authorOf(call.account).id
  const items = rows.map((row): ApprovalView => {
    const found = call.store.get<{ record_id: string }>(
      'SELECT record_id FROM candidate WHERE platform_id = ?',
      row.candidate_id,
    )
    const candidate = found === undefined ? undefined : requireCandidate(call.store, found.record_id)
    const title = call.store.get<{ title: string }>('SELECT title FROM job WHERE id = ?', row.job_id)?.title
    const { on_behalf_of: behalf, first_by: first, application_ids: applications, reason } = row
    return {
      ...ownView(row, call.now, nameOf),
      ...(candidate === undefined
        ? {}
        : {
            record_id: candidate.record_id as NonNullable<ApprovalView['record_id']>,
            label: labels.labelOf(candidate, row.job_id),
          }),
      ...(title === undefined ? {} : { job_title: title }),
      ...(applications === undefined ? {} : { applications: applications.length }),
      // Whoever wrote it, a reason says why and not who.
      ...(reason === '' || candidate === undefined ? {} : { reason: cleanWords(call, candidate, reason) }),
      asked_by: nameOf(row.account_id),
      ...(behalf === undefined ? {} : { on_behalf_of: nameOf(behalf) }),
      ...(first === undefined ? {} : { first_by: nameOf(first) }),
      mine: row.account_id === own,
      may_decide: row.may_decide,
    }
  })
  return { items, subjects: labels.subjects }
}

export const fromHub = (row: ApprovalRowData): Listed => ({ ...row, rev: 0, at: Date.parse(row.at) })

/** In a workspace without a hub the queue is what this workstation holds. */
export const localRows = (call: ReaderCall, box: 'pending' | 'decided' | 'mine'): Listed[] =>
  listBooked(call)
    .filter(({ status }) => box === 'mine' || (status === 'pending') === (box === 'pending'))
    .map((row) => ({
      ...row,
      may_decide: row.status === 'pending' && mayDecide(call, { asked_by: row.account_id }),
    }))
