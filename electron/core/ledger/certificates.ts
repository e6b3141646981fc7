import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { ReadableDb, WritableDb } from '../store/database.ts'

/** A certificate of destruction as it was signed; `json` is its canonical text. */
export type StoredCertificate = {
  readonly id: string
  /** Milliseconds since 1970. */
  readonly at: number
  /** Of whom; empty for an order that took several. */
  readonly subjectHash: string
  readonly kind: 'single' | 'batch'
  readonly reason: string
  readonly json: string
}

const columns = 'id, at, subject_hash AS subjectHash, kind, reason, json'

/** Harmless when repeated with the same id: the first one stays. */
export const insertCertificate = (db: WritableDb, certificate: StoredCertificate): void => {
  db.run(
    `INSERT INTO certificate (id, at, subject_hash, kind, reason, json) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO NOTHING`,
    certificate.id,
    certificate.at,
    certificate.subjectHash,
    certificate.kind,
    certificate.reason,
    certificate.json,
  )
}

export const getCertificate = (db: ReadableDb, id: string): StoredCertificate | undefined =>
  db.get<StoredCertificate>(`SELECT ${columns} FROM certificate WHERE id = ?`, id)

/** Which certificates are meant: of a kind, for a reason, of a time (milliseconds, the end left out). */
export type CertificateFilter = {
  readonly kind?: StoredCertificate['kind'] | undefined
  readonly reason?: string | undefined
  readonly from?: number | undefined
  readonly to?: number | undefined
}

const filtered = ({ kind, reason, from, to }: CertificateFilter) => {
  const parts = [
    { sql: 'kind = ?', value: kind },
    { sql: 'reason = ?', value: reason },
    { sql: 'at >= ?', value: from },
    { sql: 'at < ?', value: to },
  ].flatMap(({ sql, value }) => (value === undefined ? [] : [{ sql, value }]))
  return { where: ['TRUE', ...parts.map(({ sql }) => sql)].join(' AND '), params: parts.map(({ value }) => value) }
}

/** Newest first; the cursor is opaque. */
export const listCertificates = (
  db: ReadableDb,
  page: CertificateFilter & { readonly limit: number; readonly cursor?: string | undefined },
): { readonly items: StoredCertificate[]; readonly nextCursor: string | null } => {
  const [at, id] = page.cursor?.split('|') ?? []
  const from = at === undefined ? Number.MAX_SAFE_INTEGER : Number(at)
  if (!Number.isSafeInteger(from)) throw new IpcError('E_INPUT', 'not a cursor of this list', { fields: 'cursor' })
  const { where, params } = filtered(page)
  const items = db.all<StoredCertificate>(
    `SELECT ${columns} FROM certificate WHERE ${where} AND (at, id) < (?, ?) ORDER BY at DESC, id DESC LIMIT ?`,
    ...params,
    from,
    id ?? '',
    page.limit,
  )
  const last = items.at(-1)
  return { items, nextCursor: last !== undefined && items.length === page.limit ? `${last.at}|${last.id}` : null }
}

export const countCertificates = (db: ReadableDb, filter: CertificateFilter = {}): number => {
  const { where, params } = filtered(filter)
  return db.get<{ count: number }>(`SELECT count(*) AS count FROM certificate WHERE ${where}`, ...params)?.count ?? 0
}
