import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { memoryKeystore } from '../../electron/core/keys/memory-keystore.ts'
import { openLedger, type Actor } from '../../electron/core/ledger/ledger.ts'
import { ledgerMigrations } from '../../electron/core/ledger/migrations.ts'
import { entryTable } from '../../electron/core/ledger/month-table.ts'
import { sha256 } from '../../electron/core/ledger/node-ledger-crypto.ts'
import { listMonths } from '../../electron/core/ledger/tree-store.ts'
import type { ReadableDb } from '../../electron/core/store/database.ts'
import { openDatabase } from '../../electron/core/store/open-store.ts'
import type { EntryDraft } from '../../electron/shared/domain/ledger-entry.ts'
import { inclusionProof, nodeHash, type NodeReader } from '../../electron/shared/ledger/merkle.ts'
import { atLeast, atMost, inTurns, median, quantile, timed, type Result } from './figures.ts'
import type { BenchContext } from './place.ts'

const actor: Actor = { account: 'acc-1', role: 'hr', employer: 'emp-1', device: 'dev-1' }
const batch = 1000
const people = 2000

const draftFor = (number: number): EntryDraft => ({
  action: 'view',
  outcome: 'shown',
  subject: { platform: 'zhaopin', id: `cand-${number % people}` },
  job: 'job-1',
  fields: ['name', 'phone'],
  reason: 'screening',
  policy: { profile: 'zhaopin', version: '1', clause: 'ZP-21' },
})

/** A file with the log's cipher and settings; a plain table in it takes the rows of the baseline. */
const openFile = (folder: string) => {
  const file = openDatabase({
    path: join(folder, 'ledger.db'),
    key: randomBytes(32),
    profile: 'ledger',
    migrations: ledgerMigrations,
  })
  file.connection.exec('CREATE TABLE raw (i INTEGER PRIMARY KEY, subject INTEGER, leaf BLOB, entry TEXT) STRICT')
  return file
}

/** A tree of which nothing is stored but its leaves. */
const readLeavesOnly = (db: ReadableDb): NodeReader => {
  const leaves = listMonths(db)
    .flatMap(({ month }) => db.all<{ leaf: Uint8Array }>(`SELECT leaf FROM ${entryTable(month)} ORDER BY i`))
    .map((row) => row.leaf)
  const read: NodeReader = (level, index) =>
    level === 0
      ? (leaves[index] ?? new Uint8Array(32))
      : nodeHash(sha256, read(level - 1, index * 2), read(level - 1, index * 2 + 1))
  return read
}

/** P7 and P8: the view log against bare inserts and against computing the tree anew, with as many entries as `--scale` says. */
export const ledgerBench = ({ place, note, scale: size }: BenchContext): Result[] => {
  const file = openFile(place.folder('ledger'))
  const bare = openFile(place.folder('bare-rows'))
  const ledger = openLedger({
    db: file.db,
    keystore: memoryKeystore(),
    sealKey: randomBytes(32),
    clock: { now: () => Date.now() },
    randomBytes: (length) => randomBytes(length),
  })
  const drafts = Array.from({ length: batch }, (_, number) => draftFor(number))
  // Every subject has its key: a key a person is made once, not once an entry.
  for (let start = 0; start < people; start += batch) {
    ledger.append(
      actor,
      Array.from({ length: batch }, (_, number) => draftFor(start + number)),
    )
  }
  const rows = ledger.list({ limit: batch, cursor: null }).items.map(({ canonical }) => canonical)
  const leaf = randomBytes(32)
  let last = 0
  const insert = (): void => {
    bare.db.transaction(() => {
      for (const row of rows) {
        bare.db.run(
          'INSERT INTO raw (i, subject, leaf, entry) VALUES (?, ?, ?, ?)',
          (last += 1),
          last % people,
          leaf,
          row,
        )
      }
    })
  }
  const rounds = (size - people) / batch
  const turns = inTurns(
    rounds,
    () => timed(() => ledger.append(actor, drafts)),
    () => timed(insert),
  )
  note(`a batch of ${batch}: ${median(turns.a).toFixed(1)} ms in the log, ${median(turns.b).toFixed(1)} ms bare`)
  const singles = Array.from({ length: 300 }, (_, number) => timed(() => ledger.append(actor, [draftFor(number)])))

  const total = ledger.size()
  const someIndex = (number: number): number => (number * 7919) % total
  const proofs = Array.from({ length: 500 }, (_, number) =>
    timed(() => ledger.inclusionProof(someIndex(number), total)),
  )
  const recomputed = Array.from({ length: 3 }, (_, number) =>
    timed(() => inclusionProof(sha256, readLeavesOnly(file.reader), someIndex(number), total)),
  )
  const { verdict } = ledger.verifySelf()
  const verified = timed(() => ledger.verifySelf())
  if (!['ok', 'unwitnessed'].includes(verdict)) note(`the log's own verdict is ${verdict}`)
  file.close()
  bare.close()
  const share = median(turns.b.map((time, round) => time / (turns.a[round] ?? NaN)))
  const at = `at ${total.toLocaleString('en')} entries`
  return [
    atLeast('P7', 'log appends in batches of 1,000 against bare inserts of the same bytes, by rate', 0.5, share),
    atMost('P7', 'one durable log entry, ms, p95', 2, quantile(singles, 0.95)),
    atMost('P8', `proof of an entry ${at}, ms, p95`, 10, quantile(proofs, 0.95)),
    // Recomputing and verifying grow with the log, the stored proof does not: 500 times and 6 s at a million.
    atLeast(
      'P8',
      `stored proof against recomputing it ${at}, times faster`,
      size / 2000,
      median(recomputed) / median(proofs),
    ),
    atMost('P8', `verifying all ${at}, s`, (6 * size) / 1_000_000, verified / 1000),
  ]
}
