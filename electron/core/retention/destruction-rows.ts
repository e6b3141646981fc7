import { documentTable } from '../search/document-shards.ts'
import type { WritableDb, ReadableDb } from '../store/database.ts'

export type DestructionJob = {
  readonly id: string
  readonly platform: string
  readonly platform_id: string
  readonly record_id: string
  readonly record_slot: string | null
  readonly reason: string
  readonly clause: string
  readonly due_at: number
  readonly state: string
  readonly started_at: number
  readonly attempts: number
  readonly counts: string
  readonly left_behind: number
  readonly handed_over: string
  readonly entry_nonce: string | null
}

export type DestructionPart = { readonly application_id: string; readonly key_slot: string }

/** Oldest first; of one moment, parts of a person before the one that takes the person. */
export const listOpenJobs = (db: ReadableDb): DestructionJob[] =>
  db.all<DestructionJob>('SELECT * FROM destruction_job ORDER BY started_at, record_slot IS NOT NULL, id')

export const listParts = (db: ReadableDb, jobId: string): DestructionPart[] =>
  db.all<DestructionPart>('SELECT application_id, key_slot FROM destruction_part WHERE job_id = ?', jobId)

/** Orders that are still known after what they were about is gone: applied again they would bring its id back. */
const notOrders = "type NOT IN ('deletion_notice', 'lifecycle')"
const seenAside = (where: string): string =>
  `(type, id) IN (SELECT type, id FROM aside_change WHERE ${where} AND ${notOrders})`

/**
 * What belongs to one application; children before parents. With a row goes the memory of having seen it, so that it is looked
 * at again should the hub send it after a later delivery.
 */
const ofApplication = [
  {
    table: 'seen_rev',
    where: "type = 'attachment' AND id IN (SELECT id FROM attachment WHERE application_id = ?)",
    kind: null,
  },
  {
    table: 'attachment_chunk',
    where: 'attachment_id IN (SELECT id FROM attachment WHERE application_id = ?)',
    kind: null,
  },
  { table: 'attachment', where: 'application_id = ?', kind: 'attachments' },
  { table: 'mention', where: 'application_id = ?', kind: null },
  { table: 'intake_delivery', where: 'application_id = ?', kind: null },
  { table: 'seen_rev', where: "type = 'note' AND id IN (SELECT id FROM note WHERE application_id = ?)", kind: null },
  {
    table: 'seen_rev',
    where: "type = 'scorecard' AND id IN (SELECT id FROM scorecard WHERE application_id = ?)",
    kind: null,
  },
  { table: 'note', where: 'application_id = ?', kind: 'notes' },
  { table: 'stage_move', where: 'application_id = ?', kind: null },
  { table: 'scorecard', where: 'application_id = ?', kind: 'scorecards' },
  { table: 'assignment', where: 'application_id = ?', kind: null },
  { table: 'background_check', where: 'application_id = ?', kind: 'background_checks' },
  { table: 'interview', where: 'application_id = ?', kind: 'interviews' },
  {
    table: 'seen_rev',
    where: "type = 'message' AND id IN (SELECT id FROM message WHERE application_id = ?)",
    kind: null,
  },
  { table: 'message', where: 'application_id = ?', kind: 'messages' },
  { table: 'ai_output', where: 'application_id = ?', kind: 'ai_outputs' },
  { table: 'outbox', where: 'application_id = ?', kind: 'queued' },
  { table: 'seen_rev', where: seenAside('application_id = ?'), kind: null },
  { table: 'aside_change', where: 'application_id = ?', kind: 'messages' },
  { table: 'seen_rev', where: "type = 'application' AND id = ?", kind: null },
] as const

/** What belongs to the person. */
const ofRecord = [
  { table: 'typed_reason', where: 'record_id = ?', kind: 'reasons' },
  { table: 'correction', where: 'record_id = ?', kind: null },
  {
    table: 'seen_rev',
    where: "type = 'approval' AND id IN (SELECT id FROM approval WHERE record_id = ?)",
    kind: null,
  },
  { table: 'approval', where: 'record_id = ?', kind: 'approvals' },
  // Its trigger leaves a count behind and nobody.
  { table: 'incident_person', where: 'record_id = ?', kind: null },
  { table: 'purpose', where: 'record_id = ?', kind: null },
  { table: 'record_link', where: 'record_a = ?', kind: null },
  { table: 'record_link', where: 'record_b = ?', kind: null },
  { table: 'pool_member', where: 'record_id = ?', kind: 'pool_memberships' },
  {
    table: 'seen_rev',
    where: "type = 'share' AND id IN (SELECT id FROM share_act WHERE record_id = ?)",
    kind: null,
  },
  { table: 'share_act', where: 'record_id = ?', kind: 'shares' },
  { table: 'outbox', where: 'record_id = ?', kind: 'queued' },
  { table: 'seen_rev', where: seenAside('record_id = ?'), kind: null },
  { table: 'aside_change', where: 'record_id = ?', kind: 'messages' },
] as const

