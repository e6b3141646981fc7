import type { ThreadRow } from '../../shared/domain/messages.ts'
import { IpcError, refusalCodes } from '../../shared/ipc/ipc-error.ts'
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
  unread: `EXISTS (SELECT 1 FROM message u WHERE u.application_id = t.id AND u.author = 'candidate' AND u.read_at IS NULL)`,
  waiting: `(SELECT author FROM message l WHERE l.application_id = t.id ORDER BY l.at DESC, l.id DESC LIMIT 1) = 'candidate'`,
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
    `SELECT t.id, t.at FROM (
       SELECT m.application_id AS id, max(m.at) AS at FROM message m
       JOIN application a ON a.id = m.application_id JOIN candidate c ON c.record_id = a.record_id
       WHERE c.life = 'live' AND (? IS NULL OR a.job_id = ?) GROUP BY m.application_id) t
     WHERE (t.at < ? OR (t.at = ? AND t.id > ?)) AND ${conditions[filter]} ORDER BY t.at DESC, t.id LIMIT ?`,
    jobId ?? null,
    jobId ?? null,
    from.at,
    from.at,
    from.id,
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
     JOIN application a ON a.id = m.application_id JOIN candidate c ON c.record_id = a.record_id
     WHERE m.author = 'candidate' AND m.read_at IS NULL AND c.life = 'live'`,
  ) ?? { unread: 0, threads: 0 }
