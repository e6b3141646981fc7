import { join } from 'node:path'
import { afterEach } from 'vitest'
import type { WritableDb } from '../../../../electron/core/store/database.ts'
import type { Migration } from '../../../../electron/core/store/migrate.ts'
import { openDatabase, type OpenDatabase } from '../../../../electron/core/store/open-store.ts'
import { temporaryFolder } from '../../../helpers/temporary-folder.ts'

export const opened: OpenDatabase[] = []
/** A new file in memory; closed when the test ends, as everything in `opened`. */
export const open = (profile: 'store' | 'index' | 'ledger', migrations: readonly Migration[]): OpenDatabase => {
  const database = openDatabase({ path: ':memory:', profile, migrations })
  opened.push(database)
  return database
}
afterEach(() => {
  for (const database of opened.splice(0)) database.close()
})

/** Tables that take values of any kind. */
export const looseTables = ({ reader }: OpenDatabase): string[] =>
  reader
    .all<{ name: string; sql: string }>("SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND sql IS NOT NULL")
    .filter(({ name, sql }) => !/^(document|sqlite_)/.test(name) && !/\) STRICT/.test(sql))
    .map(({ name }) => name)

/** A file as an earlier release left it (the one before, or that of the first `until` migrations), then opened by this one. */
export const grown = (
  profile: 'store' | 'index' | 'ledger',
  migrations: readonly Migration[],
  fill: (db: WritableDb) => void,
  until = migrations.length - 1,
) => {
  const path = join(temporaryFolder(), `${profile}.db`)
  const key = new Uint8Array(32).fill(3)
  const before = openDatabase({ path, key, profile, migrations: migrations.slice(0, until) })
  fill(before.db)
  before.close()
  const after = openDatabase({ path, key, profile, migrations })
  opened.push(after)
  return after
}
