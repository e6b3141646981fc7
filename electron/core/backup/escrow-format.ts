import { z } from 'zod'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { crc32c } from '../keys/crc32c.ts'
import { parseKekFile, type KekFile } from '../keys/kek-format.ts'
import { slotLength } from '../keys/slot-format.ts'

/**
 * Bytes of `FILE.keys`, the key escrow beside a backup (`docs/formats.md`): a header of 128 bytes, a JSON part padded to a
 * multiple of 128, then slots of 128 bytes in the order of their ids. Numbers are big-endian.
 */
export const escrowVersion = 1
export const escrowHeaderLength = 128
/** Bounds the JSON part: nobody makes this program read gigabytes of it. */
const longestPart = 64 * 1024

const magic = Buffer.from('CANDORES', 'latin1')
const at = { version: 8, part: 12, homeId: 16, backupId: 32, slots: 48, crc: 92 } as const

export type EscrowHeader = {
  /** Lower-case hex, 32 digits each. */
  readonly homeId: string
  readonly backupId: string
  /** Bytes of the JSON part. */
  readonly part: number
  readonly slots: number
}

/** What opens the escrow, and what it says of its backup. */
export type EscrowPart = {
  /** The home's key file with the `recovery` wrap alone. */
  readonly key: KekFile
  /** The sealed manifest. */
  readonly manifest: Buffer
}

const damaged = (file: string, found: string): IpcError =>
  new IpcError('E_DAMAGED', 'the key file beside the backup is damaged', { file, found })

export const encodeEscrowHeader = ({ homeId, backupId, part, slots }: EscrowHeader): Buffer => {
  const header = Buffer.alloc(escrowHeaderLength)
  magic.copy(header)
  header.writeUInt32BE(escrowVersion, at.version)
  header.writeUInt32BE(part, at.part)
  header.write(homeId, at.homeId, 'hex')
  header.write(backupId, at.backupId, 'hex')
  header.writeUInt32BE(slots, at.slots)
  header.writeUInt32BE(crc32c(header, 0, at.crc), at.crc)
  return header
}

/**
 * @param file how errors call it
 * @param length bytes of the whole file
 * @throws IpcError E_FOREIGN (no escrow at all), E_NEWER, E_DAMAGED
 */
export const decodeEscrowHeader = (header: Buffer, file: string, length: number): EscrowHeader => {
  if (length === 0) throw damaged(file, 'too_short')
  if (header.length < 8 || !header.subarray(0, 8).equals(magic)) {
    throw new IpcError('E_FOREIGN', 'this is no key file of a backup', { file })
  }
  if (header.length < escrowHeaderLength) throw damaged(file, 'too_short')
  if (header.readUInt32BE(at.crc) !== crc32c(header, 0, at.crc)) throw damaged(file, 'header')
  const version = header.readUInt32BE(at.version)
  if (version > escrowVersion) {
    throw new IpcError('E_NEWER', 'written by a newer Candor', { found: version, known: escrowVersion })
  }
  const part = header.readUInt32BE(at.part)
  const slots = header.readUInt32BE(at.slots)
  if (part > longestPart || part % slotLength !== 0) throw damaged(file, 'header')
  if (length !== escrowHeaderLength + part + slots * slotLength) throw damaged(file, 'length')
  return {
    homeId: header.toString('hex', at.homeId, at.homeId + 16),
    backupId: header.toString('hex', at.backupId, at.backupId + 16),
    part,
    slots,
  }
}

/** Where a slot lies in the file. */
export const escrowSlotAt = ({ part }: EscrowHeader, slot: number): number =>
  escrowHeaderLength + part + slot * slotLength

const partSchema = z.strictObject({
  format: z.literal('candor-escrow'),
  version: z.literal(escrowVersion),
  key: z.unknown(),
  manifest: z.base64url().min(1),
})

export const encodeEscrowPart = ({ key, manifest }: EscrowPart): Buffer => {
  const json = JSON.stringify({
    format: 'candor-escrow',
    version: escrowVersion,
    key,
    manifest: manifest.toString('base64url'),
  })
  const bytes = Buffer.from(json)
  return Buffer.concat([bytes, Buffer.alloc((slotLength - (bytes.length % slotLength)) % slotLength, ' ')])
}

/** @throws IpcError E_DAMAGED, E_NEWER */
export const decodeEscrowPart = (bytes: Buffer, file: string): EscrowPart => {
  let json: unknown
  try {
    json = JSON.parse(bytes.toString('utf8'))
  } catch {
    throw damaged(file, 'part')
  }
  const parsed = partSchema.safeParse(json)
  if (!parsed.success) throw damaged(file, 'part')
  return {
    key: parseKekFile(JSON.stringify(parsed.data.key)),
    manifest: Buffer.from(parsed.data.manifest, 'base64url'),
  }
}
