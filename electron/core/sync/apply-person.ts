import type { ChangeDataOf } from '../../shared/domain/sync-records.ts'
import type { RetentionReason } from '../../shared/domain/vocabulary.ts'
import { takeUpAnswer } from '../background/background-rows.ts'
import { destroyChats } from '../closing/destroy-chats.ts'
import { endShares, withdrawConsents } from '../sharing/share-rows.ts'
import { putAside } from './aside.ts'
import { lockPerson } from './apply-candidate.ts'
import { getCandidate, type CandidateRow } from './candidate-row.ts'
import type { PageWork } from './page-work.ts'
import type { ChangeHead } from './read-change.ts'

export const addClocks = (work: PageWork, recordId: string): void => {
  for (const { id } of work.store.all<{ id: string }>('SELECT id FROM application WHERE record_id = ?', recordId)) {
    work.clocks.add(id)
  }
  work.touched.add(recordId)
}

const ofJob = 'job:'
export const ofPool = 'pool:'
/** A consent to one job, one version of the rules, one pool or one recipient; other words of a scope are not kept in clear. */
const isOfOneThing = (scope: string | undefined): boolean =>
  scope !== undefined &&
  scope.length <= 300 &&
  [ofJob, 'policy:', ofPool, 'recipient:'].some((start) => scope.startsWith(start))

const keptScope = (scope: string | undefined): string | null => (isOfOneThing(scope) ? (scope ?? null) : null)

/** What was given by this consent is not to be used any more: the share ends, and its recipient has to be told (ZP-70). */
const endSharing = (work: PageWork, person: CandidateRow, scope: string | null | undefined): void => {
  for (const id of endShares(work.store, person.record_id, scope, work.now)) {
    work.drafts.push({
      action: 'share',
      outcome: 'done',
      subject: { platform: person.platform, id: person.platform_id },
      detail: `ended ${id}`,
    })
  }
}

/** Whoever takes back a consent to be remembered is remembered no longer: the membership's time is over now (D8). */
const endPools = (work: PageWork, recordId: string, scope: string | null | undefined): void => {
  const pool = scope?.startsWith(ofPool) === true ? scope.slice(ofPool.length) : null
  work.store.run(
    'UPDATE pool_member SET until = min(until, ?) WHERE record_id = ? AND (? IS NULL OR pool = ?)',
    work.now,
    recordId,
    pool,
    pool,
  )
}

const jobOfScope = (scope: string | null | undefined): string | null =>
  scope?.startsWith(ofJob) === true ? scope.slice(ofJob.length) : null

/** Purposes without which nothing of the record may be processed; the others stop their own processing only (MM-43). */
const groundsOfRecord: readonly string[] = ['purpose', 'guardian']

/** A purpose whose consent is withdrawn ends; the record stays for its own job. */
const endPurpose = (work: PageWork, recordId: string, scope: string | null | undefined): void => {
  if (scope?.startsWith(ofJob) !== true) return
  work.store.run('DELETE FROM purpose WHERE record_id = ? AND job_id = ?', recordId, scope.slice(ofJob.length))
}

/** False when the person is not here: the caller lets it wait. */
export const applyConsent = (work: PageWork, head: ChangeHead, data: ChangeDataOf<'consent'>): boolean => {
  const person = getCandidate(work.store, data.candidate_id)
  if (person === undefined) return false
  work.store.run(
    `INSERT INTO consent (id, platform, platform_id, rev, purpose, granted, until, scope) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET rev = excluded.rev, purpose = excluded.purpose, granted = excluded.granted,
       until = excluded.until, scope = excluded.scope`,
    head.id,
    person.platform,
    person.platform_id,
    head.rev,
    data.purpose,
    data.granted ? 1 : 0,
    data.until === undefined ? null : Date.parse(data.until),
    // A scope names a job or a version of the rules; other words are not kept in clear.
    keptScope(data.scope),
  )
  // What was agreed under another id before is taken back with it.
  if (!data.granted) withdrawConsents(work.store, person, data.purpose, keptScope(data.scope), head.rev)
  if (data.purpose === 'sharing' && !data.granted) endSharing(work, person, data.scope)
  if (data.purpose === 'purpose' && !data.granted) endPurpose(work, person.record_id, data.scope)
  if (data.purpose === 'talent_pool' && !data.granted) endPools(work, person.record_id, data.scope)
  if (data.purpose === 'background_check') {
    takeUpAnswer(work.store, person.record_id, {
      granted: data.granted,
      at: head.at,
      until: data.until === undefined ? null : Date.parse(data.until),
      job: jobOfScope(data.scope),
    })
  }
  work.drafts.push({
    action: 'consent',
    outcome: 'done',
    subject: { platform: person.platform, id: person.platform_id },
    detail: `${data.purpose} ${data.granted ? 'granted' : 'withdrawn'}`,
  })
  // Of several purposes the one withdrawn ends alone; without a scope it is the ground of the whole record.
  const whole = !isOfOneThing(data.scope)
  if (!data.granted && whole && groundsOfRecord.includes(data.purpose))
    lockPerson(work, person.record_id, 'consent_withdrawn')
  addClocks(work, person.record_id)
  return true
}

