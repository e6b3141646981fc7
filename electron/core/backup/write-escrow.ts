import type { KeyObject } from 'node:crypto'
import { closeSync, fsyncSync, openSync } from 'node:fs'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { KekFile } from '../keys/kek-format.ts'
import type { SlotKeystore } from '../keys/slot-keystore.ts'
import { slotLength, slotStates, stateAt } from '../keys/slot-format.ts'
import { writeAt } from '../store/durable-file.ts'
import { encodeEscrowHeader, encodeEscrowPart, escrowHeaderLength } from './escrow-format.ts'

/** Keys that are sealed anew between two looks at what else there is to do. */
const batch = 200

/**
 * Writes an escrow under a passing name: the keys of these slots (sorted, each once) sealed under the escrow's key. What has
 * been destroyed meanwhile is a tombstone from the beginning.
 *
 * @throws IpcError E_CANCELLED, E_DISK
 */
export const writeEscrow = async (options: {
  readonly path: string
  readonly homeId: string
  readonly backupId: string
  readonly key: KekFile
  readonly manifest: Buffer
  readonly slots: readonly string[]
  readonly escrowKey: KeyObject
  readonly keystore: SlotKeystore
  readonly signal: AbortSignal
}): Promise<void> => {
  const { slots, keystore, escrowKey, signal } = options
  const part = encodeEscrowPart({ key: options.key, manifest: options.manifest })
  const { homeId, backupId } = options
  const header = encodeEscrowHeader({ homeId, backupId, part: part.length, slots: slots.length })
  const first = escrowHeaderLength + part.length
  const fd = openSync(options.path, 'wx', 0o600)
  try {
    writeAt(fd, Buffer.concat([header, part]), 0)
    const live = new Set<number>()
    for (let from = 0; from < slots.length; from += batch) {
      if (signal.aborted) throw new IpcError('E_CANCELLED', 'stopped on request')
      const pieces = slots.slice(from, from + batch).map((id) => keystore.exportSlot(id, escrowKey))
      for (const [i, piece] of pieces.entries()) if (stateAt(piece) === slotStates.live) live.add(from + i)
      writeAt(fd, Buffer.concat(pieces), first + from * slotLength)
      await nextTurn()
    }
    // Whoever was destroyed while this went on had no escrow yet that could be overwritten.
    for (const slot of live) {
      const id = slots[slot] ?? ''
      if (keystore.state(id) !== 'live') writeAt(fd, keystore.exportSlot(id, escrowKey), first + slot * slotLength)
    }
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}
