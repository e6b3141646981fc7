import { crashPoint } from '../crash-points.ts'
import type { SlotId } from '../keys/keystore-port.ts'
import { noteDestroyingSlots } from '../ledger/destroying-slots.ts'
import { mapSqliteError } from '../store/sqlite-error.ts'
import { planDestructions, type DueApplication } from './begin-destruction.ts'
import { keepNoContact } from './keep-no-contact.ts'
import { Retry, type DestructionTarget } from './destruction-target.ts'

/** A full disk must not save a key: what needs space is passed over, what needs none is done. */
export const unlessDiskFull = (work: () => void): void => {
  try {
    work()
  } catch (error) {
    if (mapSqliteError(error).code !== 'E_DISK') throw error
  }
}

/**
 * Overwrites these keys in both mirrors. Needs no new space (`docs/formats.md`, keystore).
 *
 * @throws IpcError E_DISK when a mirror could not be written; the key does not open any more all the same
 */
export const destroySlots = (
  target: Pick<DestructionTarget, 'keystore' | 'ledgerDb'>,
  slots: readonly SlotId[],
): void => {
  // Noted outside the store before the first key goes: a damaged mirror must never bring one of these back.
  unlessDiskFull(() => noteDestroyingSlots(target.ledgerDb.db, slots))
  const failures: unknown[] = []
  for (const [i, slot] of slots.entries()) {
    try {
      target.keystore.destroy(slot)
    } catch (error) {
      failures.push(error)
    }
    if (i === 0) crashPoint('destroy.first_key')
  }
  if (failures.length > 0) throw mapSqliteError(failures[0])
  requireDead(target, slots)
}

/** @throws Retry */
export const requireDead = ({ keystore }: Pick<DestructionTarget, 'keystore'>, slots: readonly SlotId[]): void => {
  if (slots.some((slot) => keystore.state(slot) === 'live')) throw new Retry('a key is still there')
}

/**
 * For a disk that takes not even the intent: the keys of what is due go all the same, the rest follows when there is space.
 */
export const destroyKeysOf = (target: DestructionTarget, applications: readonly DueApplication[]): void => {
  for (const { recordId, recordSlot, rows } of planDestructions(target.store.reader, applications)) {
    if (recordSlot !== null) unlessDiskFull(() => keepNoContact(target, recordId))
    destroySlots(target, [...(recordSlot === null ? [] : [recordSlot]), ...rows.map((row) => row.key_slot)])
  }
}