/** Papers that show who asked: sealed under the person's key too, and so of no use any more. */
const ofRequests = [
  {
    table: 'request_paper',
    where: 'request_id IN (SELECT id FROM subject_request WHERE platform_id = ?)',
    kind: 'identity_papers',
  },
] as const

/** What names the person by the platform's id. */
const ofPlatformId = [
  ...ofRequests,
  { table: 'seen_rev', where: seenAside('candidate_id = ?'), kind: null },
  { table: 'aside_change', where: 'candidate_id = ?', kind: 'messages' },
  {
    table: 'seen_rev',
    where: "type = 'consent' AND id IN (SELECT id FROM consent WHERE platform_id = ?)",
    kind: null,
  },
  { table: 'consent', where: 'platform_id = ?', kind: 'consents' },
  {
    table: 'seen_rev',
    where: "type = 'hold' AND id IN (SELECT id FROM legal_hold WHERE platform_id = ?)",
    kind: null,
  },
  { table: 'legal_hold', where: 'platform_id = ?', kind: 'holds' },
  { table: 'seen_rev', where: "type = 'candidate' AND id = ?", kind: null },
] as const

/** A request stays for three years without whom it was about and without a word of it (D11); the hash of the log tells who asks. */
const forgetInRequests = (db: WritableDb, platformId: string, recordId: string): void => {
  db.run(
    `UPDATE subject_request SET platform_id = NULL, record_id = NULL, sealed = x'' WHERE platform_id = ? OR record_id = ?`,
    platformId,
    recordId,
  )
}

/** Every kind that a certificate and a preview count. */
export const countedKinds: readonly string[] = [
  ...new Set([...ofApplication, ...ofRecord, ...ofPlatformId].flatMap(({ kind }) => kind ?? [])),
  'applications',
  'resumes',
  'keys',
  'files',
  'files_destroyed',
  'files_changed',
  'files_missing',
  'files_unreachable',
  'files_handed_over',
  'files_said_destroyed',
  'files_said_other',
  'files_said_handed_over',
  'backups_destroyed',
  'backups_unreachable',
  'mails_deleted',
  'mails_left',
]

type Counts = Record<string, number>

type Erasing = { readonly table: string; readonly where: string; readonly kind: string | null }

const erase = (db: WritableDb, tables: readonly Erasing[], id: string, counts: Counts): void => {
  for (const { table, where, kind } of tables) {
    const { changes } = db.run(`DELETE FROM ${table} WHERE ${where}`, id)
    if (kind !== null && changes > 0) counts[kind] = (counts[kind] ?? 0) + changes
  }
}

/** Every slot whose key a job destroys. */
export const slotsOf = (job: DestructionJob, parts: readonly DestructionPart[]): string[] => [
  ...(job.record_slot === null ? [] : [job.record_slot]),
  ...parts.map((part) => part.key_slot),
]

/** Applications of the record that no destruction takes. */
export const listOthers = (db: ReadableDb, recordId: string): DestructionPart[] =>
  db.all<DestructionPart>(
    `SELECT a.id AS application_id, a.key_slot FROM application a
     WHERE a.record_id = ? AND NOT EXISTS (SELECT 1 FROM destruction_part p WHERE p.application_id = a.id)`,
    recordId,
  )

/** Deletes every row of the job in `store.db`, inside the caller's transaction, and counts what was there by kind. */
export const deleteStoreRows = (db: WritableDb, job: DestructionJob, parts: readonly DestructionPart[]): Counts => {
  const counts: Counts = {}
  for (const part of parts) {
    erase(db, ofApplication, part.application_id, counts)
    const { changes } = db.run('DELETE FROM application WHERE id = ?', part.application_id)
    if (changes > 0) counts.applications = (counts.applications ?? 0) + changes
  }
  if (job.record_slot === null) {
    db.run('UPDATE candidate SET version = version + 1 WHERE record_id = ?', job.record_id)
    return counts
  }
  erase(db, ofRecord, job.record_id, counts)
  erase(db, ofPlatformId, job.platform_id, counts)
  forgetInRequests(db, job.platform_id, job.record_id)
  const { changes } = db.run('DELETE FROM candidate WHERE record_id = ?', job.record_id)
  if (changes > 0) counts.resumes = changes
  return counts
}

