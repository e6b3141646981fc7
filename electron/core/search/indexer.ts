import { IpcError } from '../../shared/ipc/ipc-error.ts'
import {
  flagsOf,
  getCandidate,
  listApplications,
  type ApplicationRecord,
  type CandidateRecord,
} from '../candidates/candidate-rows.ts'
import type { Listing } from '../candidates/listing.ts'
import { activityOf } from '../candidates/insights.ts'
import { openPerson, type Person } from '../candidates/person.ts'
import { noScore } from '../matching/fit-of.ts'
import type { RecordMatching } from '../matching/record-matching.ts'
import type { Keystore } from '../keys/keystore-port.ts'
import { eraseDocument, eraseListRow } from '../retention/destruction-rows.ts'
import type { ReadableDb } from '../store/database.ts'
import type { OpenDatabase } from '../store/open-store.ts'
import { mapSqliteError } from '../store/sqlite-error.ts'
import { toDocument } from './bigrams.ts'
import { documentTable, documentTablesUpTo, mergeStep } from './document-shards.ts'
import { namePinyin, surnameOfAlias } from './name-pinyin.ts'
import { listProjection, narrowed, searchableText, type ListProjection } from './list-projection.ts'

/** Sorted behind everybody who has a value. */
export const noYears = -1
export const noDue = Number.MAX_SAFE_INTEGER
export const noActivity = -1
export const noSalary = -1

export type Indexer = {
  /** Something changed: catch up soon. */
  poke(): void
  /** Resolves when everything that was changed until now is indexed. */
  settle(): Promise<void>
  /** Records that the search does not find yet. */
  countBehind(): number
  close(): Promise<void>
}

export type IndexerOptions = {
  readonly store: OpenDatabase
  readonly index: OpenDatabase
  readonly keystore: Keystore
  /** The applications that there are for this account; all of them where nothing is said. */
  readonly applicationsFor?: (applications: readonly ApplicationRecord[]) => readonly ApplicationRecord[]
  /** How much of a record this account's lists may know of. */
  readonly listing: (
    db: ReadableDb,
    candidate: CandidateRecord,
    applications: readonly ApplicationRecord[],
    person: Person,
  ) => Listing
  /** Scores of the applications, and hashes by which the same person is found; none where it is left out. */
  readonly matching?: (
    db: ReadableDb,
    candidate: CandidateRecord,
    applications: readonly ApplicationRecord[],
    person: Person,
  ) => RecordMatching
  readonly onChanged: () => void
  /** Ids and codes only. */
  readonly onFailure: (code: string) => void
}

/** A code or a class; an error's words may quote the record. */
const nameOf = (error: unknown): string =>
  error instanceof IpcError ? error.code : error instanceof Error ? error.name : 'unknown'

/** A school to filter by; what is longer than a name of one, or holds something masked, is none. */
const schoolOf = ({ school }: ListProjection): string | null =>
  school === null || school.length > 60 || school.includes('*') ? null : school

/** A disk or a file that fails does so for every record: the batch waits for a better time. */
const concernsAll = (error: unknown): boolean =>
  !(error instanceof IpcError) && ['E_DISK', 'E_DAMAGED', 'E_IN_USE'].includes(mapSqliteError(error).code)

/** Small enough that a call of the window never waits long behind one; each commit costs FTS5 a segment to merge later. */
const batch = 40

/**
 * Keeps `index.db` up with `store.db`. It runs on core's own thread in small batches and not in a worker: a batch that was on
 * its way to another thread could bring back a row that a destruction had just removed (docs/decisions.md).
 */
