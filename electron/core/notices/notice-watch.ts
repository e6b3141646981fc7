import type { Core } from '../context.ts'
import { takeNews } from '../bulletin/post-rows.ts'
import type { WritableDb } from '../store/database.ts'
import { clockOf } from '../requests/request-view.ts'
import { listRequests } from '../requests/request-rows.ts'
import { listIncidents } from '../incidents/incident-rows.ts'
import { getIncidentsTold, getLastSuccess, setIncidentsTold } from '../sync/sync-state.ts'
import { announce } from './announce.ts'

const minute = 60_000
const day = 24 * 60 * minute
const chinaOffset = 8 * 60 * minute

type JobCount = { readonly title: string; readonly count: number }

/** Looks at one account's store for what its person should hear of; knows rows by counts and jobs alone. */
export type NoticeWatch = {
  /** Interviews and ends that have come near. Called as often as one likes. */
  tick(): void
  /** What the sync that has just ended brought. */
  afterSync(): void
}

const sum = (jobs: readonly JobCount[]): number => jobs.reduce((total, { count }) => total + count, 0)

/** The newest row of a table; rows after it are new. */
const newest = (db: WritableDb, table: 'application' | 'mention'): number =>
  db.get<{ last: number | null }>(
    table === 'application' ? 'SELECT max(rowid) AS last FROM application' : 'SELECT max(at) AS last FROM mention',
  )?.last ?? 0

const remindOfInterviews = (core: Core, db: WritableDb, now: number): void => {
  const due = db.all<{ id: string; starts_at: number; title: string | null }>(
    `SELECT i.id, i.starts_at, j.title FROM interview i LEFT JOIN job j ON j.id = i.job_id
     WHERE i.state = 'planned' AND i.reminded_at IS NULL AND i.remind_minutes IS NOT NULL AND i.starts_at > ?
       AND i.starts_at - i.remind_minutes * ${minute} <= ? ORDER BY i.starts_at`,
    now,
    now,
  )
  for (const { id, starts_at, title } of due) {
    db.run('UPDATE interview SET reminded_at = ? WHERE id = ?', now, id)
    announce(core, { kind: 'interview_soon', job_title: title ?? '', starts_at })
  }
}

/** Once a day: what ends within the next 24 hours and no hold keeps. */
const tellOfEnds = (core: Core, db: WritableDb, now: number): void => {
  const today = Math.floor((now + chinaOffset) / day)
  if (core.settings.get().destruction_said_on === today) return
  const { n: count } = db.get<{ n: number }>(
    'SELECT count(*) AS n FROM application WHERE due_at > ? AND due_at <= ? AND (held_until IS NULL OR held_until <= ?)',
    now,
    now + day,
    now,
  ) ?? { n: 0 }
  if (count === 0) return
  core.settings.set({ destruction_said_on: today })
  announce(core, { kind: 'destruction_soon', count })
}

/** Once at the tenth working day and once at the fifteenth (ZP-91): whoever answers hears of it without looking. */
const tellOfRequests = (core: Core, db: WritableDb, now: number): void => {
  const due = listRequests(db, 'open').flatMap((row) => {
    const { level } = clockOf(core.profiles, row, now)
    const late = level === 'alarm'
    return (late && row.alarmed_at === null) || (level === 'warn' && row.warned_at === null)
      ? [{ id: row.id, late }]
      : []
  })
  if (due.length === 0) return
  for (const { id, late } of due)
    db.run(
      'UPDATE subject_request SET warned_at = coalesce(warned_at, ?), alarmed_at = iif(?, ?, alarmed_at) WHERE id = ?',
      now,
      late ? 1 : 0,
      now,
      id,
    )
  announce(core, { kind: 'request_due', count: due.length, late: due.filter(({ late }) => late).length })
  core.emit('data.changed', { what: ['requests'] })
}

/** How long before the 24 hours of an incident's notice are over (ZP-100) somebody is reminded: a working morning. */
const incidentWarning = 6 * 60 * minute

