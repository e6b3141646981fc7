import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** One step of the protocol taken out of the sources: every `find` of the file becomes `replace`. */
export type Mutation = {
  readonly name: string
  /** From the project's root. */
  readonly file: string
  readonly find: string
  readonly replace: string
}

const rows = 'electron/core/retention/destruction-rows.ts'
const root = join(import.meta.dirname, '../../..')

/**
 * Deletions that nothing can be told by, because the rows go by another step as well: with their parent (`ON DELETE CASCADE`, as those of
 * the index do with theirs), or because they name the person twice and the whole person goes.
 */
const twice = [
  "table: 'pool_member', where: 'record_id = ?'",
  "table: 'aside_change', where: 'application_id = ?'",
  "table: 'aside_change', where: 'record_id = ?'",
  "where: seenAside('application_id = ?')",
  "where: seenAside('record_id = ?')",
]

/** Entries of the lists of what belongs to an application, a record and a person, as they stand in the source. */
const deletions = (): Mutation[] => {
  const source = readFileSync(join(root, rows), 'utf8')
  const entries = [...source.matchAll(/ {2}\{\s+table: '(\w+)',\s+where:.*?kind: [^}]*\},\n/gs)]
  return entries
    .filter(([text]) => !twice.some((one) => text.includes(one)))
    .map(([text, table]) => ({
      name: `rows of ${table}: ${/where: (.*?),\s+kind/s.exec(text)?.[1]?.slice(0, 70) ?? ''}`,
      file: rows,
      find: text,
      replace: '',
    }))
}

/** Every step of the protocol (`reliability.md` 4.2), each taken out by itself. */
export const erasureMutations = (): readonly Mutation[] => [
  {
    name: 'keys: the second mirror is not overwritten',
    file: 'electron/core/keys/slot-keystore.ts',
    find: "for (const mirror of ['a', 'b'] as const) {\n          try {\n            write(mirror, [[slot, bytes]])",
    replace: "for (const mirror of ['a'] as const) {\n          try {\n            write(mirror, [[slot, bytes]])",
  },
  {
    name: 'keys: none is overwritten',
    file: 'electron/core/retention/destroy-keys.ts',
    find: 'target.keystore.destroy(slot)',
    replace: 'void slot',
  },
  {
    name: 'rows: freed pages keep what was on them',
    file: 'electron/core/store/connection-pragmas.ts',
    find: "{ name: 'secure_delete', value: 'ON', expected: 1 }",
    replace: "{ name: 'secure_delete', value: 'OFF', expected: 0 }",
  },
  {
    name: 'index: the search keeps the terms of what was deleted',
    file: 'electron/core/store/migrations/index-0001-initial.ts',
    find: "INSERT INTO ${table} (${table}, rank) VALUES ('secure-delete', 1);",
    replace: '',
  },
  {
    name: 'journal: is never cut',
    file: 'electron/core/store/wal-checkpoint.ts',
    find: "connection.pragma('wal_checkpoint(TRUNCATE)') as",
    replace: '[{ busy: 0 }] as',
  },
  {
    name: 'index: none of its rows is deleted',
    file: 'electron/core/retention/destroy-candidate.ts',
    find: 'deleteIndexRows(index.db, job.record_id)',
    replace: 'void deleteIndexRows',
  },
  {
    name: 'index: the document stays in the search',
    file: rows,
    find: 'index.run(`DELETE FROM ${documentTable(rowId)} WHERE rowid = ?`, rowId)',
    replace: '',
  },
  ...deletions(),
  {
    name: 'rows: the resume itself',
    file: rows,
    find: "const { changes } = db.run('DELETE FROM candidate WHERE record_id = ?', job.record_id)",
    replace: 'const changes = 0',
  },
  {
    name: 'copies: none of the plain files is looked at',
    file: 'electron/core/retention/destroy-copies.ts',
    find: 'for (const row of ours) {',
    replace: 'for (const row of ours.slice(ours.length)) {',
  },
]
