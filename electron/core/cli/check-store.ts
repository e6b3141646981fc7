import { existsSync } from 'node:fs'
import { openKeptFiles } from '../accounts/account-files.ts'
import type { Core } from '../context.ts'
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

const everyKeyLives = (core: Core, db: ReadableDb): string => {
  const keystore = core.vault?.keystore
  const dead = ['candidate', 'application', 'quarantine']
    .flatMap((table) => db.all<{ key_slot: string }>(`SELECT key_slot FROM ${table}`))
    .filter(({ key_slot }) => keystore?.state(key_slot) !== 'live')
  return `${dead.length} rows without a key`
}

/**
 * Whether every file of the home is whole: SQLite's own check, the log's tree, a key for every row, and no table that the
 * erasure registry does not know. `deep` also rebuilds the log's root from its entries.
 */
export const checkStore = async (core: Core, deep: boolean): Promise<StoreReport> => {
  const { vault } = core
  if (vault === null) throw new IpcError('E_SESSION', 'unlock the vault first')
  const checks: StoreCheck[] = [
    check('ledger.db integrity', integrity(vault.ledgerDb.reader), 'ok'),
    check('ledger.db tables known to the erasure registry', unregistered('ledger', vault.ledgerDb.reader), ''),
    ...(deep ? [check('ledger tree', vault.ledger.verifySelf().verdict, 'valid')] : []),
  ]
  await Promise.resolve()
  for (const account of vault.accounts.list()) {
    const open = core.account?.view.id === account.id ? core.account : null
    if (open === null && !existsSync(core.home.account(account.id).store)) continue
    const files = open ?? openKeptFiles(core.home, vault.keys, vault.keystore, account.id)
    try {
      checks.push(
        check(`${account.name} store.db integrity`, integrity(files.store.reader), 'ok'),
        check(`${account.name} index.db integrity`, integrity(files.index.reader), 'ok'),
        check(`${account.name} store.db tables known`, unregistered('store', files.store.reader), ''),
        check(`${account.name} index.db tables known`, unregistered('index', files.index.reader), ''),
        ...(open?.keeps === false
          ? []
          : [check(`${account.name} keys`, everyKeyLives(core, files.store.reader), '0 rows without a key')]),
      )
    } finally {
      if (open === null) void files.close()
    }
  }
  return { ok: checks.every((item) => item.ok), checks }
}
