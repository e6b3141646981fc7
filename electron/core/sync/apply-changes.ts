import { crashPoint } from '../crash-points.ts'
import { removePost, upsertPost } from '../bulletin/post-rows.ts'
import { putPendingEntries } from '../ledger/pending-entries.ts'
import { recomputeDue, recomputeDueOfJob } from '../retention/due.ts'
import { endAttachment, upsertAttachment } from './apply-attachment.ts'
import { endApplication, upsertApplication, type ApplicationArrival } from './apply-application.ts'
import {
  enforceVisibility,
  lockPerson,
  settleContact,
  updateCandidate,
  type CandidateArrival,
} from './apply-candidate.ts'
import { endJob, upsertJob } from './apply-job.ts'
import { applyNote, applyScorecard, endNote, endScorecard } from './apply-collaboration.ts'
import { applyConsultation } from './apply-consultation.ts'
import { applyMessage, endMessage } from './apply-message.ts'
import { applyRequest } from './apply-request.ts'
import { applyShare, endShare } from './apply-share.ts'
import { endAssignments, forViewer } from './interviewer-feed.ts'
import { applyApproval, applyHold, endApproval, endHold } from './apply-holds.ts'
import { applyConsent, applyDeletionNotice, applyLifecycle, endConsent } from './apply-person.ts'
import { listWaitingForApplication, listWaitingOf, openAside, putAside, removeAside, type AsideRow } from './aside.ts'
import { getCandidate } from './candidate-row.ts'
import type { KeyPool } from './key-pool.ts'
import { listQueuedJobs } from './outbox.ts'
import { noCounts, type ApplyContext, type PageCounts, type PageWork } from './page-work.ts'
import { pairArrivals } from './pair-arrivals.ts'
import { newestOnly, readChange, type ChangeHead, type ReadChange, type Upsert } from './read-change.ts'
import { addBusyJobs, addDroppedKeys, addMissedRecords, setCursor } from './sync-state.ts'
import type { Contact } from '../../shared/domain/resume.ts'
import type { ChangeType } from '../../shared/domain/sync-records.ts'

export type Page = {
  /** As they came; each is read by itself, so that one bad record never loses its page. */
  readonly changes: readonly unknown[]
  readonly cursor: string | null
}

/** Whether a change is news, by what was seen of its id (a deletion beats every `rev` up to its own). */
const isNews = (work: PageWork, head: ChangeHead): boolean => {
  const seen = work.store.get<{ rev: number; deleted: number }>(
    'SELECT rev, deleted FROM seen_rev WHERE type = ? AND id = ?',
    head.type,
    head.id,
  )
  if (seen === undefined || head.rev > seen.rev) return true
  return head.op === 'delete' && head.rev === seen.rev && seen.deleted === 0
}

const noteSeen = (work: PageWork, head: ChangeHead): void => {
  work.store.run(
    `INSERT INTO seen_rev (type, id, rev, deleted) VALUES (?, ?, ?, ?)
     ON CONFLICT (type, id) DO UPDATE SET rev = excluded.rev, deleted = excluded.deleted`,
    head.type,
    head.id,
    head.rev,
    head.op === 'delete' ? 1 : 0,
  )
}

/** Ids inside data that could not be read, so that destruction finds the row of the person concerned. */
const concerned = (data: unknown): { readonly candidateId?: string; readonly applicationId?: string } => {
  if (typeof data !== 'object' || data === null) return {}
  const { candidate_id: candidateId, application_id: applicationId } = data as Record<string, unknown>
  return {
    ...(typeof candidateId === 'string' && candidateId.length <= 128 ? { candidateId } : {}),
    ...(typeof applicationId === 'string' && applicationId.length <= 128 ? { applicationId } : {}),
  }
}

/** Of a platform without candidates, what is not understood may be of anybody: that it came is kept, and nothing of it (QY-13). */
const keepsUnread = (work: PageWork): boolean => work.profiles.get(work.jobPlatform)?.hasCandidates !== false

const setAside = (work: PageWork, change: Extract<ReadChange, { readonly kind: 'unknown' | 'invalid' }>): void => {
  const { head, kind, problem, data } = change
  putAside(work, {
    ...head,
    why: kind,
    problem,
    ...concerned(data),
    ...(head.type === 'candidate' ? { candidateId: head.id } : {}),
    data: keepsUnread(work) ? data : null,
  })
  work.counts[kind] += 1
}

type Waiting = { readonly said_at: number; readonly data: unknown }

const wait = (work: PageWork, head: ChangeHead, data: unknown): void => {
  // How long it waits counts from now; when it was said is kept with it, and is the same whenever it is let in.
  const waiting: Waiting = { said_at: head.at, data }
  putAside(work, { ...head, at: work.now, why: 'waiting', ...concerned(data), data: waiting })
  work.counts.waiting += 1
}

