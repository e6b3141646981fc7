import { deliveryMark, messageMark } from '../intake/marks.ts'
import type { ApplicationArrival } from './apply-application.ts'
import type { CandidateArrival } from './apply-candidate.ts'
import { getCandidate, type CandidateRow } from './candidate-row.ts'
import { enqueue } from './outbox.ts'
import type { PageWork } from './page-work.ts'

type Mailed = {
  readonly id: string
  readonly record_id: string
  readonly platform_id: string
  readonly stage: string
}

/** The application that a mail of this delivery has become, for the same job on the same platform; it has to be alone. */
const findMailed = (work: PageWork, candidate: CandidateArrival, { data }: ApplicationArrival): Mailed | undefined => {
  const { evidence } = data
  if (evidence === undefined || evidence === '') return undefined
  const { platform } = candidate.data
  // In this order (CROSS JOIN): hardly any delivery has a mark, and a job has thousands of applications.
  for (const mark of [messageMark(work.searchKey, evidence), deliveryMark(work.searchKey, platform, evidence)]) {
    const rows = work.store.all<Mailed>(
      `SELECT a.id, a.record_id, c.platform_id, a.stage FROM intake_delivery d
       CROSS JOIN application a ON a.id = d.application_id CROSS JOIN candidate c ON c.record_id = a.record_id
       WHERE d.mark = ? AND a.job_id = ? AND c.platform = ? AND c.origin = 'local' AND c.life = 'live'
         AND NOT EXISTS (SELECT 1 FROM application o WHERE o.record_id = a.record_id AND o.id <> a.id) LIMIT 2`,
      mark,
      data.job_id,
      platform,
    )
    // Two mails of one Message-ID are two people's: the platform's word does not say whose.
    if (rows.length === 1) return rows[0]
  }
  return undefined
}

/** Gives everything that names a thing by its old id the new one, whichever table it lies in. */
const rename = (work: PageWork, column: 'application_id' | 'platform_id', from: string, to: string): void => {
  const tables = work.store.all<{ name: string }>(
    `SELECT m.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND c.name = ?`,
    column,
  )
  for (const { name } of tables) work.store.run(`UPDATE "${name}" SET ${column} = ? WHERE ${column} = ?`, to, from)
}

/**
 * A delivery whose mail came first: the record of the mail becomes the platform's, with all that was done in it, so that one
 * person is one record whichever came first (ZP-19). Gives its row, for the platform's words to be put on it.
 */
export const adoptMailed = (
  work: PageWork,
  candidate: CandidateArrival,
  applications: readonly ApplicationArrival[],
): CandidateRow | undefined => {
  for (const application of applications) {
    const { id } = application.head
    if (work.store.get('SELECT 1 FROM application WHERE id = ?', id) !== undefined) continue
    const mailed = findMailed(work, candidate, application)
    if (mailed === undefined) continue
    const { platform } = candidate.data
    // Who has looked since the mail came is said to the person under the platform's number, too; first, for a page that is applied
    // a second time finds it done.
    const subject = { platform, id: candidate.head.id }
    if (!work.ledger.renameSubject({ platform, id: mailed.platform_id }, subject)) continue
    // What points to the application is named anew after it; the check waits for the end of the page.
    work.store.run('PRAGMA defer_foreign_keys = ON')
    work.store.run('UPDATE application SET id = ? WHERE id = ?', id, mailed.id)
    rename(work, 'application_id', mailed.id, id)
    rename(work, 'platform_id', mailed.platform_id, candidate.head.id)
    work.store.run("UPDATE candidate SET origin = 'hub' WHERE record_id = ?", mailed.record_id)
    // The hub knows this person: it need not be told of one that it does not know.
    work.store.run(
      "DELETE FROM outbox WHERE kind = 'subject' AND state = 'waiting' AND record_id = ?",
      mailed.record_id,
    )
    // How far the person has come here is news for the platform, which its older word must not undo.
    if (mailed.stage !== 'new') {
      enqueue(
        work,
        {
          kind: 'stage',
          id: work.newId(),
          body: { application_id: id, stage: mailed.stage as ApplicationArrival['data']['stage'] },
          applicationId: id,
        },
        work.now,
      )
    }
    work.drafts.push({
      action: 'stage',
      outcome: 'done',
      subject,
      job: application.data.job_id,
      detail: `delivered as ${mailed.platform_id}`,
    })
    return getCandidate(work.store, candidate.head.id)
  }
  return undefined
}
