import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto'
import { IpcError } from '../../shared/ipc/ipc-error.ts'

/**
 * Every key that follows from the key-encryption key. Raw ones (32 bytes) go to SQLite; the others never leave as bytes.
 * All calls throw `IpcError('E_SESSION')` after `wipe()`.
 */
export type KeyHierarchy = {
  /** Lower-case hex, 32 digits. */
  readonly homeId: string
  /** Key of an account's `store.db`. */
  storeKey(account: string): Uint8Array
  /** Key of an account's `index.db`. */
  indexKey(account: string): Uint8Array
  /** Key of `ledger.db`. */
  ledgerKey(): Uint8Array
  /** HMAC key of tombstones in `ledger.db`. */
  tombstoneKey(): Uint8Array
  /** Seals the keys in `keys.a` and `keys.b`. */
  keystoreKey(): KeyObject
  /** Seals platform tokens, mailbox passwords and the like. */
  tokenKey(): KeyObject
  /** Seals the log's Ed25519 private key. */
  logWrapKey(): KeyObject
  /** Seals what is not tied to a person yet, such as a file in quarantine before anybody read it. */
  asideKey(): KeyObject
  /** The inner layer of sensitive fields (ZP-05). */
  sensitiveKey(): KeyObject
  /** HMAC key of equality search over normalised contacts (duplicates). */
  searchKey(): KeyObject
  /** Seals the keys that travel beside a backup. */
  escrowKey(): KeyObject
  /** Zeroes every raw key that was handed out, and its own copy of the key-encryption key. */
  wipe(): void
}

/** HKDF-SHA-256 (RFC 5869): ikm = KEK, salt = home id, info = `candor/1/<purpose>`. */
export const derivePurposeKey = (kek: Uint8Array, homeId: string, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', kek, Buffer.from(homeId, 'hex'), `candor/1/${purpose}`, 32))

/** Takes a copy of `kek`; the caller may wipe its own. */
export const keyHierarchy = (kek: Uint8Array, homeId: string): KeyHierarchy => {
  if (kek.length !== 32 || !/^[0-9a-f]{32}$/.test(homeId)) throw new TypeError('not a key-encryption key and home id')
  const root = Buffer.from(kek)
  const raw = new Map<string, Buffer>()
  const objects = new Map<string, KeyObject>()
  let wiped = false
  const bytes = (purpose: string): Buffer => {
    if (wiped) throw new IpcError('E_SESSION', 'the vault is locked')
    let key = raw.get(purpose)
    if (key === undefined) raw.set(purpose, (key = derivePurposeKey(root, homeId, purpose)))
    return key
  }
  const object = (purpose: string): KeyObject => {
    if (wiped) throw new IpcError('E_SESSION', 'the vault is locked')
    let key = objects.get(purpose)
    if (key === undefined) {
      const derived = derivePurposeKey(root, homeId, purpose)
      objects.set(purpose, (key = createSecretKey(derived)))
      derived.fill(0)
    }
    return key
  }
  return {
    homeId,
    storeKey: (account) => bytes(`store/${account}`),
    indexKey: (account) => bytes(`index/${account}`),
    ledgerKey: () => bytes('ledger'),
    tombstoneKey: () => bytes('tombstone'),
    keystoreKey: () => object('keystore'),
    tokenKey: () => object('token'),
    logWrapKey: () => object('log-wrap'),
    asideKey: () => object('aside'),
    sensitiveKey: () => object('sensitive'),
    searchKey: () => object('search'),
    escrowKey: () => object('escrow'),
    wipe: () => {
      wiped = true
      root.fill(0)
      for (const key of raw.values()) key.fill(0)
      raw.clear()
      objects.clear()
    },
  }
}
