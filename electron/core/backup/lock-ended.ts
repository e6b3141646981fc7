import { existsSync } from 'node:fs'
import { storeMigrations } from '../accounts/account-files.ts'
import type { RegisteredAccount } from '../accounts/account-registry.ts'
import { runOverdue } from '../accounts/overdue.ts'
import { actorOf } from '../accounts/retention-target.ts'
import type { Core, OpenVault } from '../context.ts'
import { movePendingEntries, putPendingEntries } from '../ledger/pending-entries.ts'
import { recomputeDueOfRecord } from '../retention/due.ts'
import { lockRecord } from '../retention/lock-record.ts'
import { openDatabase, type OpenDatabase } from '../store/open-store.ts'
import type { HubClient } from '../sync/hub-client.ts'
import { getCursor, getLastSuccess } from '../sync/sync-state.ts'
import { askHub, type EndedByHub } from './ask-hub.ts'

/** Locked from the hour in which the hub ended them: what is over since then is destroyed before anybody looks. Inside the caller's transaction. */
export const lockEnded = (
  core: Core,
  vault: OpenVault,
  account: RegisteredAccount,
  { db, reader }: Pick<OpenDatabase, 'db' | 'reader'>,
  ended: readonly EndedByHub[],
): void => {
  for (const { candidate, reason, at } of ended) {
    const records = reader.all<{ record_id: string }>(
      "SELECT record_id FROM candidate WHERE platform_id = ? AND origin = 'hub'",
      candidate,
    )
    for (const { record_id: id } of records) {
      putPendingEntries(db, vault.ledger, actorOf(account, vault), lockRecord(db, core.profiles, id, reason, at))
      recomputeDueOfRecord(db, core.profiles, id)
    }
  }
}

/** Whoever signs in waits no longer than this for a hub that does not answer. */
const longest = 20_000

/**
 * A restore that could not ask the hub, as on a new machine, left its lease at nothing (`prepareStaged`). Before anybody is let in, the hub
 * is asked now whom it has ended since the backup; they are locked, and what is over is destroyed. Where it is out of reach, everything
 * stays masked until a sync has gone through, and clocks run on as ever.
 *
 * @returns false when the hub had to be asked and did not answer
 */
export const askBeforeLooking = async (
  core: Core,
  vault: OpenVault,
  account: RegisteredAccount,
  hub: HubClient | null,
): Promise<boolean> => {
  const { store: path } = core.home.account(account.id)
  if (hub === null || !existsSync(path)) return true
  const key = vault.keys.storeKey(account.id)
  const store = openDatabase({ path, key, profile: 'store', migrations: storeMigrations, mustExist: true })
  try {
    if (getLastSuccess(store.reader) !== 0) return true
    const ended = await askHub(hub, getCursor(store.reader), core.clock.now(), longest)
    if (ended === null) return false
    store.db.transaction(() => lockEnded(core, vault, account, store, ended))
    movePendingEntries(store.db, vault.ledger)
  } finally {
    store.close()
  }
  await runOverdue(core, vault)
  return true
}
