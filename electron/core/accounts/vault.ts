import { randomBytes } from 'node:crypto'
import type { OpenVault } from '../context.ts'
import { openBackupRegister } from '../backup/backup-register.ts'
import { keyHierarchy } from '../keys/key-hierarchy.ts'
import { openSlotKeystore } from '../keys/slot-keystore.ts'
import { isDestroyingSlot } from '../ledger/destroying-slots.ts'
import { ledgerMigrations } from '../ledger/migrations.ts'
import { openLedger } from '../ledger/ledger.ts'
import { listStoreFiles, type HomePaths } from '../store/home-paths.ts'
import { openDatabase, type OpenDatabase } from '../store/open-store.ts'
import { openAccountRegistry } from './account-registry.ts'
import type { HomeClock } from './home-clock.ts'

/**
 * Opens what the home shares: keystore, ledger, list of accounts. Takes the key-encryption key over and wipes it.
 *
 * @throws IpcError E_KEYS_MISSING, E_DAMAGED, E_FOREIGN, E_NEWER, E_DISK, E_LEDGER
 */
export const openVault = (home: HomePaths, kek: Uint8Array, homeId: string, clock: HomeClock): OpenVault => {
  const keys = keyHierarchy(kek, homeId)
  kek.fill(0)
  let ledgerDb: OpenDatabase | undefined
  const openLedgerDb = (): OpenDatabase =>
    (ledgerDb ??= openDatabase({
      path: home.ledger,
      key: keys.ledgerKey(),
      profile: 'ledger',
      migrations: ledgerMigrations,
      mustExist: hasStores,
    }))
  // Stores without their log: it was taken away, and a new one would hide that.
  const hasStores = listStoreFiles(home).some((path) => path !== home.ledger)
  try {
    const keystore = openSlotKeystore({
      paths: home,
      homeId,
      key: keys.keystoreKey(),
      clock,
      hasDestroyBegin: (slot) => isDestroyingSlot(openLedgerDb().reader, slot),
    })
    const database = openLedgerDb()
    const sealKey = keys.logWrapKey().export()
    const ledger = openLedger({ db: database.db, keystore, sealKey, clock, randomBytes: (n) => randomBytes(n) })
    sealKey.fill(0)
    return {
      keys,
      keystore,
      ledger,
      ledgerDb: database,
      accounts: openAccountRegistry(home.home, keys),
      backups: openBackupRegister(home.home, keys),
    }
  } catch (error) {
    ledgerDb?.close()
    keys.wipe()
    throw error
  }
}

export const closeVault = (vault: OpenVault): void => {
  vault.ledgerDb.close()
  vault.keystore.close()
  vault.keys.wipe()
}
