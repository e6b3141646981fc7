import type { ArchivePart, ParsedArchive, ParseWarning, QuarantineReason } from '../../shared/domain/intake.ts'
import { cleanFileName } from '../../shared/text/clean-file-name.ts'
import { limits } from '../limits.ts'
import { Refusal } from '../refusal.ts'
import { dataStart, readDirectory, unpackEntry, type ZipEntry } from './zip-entries.ts'

type Refused = ParsedArchive['refused'][number]

/** What file managers leave behind. */
const litter = /(?:^|\/)(?:__MACOSX\/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|~\$[^/]*$|\._[^/]*$)/i

/** APPNOTE.TXT 4.6.9: the name in UTF-8 beside one in an old encoding. */
const unicodePath = (extra: Buffer): string | undefined => {
  for (let at = 0; at + 4 <= extra.length;) {
    const length = extra.readUInt16LE(at + 2)
    if (extra.readUInt16LE(at) === 0x7075 && length > 5) return extra.toString('utf8', at + 9, at + 4 + length)
    at += 4 + length
  }
  return undefined
}

const decode = (bytes: Buffer, encoding: string): string | undefined => {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** Chinese Windows writes names in GBK and says nothing; macOS writes UTF-8 and says nothing either. */
export const entryName = ({ name, utf8, extra }: Pick<ZipEntry, 'name' | 'utf8' | 'extra'>): string =>
  unicodePath(extra) ??
  (utf8 ? name.toString('utf8') : (decode(name, 'utf-8') ?? decode(name, 'gb18030'))) ??
  name.toString('latin1')

/** Bytes that two entries share make one file many: the overlapping bomb. */
const refuseOverlap = (zip: Buffer, entries: readonly ZipEntry[]): void => {
  const ranges = entries
    .map((entry) => ({ from: entry.offset, to: dataStart(zip, entry) + entry.packed }))
    .sort((a, b) => a.from - b.from)
  let reach = 0
  for (const { from, to } of ranges) {
    if (from < reach) throw new Refusal('malformed', 'zip_overlap')
    if (to > zip.length) throw new Refusal('malformed', 'zip_cut')
    reach = to
  }
}

const namesOf = (zip: Buffer): readonly string[] | undefined => {
  try {
    return readDirectory(zip, limits.batchEntries).map((entry) => entry.name.toString('latin1'))
  } catch {
    return undefined
  }
}

/** What a ZIP is told by: a document of an office program, or files together. Undefined where its directory cannot be read. */
export const zipKind = (bytes: Uint8Array): 'docx' | 'office' | 'batch' | undefined => {
  const names = namesOf(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  if (names === undefined) return undefined
  if (names.some((name) => /^word\/document\d*\.xml$/.test(name))) return 'docx'
  return names.some((name) => name === '[Content_Types].xml' || name === 'mimetype' || name === 'META-INF/MANIFEST.MF')
    ? 'office'
    : 'batch'
}

export const isZip = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && ((bytes[2] === 3 && bytes[3] === 4) || (bytes[2] === 5 && bytes[3] === 6))

/** Collects the files of an archive and of those within it, under one budget. */
class Batch {
  readonly parts: ArchivePart[] = []
  readonly refused: Refused[] = []
  readonly warnings = new Set<ParseWarning>()
  private readonly names = new Set<string>()
  private total = 0
  private entries = 0

  add(zip: Buffer, depth: number): void {
    const all = readDirectory(zip, limits.batchEntries)
    refuseOverlap(zip, all)
    this.entries += all.length
    if (this.entries > limits.batchEntries) throw new Refusal('too_large', 'zip_entries')
    for (const entry of all) {
      const given = entryName(entry)
      if (/[/\\]$/.test(given) || litter.test(given)) continue
      this.take(zip, entry, given, depth)
    }
  }

  private take(zip: Buffer, entry: ZipEntry, given: string, depth: number): void {
    const name = this.unique(given)
    try {
      if (this.parts.length >= limits.batchFiles) throw new Refusal('too_large', 'zip_files')
      const bytes = this.unpack(zip, entry)
      if (bytes.length === 0) throw new Refusal('empty')
      if (isZip(bytes) && zipKind(bytes) === 'batch') this.inner(bytes, depth)
      else {
        this.total += bytes.length
        this.parts.push({ name, bytes: new Uint8Array(bytes) })
      }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      this.refuse(name, error.reason, error.detail)
    }
  }

  private inner(bytes: Buffer, depth: number): void {
    if (depth + 1 > limits.batchDepth) throw new Refusal('too_deep', 'zip')
    this.add(bytes, depth + 1)
  }

  private unpack(zip: Buffer, entry: ZipEntry): Buffer {
    if (entry.encrypted || entry.method === 99) throw new Refusal('encrypted', 'zip')
    if (entry.method !== 0 && entry.method !== 8) throw new Refusal('unknown_format', 'zip_method')
    const ratio = Math.max(1024 * 1024, entry.packed * limits.batchRatio)
    const room = Math.min(limits.batchFile, limits.batchTotal - this.total, ratio)
    if (room < 1) throw new Refusal('too_large', 'zip_total')
    return unpackEntry(zip, entry, room)
  }

  private refuse(name: string, quarantined: QuarantineReason, detail: string): void {
    if (this.refused.length < limits.batchFiles) this.refused.push({ name, quarantined, detail })
    else this.warnings.add('truncated')
  }

  /** `a.pdf`, `a (2).pdf`: folders are left out, so names may meet. */
  private unique(given: string): string {
    const { name, extension, deceptive } = cleanFileName(given)
    if (deceptive) this.warnings.add('deceptive_name')
    const stem = extension === '' ? name : name.slice(0, -extension.length - 1)
    let found = name
    for (let number = 2; this.names.has(found.toLowerCase()); number += 1)
      found = extension === '' ? `${stem} (${number})` : `${stem} (${number}).${extension}`
    this.names.add(found.toLowerCase())
    return found
  }
}

/**
 * Takes a ZIP of files apart. One that cannot be taken out is named with its reason; the others come all the same.
 * @throws Refusal where nothing can be taken out: `malformed` (also entries that overlap), `too_large`, `encrypted`, `empty`
 */
export function readBatch(bytes: Uint8Array): ParsedArchive {
  const batch = new Batch()
  batch.add(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), 1)
  const { parts, refused, warnings } = batch
  const [first] = refused
  if (parts.length === 0) {
    if (first === undefined) throw new Refusal('empty', 'zip')
    if (refused.every((one) => one.quarantined === first.quarantined))
      throw new Refusal(first.quarantined, first.detail)
  }
  return { kind: 'archive', format: 'zip', parts, refused, warnings: [...warnings] }
}
