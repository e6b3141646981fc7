import { createHmac, createSecretKey, randomBytes, type KeyObject } from 'node:crypto'
import type { Clock } from '../../shared/clock.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { HomePaths } from '../store/home-paths.ts'
import { mapSqliteError, mappingErrors } from '../store/sqlite-error.ts'
import { keyCache } from './key-cache.ts'
import type { Keystore, SlotId, SlotPurpose } from './keystore-port.ts'
import { openBox, sealBox } from './sealed-box.ts'
import {
  decodeKey,
  dueAt,
  encodeDestroyedSlot,
  encodeLiveSlot,
  freeSlot,
  idAt,
  isSound,
  purposeNumberAt,
  purposeOf,
  slotStates,
  stateAt,
  withDue,
  type Mirror,
} from './slot-format.ts'
import { slotIndex } from './slot-index.ts'
import { openMirrors, type MendReport } from './slot-mirrors.ts'

export type SlotKeystoreOptions = {
  readonly paths: HomePaths
  readonly homeId: string
  /** From the key hierarchy. */
  readonly key: KeyObject
  /** Trusted time: it stamps destructions and decides when a tombstone's slot may be used again. */
  readonly clock: Clock
  /** True where the log has `destroy_begin` for a slot; asked only for slots that have to be mended. */
  readonly hasDestroyBegin: (slot: SlotId) => boolean
  /** Keys kept ready for use. */
  readonly cacheSize?: number
  /** Called after each flush of a mirror; crash tests end the process here. */
  readonly onFlush?: (mirror: Mirror) => void
}

/** How keys leave with a backup and come in with one (`docs/formats.md`, key escrow). */
export type EscrowKeys = {
  /** The slot as it stands beside a backup: sealed under the escrow's key while it lives, a tombstone otherwise. */
  exportSlot(id: SlotId, escrowKey: KeyObject): Buffer
  /**
   * Takes live slots of an escrow in under their own ids; returns how many. An id that is known here is passed over: what was
   * destroyed stays so, and what lives is here already.
   *
   * @throws IpcError E_DAMAGED when one was sealed for something else
   */
  adoptSlots(escrowKey: KeyObject, slots: readonly Buffer[]): number
}

export type SlotKeystore = Keystore & EscrowKeys & { readonly report: MendReport }

/** A destroyed slot keeps its id this long (D11), then it may be used again. */
const tombstoneTime = 366 * 86_400_000
/** A new run is appended when fewer slots than this are free, so that a full disk is met before the last one is used. */
const reserve = 128

/**
 * The record keys in `keys.a` and `keys.b`. Call this before any database of a new home is made: without key files beside a
 * store it throws instead of starting over.
 *
 * @throws IpcError E_KEYS_MISSING, E_DAMAGED, E_FOREIGN, E_NEWER, E_DISK
 */
