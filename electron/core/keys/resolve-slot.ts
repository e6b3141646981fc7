import { IpcError } from '../../shared/ipc/ipc-error.ts'
import {
  encodeDestroyedSlot,
  freeSlot,
  idAt,
  isSound,
  purposeNumberAt,
  slotLength,
  slotStates,
  stateAt,
} from './slot-format.ts'
import type { SlotId } from './keystore-port.ts'

/** What one slot of two mirrors comes to. `found` counts towards the report that an opened keystore gives. */
export type Resolution = {
  readonly bytes: Buffer
  readonly found: 'sound' | 'mended' | 'lost'
}

export type ResolveRules = {
  /** True where the log has `destroy_begin` for the slot: such a key is never brought back from the other mirror. */
  readonly hasDestroyBegin: (slot: SlotId) => boolean
  readonly now: number
}

const isBlank = (slot: Buffer): boolean => slot.every((byte) => byte === 0)

const lost = (candidates: readonly Buffer[], now: number): Resolution => {
  // A run that was being appended when the power went: nothing was ever in it.
  if (candidates.every(isBlank)) return { bytes: freeSlot, found: 'mended' }
  const kept = candidates.find((slot) => !isBlank(slot)) ?? freeSlot
  const purpose = purposeNumberAt(kept)
  const known = purpose >= 1 && purpose <= 4 ? purpose : 1
  return { bytes: encodeDestroyedSlot(idAt(kept), known, now), found: 'lost' }
}

const single = (slot: Buffer, rules: ResolveRules): Resolution => {
  if (stateAt(slot) !== slotStates.live || !rules.hasDestroyBegin(idAt(slot))) return { bytes: slot, found: 'mended' }
  return { bytes: encodeDestroyedSlot(idAt(slot), purposeNumberAt(slot), rules.now), found: 'mended' }
}

/**
 * Decides what a slot is, given its bytes in both mirrors (undefined: the file ends before it).
 *
 * Destroyed in either mirror means destroyed; a slot whose check fails is mended from the other mirror unless the log began
 * to destroy it; one that fails in both is destroyed. Mirror `a` is written first, so of two sound ones it is the newer.
 *
 * @throws IpcError E_DAMAGED when both are sound but belong to different records: no crash can do that
 */
export const resolveSlot = (a: Buffer | undefined, b: Buffer | undefined, rules: ResolveRules): Resolution => {
  const soundA = a !== undefined && isSound(a) ? a : undefined
  const soundB = b !== undefined && isSound(b) ? b : undefined
  if (soundA === undefined || soundB === undefined) {
    const other = soundA ?? soundB
    return other === undefined
      ? lost(
          [a, b].filter((slot) => slot !== undefined),
          rules.now,
        )
      : single(other, rules)
  }
  if (soundA.compare(soundB) === 0) return { bytes: soundA, found: 'sound' }
  const [stateA, stateB] = [stateAt(soundA), stateAt(soundB)]
  if (stateA === slotStates.free) return { bytes: soundB, found: 'mended' }
  if (stateB === slotStates.free) return { bytes: soundA, found: 'mended' }
  if (idAt(soundA) !== idAt(soundB)) {
    throw new IpcError('E_DAMAGED', 'keys.a and keys.b do not belong together', { file: 'keys.b' })
  }
  return {
    bytes: stateA !== slotStates.destroyed && stateB === slotStates.destroyed ? soundB : soundA,
    found: 'mended',
  }
}

/** Quick answer for a pair that is equal and sound, which is nearly every pair. */
export const isEqualAndSound = (a: Buffer, b: Buffer, offset: number): boolean =>
  a.compare(b, offset, offset + slotLength, offset, offset + slotLength) === 0 && isSound(a, offset)
