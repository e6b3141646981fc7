import { existsSync } from 'node:fs'
import type { Core, OpenVault } from '../context.ts'
import { movePendingEntries } from '../ledger/pending-entries.ts'
import { createRetentionRunner } from '../retention/retention-runner.ts'
import { accountFolder, listAccountFolders } from '../store/home-paths.ts'
import type { AccountFiles } from './account-files.ts'
import { openKeptFiles } from './account-files.ts'
import { retentionTarget } from './retention-target.ts'

/** Every slot that a row of this account still needs. */
const listUsedSlots = (files: AccountFiles): string[] =>
  ['candidate', 'application', 'quarantine', 'destruction_part']
    .flatMap((table) => files.store.reader.all<{ key_slot: string }>(`SELECT key_slot FROM ${table}`))
    .map((row) => row.key_slot)

/**
 * What has to happen after unlocking and before anybody sees anything: entries that a kill left behind reach the log,
 * destructions that were begun are finished, and what is due goes, in every account of the home, signed in or not. Keys
 * without rows (a kill between key and row) are freed. Returns the number of certificates made.
 */
export const runOverdue = async (core: Core, vault: OpenVault): Promise<number> => {
  const used = new Set<string>()
  let certified = 0
  for (const account of vault.accounts.list()) {
    if (!existsSync(core.home.account(account.id).store)) continue
    const files = openKeptFiles(core.home, vault.keys, vault.keystore, account.id)
    try {
      movePendingEntries(files.store.db, vault.ledger)
      const runner = createRetentionRunner({
        target: retentionTarget(account, files, vault, core.clock),
        profiles: core.profiles,
        clockHeld: () => core.clock.held(),
        newId: () => crypto.randomUUID(),
        onProgress: (progress) => core.emit('retention.progress', progress),
        onChanged: () => undefined,
        onFailure: (code) => core.log('retention', { ok: false, code }),
      })
      certified += await runner.runDue()
      for (const slot of listUsedSlots(files)) used.add(slot)
    } finally {
      files.close()
    }
  }
  // The log's own slots last: finishing a destruction may have made some.
  for (const slot of vault.ledger.listSubjectSlots()) used.add(slot)
  // A store that the list of accounts does not know may need any of these keys: nothing is freed then.
  const known = new Set(vault.accounts.list().map(({ id }) => accountFolder(id)))
  if (listAccountFolders(core.home).every((folder) => known.has(folder))) {
    for (const { slot } of vault.keystore.listLive()) if (!used.has(slot)) vault.keystore.destroy(slot)
  }
  vault.ledger.expireSubjects(core.clock.now())
  return certified
}