export const openSlotKeystore = (options: SlotKeystoreOptions): SlotKeystore =>
  mappingErrors(() => {
    const { paths, homeId, key: keystoreKey, clock, hasDestroyBegin, cacheSize = 4096, onFlush } = options
    const opened = clock.now()
    const index = slotIndex(4096)
    const free: number[] = []
    const expired: number[] = []
    let states = new Uint8Array(4096)
    let purposes = new Uint8Array(4096)
    const note = (slot: number, state: number, purpose: number): void => {
      if (slot >= states.length) {
        const [oldStates, oldPurposes] = [states, purposes]
        states = new Uint8Array(slot * 2)
        purposes = new Uint8Array(slot * 2)
        states.set(oldStates)
        purposes.set(oldPurposes)
      }
      states[slot] = state
      purposes[slot] = purpose
    }

    const { mirrors, report } = openMirrors(paths, homeId, { hasDestroyBegin, now: opened }, (slot, chunk, offset) => {
      const state = stateAt(chunk, offset)
      const over = state === slotStates.destroyed && dueAt(chunk, offset) <= opened - tombstoneTime
      if (over) expired.push(slot)
      if (state === slotStates.free || over) {
        free.push(slot)
        return
      }
      note(slot, state, purposeNumberAt(chunk, offset))
      index.add(idAt(chunk, offset), slot)
    })
    free.reverse()

    const cache = keyCache<KeyObject>(cacheSize)
    const unfinished = new Set<number>()
    let closed = false

    const write = (mirror: Mirror, slots: ReadonlyArray<readonly [number, Buffer]>): void => {
      mirrors.write(mirror, slots)
      onFlush?.(mirror)
    }
    const writeBoth = (slots: ReadonlyArray<readonly [number, Buffer]>): void => {
      write('a', slots)
      write('b', slots)
    }
    const append = (): void => {
      const first = mirrors.count()
      mirrors.appendRun()
      const added = Array.from({ length: mirrors.count() - first }, (_, offset) => mirrors.count() - 1 - offset)
      free.unshift(...added)
    }

    try {
      // In a step of its own: a slot must never go from one record to another in a single write that a crash can halve.
      if (expired.length > 0) writeBoth(expired.map((slot) => [slot, freeSlot]))
    } catch (error) {
      mirrors.close()
      throw error
    }

    const assertOpen = (): void => {
      if (closed) throw new IpcError('E_SESSION', 'the vault is locked')
    }
    const requireLive = (id: SlotId): number => {
      assertOpen()
      const slot = index.find(id)
      if (slot < 0 || states[slot] !== slotStates.live) {
        throw new IpcError('E_NOT_FOUND', 'this key is destroyed or was never here', { slot: id })
      }
      return slot
    }
    const readLive = (slot: number, id: SlotId): Buffer => {
      for (const mirror of ['a', 'b'] as const) {
        const bytes = mirrors.read(mirror, slot)
        if (isSound(bytes) && stateAt(bytes) === slotStates.live && idAt(bytes) === id) return bytes
      }
      throw new IpcError('E_DAMAGED', 'a key slot is damaged in both files', { slot: id })
    }
    const keyOf = (id: SlotId): KeyObject => {
      const slot = requireLive(id)
      return cache.get(id, () => {
        const raw = decodeKey(keystoreKey, readLive(slot, id))
        const object = createSecretKey(raw)
        raw.fill(0)
        return object
      })
    }

    const createAll = (purpose: SlotPurpose, count: number, due: number): SlotId[] => {
      assertOpen()
      while (free.length < count) append()
      const random = randomBytes(count * 48)
      const made = Array.from({ length: count }, (_, number) => {
        const id = random.toString('hex', number * 48, number * 48 + 16)
        const raw = random.subarray(number * 48 + 16, number * 48 + 48)
        const bytes = encodeLiveSlot(keystoreKey, { id, purpose, due, key: raw })
        const object = createSecretKey(raw)
        raw.fill(0)
        // Taken off the list even if the write fails: what lies in the slot then is known only at the next opening.
        return { id, bytes, object, slot: free.pop() ?? -1 }
      })
      writeBoth(made.map(({ slot, bytes }) => [slot, bytes]))
      for (const { id, bytes, object, slot } of made) {
        note(slot, slotStates.live, purposeNumberAt(bytes))
        index.add(id, slot)
        cache.get(id, () => object)
      }
      if (free.length < reserve) {
        try {
          append()
        } catch (error) {
          // The keys asked for are there; the next call that finds no free slot will say that the disk is full.
          if (mapSqliteError(error).code !== 'E_DISK') throw error
        }
      }
      return made.map(({ id }) => id)
    }

    const adopt = (escrowKey: KeyObject, slots: readonly Buffer[]): number => {
      assertOpen()
      const strangers = slots.filter(
        (bytes) => isSound(bytes) && stateAt(bytes) === slotStates.live && index.find(idAt(bytes)) < 0,
      )
      while (free.length < strangers.length) append()
      const made = strangers.map((bytes) => {
        const raw = decodeKey(escrowKey, bytes)
        const id = idAt(bytes)
        const slot = { id, purpose: purposeOf(purposeNumberAt(bytes)), due: dueAt(bytes), key: raw }
        const own = encodeLiveSlot(keystoreKey, slot)
        raw.fill(0)
        return { id, own, slot: free.pop() ?? -1 }
      })
      if (made.length === 0) return 0
      writeBoth(made.map(({ slot, own }) => [slot, own]))
      for (const { id, own, slot } of made) {
        note(slot, slotStates.live, purposeNumberAt(own))
        index.add(id, slot)
      }
      return made.length
    }

    return {
      report,
      exportSlot: (id, escrowKey) => {
        assertOpen()
        const slot = index.find(id)
        if (slot < 0 || states[slot] !== slotStates.live) {
          return encodeDestroyedSlot(id, (slot < 0 ? undefined : purposes[slot]) ?? 1, clock.now())
        }
        const bytes = readLive(slot, id)
        const raw = decodeKey(keystoreKey, bytes)
        const purpose = purposeOf(purposeNumberAt(bytes))
        const exported = encodeLiveSlot(escrowKey, { id, purpose, due: dueAt(bytes), key: raw })
        raw.fill(0)
        return exported
      },
      adoptSlots: (escrowKey, slots) => mappingErrors(() => adopt(escrowKey, slots)),
      create: (purpose, due = 0) =>
        mappingErrors(() => {
          const [id] = createAll(purpose, 1, due)
          if (id === undefined) throw new IpcError('E_INTERNAL', 'no key was made')
          return id
        }),
      createMany: (purpose, count) => (count === 0 ? [] : mappingErrors(() => createAll(purpose, count, 0))),
      seal: (id, aad, plain) => sealBox(keyOf(id), aad, plain),
      open: (id, aad, box) => openBox(keyOf(id), aad, box),
      hmac: (id, message) => createHmac('sha256', keyOf(id)).update(message).digest(),
      destroy: (id) => {
        assertOpen()
        const slot = index.find(id)
        if (slot < 0 || (states[slot] === slotStates.destroyed && !unfinished.has(slot))) return
        cache.drop(id)
        states[slot] = slotStates.destroyed
        unfinished.add(slot)
        const bytes = encodeDestroyedSlot(id, purposes[slot] ?? 1, clock.now())
        const failures: unknown[] = []
        for (const mirror of ['a', 'b'] as const) {
          try {
            write(mirror, [[slot, bytes]])
          } catch (error) {
            // The other mirror is still overwritten: one is enough for the key to stay dead, both for it to be gone.
            failures.push(error)
          }
        }
        if (failures.length > 0) throw mapSqliteError(failures[0])
        unfinished.delete(slot)
      },
      state: (id) => {
        assertOpen()
        const slot = index.find(id)
        if (slot < 0) return 'unknown'
        return states[slot] === slotStates.live ? 'live' : 'destroyed'
      },
      setDue: (id, due) => {
        const slot = requireLive(id)
        const bytes = withDue(readLive(slot, id), due)
        mappingErrors(() => writeBoth([[slot, bytes]]))
      },
      listLive: () => {
        assertOpen()
        const live: Array<{ slot: SlotId; purpose: SlotPurpose }> = []
        for (let slot = 0; slot < mirrors.count(); slot += 1) {
          if (states[slot] === slotStates.live)
            live.push({ slot: index.idOf(slot), purpose: purposeOf(purposes[slot] ?? 0) })
        }
        return live
      },
      close: () => {
        if (closed) return
        closed = true
        cache.clear()
        mirrors.close()
      },
    }
  })