export const createIndexer = ({
  store,
  index,
  keystore,
  listing,
  matching,
  onChanged,
  onFailure,
  ...options
}: IndexerOptions): Indexer => {
  const applicationsFor = options.applicationsFor ?? ((applications: readonly ApplicationRecord[]) => applications)
  let running: Promise<void> | null = null
  let closed = false

  /**
   * What a batch takes out of the search and puts into it, done together at its end: FTS5 writes out what it has gathered whenever
   * another statement of the transaction could fail by itself, which would be a segment a person.
   */
  let erased: number[] = []
  let texts: Array<{ readonly rowId: number; readonly tokens: string }> = []
  const erase = (recordId: string): void => {
    const rowId = eraseListRow(index.db, recordId)
    if (rowId === undefined) return
    // What this very batch has put there is not in the search yet.
    if (texts.some((text) => text.rowId === rowId)) texts = texts.filter((text) => text.rowId !== rowId)
    else erased.push(rowId)
  }
  const writeTexts = (): void => {
    // By number, because FTS5 writes out at a number that is lower than the one before.
    for (const rowId of erased.toSorted((a, b) => a - b)) eraseDocument(index.db, rowId)
    for (const { rowId, tokens } of texts)
      index.db.run(`INSERT INTO ${documentTable(rowId)} (rowid, tokens) VALUES (?, ?)`, rowId, tokens)
  }

  /** Tables that are full, or were when the file was opened, and may lie in many pieces. */
  const newest = index.reader.get<{ id: number | null }>('SELECT max(id) AS id FROM list_row')?.id ?? 0
  const untidy = new Set(documentTablesUpTo(newest).filter((table) => table !== documentTable(newest)))
  let filling = documentTable(newest)
  const noteFull = (): void => {
    const last = texts.at(-1)
    if (last === undefined || documentTable(last.rowId) === filling) return
    untidy.add(filling)
    filling = documentTable(last.rowId)
    untidy.delete(filling)
  }
  let tidying: Promise<void> | null = null
  const tidyUp = async (): Promise<void> => {
    try {
      for (const table of untidy) {
        do {
          await new Promise((resolve) => setImmediate(resolve))
          // What nobody can find yet goes first.
          await running
          if (closed) return
        } while (untidy.has(table) && mergeStep(index.db, table))
        untidy.delete(table)
      }
    } catch (error) {
      onFailure(nameOf(error))
    } finally {
      tidying = null
    }
  }

  const write = (recordId: string): number | null => {
    const candidate = getCandidate(store.reader, recordId)
    if (candidate === undefined) return null
    const applications = applicationsFor(listApplications(store.reader, recordId))
    erase(recordId)
    if (candidate.life !== 'live' || applications.length === 0) return candidate.version
    const person = openPerson(store.reader, keystore, candidate)
    const listed = listing(store.reader, candidate, applications, person)
    if (!listed.row) return candidate.version
    const namePublic = (flagsOf(candidate).public_fields ?? []).includes('name')
    const whole = listProjection(person, applications, namePublic)
    // What the row may not show, no filter, facet or query may find either.
    const projection = narrowed(whole, listed)
    const text = searchableText(person, projection, listed)
    const due = applications.map((row) => row.due_at).filter((at) => at !== null)
    const { lastInsertRowid: rowId } = index.db.run(
      `INSERT INTO list_row (record_id, platform, newest_at, years, degree, city, due_at, activity, school, salary, projection)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      recordId,
      candidate.platform,
      Math.max(...applications.map((row) => row.at)),
      // Keys to sort by are never null, so that their indexes serve every page.
      projection.years ?? noYears,
      projection.degree,
      projection.city,
      due.length === 0 ? noDue : Math.min(...due),
      listed.insights ? activityOf(store.reader, keystore, candidate) : noActivity,
      schoolOf(projection),
      projection.salary?.[0] ?? noSalary,
      JSON.stringify(projection),
    )
    for (const label of projection.skills) {
      index.db.run('INSERT INTO row_skill (row_id, skill, label) VALUES (?, ?, ?)', rowId, label.toLowerCase(), label)
    }
    if (listed.name) {
      for (const word of namePinyin(projection.name_full ?? surnameOfAlias(projection.alias))) {
        index.db.run('INSERT INTO row_pinyin (row_id, word) VALUES (?, ?)', rowId, word)
      }
    }
    const matched = matching?.(store.reader, candidate, applications, person)
    for (const row of applications) {
      index.db.run(
        `INSERT INTO row_application (row_id, application_id, job_id, stage, channel, at, score)
         VALUES (?, ?, ?, ?, ?, ?, ?)`,
        rowId,
        row.id,
        row.job_id,
        row.stage,
        row.channel,
        row.at,
        matched?.scores.get(row.id) ?? noScore,
      )
    }
    for (const { kind, hash } of matched?.hashes ?? []) {
      index.db.run('INSERT OR IGNORE INTO person_hash (row_id, kind, hash) VALUES (?, ?, ?)', rowId, kind, hash)
    }
    index.db.run('INSERT INTO document_text (row_id, text) VALUES (?, ?)', rowId, text)
    texts.push({ rowId: Number(rowId), tokens: toDocument(text) })
    return candidate.version
  }

  /**
   * A record that cannot be read must not keep the others out of the search, whatever is wrong with it: it stays out of the index
   * until it changes, and is reported.
   */
  const tryWrite = (recordId: string): number | null => {
    try {
      return write(recordId)
    } catch (error) {
      if (concernsAll(error)) throw error
      onFailure(nameOf(error))
      // No savepoint a record, because FTS5 writes everything out at each: what a record left behind is taken away instead.
      erase(recordId)
      return getCandidate(store.reader, recordId)?.version ?? null
    }
  }

  const runBatch = (): number => {
    const rows = store.reader.all<{ record_id: string }>(
      `SELECT record_id FROM candidate WHERE indexed_version <> version LIMIT ${batch}`,
    )
    const done = index.db.transaction(() => {
      erased = []
      texts = []
      const written = rows.map(({ record_id }) => ({ record_id, version: tryWrite(record_id) }))
      writeTexts()
      return written
    })
    noteFull()
    store.db.transaction(() => {
      for (const { record_id, version } of done) {
        store.db.run('UPDATE candidate SET indexed_version = ?, rescore = 0 WHERE record_id = ?', version, record_id)
      }
    })
    return rows.length
  }

  /** A row that is to be made anew as a whole gets its scores with the rest. */
  const writeScores = (recordId: string): void => {
    const candidate = getCandidate(store.reader, recordId)
    const row = index.reader.get<{ id: number }>('SELECT id FROM list_row WHERE record_id = ?', recordId)
    if (candidate?.life !== 'live' || row === undefined) return
    const applications = applicationsFor(listApplications(store.reader, recordId))
    const scores = matching?.(
      store.reader,
      candidate,
      applications,
      openPerson(store.reader, keystore, candidate),
    ).scores
    for (const { id } of applications) {
      const score = scores?.get(id) ?? noScore
      index.db.run(
        'UPDATE row_application SET score = ? WHERE row_id = ? AND application_id = ? AND score <> ?',
        score,
        row.id,
        id,
        score,
      )
    }
  }

  const runScores = (): number => {
    const rows = store.reader.all<{ record_id: string }>(
      `SELECT record_id FROM candidate WHERE rescore = 1 LIMIT ${batch}`,
    )
    index.db.transaction(() => {
      for (const { record_id: id } of rows) {
        try {
          writeScores(id)
        } catch (error) {
          if (concernsAll(error)) throw error
          onFailure(nameOf(error))
        }
      }
    })
    store.db.transaction(() => {
      for (const { record_id: id } of rows) store.db.run('UPDATE candidate SET rescore = 0 WHERE record_id = ?', id)
    })
    return rows.length
  }

  const run = async (): Promise<void> => {
    try {
      let total = 0
      // Let whoever is waiting for core go first, between any two batches.
      for (let count = batch; count > 0 && !closed;) {
        await new Promise((resolve) => setImmediate(resolve))
        if (closed) return
        count = runBatch()
        if (count === 0) count = runScores()
        total += count
        if (total > 0 && (count === 0 || total % (batch * 10) === 0)) onChanged()
      }
    } catch (error) {
      onFailure(nameOf(error))
    } finally {
      running = null
    }
    if (untidy.size > 0 && !closed) tidying ??= tidyUp()
  }

  const poke = (): void => {
    if (!closed) running ??= run()
  }

  const countBehind = (): number =>
    store.reader.get<{ n: number }>('SELECT count(*) AS n FROM candidate WHERE indexed_version <> version')?.n ?? 0

  const isDone = (): boolean =>
    countBehind() === 0 && store.reader.get('SELECT 1 FROM candidate WHERE rescore = 1 LIMIT 1') === undefined

  return {
    poke,
    settle: async () => {
      for (let tries = 0; !isDone() && !closed && tries < 1000; tries += 1) {
        poke()
        await running
      }
    },
    countBehind,
    close: async () => {
      closed = true
      await running
      await tidying
    },
  }
}

/**
 * Has every row made again by other rules than it was made by. Until then a row is in no list, count or facet and answers no
 * query: it may hold what nobody may be told any more.
 */
export const relist = ({ store, index }: { readonly store: OpenDatabase; readonly index: OpenDatabase }): void => {
  index.db.run('INSERT OR IGNORE INTO stale_row (row_id) SELECT id FROM list_row')
  resetIndexedVersions(store)
}

/** Has the whole index made again, for a file that is damaged or of an older build. */
export const resetIndexedVersions = (store: OpenDatabase): void => {
  store.db.run('UPDATE candidate SET indexed_version = 0')
}
