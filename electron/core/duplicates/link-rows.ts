import type { SameKind } from '../../shared/domain/match-views.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { ReadableDb } from '../store/database.ts'

export type LinkRow = {
  readonly id: string
  readonly record_a: string
  readonly record_b: string
  readonly basis: string
  readonly verdict: 'linked' | 'distinct'
  readonly at: number
  readonly by: string
  readonly split_at: number | null
  readonly split_by: string | null
}

/** A pair has one order, so that it is found from both sides. */
export const ordered = (one: string, other: string): readonly [string, string] =>
  one < other ? [one, other] : [other, one]

/** Everything that was ever said of a record and another one, newest first; past links too. */
export const listLinks = (db: ReadableDb, recordId: string): LinkRow[] =>
  db.all<LinkRow>(
    `SELECT id, record_a, record_b, basis, verdict, at, by, split_at, split_by FROM record_link
     WHERE record_a = ? OR record_b = ? ORDER BY at DESC, rowid DESC`,
    recordId,
    recordId,
  )

export const otherOf = (link: LinkRow, recordId: string): string =>
  link.record_a === recordId ? link.record_b : link.record_a

/** What holds of a pair now, if anything was said and not taken back. */
export const standingLink = (db: ReadableDb, one: string, other: string): LinkRow | undefined => {
  const [a, b] = ordered(one, other)
  return db.get<LinkRow>(
    `SELECT id, record_a, record_b, basis, verdict, at, by, split_at, split_by FROM record_link
     WHERE record_a = ? AND record_b = ? AND split_at IS NULL`,
    a,
    b,
  )
}

/** @throws IpcError E_NOT_FOUND, E_CONFLICT for one that was ended before */
export const requireStanding = (db: ReadableDb, id: string): LinkRow => {
  const row = db.get<LinkRow>(
    `SELECT id, record_a, record_b, basis, verdict, at, by, split_at, split_by FROM record_link WHERE id = ?`,
    id,
  )
  if (row === undefined) throw new IpcError('E_NOT_FOUND', 'there is no such link (any more)')
  if (row.split_at !== null) throw new IpcError('E_CONFLICT', 'this link was ended before')
  return row
}

export const basisOf = (link: LinkRow): SameKind[] => JSON.parse(link.basis) as SameKind[]
