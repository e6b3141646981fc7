import type { KeyObject } from 'node:crypto'
import type { ConsultMessage, ConsultThread } from '../../shared/domain/consultations.ts'
import type { SensitiveKind } from '../../shared/text/find-sensitive.ts'
import { openBox, sealBox } from '../keys/sealed-box.ts'
import { aad, fromSealable, toSealable } from '../keys/sealed-columns.ts'
import type { ReadableDb, WritableDb } from '../store/database.ts'

type Words = { readonly alias: string; readonly topic?: string; readonly text?: string }

export type ConsultationRow = {
  readonly id: string
  readonly thread_id: string
  readonly at: number
  readonly author: 'user' | 'institution'
  readonly state: ConsultMessage['state']
  readonly hidden: string | null
  readonly read_at: number | null
  readonly sealed: Uint8Array
}

export type ConsultationDraft = Pick<ConsultationRow, 'id' | 'thread_id' | 'at' | 'author' | 'state'> &
  Words & { readonly hidden: readonly SensitiveKind[] }

const aadOf = (id: string): string => aad('consultation', 'sealed', id)

/** Puts a word into its talk. What is hidden is not kept either (QY-24). */
export const putConsultation = (db: WritableDb, key: KeyObject, draft: ConsultationDraft): void => {
  const { alias, topic, text, hidden } = draft
  const words: Words = {
    alias,
    ...(topic === undefined ? {} : { topic }),
    ...(text === undefined || hidden.length > 0 ? {} : { text }),
  }
  db.run(
    `INSERT INTO consultation (id, thread_id, at, author, state, hidden, sealed) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET at = excluded.at, state = excluded.state, hidden = excluded.hidden,
       sealed = excluded.sealed`,
    draft.id,
    draft.thread_id,
    draft.at,
    draft.author,
    draft.state,
    hidden.length === 0 ? null : JSON.stringify(hidden),
    sealBox(key, aadOf(draft.id), toSealable(words)),
  )
}

export const openWords = (key: KeyObject, row: Pick<ConsultationRow, 'id' | 'sealed'>): Words =>
  fromSealable(openBox(key, aadOf(row.id), row.sealed)) as Words

/** Oldest first. */
export const listOfThread = (db: ReadableDb, thread: string): ConsultationRow[] =>
  db.all<ConsultationRow>('SELECT * FROM consultation WHERE thread_id = ? ORDER BY at, id', thread)

/** What became of an answer that waited for the hub. */
export const settleConsultation = (db: WritableDb, id: string, state: 'sent' | 'refused'): void => {
  db.run(`UPDATE consultation SET state = ? WHERE id = ? AND state = 'queued'`, state, id)
}

export const threadOf = (key: KeyObject, rows: readonly ConsultationRow[]): ConsultThread | undefined => {
  const last = rows.at(-1)
  const asked = rows.findLast(({ author }) => author === 'user') ?? last
  if (last === undefined || asked === undefined) return undefined
  const { alias, topic } = openWords(key, asked)
  return {
    id: last.thread_id,
    alias,
    ...(topic === undefined ? {} : { topic }),
    at: last.at,
    messages: rows.length,
    unread: rows.filter(({ author, read_at: read }) => author === 'user' && read === null).length,
    waiting: last.author === 'user',
  }
}

/** The newest first; at most 500. */
export const listThreads = (db: ReadableDb, key: KeyObject): ConsultThread[] =>
  db
    .all<{ thread_id: string }>(
      `SELECT c.thread_id FROM consultation c
       WHERE NOT EXISTS (SELECT 1 FROM consultation n WHERE n.thread_id = c.thread_id AND (n.at, n.id) > (c.at, c.id))
       ORDER BY c.at DESC LIMIT 500`,
    )
    .flatMap(({ thread_id: id }) => threadOf(key, listOfThread(db, id)) ?? [])

export const messageOf = (key: KeyObject, row: ConsultationRow): ConsultMessage => {
  const { text } = openWords(key, row)
  return {
    id: row.id,
    at: row.at,
    author: row.author,
    state: row.state,
    ...(text === undefined ? {} : { text }),
    hidden: row.hidden === null ? [] : (JSON.parse(row.hidden) as SensitiveKind[]),
  }
}
