import { limits } from '../limits.ts'
import { Refusal } from '../refusal.ts'

const compressed = 0x75465a4c
const stored = 0x414c454d

/** [MS-OXRTFCP] 2.1.2.1: what the dictionary begins with. */
const beginning =
  '{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx'

/**
 * The RTF that Outlook packs as the body of a mail.
 * @throws Refusal `malformed`, `too_large`
 */
export function unpackRtf(bytes: Uint8Array): Buffer {
  const packed = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (packed.length < 16) throw new Refusal('malformed', 'rtf_packed')
  const kind = packed.readUInt32LE(8)
  if (kind === stored) return packed.subarray(16)
  if (kind !== compressed) throw new Refusal('malformed', 'rtf_packed')
  if (packed.readUInt32LE(4) > limits.htmlBytes) throw new Refusal('too_large', 'rtf_packed')
  const size = packed.readUInt32LE(4)
  const out = Buffer.alloc(size)
  const dictionary = Buffer.alloc(4096, ' ')
  dictionary.write(beginning, 'latin1')
  let write = beginning.length
  let length = 0
  const put = (byte: number): void => {
    if (length < size) out[length] = byte
    length += 1
    dictionary[write] = byte
    write = (write + 1) % 4096
  }
  for (let at = 16; at < packed.length && length < size;) {
    const flags = packed[at] ?? 0
    at += 1
    for (let bit = 0; bit < 8 && at < packed.length && length < size; bit += 1) {
      if ((flags & (1 << bit)) === 0) {
        put(packed[at] ?? 0)
        at += 1
        continue
      }
      const reference = ((packed[at] ?? 0) << 8) | (packed[at + 1] ?? 0)
      at += 2
      const from = reference >> 4
      if (from === write) return out.subarray(0, Math.min(length, size))
      for (let index = 0; index < (reference & 15) + 2; index += 1) put(dictionary[(from + index) % 4096] ?? 0)
    }
  }
  return out.subarray(0, Math.min(length, size))
}
