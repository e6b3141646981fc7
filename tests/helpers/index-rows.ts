import { indexMigrations } from '../../electron/core/accounts/account-files.ts'
import { eraseIndexRows } from '../../electron/core/retention/destruction-rows.ts'
import { toDocument } from '../../electron/core/search/bigrams.ts'
import { documentTable } from '../../electron/core/search/document-shards.ts'
import { namePinyin } from '../../electron/core/search/name-pinyin.ts'
import { openDatabase, type OpenDatabase } from '../../electron/core/store/open-store.ts'

export type IndexedRow = {
  readonly platform: string
  readonly newest_at: number
  readonly years: number
  readonly degree: string | null
  readonly city: string | null
  readonly school: string | null
  readonly salary: number
  readonly activity: number
  readonly due_at: number
  readonly skills: readonly string[]
  readonly applications: ReadonlyArray<{
    readonly job_id: string
    readonly stage: string
    readonly channel: string
    readonly score: number
  }>
  readonly text: string
  readonly name?: string
  /** What a row shows, as JSON; nothing where it is left out. */
  readonly projection?: string
}

export const memoryIndex = (): OpenDatabase =>
  openDatabase({ path: ':memory:', profile: 'index', migrations: indexMigrations })

/** Writes a row as the indexer writes it, in place of what was there under the record's id. */
export const putIndexRow = ({ db }: OpenDatabase, recordId: string, row: IndexedRow): void => {
  eraseIndexRows(db, recordId)
  const { lastInsertRowid: id } = db.run(
    `INSERT INTO list_row (record_id, platform, newest_at, years, degree, city, due_at, activity, school, salary, projection)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    recordId,
    row.platform,
    row.newest_at,
    row.years,
    row.degree,
    row.city,
    row.due_at,
    row.activity,
    row.school,
    row.salary,
    row.projection ?? '{}',
  )
  for (const skill of new Set(row.skills)) {
    db.run('INSERT INTO row_skill (row_id, skill, label) VALUES (?, ?, ?)', id, skill, skill)
  }
  for (const [i, { job_id, stage, channel, score }] of row.applications.entries()) {
    db.run(
      `INSERT INTO row_application (row_id, application_id, job_id, stage, channel, at, score) VALUES (?, ?, ?, ?, ?, 1, ?)`,
      id,
      `${recordId}-${i}`,
      job_id,
      stage,
      channel,
      score,
    )
  }
  for (const word of namePinyin(row.name ?? '')) db.run('INSERT INTO row_pinyin (row_id, word) VALUES (?, ?)', id, word)
  db.run(`INSERT INTO ${documentTable(id)} (rowid, tokens) VALUES (?, ?)`, id, toDocument(row.text))
  db.run('INSERT INTO document_text (row_id, text) VALUES (?, ?)', id, row.text)
}
