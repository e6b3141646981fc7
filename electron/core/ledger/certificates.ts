import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { ReadableDb, WritableDb } from '../store/database.ts'

/** A certificate of destruction as it was signed; `json` is its canonical text. */
export type StoredCertificate = {
  readonly id: string
  /** Milliseconds since 1970. */
  readonly at: number
  readonly subjectHash: string
  readonly json: string
}

const columns = 'id, at, subject_hash AS subjectHash, json'

/** Harmless when repeated with the same id: the first one stays. */
export const insertCertificate = (db: WritableDb, certificate: StoredCertificate): void => {
  db.run(
    'INSERT INTO certificate (id, at, subject_hash, json) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO NOTHING',
    certificate.id,
    certificate.at,
    certificate.subjectHash,
    certificate.json,
  )
}

export const getCertificate = (db: ReadableDb, id: string): StoredCertificate | undefined =>
  db.get<StoredCertificate>(`SELECT ${columns} FROM certificate WHERE id = ?`, id)

/** Newest first; the cursor is opaque. */
export const listCertificates = (
  db: ReadableDb,
  page: { readonly limit: number; readonly cursor?: string },
): { readonly items: StoredCertificate[]; readonly nextCursor: string | null } => {
  const [at, id] = page.cursor?.split('|') ?? []
  const from = at === undefined ? Number.MAX_SAFE_INTEGER : Number(at)
  if (!Number.isSafeInteger(from)) throw new IpcError('E_INPUT', 'not a cursor of this list', { fields: 'cursor' })
  const items = db.all<StoredCertificate>(
    `SELECT ${columns} FROM certificate WHERE (at, id) < (?, ?) ORDER BY at DESC, id DESC LIMIT ?`,
    from,
    id ?? '',
    page.limit,
  )
  const last = items.at(-1)
  return { items, nextCursor: last !== undefined && items.length === page.limit ? `${last.at}|${last.id}` : null }
}

export const countCertificates = (db: ReadableDb): number =>
  db.get<{ count: number }>('SELECT count(*) AS count FROM certificate')?.count ?? 0
