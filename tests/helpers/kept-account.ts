import { createSecretKey, randomBytes } from 'node:crypto'
import { openKeptFiles, type AccountFiles } from '../../electron/core/accounts/account-files.ts'
import { createHomeClock } from '../../electron/core/accounts/home-clock.ts'
import { closeVault, openVault } from '../../electron/core/accounts/vault.ts'
import { createListing } from '../../electron/core/candidates/listing.ts'
import type { OpenVault } from '../../electron/core/context.ts'
import { createKek } from '../../electron/core/keys/kek-file.ts'
import { createNoContactList } from '../../electron/core/ledger/no-contact.ts'
import { createIndexer, type Indexer } from '../../electron/core/search/indexer.ts'
import { homePaths } from '../../electron/core/store/home-paths.ts'
import { applyPage } from '../../electron/core/sync/apply-changes.ts'
import { createKeyPool } from '../../electron/core/sync/key-pool.ts'
import type { ApplyContext } from '../../electron/core/sync/page-work.ts'
import { openGates } from '../../electron/core/policy/account-gate.ts'
import { profiles } from './sync-place.ts'

export const keptAccount = 'hr@example'

export type KeptAccount = {
  readonly vault: OpenVault
  readonly files: AccountFiles
  readonly indexer: Indexer
  readonly actor: ApplyContext['actor']
  /** Takes changes in as a page of the hub. */
  apply(changes: readonly unknown[]): void
  close(): Promise<void>
}

/** A home with one account's three files, made and filled by the program's own code, without router and hub. */
export const openKeptAccount = async (home: string, passphrase: string, now: () => number): Promise<KeptAccount> => {
  const { kek, homeId } = await createKek({ dir: home, passphrase, kdf: { memory_kib: 64, passes: 2, parallelism: 1 } })
  const paths = homePaths(home)
  const clock = createHomeClock({ wall: now, monotonic: now, offsetSeconds: 0 })
  const vault = openVault(paths, kek, homeId, clock)
  const files = openKeptFiles(paths, vault.keys, vault.keystore, keptAccount)
  const indexer = createIndexer({
    ...files,
    listing: createListing(
      profiles,
      () => ({
        role: 'hr',
        gates: { ...openGates, caller: false },
        permissions: { insights: true, sealed_fields: true },
        id: null,
        endedServices: new Set(),
      }),
      now,
    ),
    onChanged: () => undefined,
    onFailure: (code) => {
      throw new Error(code)
    },
  })
  const actor = { account: 'acc-1', role: 'hr', employer: 'emp-1', device: 'dev-1' } as const
  const context: ApplyContext = {
    store: files.store.db,
    keystore: files.keystore,
    asideKey: createSecretKey(randomBytes(32)),
    sensitiveKey: createSecretKey(randomBytes(32)),
    searchKey: createSecretKey(randomBytes(32)),
    profiles,
    ledger: vault.ledger,
    findTombstone: () => undefined,
    noContact: createNoContactList(vault.ledgerDb, () => vault.keys.tombstoneKey()),
    actor,
    viewer: { account: 'acc-1', role: 'hr', firms: ['emp-1'] },
    jobPlatform: 'zhaopin',
    newId: () => crypto.randomUUID(),
  }
  const pool = createKeyPool(files.keystore)
  return {
    vault,
    files,
    indexer,
    actor,
    apply: (changes) => void applyPage(context, pool, { changes, cursor: 'c' }, now()),
    close: async () => {
      await indexer.close()
      files.close()
      closeVault(vault)
    },
  }
}
