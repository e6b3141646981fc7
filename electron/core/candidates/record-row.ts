import type { CandidateRow } from '../../shared/domain/views.ts'
import type { ReaderCall } from '../handler.ts'
import { cardsUntil } from '../retention/evict-cards.ts'
import { listProjection } from '../search/list-projection.ts'
import { flagsOf } from './candidate-rows.ts'
import type { OpenedRecord } from './open-record.ts'
import { rowView } from './row-view.ts'

/** The row of a record that is open already, as a list would show it. */
export const recordRow = (call: ReaderCall, record: OpenedRecord): CandidateRow => {
  const { request, candidate, applications, current, person } = record
  return rowView({
    request,
    candidate,
    applications,
    current,
    projection: listProjection(person, applications, (flagsOf(candidate).public_fields ?? []).includes('name')),
    cardsUntil: cardsUntil(call.store, request.profile),
    now: call.now,
  })
}
