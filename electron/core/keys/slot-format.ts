import { createCipheriv, createDecipheriv, randomBytes, type KeyObject } from 'node:crypto'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { crc32c } from './crc32c.ts'
import { slotPurposes, type SlotId, type SlotPurpose } from './keystore-port.ts'
import { freshNonce } from './sealed-box.ts'

/**
 * Bytes of `keys.a` and `keys.b` (`docs/formats.md`): one header of 128 bytes, then slots of 128 bytes. 128 divides every
 * sector and page size, so no slot lies across two. Numbers are big-endian.
 */
export const slotLength = 128
export const headerLength = 128
export const runLength = 1024
export const keystoreVersion = 1

export const slotStates = { free: 0, live: 1, destroyed: 2 } as const
export type SlotState = (typeof slotStates)[keyof typeof slotStates]

const at = { id: 0, state: 16, purpose: 17, due: 24, nonce: 32, key: 44, tag: 76, crc: 92, zero: 96 } as const
const magic = Buffer.from('CANDORKS', 'latin1')
const headerAt = { magic: 0, version: 8, mirror: 12, homeId: 16, crc: 92 } as const

export type Mirror = 'a' | 'b'

export const encodeHeader = (homeId: string, mirror: Mirror): Buffer => {
  const header = Buffer.alloc(headerLength)
  magic.copy(header)
  header.writeUInt32BE(keystoreVersion, headerAt.version)
  header.write(mirror, headerAt.mirror, 'latin1')
  header.write(homeId, headerAt.homeId, 'hex')
  header.writeUInt32BE(crc32c(header, 0, headerAt.crc), headerAt.crc)
  return header
}

/**
 * True for a header of this home, false for one whose check fails.
 *
 * @throws IpcError E_NEWER, E_FOREIGN
 */
export const checkHeader = (header: Buffer, homeId: string, mirror: Mirror): boolean => {
  if (header.length < headerLength || !header.subarray(0, 8).equals(magic)) return false
  if (header.readUInt32BE(headerAt.crc) !== crc32c(header, 0, headerAt.crc)) return false
  const version = header.readUInt32BE(headerAt.version)
  if (version > keystoreVersion) {
    throw new IpcError('E_NEWER', 'written by a newer Candor', { found: version, known: keystoreVersion })
  }
  const found = header.toString('hex', headerAt.homeId, headerAt.homeId + 16)
  const side = header.toString('latin1', headerAt.mirror, headerAt.mirror + 1)
  if (found !== homeId || side !== mirror) {
    throw new IpcError('E_FOREIGN', 'a key file of another home', { file: `keys.${mirror}` })
  }
  return true
}

const sign = (slot: Buffer): Buffer => {
  slot.writeUInt32BE(crc32c(slot, 0, at.crc), at.crc)
  return slot
}

export const freeSlot: Buffer = sign(Buffer.alloc(slotLength))

/** Whether the slot is what its check says, with nothing behind it. */
export const isSound = (slot: Buffer, offset = 0): boolean => {
  if (slot.readUInt32BE(offset + at.crc) !== crc32c(slot, offset, offset + at.crc)) return false
  for (let index = offset + at.zero; index < offset + slotLength; index += 1) if (slot[index] !== 0) return false
  const state = slot[offset + at.state]
  const purpose = slot[offset + at.purpose]!
  return state === slotStates.free ? purpose === 0 : (state === 1 || state === 2) && purpose >= 1 && purpose <= 4
}

export const stateAt = (slot: Buffer, offset = 0): SlotState => slot[offset + at.state] as SlotState
export const purposeNumberAt = (slot: Buffer, offset = 0): number => slot[offset + at.purpose]!
export const dueAt = (slot: Buffer, offset = 0): number => Number(slot.readBigUInt64BE(offset + at.due))
export const idAt = (slot: Buffer, offset = 0): SlotId => slot.toString('hex', offset + at.id, offset + at.id + 16)

const names = Object.fromEntries(Object.entries(slotPurposes).map(([name, number]) => [number, name])) as Readonly<
  Record<number, SlotPurpose>
>

export const purposeOf = (number: number): SlotPurpose => {
  const name = names[number]
  if (name === undefined) throw new IpcError('E_DAMAGED', 'a key slot has no such purpose')
  return name
}

/** What a sealed key is bound to: taken to another slot or purpose, it does not open. */
const slotAad = (id: SlotId, purpose: number): Buffer =>
  Buffer.concat([Buffer.from('candor/slot/1|'), Buffer.from(id, 'hex'), Buffer.from([purpose])])

export const encodeLiveSlot = (
  keystoreKey: KeyObject,
  slot: { readonly id: SlotId; readonly purpose: SlotPurpose; readonly due: number; readonly key: Uint8Array },
): Buffer => {
  const bytes = Buffer.alloc(slotLength)
  const purpose = slotPurposes[slot.purpose]
  bytes.write(slot.id, at.id, 'hex')
  bytes[at.state] = slotStates.live
  bytes[at.purpose] = purpose
  bytes.writeBigUInt64BE(BigInt(slot.due), at.due)
  const nonce = freshNonce()
  const cipher = createCipheriv('aes-256-gcm', keystoreKey, nonce)
  cipher.setAAD(slotAad(slot.id, purpose))
  bytes.set(nonce, at.nonce)
  cipher.update(slot.key).copy(bytes, at.key)
  cipher.final()
  cipher.getAuthTag().copy(bytes, at.tag)
  return sign(bytes)
}

/** @throws IpcError E_DAMAGED when the sealed key is not genuine */
export const decodeKey = (keystoreKey: KeyObject, slot: Buffer): Buffer => {
  const decipher = createDecipheriv('aes-256-gcm', keystoreKey, slot.subarray(at.nonce, at.key))
  decipher.setAAD(slotAad(idAt(slot), purposeNumberAt(slot)))
  decipher.setAuthTag(slot.subarray(at.tag, at.crc))
  try {
    return Buffer.concat([decipher.update(slot.subarray(at.key, at.tag)), decipher.final()])
  } catch {
    throw new IpcError('E_DAMAGED', 'a key slot is not genuine', { slot: idAt(slot) })
  }
}

/** Random bytes over nonce, key and tag; the id stays as a tombstone, `due` becomes the time of the destruction. */
export const encodeDestroyedSlot = (id: SlotId, purposeNumber: number, time: number): Buffer => {
  const bytes = Buffer.alloc(slotLength)
  bytes.write(id, at.id, 'hex')
  bytes[at.state] = slotStates.destroyed
  bytes[at.purpose] = purposeNumber
  bytes.writeBigUInt64BE(BigInt(time), at.due)
  randomBytes(at.crc - at.nonce).copy(bytes, at.nonce)
  return sign(bytes)
}

export const withDue = (slot: Buffer, due: number): Buffer => {
  const bytes = Buffer.from(slot)
  bytes.writeBigUInt64BE(BigInt(due), at.due)
  return sign(bytes)
}