/**
 * What `deleteStoreRows` would count, without deleting anything. A row that is found in two ways, as by application and by person,
 * is deleted once and counted once.
 */
export const countStoreRows = (
  db: ReadableDb,
  job: Pick<DestructionJob, 'record_id' | 'record_slot' | 'platform_id'>,
  parts: readonly DestructionPart[],
): Counts => {
  const ways = new Map<
    string,
    { readonly table: string; readonly kind: string; readonly found: Array<[string, string]> }
  >()
  const note = (tables: readonly Erasing[], id: string): void => {
    for (const { table, where, kind } of tables) {
      if (kind === null) continue
      const way = ways.get(table) ?? { table, kind, found: [] }
      way.found.push([where, id])
      ways.set(table, way)
    }
  }
  for (const part of parts) {
    note(ofApplication, part.application_id)
    note([{ table: 'application', where: 'id = ?', kind: 'applications' }], part.application_id)
  }
  if (job.record_slot !== null) {
    note(ofRecord, job.record_id)
    note(ofPlatformId, job.platform_id)
    note([{ table: 'candidate', where: 'record_id = ?', kind: 'resumes' }], job.record_id)
  }
  const counts: Counts = {}
  for (const { table, kind, found } of ways.values()) {
    const sql = `SELECT count(*) AS n FROM ${table} WHERE ${found.map(([where]) => `(${where})`).join(' OR ')}`
    const n = db.get<{ n: number }>(sql, ...found.map(([, id]) => id))?.n ?? 0
    if (n > 0) counts[kind] = (counts[kind] ?? 0) + n
  }
  return counts
}

/** Takes a row's text out of the search, inside the caller's transaction. */
export const eraseDocument = (index: WritableDb, rowId: number): void => {
  index.run(`DELETE FROM ${documentTable(rowId)} WHERE rowid = ?`, rowId)
}

/** Deletes what the index holds of a record but its text in the search; returns the row whose text that is. */
export const eraseListRow = (index: WritableDb, recordId: string): number | undefined => {
  const row = index.get<{ id: number }>('SELECT id FROM list_row WHERE record_id = ?', recordId)
  if (row === undefined) return undefined
  for (const table of ['document_text', 'row_application', 'row_skill', 'row_pinyin', 'person_hash', 'stale_row']) {
    index.run(`DELETE FROM ${table} WHERE row_id = ?`, row.id)
  }
  index.run('DELETE FROM list_row WHERE id = ?', row.id)
  return row.id
}

/** Deletes what the index holds of a record, FTS included, inside the caller's transaction. */
export const eraseIndexRows = (index: WritableDb, recordId: string): void => {
  const rowId = eraseListRow(index, recordId)
  if (rowId !== undefined) eraseDocument(index, rowId)
}

/** The same in a transaction of its own; a part that stays is indexed anew from the store. */
export const deleteIndexRows = (index: WritableDb, recordId: string): void => {
  index.transaction(() => {
    eraseIndexRows(index, recordId)
  })
}

/** Counts every row that the job should have removed; anything but zero means that the destruction is not done. */
export const countLeftovers = (
  db: ReadableDb,
  index: ReadableDb,
  job: DestructionJob,
  parts: readonly DestructionPart[],
): number => {
  const count = (source: ReadableDb, sql: string, id: string): number =>
    source.get<{ n: number }>(`SELECT count(*) AS n FROM ${sql}`, id)?.n ?? 0
  let left = 0
  for (const part of parts) {
    for (const { table, where } of ofApplication) left += count(db, `${table} WHERE ${where}`, part.application_id)
    left += count(db, 'application WHERE id = ?', part.application_id)
    left += count(index, 'row_application WHERE application_id = ?', part.application_id)
  }
  if (job.record_slot === null) return left
  for (const { table, where } of ofRecord) left += count(db, `${table} WHERE ${where}`, job.record_id)
  for (const { table, where } of ofPlatformId) left += count(db, `${table} WHERE ${where}`, job.platform_id)
  left += count(db, 'candidate WHERE record_id = ?', job.record_id)
  left += count(db, 'subject_request WHERE platform_id = ?', job.platform_id)
  left += count(db, 'subject_request WHERE record_id = ?', job.record_id)
  left += count(index, 'list_row WHERE record_id = ?', job.record_id)
  return left
}