/** The types that this release acts on beyond keeping them; candidates and applications come in pairs (`pair-arrivals.ts`). */
const act = (work: PageWork, one: Exclude<Upsert, Upsert<'candidate' | 'application' | 'job'>>): void => {
  const { head } = one
  switch (one.type) {
    case 'attachment':
      if (!upsertAttachment(work, head, one.data)) wait(work, head, one.data)
      return
    case 'consent':
      if (!applyConsent(work, head, one.data)) wait(work, head, one.data)
      return
    case 'share':
      if (!applyShare(work, head, one.data)) wait(work, head, one.data)
      return
    case 'hold': {
      const outcome = applyHold(work, head, one.data)
      if (outcome === 'waits') wait(work, head, one.data)
      if (outcome === 'invalid') setAside(work, { kind: 'invalid', head, problem: 'approver: same', data: one.data })
      return
    }
    case 'approval': {
      const outcome = applyApproval(work, head, one.data)
      if (outcome === 'stored') putAside(work, { ...head, why: 'stored', ...concerned(one.data), data: one.data })
      if (outcome === 'waits') wait(work, head, one.data)
      if (outcome === 'invalid') setAside(work, { kind: 'invalid', head, problem: 'by: same', data: one.data })
      return
    }
    case 'deletion_notice':
      applyDeletionNotice(work, head, one.data)
      return
    case 'lifecycle':
      applyLifecycle(work, head, one.data)
      return
    case 'message':
      if (!applyMessage(work, head, one.data)) wait(work, head, one.data)
      return
    case 'note':
      if (applyNote(work, head, one.data)) return
      // One without an application says nothing that belongs anywhere here.
      if (one.data.application_id === undefined) keepOfPerson(work, one)
      else wait(work, head, one.data)
      return
    case 'scorecard':
      if (!applyScorecard(work, head, one.data)) wait(work, head, one.data)
      return
    case 'request':
      applyRequest(work, head, one.data)
      return
    case 'announcement':
    case 'position':
      upsertPost(work.store, one.type, head, one.data)
      return
    case 'consultation':
      applyConsultation(work, head, one.data)
      return
    case 'profile':
    case 'notice':
    case 'calendar':
      work.counts.rules += 1
      putAside(work, { ...head, why: 'stored', data: one.data })
      return
    default:
      putAside(work, { ...head, why: 'stored', ...concerned(one.data), data: one.data })
  }
}

/** Words about a person lie under a key of that person, so they wait until there is one. */
const keepOfPerson = (work: PageWork, one: Upsert<'note'>): void => {
  const { candidateId, applicationId } = concerned(one.data)
  const hasApplication =
    applicationId !== undefined && work.store.get('SELECT 1 FROM application WHERE id = ?', applicationId) !== undefined
  const hasPerson = candidateId !== undefined && getCandidate(work.store, candidateId) !== undefined
  if (hasApplication || hasPerson) {
    putAside(work, { ...one.head, why: 'stored', ...concerned(one.data), data: one.data })
  } else {
    wait(work, one.head, one.data)
  }
}

const end = (work: PageWork, head: ChangeHead): void => {
  if (work.viewer.role === 'interviewer' && (head.type === 'candidate' || head.type === 'application')) {
    endAssignments(work, head)
    return
  }
  switch (head.type) {
    case 'candidate': {
      const row = getCandidate(work.store, head.id)
      if (row !== undefined && row.origin === 'hub') lockPerson(work, row.record_id, 'candidate_gone')
      for (const type of ['contact', 'insights']) removeAside(work.store, type, head.id)
      return
    }
    case 'application':
      endApplication(work, head)
      return
    case 'attachment':
      endAttachment(work, head)
      return
    case 'job':
      endJob(work, head)
      return
    case 'consent':
      endConsent(work, head)
      return
    case 'hold':
      endHold(work, head)
      return
    case 'approval':
      endApproval(work, head)
      return
    case 'message':
      endMessage(work, head.id)
      return
    case 'note':
      endNote(work, head.id)
      return
    case 'scorecard':
      endScorecard(work, head.id)
      return
    case 'share':
      endShare(work, head)
      return
    case 'announcement':
    case 'position':
      removePost(work.store, head.type, head.id)
      return
    case 'consultation':
      work.store.run('DELETE FROM consultation WHERE id = ?', head.id)
      return
    case 'profile':
    case 'notice':
    case 'calendar':
      work.counts.rules += 1
      return
    default:
    // What was stored of it is gone already.
  }
}

/** What waited for a record or an application that is here now. */
const release = (work: PageWork, row: AsideRow): void => {
  if (row.type === 'contact') return
  const { said_at: at, data } = openAside(work, row) as Waiting
  const head: ChangeHead = { type: row.type, id: row.id, rev: row.rev, op: 'upsert', at }
  removeAside(work.store, row.type, row.id)
  act(work, { head, type: row.type as ChangeType, data } as Exclude<
    Upsert,
    Upsert<'candidate' | 'application' | 'job'>
  >)
}

