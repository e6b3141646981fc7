import type { ThreadRow } from '../../shared/domain/messages.ts'
import { IpcError, refusalCodes } from '../../shared/ipc/ipc-error.ts'
import { liveOnly } from '../candidates/live-only.ts'
import type { SubjectRef } from '../context.ts'
import { Refusal, type ReaderCall } from '../handler.ts'
import type { ReadableDb } from '../store/database.ts'
import { openForMessages } from './send-message.ts'
import { threadRow } from './thread-view.ts'

export type ThreadFilter = {
  readonly filter: 'all' | 'unread' | 'waiting'
  readonly job_id?: string | undefined
  readonly limit: number
  readonly cursor?: string | undefined
}

type Row = { readonly id: string; readonly at: number }

const conditions: Readonly<Record<ThreadFilter['filter'], string>> = {
  all: '1',
  unread: `EXISTS (SELECT 1 FROM message u WHERE u.application_id = t.application_id AND u.author = 'candidate' AND u.read_at IS NULL)`,
  waiting: `t.author = 'candidate'`,
}

const readCursor = (cursor: string | undefined): Row => {
  if (cursor === undefined) return { at: Number.MAX_SAFE_INTEGER, id: '' }
  const [, at = '', id = ''] = /^(\d{1,16}) (.+)$/u.exec(cursor) ?? []
  if (id === '') throw new IpcError('E_INPUT', 'this is no place in the list')
  return { at: Number(at), id }
}

/** Conversations of live records, the one with the newest word first. */
const listThreads = (db: ReadableDb, { filter, job_id: jobId, limit, cursor }: ThreadFilter): Row[] => {
  const from = readCursor(cursor)
  return db.all<Row>(
    // From the newest word on, each conversation at its last one: a page is found without looking at all of them.
    `SELECT t.application_id AS id, t.at FROM message t CROSS JOIN application a ON a.id = t.application_id
     WHERE t.at <= ? AND (t.at < ? OR t.application_id > ?) AND (? IS NULL OR a.job_id = ?) AND ${liveOnly}
       AND NOT EXISTS (SELECT 1 FROM message n WHERE n.application_id = t.application_id AND (n.at, n.id) > (t.at, t.id))
       AND ${conditions[filter]}
     ORDER BY t.at DESC, t.application_id LIMIT ?`,
    from.at,
    from.at,
    from.id,
    jobId ?? null,
    jobId ?? null,
    limit + 1,
  )
}

export type ThreadPage = {
  readonly items: readonly ThreadRow[]
  readonly subjects: readonly SubjectRef[]
  readonly next: string | null
  readonly closed: number
}

/** One page of conversations; what a rule keeps closed now is counted and not shown. */
export const threadPage = (call: ReaderCall, wanted: ThreadFilter): ThreadPage => {
  const rows = listThreads(call.store, wanted)
  const page = rows.slice(0, wanted.limit)
  const items: ThreadRow[] = []
  const subjects: SubjectRef[] = []
  let closed = 0
  for (const { id } of page) {
    try {
      const place = openForMessages(call, id)
      const row = threadRow(call, place)
      if (row === null) continue
      items.push(row)
      subjects.push({ platform: place.candidate.platform, id: place.candidate.platform_id })
    } catch (error) {
      const refused = error instanceof Refusal || (error instanceof IpcError && refusalCodes.has(error.code))
      if (!refused) throw error
      closed += 1
    }
  }
  const last = page.at(-1)
  return { items, subjects, closed, next: rows.length > page.length && last ? `${last.at} ${last.id}` : null }
}

/** What the badge counts: words of candidates that nobody here has read, and how many conversations hold them. */
export const countUnread = (db: ReadableDb): { readonly unread: number; readonly threads: number } =>
  db.get<{ unread: number; threads: number }>(
    `SELECT count(*) AS unread, count(DISTINCT m.application_id) AS threads FROM message m
     JOIN application a ON a.id = m.application_id WHERE m.author = 'candidate' AND m.read_at IS NULL AND ${liveOnly}`,
  ) ?? { unread: 0, threads: 0 }
