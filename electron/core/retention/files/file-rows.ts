import type { FileAnswer, FileProblem } from '../../../shared/domain/file-views.ts'
import type { EntryDraft } from '../../../shared/domain/ledger-entry.ts'
import type { LegalBasis } from '../../../shared/domain/vocabulary.ts'
import type { ReadableDb, WritableDb } from '../../store/database.ts'

/** `writing`: named before its first byte. `begun`, `emptied`: how far its end has come. The last three are over. */
export type FileRowState =
  'writing' | 'present' | 'begun' | 'emptied' | 'task' | 'destroyed' | 'answered' | 'handed_over'

export type FileRow = {
  readonly id: string
  /** Empty where several people stand in it, and once the person is destroyed and the file alone is left. */
  readonly record_id: string
  readonly application_id: string | null
  readonly sealed_path: Uint8Array
  readonly sha256: string
  readonly size: number
  readonly expires_at: number
  readonly state: FileRowState
  readonly kind: 'copy' | 'handover'
  readonly volume: string | null
  readonly inode: string | null
  readonly at: number | null
  readonly by: string | null
  readonly legal_basis: LegalBasis | null
  readonly problem: FileProblem | null
  readonly attempts: number
  readonly next_at: number | null
  readonly answer: FileAnswer | null
  readonly answered_at: number | null
  readonly answered_by: string | null
  readonly certificate: string | null
}

const over = "('destroyed', 'answered', 'handed_over')"

export const getFile = (db: ReadableDb, id: string): FileRow | undefined =>
  db.get<FileRow>('SELECT * FROM registered_file WHERE id = ?', id)

/** Files whose own time is over, or whose next try has come. */
export const listExpired = (db: ReadableDb, now: number): FileRow[] =>
  db.all<FileRow>(
    `SELECT * FROM registered_file WHERE state NOT IN ${over} AND expires_at <= ? AND coalesce(next_at, 0) <= ?
     ORDER BY expires_at, id`,
    now,
    now,
  )

/** Files that a person stands in, alone or among others; each names their application. */
export const listOfRecord = (db: ReadableDb, recordId: string): FileRow[] => [
  ...db.all<FileRow>('SELECT * FROM registered_file WHERE record_id = ? ORDER BY id', recordId),
  ...db
    .all<FileRow & { readonly part: string }>(
      `SELECT f.*, p.application_id AS part FROM registered_file_person p JOIN registered_file f ON f.id = p.file_id
       WHERE p.record_id = ? ORDER BY f.id`,
      recordId,
    )
    .map(({ part, ...row }): FileRow => ({ ...row, application_id: part })),
]

/** How many people stand in a file together; 0 where it is one person's own. */
export const countPeople = (db: ReadableDb, fileId: string): number =>
  db.get<{ n: number }>('SELECT count(*) AS n FROM registered_file_person WHERE file_id = ?', fileId)?.n ?? 0

/** Files that are not over: somewhere outside, or to be answered for. */
export const countOpenFiles = (db: ReadableDb): number =>
  db.get<{ n: number }>(`SELECT count(*) AS n FROM registered_file WHERE state NOT IN ${over}`)?.n ?? 0

/** Every file that is still to be destroyed or answered for, and every one whose certificate is still to come. */
export const listFiles = (db: ReadableDb): FileRow[] =>
  db.all<FileRow>(`SELECT * FROM registered_file ORDER BY state IN ${over}, problem IS NULL, expires_at, id`)

export const isOver = ({ state }: Pick<FileRow, 'state'>): boolean =>
  state === 'destroyed' || state === 'answered' || state === 'handed_over'

const minute = 60_000
const steps = [15 * minute, 60 * minute, 6 * 60 * minute, 24 * 60 * minute]

/** When a file is looked for again: soon at first, then once a day. */
export const nextTry = (attempts: number, now: number): number =>
  now + (steps[Math.min(attempts, steps.length - 1)] ?? 0)

/** What could not be done, inside the caller's transaction. What has to be answered by a person becomes a task. */
export const noteProblem = (db: WritableDb, row: FileRow, problem: FileProblem, now: number): void => {
  const task = problem === 'missing' || problem === 'changed'
  db.run(
    `UPDATE registered_file SET state = iif(?, 'task', state), problem = ?, attempts = attempts + 1, next_at = ? WHERE id = ?`,
    task ? 1 : 0,
    problem,
    nextTry(row.attempts, now),
    row.id,
  )
}

/** Ends a row: one whose person is here stays without its path until their certificate has counted it. */
export const settle = (
  db: WritableDb,
  row: Pick<FileRow, 'id' | 'record_id'>,
  state: 'destroyed' | 'answered',
  said?: {
    readonly answer: FileAnswer
    readonly basis?: LegalBasis | undefined
    readonly at: number
    readonly by: string
  },
): void => {
  if (row.record_id === '') {
    db.run('DELETE FROM registered_file WHERE id = ?', row.id)
    return
  }
  db.run(
    `UPDATE registered_file SET state = ?, sealed_path = x'', problem = NULL, next_at = NULL, answer = ?, legal_basis = ?,
       answered_at = ?, answered_by = ? WHERE id = ?`,
    state,
    said?.answer ?? null,
    said?.basis ?? null,
    said?.at ?? null,
    said?.by ?? null,
    row.id,
  )
}

/** What the log says of a file, once for each person in it: a code, and the certificate that had to leave it behind. */
export const fileEntries = (
  db: ReadableDb,
  row: FileRow,
  outcome: 'done' | 'denied',
  detail: string,
): readonly EntryDraft[] => {
  const people = db.all<{ platform: string; platform_id: string }>(
    `SELECT platform, platform_id FROM candidate WHERE record_id = ?
     UNION SELECT c.platform, c.platform_id FROM registered_file_person p JOIN candidate c ON c.record_id = p.record_id
           WHERE p.file_id = ?`,
    row.record_id,
    row.id,
  )
  const entry: EntryDraft = {
    action: 'destroyed',
    outcome,
    detail: `file ${detail} D21${row.certificate === null ? '' : ` ${row.certificate}`}`,
  }
  if (people.length === 0) return [entry]
  return people.map(({ platform, platform_id: id }) => ({ ...entry, subject: { platform, id } }))
}
