import { existsSync } from 'node:fs'
import { basename } from 'node:path'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { storeMigrations } from '../accounts/account-files.ts'
import { hubClientFor } from '../accounts/open-account.ts'
import { runOverdue } from '../accounts/overdue.ts'
import { enter, keptTokens, leave } from '../accounts/session.ts'
import { closeVault } from '../accounts/vault.ts'
import type { Core, OpenVault } from '../context.ts'
import { crashPoint } from '../crash-points.ts'
import { adoptKek, assertStrong, openKekFile } from '../keys/kek-file.ts'
import type { KdfCost } from '../keys/kek-wrap.ts'
import { keyHierarchy } from '../keys/key-hierarchy.ts'
import { recomputeDueOfRecord } from '../retention/due.ts'
import { openDatabase, type OpenDatabase } from '../store/open-store.ts'
import { getCursor, setLastSuccess } from '../sync/sync-state.ts'
import { askHub, type EndedByHub } from './ask-hub.ts'
import { carryOver } from './carry-over.ts'
import { finishRestores, type Restored } from './finish-restore.ts'
import { readEscrow } from './escrow-file.ts'
import { lockEnded } from './lock-ended.ts'
import { escrowPath } from './key-escrows.ts'
import { findBackup, keysBeside, stageRestore, type FoundBackup } from './stage-restore.ts'
import { setRestoreOrigin, type HubAnswer } from './staged-restore.ts'

/** Asks whom the hub has ended, if the account has one and is still let in. */
const ask = async (
  core: Core,
  vault: OpenVault,
  { manifest }: FoundBackup,
  staged: OpenDatabase,
): Promise<{ readonly hub: HubAnswer; readonly ended: readonly EndedByHub[] }> => {
  const account = vault.accounts.get(manifest.account.id)
  if (manifest.account.local) return { hub: 'none', ended: [] }
  if (account?.refresh_token === undefined) return { hub: 'silent', ended: [] }
  const client = hubClientFor(core, account.hub, keptTokens(account), (next) => {
    const kept = vault.accounts.get(account.id)
    if (kept !== undefined && next?.refresh !== undefined) vault.accounts.put({ ...kept, refresh_token: next.refresh })
  })
  const ended = await askHub(client, getCursor(staged.reader), core.clock.now())
  return ended === null ? { hub: 'silent', ended: [] } : { hub: 'asked', ended }
}

const openReplaced = (core: Core, vault: OpenVault, id: string): OpenDatabase | null => {
  const { store } = core.home.account(id)
  if (!existsSync(store)) return null
  try {
    const key = vault.keys.storeKey(id)
    return openDatabase({ path: store, key, profile: 'store', migrations: storeMigrations, mustExist: true })
  } catch {
    // What is restored is often damaged: then the log and the keystore alone say what has happened since.
    return null
  }
}

/** Brings a copy up to what is known here, before it can count. */
export const prepareStaged =
  (core: Core, vault: OpenVault | null, found: FoundBackup) =>
  async (staged: OpenDatabase): Promise<void> => {
    const { hub, ended } =
      vault === null
        ? { hub: found.manifest.account.local ? ('none' as const) : ('silent' as const), ended: [] }
        : await ask(core, vault, found, staged)
    const replaced = vault === null ? null : openReplaced(core, vault, found.manifest.account.id)
    const { db } = staged
    try {
      db.transaction(() => {
        // They reached the log of the home that made the backup.
        db.run('DELETE FROM pending_entry')
        if (replaced !== null) {
          carryOver(replaced.reader, db)
          const locked = db.all<{ record_id: string }>("SELECT record_id FROM candidate WHERE life = 'locked'")
          for (const { record_id: id } of locked) recomputeDueOfRecord(db, core.profiles, id)
        }
        if (vault !== null) {
          const { account } = found.manifest
          lockEnded(core, vault, vault.accounts.get(account.id) ?? account, staged, ended)
        }
        // Nobody could be asked: nothing is shown in full before the hub has been.
        if (hub === 'silent') setLastSuccess(db, 0)
        setRestoreOrigin(db, { path: found.path, hub })
      })
    } finally {
      replaced?.close()
    }
  }

