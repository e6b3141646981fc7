import { existsSync } from 'node:fs'
import { openKeptFiles } from '../accounts/account-files.ts'
import { listUsedSlots } from '../accounts/overdue.ts'
import type { Core, OpenVault } from '../context.ts'
import { listCertificates } from '../ledger/certificates.ts'
import { findTombstone } from '../ledger/tombstones.ts'
import { verifyCertificate } from '../retention/check-certificate.ts'
import { isRegistered } from '../retention/erasure-registry.ts'
import type { ReadableDb } from '../store/database.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'

export type StoreCheck = { readonly what: string; readonly ok: boolean; readonly found?: string }
export type StoreReport = { readonly ok: boolean; readonly checks: readonly StoreCheck[] }

const integrity = (db: ReadableDb): string =>
  db
    .all<{ integrity_check: string }>('SELECT integrity_check FROM pragma_integrity_check LIMIT 20')
    .map((row) => row.integrity_check)
    .join('; ')

const check = (what: string, found: string, wanted: string): StoreCheck =>
  found === wanted ? { what, ok: true } : { what, ok: false, found }

const unregistered = (file: 'store' | 'index' | 'ledger', db: ReadableDb): string =>
  db
    .all<{ name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table'")
    .filter(({ name }) => !isRegistered(file, name))
    .map(({ name }) => name)
    .join(' ')

const rows = (n: number): string => `${n} ${n === 1 ? 'row' : 'rows'}`

const everyKeyLives = (core: Core, db: ReadableDb): string => {
  const keystore = core.vault?.keystore
  const dead = ['candidate', 'application', 'quarantine']
    .flatMap((table) => db.all<{ key_slot: string }>(`SELECT key_slot FROM ${table}`))
    .filter(({ key_slot }) => keystore?.state(key_slot) !== 'live')
  return `${rows(dead.length)} without a key`
}

const parentless = (db: ReadableDb): string => {
  const found = db.get<{ n: number }>('SELECT count(*) AS n FROM pragma_foreign_key_check')?.n ?? 0
  return `${rows(found)} without ${found === 1 ? 'its' : 'their'} parent`
}

/** Rows of the index that stand for nobody; a record that is not indexed yet is none of them. */
const strays = (store: ReadableDb, index: ReadableDb): string => {
  const here = new Set(
    store.all<{ record_id: string }>('SELECT record_id FROM candidate').map(({ record_id }) => record_id),
  )
  const found = index
    .all<{ record_id: string }>('SELECT record_id FROM list_row')
    .filter((row) => !here.has(row.record_id))
  return `${rows(found.length)} of nobody`
}

/** Whoever was destroyed may only be here by an evidence that is newer (ZP-82). */
const revenants = (vault: OpenVault, store: ReadableDb): string => {
  const key = vault.keys.tombstoneKey()
  const people = store.all<{ platform: string; id: string; newest: number | null }>(
    `SELECT c.platform, c.platform_id AS id, max(a.evidence_at) AS newest FROM candidate c
     LEFT JOIN application a ON a.record_id = c.record_id GROUP BY c.record_id`,
  )
  const found = people.filter(({ platform, id, newest }) => {
    const tombstone = findTombstone(vault.ledgerDb.reader, key, { platform, id })
    return tombstone !== undefined && (newest ?? 0) <= tombstone.evidenceBefore
  })
  return `${found.length} destroyed people`
}

/** Live keys that no row of any account and no entry of the log needs. */
const spareKeys = ({ keystore, ledger }: OpenVault, used: ReadonlySet<string>): string => {
  const needed = new Set([...used, ...ledger.listSubjectSlots()])
  return `${keystore.listLive().filter(({ slot }) => !needed.has(slot)).length} keys without a row`
}

const falseCertificates = ({ ledger, ledgerDb }: OpenVault): string => {
  let [found, cursor] = [0, undefined as string | undefined]
  do {
    const page = listCertificates(ledgerDb.reader, { limit: 500, ...(cursor === undefined ? {} : { cursor }) })
    found += page.items.filter(({ json }) => verifyCertificate(json, ledger) !== null).length
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  return `${found} certificates that do not hold`
}

/**
 * Whether every file of the home is whole: SQLite's own check, the log's tree, a key for every row and a row for every key, nobody
 * who was destroyed, and no table that the erasure registry does not know. `deep` also rebuilds the log's root from its entries and
 * checks every certificate.
 */
export const checkStore = async (core: Core, deep: boolean): Promise<StoreReport> => {
  const { vault } = core
  if (vault === null) throw new IpcError('E_SESSION', 'unlock the vault first')
  const checks: StoreCheck[] = [
    check('ledger.db integrity', integrity(vault.ledgerDb.reader), 'ok'),
    check('ledger.db tables known to the erasure registry', unregistered('ledger', vault.ledgerDb.reader), ''),
    ...(deep
      ? [
          check('ledger tree', vault.ledger.verifySelf().verdict, 'valid'),
          check('certificates', falseCertificates(vault), '0 certificates that do not hold'),
        ]
      : []),
  ]
  await Promise.resolve()
  const used = new Set<string>()
  let whole = true
  for (const account of vault.accounts.list()) {
    const open = core.account?.view.id === account.id ? core.account : null
    if (open === null && !existsSync(core.home.account(account.id).store)) continue
    const files = open ?? openKeptFiles(core.home, vault.keys, vault.keystore, account.id)
    if (open?.keeps === false) whole = false
    for (const slot of listUsedSlots(files)) used.add(slot)
    try {
      checks.push(
        check(`${account.name} store.db integrity`, integrity(files.store.reader), 'ok'),
        check(`${account.name} index.db integrity`, integrity(files.index.reader), 'ok'),
        check(`${account.name} store.db tables known`, unregistered('store', files.store.reader), ''),
        check(`${account.name} index.db tables known`, unregistered('index', files.index.reader), ''),
        check(`${account.name} store.db parents`, parentless(files.store.reader), '0 rows without their parent'),
        check(`${account.name} index.db people`, strays(files.store.reader, files.index.reader), '0 rows of nobody'),
        check(`${account.name} tombstones`, revenants(vault, files.store.reader), '0 destroyed people'),
        ...(open?.keeps === false
          ? []
          : [check(`${account.name} keys`, everyKeyLives(core, files.store.reader), '0 rows without a key')]),
      )
    } finally {
      if (open === null) void files.close()
    }
  }
  // A headhunter's keys live in memory, and this account's own are not the home's.
  if (whole) checks.push(check('keys', spareKeys(vault, used), '0 keys without a row'))
  return { ok: checks.every((item) => item.ok), checks }
}
