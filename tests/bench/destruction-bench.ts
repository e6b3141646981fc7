import { readFileSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { decryptJournal, decryptPages } from '../../electron/core/store/decrypt-pages.ts'
import type { OpenDatabase } from '../../electron/core/store/open-store.ts'
import { atMost, median, quantile, timed, timedAsync, type Result } from './figures.ts'
import { openFilledCore, type FilledCore } from './filled-core.ts'
import type { BenchContext, Place } from './place.ts'
import { makeChanges } from './synthetic-changes.ts'

const count = 40
/** People of the small workspace that the filled one is held against. */
const few = 1000
const chunk = 64 * 1024
const chunks = 5

type Victim = { readonly id: string; readonly record_id: string; readonly phrase: string }

/** Invented people only: those of the hub have several applications and share phrases. Each with a phrase that stands in nobody else's text. */
const chooseVictims = ({ account: { store, index } }: FilledCore): Victim[] =>
  index.reader
    .all<{ record_id: string; text: string }>(
      `SELECT lr.record_id, dt.text FROM list_row lr JOIN document_text dt ON dt.row_id = lr.id
       WHERE lr.id % 23 = 5 ORDER BY lr.id LIMIT ?`,
      count,
    )
    .flatMap(({ record_id, text }) => {
      const application = store.reader.get<{ id: string }>(
        "SELECT id FROM application WHERE record_id = ? AND id LIKE 'app-bench-%'",
        record_id,
      )
      return application === undefined ? [] : [{ id: application.id, record_id, phrase: text.slice(100, 130) }]
    })

/** A file of 320 KB in the form that a fetch leaves it in; what is in it does not matter to whoever destroys it. */
const attach = ({ db }: OpenDatabase, { id, record_id }: Victim): void => {
  db.transaction(() => {
    db.run(
      `INSERT INTO attachment (id, record_id, application_id, media_type, size, sha256, fetched, sealed_name)
       VALUES (?, ?, ?, 'application/pdf', ?, '', ?, ?)`,
      `bench-${id}`,
      record_id,
      id,
      chunk * chunks,
      chunk * chunks,
      randomBytes(60),
    )
    for (let seq = 0; seq < chunks; seq += 1) {
      db.run(
        'INSERT INTO attachment_chunk (attachment_id, seq, sealed) VALUES (?, ?, ?)',
        `bench-${id}`,
        seq,
        randomBytes(chunk),
      )
    }
  })
}

/** Which of the needles stand in any page or frame, decrypted. */
const findResidue = (path: string, key: Uint8Array, needles: readonly string[]): string[] => {
  const file = readFileSync(path)
  const found = new Set<string>()
  for (const { bytes } of [...decryptPages(file, key), ...decryptJournal(readFileSync(`${path}-wal`), file, key)]) {
    for (const needle of needles) if (bytes.includes(needle)) found.add(needle)
  }
  return [...found]
}

const prepare = async (filled: FilledCore): Promise<Victim[]> => {
  const victims = chooseVictims(filled)
  for (const victim of victims) attach(filled.account.store, victim)
  await filled.account.retention.runDue()
  return victims
}

const destroy = async ({ account, call }: FilledCore, { id }: Victim): Promise<number> => {
  const time = await timedAsync(async () => {
    await call('retention.destroy_now', { application_ids: [id as never] })
    await account.retention.runDue()
  })
  await account.indexer.settle()
  return time
}

/** Where the small workspace lies; it is closed when the bench has ended. */
export const fewPlace = (place: Place): Place => ({ ...place, folder: (name) => place.folder(`few-${name}`) })

/** P5: from the order of a person to the certificate, in a filled workspace and, in turns with it, in one of `few` people. */
export const destructionBench = async (
  filled: FilledCore,
  { note, place }: BenchContext,
  of: string,
): Promise<Result[]> => {
  const { account, vault, running } = filled
  const small = await openFilledCore(fewPlace(place))
  small.apply(makeChanges('few', few, small.running.core.clock.now()))
  await small.account.indexer.settle()
  const [victims, others] = [await prepare(filled), await prepare(small)]
  const times: number[] = []
  const fewTimes: number[] = []
  for (const [turn, victim] of victims.entries()) {
    const other = others[turn]
    if (other !== undefined && turn % 2 === 0) fewTimes.push(await destroy(small, other))
    times.push(await destroy(filled, victim))
    if (other !== undefined && turn % 2 === 1) fewTimes.push(await destroy(small, other))
  }
  await small.running.stop('quit')
  for (const { connection } of [account.store, account.index]) connection.pragma('wal_checkpoint(TRUNCATE)')
  const paths = running.core.home.account(account.view.id)
  const needles = victims.flatMap(({ record_id, phrase }) => [record_id, phrase])
  const residue = (['store', 'index'] as const).flatMap((name) =>
    findResidue(paths[name], vault.keys[`${name}Key`](account.view.id), needles).map((needle) => ({ name, needle })),
  )
  const open = account.store.reader.all<{ state: string }>('SELECT state FROM destruction_job')
  for (const { name, needle } of residue)
    note(`trace in the ${name}: ${needles.indexOf(needle) % 2 === 0 ? 'a record id' : 'a phrase'}`)
  if (open.length > 0) note(`not finished: ${open.map(({ state }) => state).join(', ')}`)
  const vacuum = timed(() => account.index.connection.exec('VACUUM'))
  note(`one destruction ${median(times).toFixed(0)} ms, VACUUM of the index ${vacuum.toFixed(0)} ms`)
  return [
    atMost(
      'P5',
      `destroying one candidate ${of} with 320 KB of files, order to certificate, ms, p95`,
      100,
      quantile(times, 0.95),
    ),
    atMost(
      'P5',
      `destroying one candidate ${of} against of ${few.toLocaleString('en')}`,
      1.5,
      median(times) / median(fewTimes),
    ),
    atMost('P5', `traces of ${victims.length} destroyed candidates in store and index`, 0, residue.length),
  ]
}