const releaseWaiting = (work: PageWork, recordIds: ReadonlySet<string>): void => {
  for (const recordId of recordIds) {
    const platformId = work.store.get<{ platform_id: string }>(
      'SELECT platform_id FROM candidate WHERE record_id = ?',
      recordId,
    )?.platform_id
    if (platformId === undefined) continue
    for (const row of listWaitingOf(work.store, platformId)) {
      if (row.type === 'contact') settleContact(work, recordId, openAside(work, row) as Contact, row)
      else if (row.type !== 'candidate' && row.type !== 'application') release(work, row)
    }
    for (const { id } of work.store.all<{ id: string }>('SELECT id FROM application WHERE record_id = ?', recordId)) {
      for (const row of listWaitingForApplication(work.store, id)) release(work, row)
    }
  }
}

const finish = (work: PageWork): void => {
  const changed = [...work.touched].filter((recordId) => !work.fresh.has(recordId))
  for (const recordId of changed) enforceVisibility(work, recordId)
  recomputeDue(work.store, work.profiles, [...work.clocks])
  for (const jobId of work.closedJobs) recomputeDueOfJob(work.store, work.profiles, jobId)
  addBusyJobs(work.store, work.busyJobs)
  addMissedRecords(work.store, work.missed)
  addDroppedKeys(work.store, work.dropped)
  for (const recordId of changed) {
    work.store.run('UPDATE candidate SET version = version + 1 WHERE record_id = ?', recordId)
  }
}

const applyAll = (work: PageWork, changes: readonly ReadChange[]): void => {
  const queuedJobs = listQueuedJobs(work)
  const anyAside = work.store.get('SELECT 1 FROM aside_change LIMIT 1') !== undefined
  const candidates: CandidateArrival[] = []
  const applications: ApplicationArrival[] = []
  const others: Array<Exclude<Upsert, Upsert<'candidate' | 'application' | 'job'>>> = []
  const ends: ChangeHead[] = []
  for (const came of changes) {
    const change = forViewer(work, came)
    if (change === null) continue
    if (!isNews(work, change.head)) {
      work.counts.stale += 1
      confirm(work, change)
      continue
    }
    noteSeen(work, change.head)
    // Whatever was kept aside of this id is older.
    if (anyAside) removeAside(work.store, change.head.type, change.head.id)
    if (change.kind === 'delete') {
      ends.push(change.head)
    } else if (change.kind === 'echo') {
      work.counts.stale += 1
    } else if (change.kind !== 'upsert') {
      setAside(work, change)
    } else {
      for (const [path, count] of Object.entries(change.dropped)) work.dropped[path] = (work.dropped[path] ?? 0) + count
      const { upsert } = change
      if (upsert.type === 'job') upsertJob(work, upsert.head, upsert.data, queuedJobs)
      else if (upsert.type === 'candidate') candidates.push(upsert)
      else if (upsert.type === 'application') applications.push(upsert)
      else others.push(upsert)
    }
  }
  const grown = pairArrivals(work, candidates, applications, upsertApplication, updateCandidate)
  others.forEach((one) => {
    act(work, one)
  })
  releaseWaiting(work, grown)
  ends.forEach((head) => {
    end(work, head)
  })
  finish(work)
}

/** A repeated candidate is still news in one way: the hub confirms the card (D2). */
const confirm = (work: PageWork, change: ReadChange): void => {
  if (change.head.type !== 'candidate' || change.head.op === 'delete') return
  work.store.run(
    'UPDATE candidate SET checked_at = ? WHERE platform_id = ? AND rev = ?',
    work.now,
    change.head.id,
    change.head.rev,
  )
}

/**
 * Applies one page in one transaction, its cursor included. The keys that it may need are durable before. Applying it again
 * changes nothing, whatever came between.
 *
 * @throws IpcError E_DISK, E_DAMAGED … of the store; the page is then not applied at all
 */
export const applyPage = (context: ApplyContext, pool: KeyPool, page: Page, now: number): PageCounts => {
  const changes = newestOnly(page.changes.map((raw) => readChange(raw, now)))
  const count = (type: string): number =>
    changes.filter((one) => one.kind === 'upsert' && one.head.type === type).length
  const { waiting } = context.store.get<{ waiting: number }>(
    `SELECT count(*) AS waiting FROM aside_change WHERE why = 'waiting' AND type IN ('candidate', 'application')`,
  ) ?? { waiting: 0 }
  const fresh = changes.some((one) => one.head.type === 'candidate' || one.head.type === 'application')
  // Waiting ones may find their partner in this page.
  const more = fresh ? waiting : 0
  pool.ensure(Math.min(count('candidate') + more, 1000), Math.min(count('application') + more, 1000))
  crashPoint('sync.keys')
  const counts = noCounts()
  counts.changes = page.changes.length
  pool.lend((takeKey) => {
    context.store.transaction(() => {
      const work: PageWork = {
        ...context,
        now,
        takeKey,
        touched: new Set(),
        fresh: new Set(),
        clocks: new Set(),
        closedJobs: new Set(),
        busyJobs: new Set(),
        missed: new Set(),
        drafts: [],
        dropped: {},
        counts,
      }
      applyAll(work, changes)
      putPendingEntries(context.store, context.ledger, context.actor, work.drafts)
      setCursor(context.store, page.cursor)
    })
  })
  crashPoint('sync.page')
  return counts
}
