import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { indexMigrations } from '../../electron/core/accounts/account-files.ts'
import { toDocument } from '../../electron/core/search/bigrams.ts'
import type { ReadableDb } from '../../electron/core/store/database.ts'
import { openDatabase } from '../../electron/core/store/open-store.ts'
import { timed } from './figures.ts'

const documents = 2000

/** Documents a second that a loop puts into an encrypted index of the same form, from texts that are there already. */
export const bareIndexRate = (index: ReadableDb, folder: string): number => {
  const texts = index.all<{ text: string }>('SELECT text FROM document_text LIMIT ?', documents)
  const bare = openDatabase({
    path: join(folder, 'index.db'),
    key: randomBytes(32),
    profile: 'index',
    migrations: indexMigrations,
  })
  const time = timed(() => {
    for (let start = 0; start < texts.length; start += 50) {
      bare.db.transaction(() => {
        for (const { text } of texts.slice(start, start + 50))
          bare.db.run('INSERT INTO document (tokens) VALUES (?)', toDocument(text))
      })
    }
  })
  bare.close()
  return (texts.length / time) * 1000
}
