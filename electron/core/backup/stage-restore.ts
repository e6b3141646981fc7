import { createHash } from 'node:crypto'
import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { basename } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { storeMigrations } from '../accounts/account-files.ts'
import { crashPoint } from '../crash-points.ts'
import type { KeyHierarchy } from '../keys/key-hierarchy.ts'
import type { HomePaths } from '../store/home-paths.ts'
import { syncFile, syncFolder, writeAt } from '../store/durable-file.ts'
import { openDatabase, type OpenDatabase } from '../store/open-store.ts'
import { mapSqliteError } from '../store/sqlite-error.ts'
import { readEscrow } from './escrow-file.ts'
import { escrowPath } from './key-escrows.ts'
import { openManifest, type Manifest } from './manifest.ts'
import { besides, stagedPaths } from './staged-restore.ts'

/** A backup whose two files belong together and to this home. */
export type FoundBackup = { readonly path: string; readonly manifest: Manifest }

const damaged = (path: string, found: string): IpcError =>
  new IpcError('E_DAMAGED', 'the backup is damaged', { file: basename(path), found })

/** A backup without its keys opens nowhere. */
export const keysBeside = (path: string): IpcError =>
  new IpcError('E_KEYS_MISSING', 'the key file that belongs beside this backup is not there', {
    file: basename(escrowPath(path)),
  })

/**
 * Reads what lies beside a backup and what it says of it. Nothing is written.
 *
 * @throws IpcError E_NOT_FOUND, E_KEYS_MISSING (a backup without its keys), E_FOREIGN (another home, or no backup), E_DAMAGED, E_NEWER
 */
export const findBackup = (path: string, keys: Pick<KeyHierarchy, 'homeId' | 'escrowKey'>): FoundBackup => {
  const file = basename(path)
  const beside = escrowPath(path)
  if (!existsSync(path)) throw new IpcError('E_NOT_FOUND', 'there is no such backup', { file })
  if (!existsSync(beside)) throw keysBeside(path)
  const { homeId, backupId, manifest: box } = readEscrow(beside)
  if (homeId !== keys.homeId) throw new IpcError('E_FOREIGN', 'a backup of another home', { file })
  const manifest = openManifest(keys.escrowKey(), backupId, box, basename(beside))
  const { size } = statSync(path)
  if (size < 512) throw damaged(path, 'too_short')
  return { path, manifest }
}

/** Copies and hashes piece by piece, so that whoever waits for something else does not wait for this. */
const copyHashed = async (from: string, to: string): Promise<string> => {
  const hash = createHash('sha256')
  const piece = Buffer.alloc(1 << 20)
  const source = openSync(from, 'r')
  try {
    const target = openSync(to, 'w', 0o600)
    try {
      let at = 0
      for (
        let got = readSync(source, piece, 0, piece.length, 0);
        got > 0;
        got = readSync(source, piece, 0, piece.length, at)
      ) {
        hash.update(piece.subarray(0, got))
        writeAt(target, piece.subarray(0, got), at)
        at += got
        await nextTurn()
      }
      fsyncSync(target)
    } finally {
      closeSync(target)
    }
  } finally {
    closeSync(source)
  }
  return hash.digest('hex')
}

const openStaged = (path: string, key: Uint8Array): OpenDatabase =>
  openDatabase({ path, key, profile: 'store', migrations: storeMigrations, mustExist: true })

/** Whether the bytes are at least a store of this account: then somebody put two backups' files together. */
const explain = (path: string, staged: string, key: Uint8Array): IpcError => {
  try {
    const database = openStaged(staged, key)
    try {
      const [first] = database.reader.all<{ integrity_check: string }>(
        'SELECT integrity_check FROM pragma_integrity_check LIMIT 1',
      )
      if (first?.integrity_check !== 'ok') return damaged(path, 'not_as_written')
    } finally {
      database.close()
    }
    return new IpcError('E_FOREIGN', 'backup and key file do not belong together', { file: basename(path) })
  } catch (error) {
    const mapped = mapSqliteError(error)
    return mapped.code === 'E_FOREIGN' || mapped.code === 'E_NEWER' ? mapped : damaged(path, 'not_as_written')
  }
}

/**
 * Copies both files into the account's folder, checks them against each other, and lets `prepare` bring the copy up to what is known
 * here. When this returns, the restore is decided: it is finished by `finishRestores`, now or at the next start. Whatever fails before
 * leaves what was there as it was.
 *
 * @throws IpcError E_DAMAGED, E_FOREIGN, E_NEWER, E_DISK
 */
export const stageRestore = async (
  home: HomePaths,
  keys: Pick<KeyHierarchy, 'storeKey'>,
  { path, manifest }: FoundBackup,
  prepare: (staged: OpenDatabase) => Promise<void>,
): Promise<void> => {
  const account = home.account(manifest.account.id)
  const staged = stagedPaths(account)
  const storeKey = keys.storeKey(manifest.account.id)
  const clear = (): void => {
    for (const file of [staged.newDb, ...besides(staged.newDb), staged.newKeys, staged.keys])
      rmSync(file, { force: true })
  }
  try {
    mkdirSync(account.dir, { recursive: true, mode: 0o700 })
    clear()
    const sha256 = await copyHashed(path, staged.newDb)
    copyFileSync(escrowPath(path), staged.newKeys)
    syncFile(staged.newKeys)
    crashPoint('restore.copied')
    if (sha256 !== manifest.store.sha256) throw explain(path, staged.newDb, storeKey)
    const database = openStaged(staged.newDb, storeKey)
    try {
      await prepare(database)
      database.connection.pragma('wal_checkpoint(TRUNCATE)')
    } finally {
      database.close()
    }
    syncFile(staged.newDb)
    crashPoint('restore.staged')
    renameSync(staged.newKeys, staged.keys)
    renameSync(staged.newDb, staged.db)
    syncFolder(account.dir)
    crashPoint('restore.committed')
  } catch (error) {
    clear()
    throw mapSqliteError(error)
  }
}
