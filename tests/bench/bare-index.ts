import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { indexMigrations } from '../../electron/core/accounts/account-files.ts'
import { toDocument } from '../../electron/core/search/bigrams.ts'
import { openDatabase } from '../../electron/core/store/open-store.ts'
import { timed } from './figures.ts'

/** An encrypted index of the same form that nothing but a loop of inserts fills. */
export const openBareIndex = (folder: string) => {
  const index = openDatabase({
    path: join(folder, 'index.db'),
    key: randomBytes(32),
    profile: 'index',
    migrations: indexMigrations,
  })
  return {
    /** Milliseconds. */
    add: (texts: readonly string[]): number =>
      timed(() => {
        for (let start = 0; start < texts.length; start += 50) {
          index.db.transaction(() => {
            for (const text of texts.slice(start, start + 50))
              index.db.run('INSERT INTO document (tokens) VALUES (?)', toDocument(text))
          })
        }
      }),
    close: () => {
      index.close()
    },
  }
}
