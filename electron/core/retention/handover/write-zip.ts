import { crc32 } from 'node:zlib'

export type ZipEntry = { readonly name: string; readonly bytes: Uint8Array }

/** 1980-01-01, the earliest that the format knows: when a file was packed is told by the manifest. */
const date = 0x21
const utf8Names = 0x0800

const localHeader = ({ bytes }: ZipEntry, name: Buffer): Buffer => {
  const header = Buffer.alloc(30)
  header.writeUInt32LE(0x04034b50, 0)
  header.writeUInt16LE(20, 4)
  header.writeUInt16LE(utf8Names, 6)
  header.writeUInt16LE(date, 12)
  header.writeUInt32LE(crc32(bytes), 14)
  header.writeUInt32LE(bytes.length, 18)
  header.writeUInt32LE(bytes.length, 22)
  header.writeUInt16LE(name.length, 26)
  return header
}

const centralHeader = (local: Buffer, offset: number): Buffer => {
  const header = Buffer.alloc(46)
  header.writeUInt32LE(0x02014b50, 0)
  header.writeUInt16LE(20, 4)
  local.copy(header, 6, 4, 30)
  header.writeUInt32LE(offset, 42)
  return header
}

/** A ZIP of stored files (APPNOTE 6.3): no compression, so that each stands in it as it was hashed. Below 4 GB. */
export const writeZip = (entries: readonly ZipEntry[]): Uint8Array => {
  const parts: Uint8Array[] = []
  const central: Uint8Array[] = []
  let offset = 0
  for (const entry of entries) {
    const name = Buffer.from(entry.name, 'utf8')
    const local = localHeader(entry, name)
    parts.push(local, name, entry.bytes)
    central.push(centralHeader(local, offset), name)
    offset += local.length + name.length + entry.bytes.length
  }
  const size = central.reduce((sum, { length }) => sum + length, 0)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(size, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...parts, ...central, end])
}
