import { existsSync } from 'node:fs'
import { createKeyEscrows, type KeyEscrows } from '../backup/key-escrows.ts'
import { recoverBackups } from '../backup/remove-backup.ts'
import type { Core, OpenVault } from '../context.ts'
import { movePendingEntries } from '../ledger/pending-entries.ts'
import { destroyTombstones } from '../ledger/tombstones.ts'
import { refreshDeadlines } from '../retention/due.ts'
import { createRetentionRunner } from '../retention/retention-runner.ts'
import { mapSqliteError } from '../store/sqlite-error.ts'
import type { AccountFiles } from './account-files.ts'
import { openKeptFiles } from './account-files.ts'
import type { RegisteredAccount } from './account-registry.ts'
import { retentionTarget } from './retention-target.ts'

/** Every slot that a row of this account still needs. */
export const listUsedSlots = (files: Pick<AccountFiles, 'store'>): string[] =>
  ['candidate', 'application', 'quarantine', 'destruction_part', 'request_paper']
    .flatMap((table) => files.store.reader.all<{ key_slot: string }>(`SELECT key_slot FROM ${table}`))
    .map((row) => row.key_slot)

/** Whoever delivered anew after a destruction can be told again who looked, for as long as the record lives (K17). */
const reviveReturned = (files: AccountFiles, vault: OpenVault): void => {
  const ended = vault.ledgerDb.reader.all<{ platform: string; candidate: string }>(
    'SELECT platform, candidate FROM subject WHERE until IS NOT NULL AND slot IS NOT NULL',
  )
  for (const { platform, candidate } of ended) {
    const sql = 'SELECT 1 FROM candidate WHERE platform = ? AND platform_id = ?'
    if (files.store.reader.get(sql, platform, candidate) !== undefined) vault.ledger.reviveSubject(platform, candidate)
  }
}

const escrowsOf = ({ clock }: Core, vault: OpenVault, account: string): KeyEscrows =>
  createKeyEscrows({ register: vault.backups, account, keystore: vault.keystore, clock })

const runAccount = async (
  core: Core,
  vault: OpenVault,
  account: RegisteredAccount,
  files: AccountFiles,
): Promise<number> => {
  movePendingEntries(files.store.db, vault.ledger)
  refreshDeadlines(files.store.db, core.profiles)
  const runner = createRetentionRunner({
    target: retentionTarget(account, files, vault, core),
    doubted: () => core.clock.doubted(),
    newId: () => crypto.randomUUID(),
    onProgress: (progress) => core.emit('retention.progress', progress),
    onChanged: () => undefined,
    onFailure: (code) => core.log('retention', { ok: false, code }),
  })
  const certified = await runner.runDue()
  reviveReturned(files, vault)
  return certified
}

/**
 * What has to happen after unlocking and before anybody sees anything: entries that a kill left behind reach the log,
 * destructions that were begun are finished, and what is due goes, in every account of the home, signed in or not. Keys
 * without rows (a kill between key and row) are freed, and so is what outlived its twelve months (D11). An account whose
 * files are damaged keeps its keys and nobody else. Returns the number of certificates made.
 */
export const runOverdue = async (core: Core, vault: OpenVault): Promise<number> => {
  const used = new Set(vault.ledger.listSubjectSlots())
  let certified = 0
  let whole = true
  recoverBackups(vault.backups)
  for (const account of vault.accounts.list()) {
    const { store, index } = core.home.account(account.id)
    if (!existsSync(store)) {
      // A store that was here is missing: its keys wait for a backup.
      if (existsSync(index) || vault.backups.list(account.id).length > 0) whole = false
      continue
    }
    try {
      const files = openKeptFiles(core.home, vault.keys, vault.keystore, account.id)
      try {
        certified += await runAccount(core, vault, account, files)
        for (const slot of listUsedSlots(files)) used.add(slot)
      } finally {
        files.close()
      }
    } catch (error) {
      whole = false
      core.log('retention', { ok: false, code: mapSqliteError(error).code })
    }
  }
  // Keys of subjects that the runs above made are in use as well.
  for (const slot of vault.ledger.listSubjectSlots()) used.add(slot)
  if (whole) for (const { slot } of vault.keystore.listLive()) if (!used.has(slot)) vault.keystore.destroy(slot)
  for (const account of vault.accounts.list()) escrowsOf(core, vault, account.id).settle('reachable')
  vault.ledger.expireSubjects(core.clock.now())
  destroyTombstones(vault.ledgerDb.db, core.clock.now())
  return certified
}
