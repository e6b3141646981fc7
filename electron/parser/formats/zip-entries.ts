import { crc32, inflateRawSync } from 'node:zlib'
import { Refusal } from '../refusal.ts'

/** APPNOTE.TXT 4.3: signatures of the end record, a central entry and a local entry. */
export const endSignature = 0x06054b50
export const centralSignature = 0x02014b50
export const localSignature = 0x04034b50

export type ZipEntry = {
  /** As it stands; its encoding is told by `utf8` or has to be guessed. */
  readonly name: Buffer
  readonly utf8: boolean
  readonly extra: Buffer
  readonly encrypted: boolean
  readonly method: number
  readonly packed: number
  readonly unpacked: number
  readonly offset: number
  readonly crc: number
}

const endRecord = (zip: Buffer): number => {
  const lowest = Math.max(0, zip.length - 22 - 0xffff)
  for (let at = zip.length - 22; at >= lowest; at -= 1) if (zip.readUInt32LE(at) === endSignature) return at
  throw new Refusal('malformed', 'zip_end')
}

/**
 * Entries as the central directory lists them. Zip64 and several disks are refused: no resume needs them.
 * @throws Refusal `malformed`, `too_large`
 */
export function readDirectory(zip: Buffer, most: number): readonly ZipEntry[] {
  if (zip.length < 22) throw new Refusal('malformed', 'zip_end')
  const end = endRecord(zip)
  const count = zip.readUInt16LE(end + 10)
  if (count === 0xffff || count > most) throw new Refusal('too_large', 'zip_entries')
  let at = zip.readUInt32LE(end + 16)
  const entries: ZipEntry[] = []
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > zip.length || zip.readUInt32LE(at) !== centralSignature) throw new Refusal('malformed', 'zip_entry')
    const flags = zip.readUInt16LE(at + 8)
    const nameEnd = at + 46 + zip.readUInt16LE(at + 28)
    const extraEnd = nameEnd + zip.readUInt16LE(at + 30)
    entries.push({
      name: zip.subarray(at + 46, nameEnd),
      utf8: (flags & 0x0800) !== 0,
      extra: zip.subarray(nameEnd, extraEnd),
      encrypted: (flags & 1) === 1,
      method: zip.readUInt16LE(at + 10),
      crc: zip.readUInt32LE(at + 16),
      packed: zip.readUInt32LE(at + 20),
      unpacked: zip.readUInt32LE(at + 24),
      offset: zip.readUInt32LE(at + 42),
    })
    at = extraEnd + zip.readUInt16LE(at + 32)
  }
  return entries
}

/**
 * Where the packed bytes of an entry begin.
 * @throws Refusal `malformed`
 */
export function dataStart(zip: Buffer, { offset }: ZipEntry): number {
  if (offset + 30 > zip.length || zip.readUInt32LE(offset) !== localSignature) {
    throw new Refusal('malformed', 'zip_entry')
  }
  return offset + 30 + zip.readUInt16LE(offset + 26) + zip.readUInt16LE(offset + 28)
}

/**
 * Unpacks one entry to `most` bytes, whatever the directory says about sizes.
 * @throws Refusal `malformed`, `too_large`
 */
export function unpackEntry(zip: Buffer, entry: ZipEntry, most: number): Buffer {
  const start = dataStart(zip, entry)
  const packed = zip.subarray(start, start + entry.packed)
  if (packed.length !== entry.packed) throw new Refusal('malformed', 'zip_cut')
  const part = unpack(entry.method, packed, most)
  if (crc32(part) !== entry.crc) throw new Refusal('malformed', 'zip_checksum')
  return part
}

const unpack = (method: number, packed: Buffer, most: number): Buffer => {
  if (method === 0) {
    if (packed.length > most) throw new Refusal('too_large', 'zip_part')
    return packed
  }
  if (method !== 8) throw new Refusal('malformed', 'zip_method')
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, most) })
  } catch (error) {
    const tooLarge = error instanceof RangeError || (error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE'
    throw new Refusal(tooLarge ? 'too_large' : 'malformed', tooLarge ? 'zip_part' : 'zip_data')
  }
}
