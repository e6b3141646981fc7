import { randomBytes } from 'node:crypto'
import { closeSync, existsSync, statSync, openSync, renameSync, rmSync } from 'node:fs'
import { dirname, isAbsolute, join, relative } from 'node:path'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { LedgerEntry } from '../../shared/domain/ledger-entry.ts'
import type { OpenVault } from '../context.ts'
import { crashPoint } from '../crash-points.ts'
import { recoveryPart } from '../keys/kek-file.ts'
import { readKekFile } from '../keys/kek-format.ts'
import { programVersion } from '../program-version.ts'
import type { HomePaths } from '../store/home-paths.ts'
import { syncFolder, temporaryEnding } from '../store/durable-file.ts'
import { mapSqliteError } from '../store/sqlite-error.ts'
import type { RegisteredBackup } from './backup-register.ts'
import { copyStore, type CopyPhase } from './copy-store.ts'
import { escrowPath, type KeyEscrows } from './key-escrows.ts'
import { removeBackup } from './remove-backup.ts'
import { sealManifest, type Manifest } from './manifest.ts'
import { writeEscrow } from './write-escrow.ts'

export type BackupOptions = {
  readonly home: HomePaths
  readonly vault: OpenVault
  readonly account: Manifest['account']
  readonly actor: LedgerEntry['actor']
  readonly escrows: KeyEscrows
  /** Where the backup is to lie; its keys go beside it. */
  readonly path: string
  readonly auto: boolean
  /** Where the name of the file has one already. */
  readonly sequence?: number
  readonly now: number
  readonly signal: AbortSignal
  readonly onPhase: (phase: CopyPhase | 'keys') => void
}

/** Files that a backup consists of while it is being made. */
const passing = (path: string): string[] => [path + temporaryEnding, escrowPath(path) + temporaryEnding]

/** @throws IpcError E_INPUT, E_DISK (`reason: folder`), E_FILE (a file of that name is there) */
const requirePlace = (home: HomePaths, path: string): void => {
  if (!isAbsolute(path)) throw new IpcError('E_INPUT', 'name the whole path of the backup', { fields: 'path' })
  const inside = relative(home.home, path)
  if (!inside.startsWith('..') && !isAbsolute(inside)) {
    throw new IpcError('E_INPUT', 'a backup inside the home would go with it; choose another folder', {
      fields: 'path',
    })
  }
  const folder = dirname(path)
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new IpcError('E_DISK', 'the folder for backups is not there; attach its drive or choose another', {
      reason: 'folder',
    })
  }
  for (const file of [path, escrowPath(path)]) {
    if (existsSync(file)) throw new IpcError('E_FILE', 'a file of this name is there already', { reason: 'exists' })
  }
}

const manifestOf = ({ account, vault }: BackupOptions, entry: RegisteredBackup, schema: number): Manifest => ({
  version: 1,
  backup: entry.id,
  sequence: entry.sequence,
  at: entry.at,
  account,
  device: vault.ledger.deviceId,
  store: { size: entry.size, sha256: entry.sha256, schema },
  counts: { candidates: entry.candidates, applications: entry.applications },
  software: `candor ${programVersion}`,
})

const writeFiles = async (options: BackupOptions, begun: RegisteredBackup): Promise<RegisteredBackup> => {
  const { home, vault, account, path, signal } = options
  const [copy, keys] = [path + temporaryEnding, escrowPath(path) + temporaryEnding]
  for (const file of passing(path)) rmSync(file, { force: true })
  // SQLite fills an empty file, and would otherwise make one that others can read.
  closeSync(openSync(copy, 'wx', 0o600))
  const order = { source: home.account(account.id).store, target: copy, key: vault.keys.storeKey(account.id) }
  const found = await copyStore(order, { signal, onPhase: options.onPhase })
  crashPoint('backup.copied')
  const { size, sha256, candidates, applications } = found
  const entry = { ...begun, size, sha256, candidates, applications }
  options.onPhase('keys')
  await writeEscrow({
    path: keys,
    homeId: vault.keys.homeId,
    backupId: entry.id,
    key: recoveryPart(readKekFile(home.home)),
    manifest: sealManifest(vault.keys.escrowKey(), manifestOf(options, entry, found.schema)),
    slots: found.slots,
    escrowKey: vault.keys.escrowKey(),
    keystore: vault.keystore,
    signal,
  })
  crashPoint('backup.keys')
  renameSync(keys, escrowPath(path))
  crashPoint('backup.keys_named')
  renameSync(copy, path)
  syncFolder(dirname(path))
  crashPoint('backup.named')
  return entry
}

/**
 * Makes one backup: a checked copy of the account's store, and beside it its keys, sealed so that the recovery code of now
 * opens them. It is in the register before its first byte, so that no key lies anywhere unknown, and counts as a backup
 * when both files are durable under their names. Whatever fails leaves nothing behind.
 *
 * @throws IpcError E_INPUT, E_FILE, E_DISK, E_DAMAGED, E_CANCELLED, E_IN_USE, E_RUNTIME
 */
export const makeBackup = async (options: BackupOptions): Promise<RegisteredBackup> => {
  const { home, vault, account, path, auto, now: at } = options
  requirePlace(home, path)
  const { backups } = vault
  const begun: RegisteredBackup = {
    id: randomBytes(16).toString('hex'),
    account: account.id,
    path,
    sequence: options.sequence ?? backups.nextSequence(account.id),
    at,
    size: 0,
    sha256: '',
    candidates: 0,
    applications: 0,
    auto,
    state: 'writing',
    owes: false,
  }
  backups.put(begun)
  crashPoint('backup.begun')
  let entry: RegisteredBackup
  try {
    entry = { ...(await writeFiles(options, begun)), state: 'ready' }
    backups.put(entry)
  } catch (error) {
    // A drive that was pulled out keeps what was written: then the entry stays, and the next start tries again.
    removeBackup(backups, begun)
    throw mapSqliteError(error)
  }
  crashPoint('backup.registered')
  // Whoever was destroyed between the last look and the register would have been missed.
  options.escrows.settle('reachable')
  vault.ledger.append(options.actor, [
    { action: 'export', outcome: 'done', detail: `backup ${entry.sequence} people ${entry.candidates}` },
  ])
  return entry
}

/** `candor-hr-20261126-153000.candor-backup`: where and when, in Asia/Shanghai; nobody's name. */
export const backupFileName = (folder: string, sequence: number, now: number): string => {
  const shanghai = new Date(now + 8 * 3_600_000).toISOString()
  const stamp = `${shanghai.slice(0, 10).replaceAll('-', '')}-${shanghai.slice(11, 19).replaceAll(':', '')}`
  return join(folder, `candor-${stamp}-${String(sequence).padStart(4, '0')}.candor-backup`)
}
