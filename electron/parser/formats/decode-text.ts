const decode = (encoding: string, bytes: Uint8Array): string | undefined => {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** UTF-16 without a byte order mark betrays itself: every other byte of its ASCII part (line ends, digits) is zero. */
const guessUtf16 = (bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined => {
  const head = bytes.subarray(0, 4096)
  let even = 0
  let odd = 0
  for (let index = 0; index < head.length; index += 1) {
    if (head[index] !== 0) continue
    if (index % 2 === 0) even += 1
    else odd += 1
  }
  if (odd > 0 && even === 0) return 'utf-16le'
  if (even > 0 && odd === 0) return 'utf-16be'
  return undefined
}

const isControl = (code: number): boolean =>
  (code < 32 && code !== 9 && code !== 10 && code !== 12 && code !== 13) || code === 127

/** Chinese, Latin and their punctuation: what a text in GB 18030 decodes to. Random bytes decode to rare ideographs. */
const isExpected = (code: number): boolean =>
  (code >= 32 && code < 0x250) ||
  code === 9 ||
  code === 10 ||
  code === 13 ||
  (code >= 0x2000 && code < 0x2800) ||
  (code >= 0x3000 && code < 0x3400) ||
  (code >= 0x4e00 && code < 0xa000) ||
  (code >= 0xff00 && code < 0xfff0)

const isText = (text: string, strict: boolean): boolean => {
  let expected = 0
  const sample = text.slice(0, 100_000)
  for (let index = 0; index < sample.length; index += 1) {
    const code = sample.charCodeAt(index)
    if (isControl(code)) return false
    if (isExpected(code)) expected += 1
  }
  return !strict || expected >= sample.length * 0.97
}

/** Text of bytes in UTF-8, UTF-16 (either order) or GB 18030, or undefined where they are no text. The BOM is dropped. */
export function tryDecodeText(bytes: Uint8Array): string | undefined {
  const marked =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : undefined
  const wide = marked ?? guessUtf16(bytes)
  const candidates = wide ? [wide] : ['utf-8', 'gb18030']
  for (const encoding of candidates) {
    const text = decode(encoding, bytes)?.replace(/^\uFEFF/, '')
    // Old editors end a file with Ctrl-Z.
    const trimmed = text?.endsWith('\u001a') ? text.slice(0, -1) : text
    if (trimmed !== undefined && isText(trimmed, encoding !== 'utf-8')) return trimmed
  }
  return undefined
}
