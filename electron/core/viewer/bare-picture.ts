export type BarePicture = { readonly media_type: 'image/png' | 'image/jpeg'; readonly content_base64: string }

/** Largest picture that is shown, in bytes. */
const largest = 12 * 1024 * 1024
const pngHead = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
/** Pixels, their colours and how see-through they are. All other chunks are words, times, places and profiles. */
const pngKept: ReadonlySet<string> = new Set(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND'])

const barePng = (file: Buffer): Buffer | undefined => {
  const parts: Buffer[] = [pngHead]
  for (let at = pngHead.length; at + 12 <= file.length;) {
    const end = at + 12 + file.readUInt32BE(at)
    const kind = file.toString('latin1', at + 4, at + 8)
    if (end > file.length) return undefined
    if (pngKept.has(kind)) parts.push(file.subarray(at, end))
    // Whatever stands behind the end is no picture.
    if (kind === 'IEND') return Buffer.concat(parts)
    at = end
  }
  return undefined
}

/** Segments before the pixels: those of applications (EXIF, XMP, thumbnails) and comments go; Adobe's says how colours are meant. */
const isKeptSegment = (marker: number): boolean =>
  !(marker >= 0xe0 && marker <= 0xef && marker !== 0xee) && marker !== 0xfe

const bareJpeg = (file: Buffer): Buffer | undefined => {
  const parts: Buffer[] = [file.subarray(0, 2)]
  for (let at = 2; at + 2 <= file.length;) {
    if (file[at] !== 0xff) return undefined
    const marker = file[at + 1] ?? 0
    if (marker === 0xff) {
      at += 1
      continue
    }
    if (marker === 0xd9) return Buffer.concat([...parts, Buffer.from([0xff, 0xd9])])
    if (at + 4 > file.length) return undefined
    const end = at + 2 + file.readUInt16BE(at + 2)
    if (end > file.length) return undefined
    if (isKeptSegment(marker)) parts.push(file.subarray(at, end))
    at = end
    if (marker !== 0xda) continue
    // Pixels up to the next marker that is none of theirs; a progressive picture has several of these.
    let stop = at
    while (stop + 1 < file.length) {
      const next = file[stop + 1] ?? 0
      if (file[stop] === 0xff && next !== 0 && !(next >= 0xd0 && next <= 0xd7)) break
      stop += 1
    }
    parts.push(file.subarray(at, stop))
    at = stop
  }
  return undefined
}

/** The pixels of a PNG or a JPEG and nothing else of the file; undefined where it is another format or not whole. */
export const barePicture = (bytes: Uint8Array): BarePicture | undefined => {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (file.length > largest) return undefined
  const isPng = file.subarray(0, pngHead.length).equals(pngHead)
  if (!isPng && !(file[0] === 0xff && file[1] === 0xd8)) return undefined
  const bare = isPng ? barePng(file) : bareJpeg(file)
  if (bare === undefined) return undefined
  return { media_type: isPng ? 'image/png' : 'image/jpeg', content_base64: bare.toString('base64') }
}
