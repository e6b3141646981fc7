import Database from 'better-sqlite3'
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { countRows, listPage } from '../../electron/core/candidates/list-query.ts'
import { applyKey, applyPragmas } from '../../electron/core/store/connection-pragmas.ts'
import { readableDb, type ReadableDb } from '../../electron/core/store/database.ts'
import { decryptPages } from '../../electron/core/store/decrypt-pages.ts'
import { seededRandom } from '../../electron/hub/sandbox/random.ts'
import { atMost, inTurns, median, timed, type Result } from './figures.ts'
import type { FilledCore } from './filled-core.ts'
import type { BenchContext } from './place.ts'
import { someQueries } from './search-bench.ts'

/** P1: the account's own index with its cipher against the same pages without one, both with the settings of every file. */
export const cipherBench = (
  { account, vault, running }: FilledCore,
  { place, note }: BenchContext,
  of: string,
): Result[] => {
  account.index.connection.pragma('wal_checkpoint(TRUNCATE)')
  const key = vault.keys.indexKey(account.view.id)
  const folder = place.folder('cipher')
  const paths = { sealed: join(folder, 'sealed.db'), plain: join(folder, 'plain.db') }
  copyFileSync(running.core.home.account(account.view.id).index, paths.sealed)
  writeFileSync(
    paths.plain,
    Buffer.concat([...decryptPages(readFileSync(paths.sealed), key)].map(({ bytes }) => bytes)),
  )
  const open = (side: 'sealed' | 'plain'): Database.Database => {
    const connection = new Database(paths[side])
    if (side === 'sealed') applyKey(connection, key)
    applyPragmas(connection, 'index', false)
    connection.prepare('SELECT count(*) FROM list_row').get()
    return connection
  }
  const openingTime = (side: Side): number => {
    const start = performance.now()
    const connection = open(side)
    const time = performance.now() - start
    connection.close()
    return time
  }
  const opened = inTurns(101, ...sides((side) => openingTime(side)))
  const connections = { sealed: open('sealed'), plain: open('plain') }
  const readers = { sealed: readableDb(connections.sealed), plain: readableDb(connections.plain) }
  const texts = readers.plain.all<{ text: string }>('SELECT text FROM document_text LIMIT 2000').map(({ text }) => text)
  const queries = someQueries(texts, 240)
  const cities = readers.plain.all<{ city: string }>('SELECT DISTINCT city FROM list_row WHERE city IS NOT NULL')
  const random = seededRandom('pages')
  const cursors = cities.flatMap(({ city }) => {
    const { next } = listPage(readers.plain, { city }, 'newest', random.int(50, 150), undefined)
    return next === null ? [] : [{ city, cursor: next }]
  })
  const page = (db: ReadableDb, round: number): number =>
    timed(() => {
      const { city, cursor } = cursors[round % cursors.length] ?? { city: '', cursor: undefined }
      for (const sort of ['newest', 'oldest', 'years', 'due'] as const) listPage(db, { city }, sort, 50, undefined)
      listPage(db, { city }, 'newest', 50, cursor)
    })
  const search = (db: ReadableDb, round: number): number =>
    timed(() => {
      for (const query of queries.slice((round % 40) * 6, (round % 40) * 6 + 6)) {
        listPage(db, { query }, 'newest', 50, undefined)
        countRows(db, { query })
      }
    })
  const warm = 40
  const pages = inTurns(120 + warm, ...sides((side, round) => page(readers[side], round)))
  const searches = inTurns(80 + warm, ...sides((side, round) => search(readers[side], round)))
  connections.sealed.close()
  connections.plain.close()
  const ratio = ({ a, b }: { readonly a: number[]; readonly b: number[] }, skip: number): number =>
    median(a.slice(skip)) / median(b.slice(skip))
  note(`opening takes ${median(opened.a).toFixed(2)} ms, without a cipher ${median(opened.b).toFixed(2)} ms`)
  return [
    atMost('P1', `search ${of}, encrypted against plain`, 1.25, ratio(searches, warm)),
    atMost('P1', `list page ${of}, encrypted against plain`, 2, ratio(pages, warm)),
    atMost('P1', 'opening a file up to its first answer, encrypted against plain', 1.3, ratio(opened, 3)),
  ]
}

type Side = 'sealed' | 'plain'
const sides = (work: (side: Side, round: number) => number): [(round: number) => number, (round: number) => number] => [
  (round) => work('sealed', round),
  (round) => work('plain', round),
]
