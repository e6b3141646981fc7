import { existsSync, renameSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { storeMigrations } from '../accounts/account-files.ts'
import { contactReweigher, actorOf } from '../accounts/retention-target.ts'
import type { Core, OpenVault } from '../context.ts'
import { crashPoint } from '../crash-points.ts'
import { idAt, isSound, slotStates, stateAt } from '../keys/slot-format.ts'
import type { RegisteredAccount } from '../accounts/account-registry.ts'
import type { ReadableDb } from '../store/database.ts'
import { syncFile, syncFolder } from '../store/durable-file.ts'
import { accountFolder, listAccountFolders, type AccountPaths } from '../store/home-paths.ts'
import { mapSqliteError } from '../store/sqlite-error.ts'
import { openDatabase } from '../store/open-store.ts'
import { readEscrow, readEscrowSlots } from './escrow-file.ts'
import { settleRestoredFiles } from './settle-files.ts'
import { settleRestoredRequests } from './settle-requests.ts'
import { openManifest, type Manifest } from './manifest.ts'
import { deadKeys, planPurge, purge } from './purge-restored.ts'
import { besides, getRestoreOrigin, setRestoreOrigin, stagedPaths, type RestoreOrigin } from './staged-restore.ts'

type Work = Pick<Core, 'home' | 'profiles' | 'log'>

/** What came of a restore. */
export type Restored = {
  readonly account: string
  readonly sequence: number
  /** When the backup was made. */
  readonly at: number
  /** People who are there again. */
  readonly people: number
  /** People, and applications of others, that the backup held and that are not there any more. */
  readonly dropped: number
  readonly hub: RestoreOrigin['hub']
}

const slotTables = ['candidate', 'application', 'quarantine', 'destruction_part', 'request_paper'] as const

const usedSlots = (db: ReadableDb): Set<string> =>
  new Set(
    slotTables
      .flatMap((table) => db.all<{ key_slot: string }>(`SELECT key_slot FROM ${table}`))
      .map((row) => row.key_slot),
  )

/** The backup is a place where keys lie: destructions must find it, wherever it was taken from. */
const register = (vault: OpenVault, manifest: Manifest, origin: RestoreOrigin): void => {
  const { backups } = vault
  const known = backups.get(manifest.backup)
  if (known !== undefined && existsSync(known.path)) return
  backups.put({
    id: manifest.backup,
    account: manifest.account.id,
    path: origin.path,
    sequence: manifest.sequence,
    at: manifest.at,
    size: manifest.store.size,
    sha256: manifest.store.sha256,
    candidates: manifest.counts.candidates,
    applications: manifest.counts.applications,
    auto: known?.auto ?? false,
    state: 'ready',
    owes: false,
  })
}

/** Tombstones first, then keys, then rows. */
const settleStore = (
  work: Work,
  vault: OpenVault,
  account: AccountPaths,
  manifest: Manifest,
  known: RegisteredAccount,
) => {
  const staged = stagedPaths(account)
  // The home that made a backup has every key that may still be used; what it does not know, it has destroyed.
  const ours = manifest.device === vault.ledger.deviceId
  const live = ours
    ? []
    : readEscrowSlots(staged.keys).filter((slot) => isSound(slot) && stateAt(slot) === slotStates.live)
  const database = openDatabase({
    path: staged.db,
    key: vault.keys.storeKey(manifest.account.id),
    profile: 'store',
    migrations: storeMigrations,
    mustExist: true,
  })
  try {
    const { db, reader } = database
    const origin = getRestoreOrigin(reader)
    if (origin !== null) register(vault, manifest, origin)
    const plan = planPurge(reader, vault, deadKeys(vault, new Set(live.map((slot) => idAt(slot)))))
    const dropped = new Set([
      ...plan.people.map((person) => person.record_slot),
      ...reader
        .all<{ key_slot: string; record_id: string }>('SELECT key_slot, record_id FROM application')
        .filter((row) => plan.people.some((person) => person.record_id === row.record_id))
        .map((row) => row.key_slot),
    ])
    const used = usedSlots(reader)
    crashPoint('restore.purged')
    const wanted = live.filter((slot) => used.has(idAt(slot)) && !dropped.has(idAt(slot)))
    for (let from = 0; from < wanted.length; from += 2000) {
      vault.keystore.adoptSlots(vault.keys.escrowKey(), wanted.slice(from, from + 2000))
    }
    crashPoint('restore.keys')
    const reweigh = contactReweigher(known, { store: db, keystore: vault.keystore, profiles: work.profiles })
    db.transaction(() => {
      purge(db, plan)
      settleRestoredFiles(db, vault.ledgerDb.reader, ours)
      settleRestoredRequests(db, vault.ledgerDb.reader)
      for (const id of new Set(plan.applications.map((row) => row.record_id))) reweigh(id)
      db.run('UPDATE candidate SET indexed_version = 0, rescore = 0')
      setRestoreOrigin(db, null)
    })
    database.connection.pragma('wal_checkpoint(TRUNCATE)')
    const people = reader.get<{ n: number }>('SELECT count(*) AS n FROM candidate')?.n ?? 0
    return { people, dropped: plan.people.length + plan.applications.length, origin }
  } finally {
    database.close()
  }
}

const discard = (account: Pick<AccountPaths, 'dir'>): void => {
  const { db, keys, newDb, newKeys } = stagedPaths(account)
  for (const file of [db, ...besides(db), keys, newDb, ...besides(newDb), newKeys]) rmSync(file, { force: true })
}

const finish = (work: Work, vault: OpenVault, folder: string): Restored | null => {
  const dir = join(work.home.accounts, folder)
  const staged = stagedPaths({ dir })
  const escrow = existsSync(staged.db) && existsSync(staged.keys) ? readEscrow(staged.keys) : null
  // Begun and never decided, or left by somebody who then made a new home here: nothing has come of it.
  if (escrow === null || escrow.homeId !== vault.keys.homeId) {
    discard({ dir })
    return null
  }
  const manifest = openManifest(vault.keys.escrowKey(), escrow.backupId, escrow.manifest, basename(staged.keys))
  const { account } = manifest
  if (accountFolder(account.id) !== folder) {
    discard({ dir })
    return null
  }
  const paths = work.home.account(account.id)
  const known = vault.accounts.get(account.id) ?? account
  const { people, dropped, origin } = settleStore(work, vault, paths, manifest, known)
  if (vault.accounts.get(account.id) === undefined) {
    vault.accounts.put(account)
    if (account.local) vault.accounts.setCurrent(account.id)
  }
  // Nothing of the former store may be read into the new one, and no row of its index may show.
  for (const file of [...besides(paths.store), paths.index, ...besides(paths.index)]) rmSync(file, { force: true })
  for (const file of besides(staged.db)) rmSync(file, { force: true })
  syncFile(staged.db)
  crashPoint('restore.journal')
  renameSync(staged.db, paths.store)
  syncFolder(dir)
  crashPoint('restore.named')
  rmSync(staged.keys, { force: true })
  const hub = origin?.hub ?? 'none'
  vault.ledger.append(actorOf(known, vault), [
    {
      action: 'restore',
      outcome: 'done',
      detail: `backup ${manifest.sequence} people ${people} dropped ${dropped} hub ${hub}`,
    },
  ])
  crashPoint('restore.done')
  return { account: account.id, sequence: manifest.sequence, at: manifest.at, people, dropped, hub }
}

/**
 * Finishes every restore that was decided, before anything of the home is read otherwise. Each step may be repeated, so that a kill
 * anywhere is made good at the next start. Nobody sees a person of whom a tombstone, a dead key or the log knows: their rows go before
 * the store gets its name, and their keys are never taken over.
 *
 * @throws IpcError E_DAMAGED, E_DISK
 */
export const finishRestores = (work: Work, vault: OpenVault): Restored[] =>
  listAccountFolders(work.home).flatMap((folder) => {
    const staged = stagedPaths({ dir: join(work.home.accounts, folder) })
    if (![staged.db, staged.keys, staged.newDb, staged.newKeys].some((file) => existsSync(file))) return []
    try {
      const restored = finish(work, vault, folder)
      return restored === null ? [] : [restored]
    } catch (error) {
      const { code } = mapSqliteError(error)
      // What was staged here and does not fit any more must not keep the home shut: what was there before stays.
      if (code !== 'E_DAMAGED' && code !== 'E_FOREIGN' && code !== 'E_NEWER') throw error
      discard({ dir: join(work.home.accounts, folder) })
      work.log('restore', { ok: false, code })
      return []
    }
  })
