import type { SlotId } from '../keys/keystore-port.ts'
import type { ReadableDb, WritableDb } from '../store/database.ts'

/**
 * Slots whose destruction has begun. `ledger.db` is never rolled back, so a mirror of the keystore that is damaged
 * afterwards cannot be mended with the key that the other one still holds (`docs/formats.md`, keystore).
 */
export const noteDestroyingSlots = (db: WritableDb, slots: readonly SlotId[]): void => {
  db.transaction(() => {
    for (const slot of slots)
      db.run('INSERT INTO destroying_slot (slot) VALUES (?) ON CONFLICT (slot) DO NOTHING', slot)
  })
}

export const isDestroyingSlot = (db: ReadableDb, slot: SlotId): boolean =>
  db.get('SELECT 1 FROM destroying_slot WHERE slot = ?', slot) !== undefined
