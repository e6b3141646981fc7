import { limits } from '../limits.ts'
import { Refusal } from '../refusal.ts'

export type ImageSize = { readonly width: number; readonly height: number }

const ascii = (file: Buffer, at: number, length: number): string => file.toString('latin1', at, at + length)

const jpegSize = (file: Buffer): ImageSize | undefined => {
  for (let at = 2; at + 9 < file.length;) {
    if (file[at] !== 0xff) return undefined
    const marker = file[at + 1] ?? 0
    // Fill bytes and markers without a length.
    if (marker === 0xff || marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) {
      at += marker === 0xff ? 1 : 2
      continue
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame) return { height: file.readUInt16BE(at + 5), width: file.readUInt16BE(at + 7) }
    at += 2 + Math.max(2, file.readUInt16BE(at + 2))
  }
  return undefined
}

const webpSize = (file: Buffer): ImageSize | undefined => {
  const kind = ascii(file, 12, 4)
  if (kind === 'VP8X') return { width: file.readUIntLE(24, 3) + 1, height: file.readUIntLE(27, 3) + 1 }
  if (kind === 'VP8 ') return { width: file.readUInt16LE(26) & 0x3fff, height: file.readUInt16LE(28) & 0x3fff }
  if (kind !== 'VP8L') return undefined
  const bits = file.readUInt32LE(21)
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
}

const tiffSize = (file: Buffer): ImageSize | undefined => {
  const little = ascii(file, 0, 2) === 'II'
  const u16 = (at: number): number => (little ? file.readUInt16LE(at) : file.readUInt16BE(at))
  const u32 = (at: number): number => (little ? file.readUInt32LE(at) : file.readUInt32BE(at))
  const directory = u32(4)
  const found = new Map<number, number>()
  const count = Math.min(u16(directory), 200)
  for (let index = 0; index < count; index += 1) {
    const at = directory + 2 + index * 12
    if (at + 12 > file.length) break
    found.set(u16(at), u16(at + 2) === 3 ? u16(at + 8) : u32(at + 8))
  }
  const [width, height] = [found.get(256), found.get(257)]
  return width && height ? { width, height } : undefined
}

/** The property box of HEIF that says how large a picture is; the largest counts, thumbnails have one, too. */
const heifSize = (file: Buffer): ImageSize | undefined => {
  const head = file.subarray(0, 64 * 1024)
  let best: ImageSize | undefined
  for (let at = head.indexOf('ispe'); at !== -1 && at + 16 <= head.length; at = head.indexOf('ispe', at + 4)) {
    const size = { width: head.readUInt32BE(at + 8), height: head.readUInt32BE(at + 12) }
    if (!best || size.width * size.height > best.width * best.height) best = size
  }
  return best
}

const readers: Readonly<Record<string, (file: Buffer) => ImageSize | undefined>> = {
  'image/png': (file) => ({ width: file.readUInt32BE(16), height: file.readUInt32BE(20) }),
  'image/apng': (file) => ({ width: file.readUInt32BE(16), height: file.readUInt32BE(20) }),
  'image/gif': (file) => ({ width: file.readUInt16LE(6), height: file.readUInt16LE(8) }),
  'image/bmp': (file) => ({ width: Math.abs(file.readInt32LE(18)), height: Math.abs(file.readInt32LE(22)) }),
  'image/jpeg': jpegSize,
  'image/webp': webpSize,
  'image/tiff': tiffSize,
  'image/heic': heifSize,
  'image/heif': heifSize,
  'image/avif': heifSize,
}

/** Whether pictures of this media type are kept. */
export const isKeptImage = (mediaType: string): boolean => mediaType in readers

/**
 * Width and height as the header of a picture says them; nothing is decoded.
 * @throws Refusal `too_large` where a program that shows the picture would have to unpack far more than a page, `malformed`
 */
export function imageSize(bytes: Uint8Array, mediaType: string): ImageSize | undefined {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let size: ImageSize | undefined
  try {
    size = readers[mediaType]?.(file)
  } catch {
    throw new Refusal('malformed', mediaType)
  }
  if (size === undefined) return undefined
  if (size.width < 1 || size.height < 1) throw new Refusal('malformed', mediaType)
  const { width, height } = size
  if (Math.max(width, height) > limits.imageSide || width * height > limits.imagePixels)
    throw new Refusal('too_large', 'image_dimensions')
  return size
}
