import type { ScorecardsView, ScorecardView } from '../../shared/domain/collaboration.ts'
import type { ApplicationRecord } from '../candidates/candidate-rows.ts'
import type { OpenedRecord } from '../candidates/open-record.ts'
import { ownWordsOf } from '../candidates/person.ts'
import type { ReaderCall } from '../handler.ts'
import { redact } from '../policy/text/redact.ts'
import { authorOf, namesOf } from './colleagues.ts'
import { criteriaOf } from './criteria.ts'
import { listScorecards, openScorecard, type ScorecardRow } from './scorecard-rows.ts'

/**
 * The marks of an application as whoever looks may see them: one's own, and others' once one's own is given, so that nobody
 * judges after somebody else. Before that there is a number of others and nothing by which their marks could be told.
 */
export const scorecardsView = (
  call: ReaderCall,
  record: OpenedRecord,
  application: ApplicationRecord,
): ScorecardsView => {
  const { keystore } = call.account
  const me = authorOf(call.account).id
  const nameOf = namesOf(call)
  const rows = listScorecards(call.store, application.id)
  const view = (row: ScorecardRow): ScorecardView => {
    const { marks, recommendation, text } = openScorecard(keystore, application.key_slot, row)
    return {
      id: row.id,
      author: nameOf(row.author),
      own: row.author === me,
      at: row.at,
      ...(row.revised_at === null ? {} : { revised_at: row.revised_at }),
      marks,
      ...(recommendation === undefined ? {} : { recommendation }),
      ...(text === undefined || text === '' ? {} : { text: redact(text, ownWordsOf(record.person)) }),
    }
  }
  const own = rows.find((row) => row.author === me)
  const others = rows.filter((row) => row.author !== me)
  return {
    criteria: [...criteriaOf(call.store, application.job_id)],
    given: others.length,
    ...(own === undefined ? {} : { own: view(own), others: others.map(view) }),
  }
}
