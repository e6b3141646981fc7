import { closeSync, fstatSync, fsyncSync, openSync } from 'node:fs'
import { basename } from 'node:path'
import type { SlotId } from '../keys/keystore-port.ts'
import {
  encodeDestroyedSlot,
  idAt,
  isSound,
  purposeNumberAt,
  slotLength,
  slotStates,
  stateAt,
} from '../keys/slot-format.ts'
import { readAt, writeAt } from '../store/durable-file.ts'
import { mappingErrors } from '../store/sqlite-error.ts'
import {
  decodeEscrowHeader,
  decodeEscrowPart,
  escrowHeaderLength,
  escrowSlotAt,
  type EscrowHeader,
  type EscrowPart,
} from './escrow-format.ts'

export type Escrow = EscrowHeader & EscrowPart

const headerOf = (fd: number, path: string): EscrowHeader => {
  const header = Buffer.alloc(escrowHeaderLength)
  const got = readAt(fd, header, 0)
  return decodeEscrowHeader(header.subarray(0, got), basename(path), fstatSync(fd).size)
}

const withFile = <T>(path: string, flags: 'r' | 'r+', work: (fd: number) => T): T =>
  mappingErrors(() => {
    const fd = openSync(path, flags)
    try {
      return work(fd)
    } finally {
      closeSync(fd)
    }
  })

/** Header and JSON part. @throws IpcError E_FOREIGN, E_NEWER, E_DAMAGED, E_DISK */
export const readEscrow = (path: string): Escrow =>
  withFile(path, 'r', (fd) => {
    const header = headerOf(fd, path)
    const part = Buffer.alloc(header.part)
    readAt(fd, part, escrowHeaderLength)
    return { ...header, ...decodeEscrowPart(part, basename(path)) }
  })

/** Every slot, as it lies there. @throws IpcError E_FOREIGN, E_NEWER, E_DAMAGED, E_DISK */
export const readEscrowSlots = (path: string): Buffer[] =>
  withFile(path, 'r', (fd) => {
    const header = headerOf(fd, path)
    const bytes = Buffer.alloc(header.slots * slotLength)
    readAt(fd, bytes, escrowSlotAt(header, 0))
    return Array.from({ length: header.slots }, (_, slot) => bytes.subarray(slot * slotLength, (slot + 1) * slotLength))
  })

const isLive = (bytes: Buffer): boolean => isSound(bytes) && stateAt(bytes) === slotStates.live
/** A write that a power cut halved is written once more: half a key is a key too many. */
const needsOverwriting = (bytes: Buffer): boolean => isLive(bytes) || !isSound(bytes)

const destroyed = (bytes: Buffer, now: number): Buffer => {
  const purpose = purposeNumberAt(bytes)
  return encodeDestroyedSlot(idAt(bytes), purpose >= 1 && purpose <= 4 ? purpose : 1, now)
}

/** Slots lie in the order of their ids, so one costs as much in a small backup as in a large one. */
const find = (
  fd: number,
  header: EscrowHeader,
  id: SlotId,
): { readonly place: number; readonly bytes: Buffer } | null => {
  let [low, high] = [0, header.slots - 1]
  const bytes = Buffer.alloc(slotLength)
  while (low <= high) {
    const middle = (low + high) >> 1
    const place = escrowSlotAt(header, middle)
    readAt(fd, bytes, place)
    const found = idAt(bytes)
    if (found === id) return { place, bytes }
    if (found < id) low = middle + 1
    else high = middle - 1
  }
  return null
}

/** Another file lies where this escrow was. */
export class OtherFile extends Error {}

const requireBackup = (header: EscrowHeader, backupId: string): void => {
  if (header.backupId !== backupId) throw new OtherFile('another file')
}

/**
 * Overwrites the keys of these slots where they lie, in one write each, and flushes them; needs no space. Harmless when repeated.
 * Returns how many of them this escrow held, whatever their state was.
 *
 * @throws IpcError E_DISK, E_FOREIGN, E_DAMAGED; OtherFile
 */
export const overwriteEscrowSlots = (path: string, backupId: string, ids: readonly SlotId[], now: number): number =>
  withFile(path, 'r+', (fd) => {
    const header = headerOf(fd, path)
    requireBackup(header, backupId)
    let held = 0
    for (const id of ids) {
      const slot = find(fd, header, id)
      if (slot === null) continue
      held += 1
      if (needsOverwriting(slot.bytes)) writeAt(fd, destroyed(slot.bytes, now), slot.place)
    }
    if (held > 0) fsyncSync(fd)
    return held
  })

/** How many of these keys live beside a backup. Looks only. @throws IpcError E_DISK, E_FOREIGN, E_DAMAGED; OtherFile */
export const countEscrowKeys = (path: string, backupId: string, ids: readonly SlotId[]): number =>
  withFile(path, 'r', (fd) => {
    const header = headerOf(fd, path)
    requireBackup(header, backupId)
    return ids.filter((id) => {
      const slot = find(fd, header, id)
      return slot !== null && isLive(slot.bytes)
    }).length
  })

/**
 * Overwrites in the same way every slot whose key is dead, whoever it was. Opens the file for writing only where something is to be
 * overwritten. Returns how many were.
 *
 * @throws IpcError E_DISK, E_FOREIGN, E_DAMAGED; OtherFile
 */
export const overwriteDeadSlots = (
  path: string,
  backupId: string,
  isDead: (id: SlotId) => boolean,
  now: number,
): number => {
  const header = withFile(path, 'r', (fd) => headerOf(fd, path))
  requireBackup(header, backupId)
  const dead = readEscrowSlots(path).flatMap((bytes, slot) =>
    needsOverwriting(bytes) && (!isSound(bytes) || isDead(idAt(bytes))) ? [{ slot, bytes }] : [],
  )
  if (dead.length === 0) return 0
  withFile(path, 'r+', (fd) => {
    for (const { slot, bytes } of dead) writeAt(fd, destroyed(bytes, now), escrowSlotAt(header, slot))
    fsyncSync(fd)
  })
  return dead.length
}
