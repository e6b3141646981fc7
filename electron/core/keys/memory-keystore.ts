import { createHmac, createSecretKey, randomBytes, type KeyObject } from 'node:crypto'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { Keystore, SlotId, SlotPurpose } from './keystore-port.ts'
import { openBox, sealBox } from './sealed-box.ts'

/** Record keys for an account that may look but not keep (ZP-22): they end with the session and never touch a disk. */
export const memoryKeystore = (): Keystore => {
  const live = new Map<SlotId, { readonly purpose: SlotPurpose; readonly key: KeyObject }>()
  const destroyed = new Set<SlotId>()
  let closed = false
  const assertOpen = (): void => {
    if (closed) throw new IpcError('E_SESSION', 'the vault is locked')
  }
  const keyOf = (slot: SlotId): KeyObject => {
    assertOpen()
    const found = live.get(slot)
    if (found === undefined) throw new IpcError('E_NOT_FOUND', 'this key is destroyed or was never here', { slot })
    return found.key
  }
  const create = (purpose: SlotPurpose): SlotId => {
    assertOpen()
    const slot = randomBytes(16).toString('hex')
    const raw = randomBytes(32)
    live.set(slot, { purpose, key: createSecretKey(raw) })
    raw.fill(0)
    return slot
  }
  return {
    create,
    createMany: (purpose, count) => Array.from({ length: count }, () => create(purpose)),
    seal: (slot, aad, plain) => sealBox(keyOf(slot), aad, plain),
    open: (slot, aad, box) => openBox(keyOf(slot), aad, box),
    hmac: (slot, message) => createHmac('sha256', keyOf(slot)).update(message).digest(),
    destroy: (slot) => {
      assertOpen()
      if (live.delete(slot)) destroyed.add(slot)
    },
    state: (slot) => {
      assertOpen()
      return live.has(slot) ? 'live' : destroyed.has(slot) ? 'destroyed' : 'unknown'
    },
    // Nothing outlives the session, so there is no later time at which somebody could read it.
    setDue: (slot) => void keyOf(slot),
    listLive: () => {
      assertOpen()
      return [...live].map(([slot, { purpose }]) => ({ slot, purpose }))
    },
    close: () => {
      closed = true
      live.clear()
      destroyed.clear()
    },
  }
}
