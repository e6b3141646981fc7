import type { ChangeDataOf } from '../../shared/domain/sync-records.ts'
import { removeAside } from './aside.ts'
import { applyInterviewers } from './apply-collaboration.ts'
import { lockPerson } from './apply-candidate.ts'
import type { CandidateRow } from './candidate-row.ts'
import { isQueued } from './outbox.ts'
import type { PageWork } from './page-work.ts'
import { pastTime } from './past-time.ts'
import type { ChangeHead } from './read-change.ts'

export type ApplicationArrival = { readonly head: ChangeHead; readonly data: ChangeDataOf<'application'> }

type ApplicationRow = {
  readonly id: string
  readonly record_id: string
  readonly stage: string
  readonly stage_at: number
}

const noteActivity = (work: PageWork, jobId: string, at: number): void => {
  const { changes } = work.store.run(
    'UPDATE job SET last_activity_at = ? WHERE id = ? AND last_activity_at < ?',
    at,
    jobId,
    at,
  )
  if (changes > 0) work.busyJobs.add(jobId)
}

/** Puts an application onto a record that is here. The same id on another person is refused: evidence is never shared. */
export const upsertApplication = (work: PageWork, recordId: string, { head, data }: ApplicationArrival): boolean => {
  const existing = work.store.get<ApplicationRow>(
    'SELECT id, record_id, stage, stage_at FROM application WHERE id = ?',
    head.id,
  )
  if (existing !== undefined && existing.record_id !== recordId) return false
  const at = pastTime(data.at, work.now)
  const evidenceAt = pastTime(data.evidence_at, work.now)
  // Our own stage is on its way to the hub; its older word must not undo it.
  const ours = existing !== undefined && isQueued(work.store, 'stage', head.id)
  const stage = ours ? existing.stage : data.stage
  const stageAt = ours ? existing.stage_at : at
  const decidedAt = data.decision === undefined ? null : at
  if (existing === undefined) {
    work.store.run(
      `INSERT INTO application (id, record_id, job_id, rev, channel, evidence, evidence_at, stage, stage_label, at, stage_at,
         decision, decided_at, attachment_state, key_slot, held_until)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
         (SELECT max(until) FROM legal_hold WHERE platform_id = ?))`,
      head.id,
      recordId,
      data.job_id,
      head.rev,
      data.channel,
      data.evidence ?? null,
      evidenceAt,
      stage,
      data.stage_label ?? null,
      evidenceAt,
      stageAt,
      data.decision ?? null,
      decidedAt,
      data.attachment,
      work.takeKey('application'),
      data.candidate_id,
    )
    work.counts.applications += 1
  } else {
    work.store.run(
      `UPDATE application SET job_id = ?, rev = ?, channel = ?, evidence = ?, evidence_at = ?, stage = ?, stage_label = ?,
         step = iif(stage = ? AND job_id = ?, step, NULL), stage_at = ?, decision = iif(?, decision, ?), decided_at = iif(?, decided_at, ?), attachment_state = ?
       WHERE id = ?`,
      data.job_id,
      head.rev,
      data.channel,
      data.evidence ?? null,
      evidenceAt,
      stage,
      data.stage_label ?? null,
      // Whoever comes back into a stage begins it anew: a step, and a check above all, is entered only by a move.
      stage,
      data.job_id,
      stageAt,
      ours ? 1 : 0,
      data.decision ?? null,
      ours ? 1 : 0,
      decidedAt,
      data.attachment,
      head.id,
    )
  }
  if (applyInterviewers(work, head.id, data.interviewers ?? [])) work.touched.add(recordId)
  // ZP-20: what the candidate declined, or the platform withheld, is not kept from before.
  if (data.attachment !== 'present') destroyAttachmentsOf(work, head.id)
  noteActivity(work, data.job_id, Math.max(at, evidenceAt))
  removeAside(work.store, 'application', head.id)
  work.clocks.add(head.id)
  work.touched.add(recordId)
  // D5: locked when the hire is confirmed.
  if (data.decision === 'hired' && !ours) lockPerson(work, recordId, 'hired')
  return true
}

/** The platform took an application back: the last one takes the person along (D8), another ends by its own clock (D4). */
export const endApplication = (work: PageWork, head: ChangeHead): void => {
  const row = work.store.get<ApplicationRow>(
    'SELECT id, record_id, stage, stage_at FROM application WHERE id = ?',
    head.id,
  )
  if (row === undefined) return
  const others = work.store.get<{ n: number }>(
    `SELECT count(*) AS n FROM application WHERE record_id = ? AND id <> ? AND decision IS NOT 'withdrawn'`,
    row.record_id,
    head.id,
  )
  if ((others?.n ?? 0) === 0) {
    lockPerson(work, row.record_id, 'candidate_gone')
    return
  }
  work.store.run(
    `UPDATE application SET decision = 'withdrawn', decided_at = ?, rev = ? WHERE id = ?`,
    head.at,
    head.rev,
    head.id,
  )
  work.clocks.add(head.id)
  work.touched.add(row.record_id)
}

export const destroyAttachment = (work: PageWork, id: string): void => {
  work.store.run('DELETE FROM attachment_chunk WHERE attachment_id = ?', id)
  work.store.run('DELETE FROM attachment WHERE id = ?', id)
}

const destroyAttachmentsOf = (work: PageWork, applicationId: string): void => {
  for (const { id } of work.store.all<{ id: string }>(
    'SELECT id FROM attachment WHERE application_id = ?',
    applicationId,
  )) {
    destroyAttachment(work, id)
  }
}

/** Clocks of a platform and of this machine may differ by so much, in milliseconds. */
const clockSkew = 5 * 60_000

/** Applications of this page or of before that a person who is not here yet may come in with. */
export const isNewerThanDestruction = (
  work: PageWork,
  platform: CandidateRow['platform'],
  platformId: string,
): ((arrival: ApplicationArrival) => boolean) => {
  const tombstone = work.findTombstone(platform, platformId)
  return ({ data }) => {
    const at = Date.parse(data.evidence_at)
    // A delivery that has not happened yet is no evidence of a new one.
    return tombstone === undefined || (at > tombstone.evidenceBefore && at <= work.now + clockSkew)
  }
}