export const endConsent = (work: PageWork, head: ChangeHead): void => {
  const row = work.store.get<{ platform_id: string; purpose: string; scope: string | null }>(
    'SELECT platform_id, purpose, scope FROM consent WHERE id = ?',
    head.id,
  )
  if (row === undefined) return
  work.store.run('DELETE FROM consent WHERE id = ?', head.id)
  const person = getCandidate(work.store, row.platform_id)
  if (person === undefined) return
  if (row.purpose === 'sharing') endSharing(work, person, row.scope)
  if (row.purpose === 'purpose') endPurpose(work, person.record_id, row.scope)
  if (row.purpose === 'talent_pool') endPools(work, person.record_id, row.scope)
  if (row.purpose === 'background_check') {
    const job = jobOfScope(row.scope)
    takeUpAnswer(work.store, person.record_id, { granted: false, at: head.at, until: null, job })
  }
  addClocks(work, person.record_id)
}

/** An order to delete (QY-40, MM-41): locked on receipt. Kept, so that a record that comes after its notice is locked too. */
export const applyDeletionNotice = (work: PageWork, head: ChangeHead, data: ChangeDataOf<'deletion_notice'>): void => {
  const person = getCandidate(work.store, data.candidate_id)
  if (person !== undefined) lockPerson(work, person.record_id, 'deletion_notice')
  putAside(work, { ...head, why: 'stored', candidateId: data.candidate_id, data })
}

const listHubRecords = (work: PageWork, platform: string | null): string[] =>
  work.store
    .all<{ record_id: string }>(
      `SELECT record_id FROM candidate WHERE origin = 'hub' AND (? IS NULL OR platform = ?)`,
      platform,
      platform,
    )
    .map((row) => row.record_id)

/** Ends of what a record rests on: the person's account, ours, an entitlement, the platform (D7, D8, ZP-81, ZP-87, ZP-105). */
export const applyLifecycle = (work: PageWork, head: ChangeHead, data: ChangeDataOf<'lifecycle'>): void => {
  const lockAll = (platform: string | null, reason: RetentionReason): void => {
    for (const recordId of listHubRecords(work, platform)) lockPerson(work, recordId, reason)
  }
  const ours = data.id === work.viewer.account || work.viewer.firms.includes(data.id)
  const platform = work.profiles.has(data.id as never) ? data.id : null
  switch (data.subject) {
    case 'candidate': {
      const person = getCandidate(work.store, data.id)
      if (person !== undefined) lockPerson(work, person.record_id, 'candidate_gone')
      break
    }
    case 'account':
    case 'employer':
      if (ours) {
        // Chats go with the account at once, everything else within its working day (ZP-81).
        destroyChats(work.store)
        lockAll(null, 'account_cancelled')
      }
      break
    case 'entitlement':
      lockAll(platform, 'entitlement_ended')
      break
    case 'platform':
      lockAll(platform, 'platform_ceased')
      break
  }
  putAside(work, { ...head, why: 'stored', candidateId: data.subject === 'candidate' ? data.id : undefined, data })
}

/** A person who comes in after the order to delete them came: locked at once, unless they delivered again since. */
export const enforceEarlierNotices = (work: PageWork, recordId: string, platformId: string): void => {
  const notice = work.store.get<{ type: string; at: number | null }>(
    `SELECT type, max(at) AS at FROM aside_change
     WHERE candidate_id = ? AND type IN ('deletion_notice', 'lifecycle') AND why = 'stored'`,
    platformId,
  )
  if (notice === undefined || notice.at === null) return
  const newest = work.store.get<{ at: number }>(
    'SELECT max(evidence_at) AS at FROM application WHERE record_id = ?',
    recordId,
  )
  if (newest !== undefined && newest.at <= notice.at) {
    lockPerson(work, recordId, notice.type === 'lifecycle' ? 'candidate_gone' : 'deletion_notice')
  }
}
