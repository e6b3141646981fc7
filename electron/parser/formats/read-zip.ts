import { crc32, inflateRawSync } from 'node:zlib'
import { limits } from '../limits.ts'
import { Refusal } from '../refusal.ts'

/** APPNOTE.TXT 4.3: signatures of the end record, a central entry and a local entry. */
const endSignature = 0x06054b50
const centralSignature = 0x02014b50
const localSignature = 0x04034b50

type Entry = {
  readonly name: string
  readonly method: number
  readonly packed: number
  readonly offset: number
  readonly crc: number
}

export type ZipReader = {
  readonly names: readonly string[]
  /**
   * Unpacks one entry, within the limits, whatever the directory says about sizes.
   * @throws Refusal `malformed`, `too_large`
   */
  read(name: string): Buffer
}

const endRecord = (zip: Buffer): number => {
  const lowest = Math.max(0, zip.length - 22 - 0xffff)
  for (let at = zip.length - 22; at >= lowest; at -= 1) if (zip.readUInt32LE(at) === endSignature) return at
  throw new Refusal('malformed', 'zip_end')
}

const listEntries = (zip: Buffer): readonly Entry[] => {
  const end = endRecord(zip)
  const count = zip.readUInt16LE(end + 10)
  if (count === 0xffff || count > limits.zipEntries) throw new Refusal('too_large', 'zip_entries')
  let at = zip.readUInt32LE(end + 16)
  let declared = 0
  const entries: Entry[] = []
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > zip.length || zip.readUInt32LE(at) !== centralSignature) throw new Refusal('malformed', 'zip_entry')
    if ((zip.readUInt16LE(at + 8) & 1) === 1) throw new Refusal('encrypted', 'zip')
    const nameLength = zip.readUInt16LE(at + 28)
    const packed = zip.readUInt32LE(at + 20)
    declared += zip.readUInt32LE(at + 24)
    entries.push({
      name: zip.toString('utf8', at + 46, at + 46 + nameLength),
      method: zip.readUInt16LE(at + 10),
      crc: zip.readUInt32LE(at + 16),
      packed,
      offset: zip.readUInt32LE(at + 42),
    })
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  }
  if (declared > limits.zipTotal && declared / zip.length > limits.zipRatio) throw new Refusal('too_large', 'zip_ratio')
  return entries
}

/** Opens a zip for reading single entries. Zip64 and several disks are refused: no resume needs them. */
export function openZip(bytes: Uint8Array): ZipReader {
  const zip = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (zip.length < 22) throw new Refusal('malformed', 'zip_end')
  const entries = new Map(listEntries(zip).map((entry) => [entry.name, entry]))
  let total = 0
  return {
    names: [...entries.keys()],
    read(name) {
      const entry = entries.get(name)
      if (!entry || entry.offset + 30 > zip.length || zip.readUInt32LE(entry.offset) !== localSignature) {
        throw new Refusal('malformed', 'zip_entry')
      }
      const start = entry.offset + 30 + zip.readUInt16LE(entry.offset + 26) + zip.readUInt16LE(entry.offset + 28)
      const packed = zip.subarray(start, start + entry.packed)
      if (packed.length !== entry.packed) throw new Refusal('malformed', 'zip_cut')
      const part = unpack(entry.method, packed)
      if (crc32(part) !== entry.crc) throw new Refusal('malformed', 'zip_checksum')
      total += part.length
      if (total > limits.zipTotal) throw new Refusal('too_large', 'zip_total')
      return part
    },
  }
}

const unpack = (method: number, packed: Buffer): Buffer => {
  if (method === 0) {
    if (packed.length > limits.zipPart) throw new Refusal('too_large', 'zip_part')
    return packed
  }
  if (method !== 8) throw new Refusal('malformed', 'zip_method')
  try {
    return inflateRawSync(packed, { maxOutputLength: limits.zipPart })
  } catch (error) {
    const tooLarge = error instanceof RangeError || (error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE'
    throw new Refusal(tooLarge ? 'too_large' : 'malformed', tooLarge ? 'zip_part' : 'zip_data')
  }
}

/** A zip of stored (not packed) parts; what a second reader is given, so that it sees exactly what was checked. */
export function storeZip(parts: ReadonlyMap<string, Uint8Array>): Buffer {
  const locals: Buffer[] = []
  const centrals: Buffer[] = []
  let offset = 0
  for (const [name, part] of parts) {
    const encoded = Buffer.from(name, 'utf8')
    const crc = crc32(part)
    const local = Buffer.alloc(30)
    local.writeUInt32LE(localSignature, 0)
    local.writeUInt16LE(20, 4)
    local.writeUInt16LE(0x0800, 6)
    local.writeUInt32LE(crc, 14)
    local.writeUInt32LE(part.length, 18)
    local.writeUInt32LE(part.length, 22)
    local.writeUInt16LE(encoded.length, 26)
    const central = Buffer.alloc(46)
    central.writeUInt32LE(centralSignature, 0)
    central.writeUInt16LE(20, 4)
    central.writeUInt16LE(20, 6)
    central.writeUInt16LE(0x0800, 8)
    local.copy(central, 16, 14, 28)
    central.writeUInt32LE(offset, 42)
    locals.push(local, encoded, Buffer.from(part))
    centrals.push(central, encoded)
    offset += 30 + encoded.length + part.length
  }
  const directory = Buffer.concat(centrals)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(endSignature, 0)
  end.writeUInt16LE(parts.size, 8)
  end.writeUInt16LE(parts.size, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...locals, directory, end])
}
