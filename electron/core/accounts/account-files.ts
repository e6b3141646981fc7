import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { KeyHierarchy } from '../keys/key-hierarchy.ts'
import { memoryKeystore } from '../keys/memory-keystore.ts'
import type { Keystore } from '../keys/keystore-port.ts'
import { resetIndexedVersions } from '../search/indexer.ts'
import type { HomePaths } from '../store/home-paths.ts'
import { indexInitial } from '../store/migrations/index-0001-initial.ts'
import { indexActivity } from '../store/migrations/index-0002-activity.ts'
import { indexWorkbench } from '../store/migrations/index-0003-workbench.ts'
import { indexShards } from '../store/migrations/index-0004-shards.ts'
import { storeInitial } from '../store/migrations/store-0001-initial.ts'
import { storePolicy } from '../store/migrations/store-0002-policy.ts'
import { storeWorkbench } from '../store/migrations/store-0003-workbench.ts'
import { storeHolds } from '../store/migrations/store-0004-holds.ts'
import { storeRequests } from '../store/migrations/store-0005-requests.ts'
import { storeOfficer } from '../store/migrations/store-0006-officer.ts'
import { storeIntake } from '../store/migrations/store-0007-intake.ts'
import { storeErasureIndexes } from '../store/migrations/store-0008-erasure-indexes.ts'
import { storeMailbox } from '../store/migrations/store-0009-mailbox.ts'
import { storeSharing } from '../store/migrations/store-0010-sharing.ts'
import { storeBulletin } from '../store/migrations/store-0011-bulletin.ts'
import { storeSharedFiles } from '../store/migrations/store-0012-shared-files.ts'
import { openDatabase, type OpenDatabase } from '../store/open-store.ts'

export const storeMigrations = [
  storeInitial,
  storePolicy,
  storeWorkbench,
  storeHolds,
  storeRequests,
  storeOfficer,
  storeIntake,
  storeErasureIndexes,
  storeMailbox,
  storeSharing,
  storeBulletin,
  storeSharedFiles,
] as const
export const indexMigrations = [indexInitial, indexActivity, indexWorkbench, indexShards] as const

export type AccountFiles = {
  readonly store: OpenDatabase
  readonly index: OpenDatabase
  readonly keystore: Keystore
  close(): void
}

/** An index can always be made again from the store, so a bad one is replaced and never stops anybody. */
const openIndex = (path: string, key: Uint8Array, store: OpenDatabase): OpenDatabase => {
  const open = (): OpenDatabase => openDatabase({ path, key, profile: 'index', migrations: indexMigrations })
  try {
    const index = open()
    const empty = index.reader.get('SELECT 1 FROM list_row LIMIT 1') === undefined
    if (empty) resetIndexedVersions(store)
    return index
  } catch (error) {
    if (!(error instanceof IpcError) || !['E_DAMAGED', 'E_FOREIGN', 'E_NEWER'].includes(error.code)) throw error
    for (const ending of ['', '-wal', '-shm']) rmSync(path + ending, { force: true })
    resetIndexedVersions(store)
    return open()
  }
}

/** The files of an account that may keep. @throws IpcError E_DAMAGED, E_FOREIGN, E_NEWER, E_DISK */
export const openKeptFiles = (home: HomePaths, keys: KeyHierarchy, keystore: Keystore, id: string): AccountFiles => {
  const paths = home.account(id)
  mkdirSync(paths.dir, { recursive: true, mode: 0o700 })
  const store = openDatabase({
    path: paths.store,
    key: keys.storeKey(id),
    profile: 'store',
    migrations: storeMigrations,
    // The index is made after it: alone, it tells that a store was here and was taken away.
    mustExist: existsSync(paths.index),
  })
  try {
    const index = openIndex(paths.index, keys.indexKey(id), store)
    return {
      store,
      index,
      keystore,
      close: () => {
        index.close()
        store.close()
      },
    }
  } catch (error) {
    store.close()
    throw error
  }
}

/** Memory only: what a headhunter sees ends with the session (ZP-22, `architecture.md`). */
export const openPassingFiles = (): AccountFiles => {
  const store = openDatabase({ path: ':memory:', profile: 'store', migrations: storeMigrations })
  const index = openDatabase({ path: ':memory:', profile: 'index', migrations: indexMigrations })
  const keystore = memoryKeystore()
  return {
    store,
    index,
    keystore,
    close: () => {
      index.close()
      store.close()
      keystore.close()
    },
  }
}