/** How many people came after the backup was made; restoring it takes them away. */
const countNewer = (core: Core, vault: OpenVault, { manifest }: FoundBackup): number => {
  const replaced = openReplaced(core, vault, manifest.account.id)
  if (replaced === null) return 0
  try {
    const sql = 'SELECT count(*) AS n FROM candidate WHERE received_at > ?'
    return replaced.reader.get<{ n: number }>(sql, manifest.at)?.n ?? 0
  } finally {
    replaced.close()
  }
}

const goBack = async (core: Core, vault: OpenVault, id: string | undefined): Promise<void> => {
  const account = id === undefined ? undefined : vault.accounts.get(id)
  if (account !== undefined) await enter(core, account, keptTokens(account))
}

/**
 * Puts a backup in the place of its account's store, in the home that it came from. Whoever is signed in is signed out before the
 * first look and in again afterwards; in between, tombstones and overdue work are applied. A store that is there is replaced
 * only where that was asked for.
 *
 * @throws IpcError E_CONFLICT (`reason: store`, `newer`: people who would go), those of `findBackup` and `stageRestore`
 */
export const restoreBackup = async (
  core: Core,
  path: string,
  { replace }: { readonly replace: boolean },
): Promise<Restored> => {
  const { vault } = core
  if (vault === null) throw new IpcError('E_SESSION', 'unlock the vault first')
  const found = findBackup(path, vault.keys)
  const back = core.account?.view.id
  await leave(core)
  try {
    if (!replace && existsSync(core.home.account(found.manifest.account.id).store)) {
      throw new IpcError('E_CONFLICT', 'a store is here; say that it is to be replaced', {
        reason: 'store',
        newer: countNewer(core, vault, found),
      })
    }
    await stageRestore(core.home, vault.keys, found, prepareStaged(core, vault, found))
  } catch (error) {
    await goBack(core, vault, back)
    throw error
  }
  // Decided: until it is done, nobody gets at the home's files, and whatever stops it here locks the home.
  core.vault = null
  try {
    const restored = finishRestores(core, vault).find((each) => each.account === found.manifest.account.id)
    if (restored === undefined) throw new IpcError('E_INTERNAL', 'the restore was not finished')
    await runOverdue(core, vault)
    core.vault = vault
    await goBack(core, vault, back)
    return restored
  } catch (error) {
    if (core.vault === null) closeVault(vault)
    core.emit('state.changed', { phase: core.vault === null ? 'locked' : 'open' })
    throw error
  }
}

/**
 * Puts a backup into a home that is empty: on a new machine the recovery code opens it. Nothing of it counts before the key file is
 * written, which is the last thing; from then on the passphrase opens the home and finishes what is left.
 *
 * @throws IpcError E_RECOVERY, E_INPUT (`weakness`), E_CONFLICT, those of `findBackup` and `stageRestore`
 */
export const restoreIntoNewHome = async (
  core: Core,
  options: {
    readonly path: string
    readonly recoveryCode: string
    readonly passphrase: string
    readonly kdf?: KdfCost
  },
): Promise<{ readonly kek: Uint8Array; readonly homeId: string }> => {
  const { path, recoveryCode, passphrase } = options
  assertStrong(passphrase)
  const beside = escrowPath(path)
  if (!existsSync(path)) throw new IpcError('E_NOT_FOUND', 'there is no such backup', { file: basename(path) })
  if (!existsSync(beside)) throw keysBeside(path)
  const escrow = readEscrow(beside)
  const { kek, homeId } = await openKekFile(escrow.key, { recoveryCode })
  const keys = keyHierarchy(kek, homeId)
  try {
    const found = findBackup(path, keys)
    await stageRestore(core.home, keys, found, prepareStaged(core, null, found))
    await adoptKek({
      dir: core.home.home,
      file: escrow.key,
      kek,
      passphrase,
      ...(options.kdf === undefined ? {} : { kdf: options.kdf }),
    })
    crashPoint('restore.key_file')
    return { kek, homeId }
  } catch (error) {
    kek.fill(0)
    throw error
  } finally {
    keys.wipe()
  }
}
