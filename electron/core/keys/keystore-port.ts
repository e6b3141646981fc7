/** What a slot's key is for. The number stands in the slot's `purpose` byte. */
export const slotPurposes = { candidate: 1, application: 2, subject: 3, quarantine: 4 } as const
export type SlotPurpose = keyof typeof slotPurposes

/** A slot's id: 16 random bytes in lower-case hex (32 characters). */
export type SlotId = string

/**
 * The keys of single records. Two implementations: the fixed slots in `keys.a`/`keys.b`, and one in memory for accounts that
 * may look but not keep.
 */
export type Keystore = {
  /** Makes a key, durable in both mirrors when this returns. `due` (milliseconds since 1970) lies in clear. */
  create(purpose: SlotPurpose, due?: number): SlotId
  /** Makes many with one flush a mirror; for batches of a sync page. */
  createMany(purpose: SlotPurpose, count: number): SlotId[]
  /** AES-256-GCM under the slot's key: nonce 12 | ciphertext | tag 16. `aad` binds record id, type and column. */
  seal(slot: SlotId, aad: string, plain: Uint8Array): Uint8Array
  /** Throws `IpcError('E_DAMAGED')` when the box is not genuine and `E_NOT_FOUND` when the key is destroyed or unknown. */
  open(slot: SlotId, aad: string, box: Uint8Array): Uint8Array
  /** HMAC-SHA-256 under the slot's key (subject hashes). */
  hmac(slot: SlotId, message: Uint8Array): Uint8Array
  /** Overwrites the key in both mirrors and flushes; needs no space; harmless when repeated. */
  destroy(slot: SlotId): void
  state(slot: SlotId): 'live' | 'destroyed' | 'unknown'
  setDue(slot: SlotId, due: number): void
  /** Every live slot, to free keys that have no rows. */
  listLive(): Array<{ readonly slot: SlotId; readonly purpose: SlotPurpose }>
  close(): void
}
