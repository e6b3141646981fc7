import { crc32 } from 'node:zlib'
import { limits } from '../limits.ts'
import { Refusal } from '../refusal.ts'
import {
  centralSignature,
  endSignature,
  localSignature,
  readDirectory,
  unpackEntry,
  type ZipEntry,
} from './zip-entries.ts'

export type ZipReader = {
  readonly names: readonly string[]
  /**
   * Unpacks one entry, within the limits, whatever the directory says about sizes.
   * @throws Refusal `malformed`, `too_large`
   */
  read(name: string): Buffer
}

const entriesOf = (zip: Buffer): readonly ZipEntry[] => {
  const entries = readDirectory(zip, limits.zipEntries)
  if (entries.some((entry) => entry.encrypted)) throw new Refusal('encrypted', 'zip')
  const declared = entries.reduce((sum, entry) => sum + entry.unpacked, 0)
  if (declared > limits.zipTotal && declared / zip.length > limits.zipRatio) throw new Refusal('too_large', 'zip_ratio')
  return entries
}

/** Opens a zip for reading single entries. Zip64 and several disks are refused: no resume needs them. */
export function openZip(bytes: Uint8Array): ZipReader {
  const zip = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const entries = new Map(entriesOf(zip).map((entry) => [entry.name.toString('utf8'), entry]))
  let total = 0
  return {
    names: [...entries.keys()],
    read(name) {
      const entry = entries.get(name)
      if (!entry) throw new Refusal('malformed', 'zip_entry')
      const part = unpackEntry(zip, entry, limits.zipPart)
      total += part.length
      if (total > limits.zipTotal) throw new Refusal('too_large', 'zip_total')
      return part
    },
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
