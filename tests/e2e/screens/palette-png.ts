import { deflateSync, inflateSync } from 'node:zlib'

/** A picture of a window has few colours: as a palette it takes a third of the bytes. Colours beyond 256 go to their nearest. */

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const COLOURS = 256

type Pixels = { readonly width: number; readonly height: number; readonly rgb: Uint8Array }

const paeth = (a: number, b: number, c: number): number => {
  const [pa, pb, pc] = [Math.abs(b - c), Math.abs(a - c), Math.abs(a + b - 2 * c)]
  if (pa <= pb && pa <= pc) return a
  return pb <= pc ? b : c
}

/** Reads what Chromium writes: 8 bits a channel, RGB or RGBA, not interlaced. */
const decode = (png: Buffer): Pixels => {
  const parts: Buffer[] = []
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at)
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(png.subarray(at + 8, at + 8 + length))
    at += length + 12
  }
  const [width, height, kind] = [png.readUInt32BE(16), png.readUInt32BE(20), png[25]]
  const channels = kind === 6 ? 4 : 3
  const data = inflateSync(Buffer.concat(parts))
  const stride = width * channels
  const rgb = new Uint8Array(width * height * 3)
  let above = new Uint8Array(stride)
  for (let y = 0; y < height; y++) {
    const filter = data[y * (stride + 1)]
    const line = new Uint8Array(data.subarray(y * (stride + 1) + 1, (y + 1) * (stride + 1)))
    for (let x = 0; x < stride; x++) {
      const [left, up, corner] = [line[x - channels] ?? 0, above[x] ?? 0, above[x - channels] ?? 0]
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter ?? 0] ?? 0
      line[x] = (line[x] ?? 0) + guess
    }
    for (let x = 0; x < width; x++) rgb.set(line.subarray(x * channels, x * channels + 3), (y * width + x) * 3)
    above = line
  }
  return { width, height, rgb }
}

const distance = (a: number, b: number): number =>
  ((a >> 16) - (b >> 16)) ** 2 + (((a >> 8) & 255) - ((b >> 8) & 255)) ** 2 + ((a & 255) - (b & 255)) ** 2

const crcTable = Uint32Array.from({ length: 256 }, (_, n) => {
  let value = n
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  return value
})
const chunk = (name: string, data: Uint8Array): Buffer => {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  let crc = 0xffffffff
  for (const byte of body) crc = (crcTable[(crc ^ byte) & 255] ?? 0) ^ (crc >>> 8)
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE((crc ^ 0xffffffff) >>> 0)
  return Buffer.concat([length, body, sum])
}

/** The same picture with a palette of at most 256 colours. */
export const toPalette = (png: Buffer): Buffer => {
  const { width, height, rgb } = decode(png)
  const colours = new Uint32Array(width * height)
  const counts = new Map<number, number>()
  for (let at = 0; at < colours.length; at++) {
    const colour = ((rgb[at * 3] ?? 0) << 16) | ((rgb[at * 3 + 1] ?? 0) << 8) | (rgb[at * 3 + 2] ?? 0)
    colours[at] = colour
    counts.set(colour, (counts.get(colour) ?? 0) + 1)
  }
  // The most frequent first, none beside one that is nearly the same, so that rare hues keep a place.
  const palette: number[] = []
  const byCount = [...counts].sort((a, b) => b[1] - a[1]).map(([colour]) => colour)
  for (const apart of [192, 48, 0]) {
    for (const colour of byCount) {
      if (palette.length === COLOURS) break
      if (palette.every((chosen) => distance(chosen, colour) > apart)) palette.push(colour)
    }
  }
  const nearest = new Map<number, number>()
  for (const colour of byCount) {
    let best = 0
    for (let i = 1; i < palette.length; i++)
      if (distance(palette[i] ?? 0, colour) < distance(palette[best] ?? 0, colour)) best = i
    nearest.set(colour, best)
  }
  const lines = Buffer.alloc((width + 1) * height)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) lines[y * (width + 1) + x + 1] = nearest.get(colours[y * width + x] ?? 0) ?? 0
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width)
  head.writeUInt32BE(height, 4)
  head.set([8, 3, 0, 0, 0], 8)
  const plte = Uint8Array.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]))
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('PLTE', plte),
    chunk('IDAT', deflateSync(lines, { level: 9 })),
    chunk('IEND', new Uint8Array()),
  ])
}