/** Once before the notice of an incident has to be written, and once when its 24 hours are over and it is not. */
const tellOfIncidents = (core: Core, db: WritableDb, now: number): void => {
  const waiting = listIncidents(db).filter((row) => row.closed_at === null && row.drafted_at === null)
  const before = getIncidentsTold(db)
  const told: Record<string, number> = {}
  const due = waiting.flatMap(({ id, draft_due_at: end }) => {
    const step = now >= end ? 2 : now >= end - incidentWarning ? 1 : 0
    const known = before[id] ?? 0
    if (Math.max(step, known) > 0) told[id] = Math.max(step, known)
    return step > known ? [{ end, late: step === 2 }] : []
  })
  if (JSON.stringify(told) !== JSON.stringify(before)) setIncidentsTold(db, told)
  if (due.length === 0) return
  const ends_at = Math.min(...due.map(({ end }) => end))
  announce(core, { kind: 'incident_due', count: due.length, late: due.filter(({ late }) => late).length, ends_at })
  core.emit('data.changed', { what: ['officer'] })
}

/** Ids of requests that this account may decide about, and of its own that were decided. */
export type ApprovalNews = { readonly waiting: ReadonlySet<string>; readonly decided: ReadonlySet<string> }

export const createNoticeWatch = (
  core: Core,
  db: WritableDb,
  account: string,
  approvals: () => ApprovalNews = () => ({ waiting: new Set(), decided: new Set() }),
): NoticeWatch => {
  let known = approvals()
  let lastApplication = newest(db, 'application')
  let lastMention = newest(db, 'mention')
  // Everything is new to whoever syncs for the first time; that is no news.
  let first = getLastSuccess(db) === null

  const tellCounts = (kind: 'new_applications' | 'mention', jobs: readonly JobCount[]): void => {
    const count = sum(jobs)
    if (count > 0) announce(core, { kind, count, jobs: jobs.slice(0, 3) })
  }
  /** Only that something waits or was decided: what, whom and why are behind the page. */
  const tellOfApprovals = (): void => {
    const found = approvals()
    const waiting = [...found.waiting].filter((id) => !known.waiting.has(id)).length
    const decided = [...found.decided].filter((id) => !known.decided.has(id)).length
    known = found
    if (!first && waiting + decided > 0) announce(core, { kind: 'approvals', waiting, decided })
  }
  const tellOfMentions = (): void => {
    const jobs = db.all<JobCount>(
      `SELECT coalesce(j.title, '') AS title, count(*) AS count FROM mention m JOIN application a ON a.id = m.application_id
       LEFT JOIN job j ON j.id = a.job_id WHERE m.account = ? AND m.seen_at IS NULL AND m.at > ?
       GROUP BY a.job_id ORDER BY count DESC, title`,
      account,
      lastMention,
    )
    lastMention = newest(db, 'mention')
    tellCounts('mention', jobs)
  }
  return {
    tick: () => {
      const now = core.clock.now()
      remindOfInterviews(core, db, now)
      tellOfEnds(core, db, now)
      tellOfMentions()
      tellOfRequests(core, db, now)
      tellOfIncidents(core, db, now)
    },
    afterSync: () => {
      const jobs = db.all<JobCount>(
        `SELECT coalesce(j.title, '') AS title, count(*) AS count FROM application a
         JOIN candidate c ON c.record_id = a.record_id LEFT JOIN job j ON j.id = a.job_id
         WHERE a.rowid > ? AND c.life = 'live' GROUP BY a.job_id ORDER BY count DESC, title`,
        lastApplication,
      )
      lastApplication = newest(db, 'application')
      if (!first) tellCounts('new_applications', jobs)
      const posts = takeNews(db)
      if (posts > 0) announce(core, { kind: 'post_changed', count: posts })
      tellOfApprovals()
      first = false
    },
  }
}
