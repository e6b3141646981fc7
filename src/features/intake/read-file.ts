/** Larger files are refused before a byte is read. */
export const MAX_FILE_BYTES = 20_000_000

/** A multiple of three, so that the pieces' base64 can be joined. */
const SLICE_BYTES = 3 * 128 * 1024
/** `String.fromCharCode` takes its arguments from the stack. */
const SPREAD = 8192

const toBinary = (bytes: Uint8Array): string => {
  let text = ''
  for (let from = 0; from < bytes.length; from += SPREAD)
    text += String.fromCharCode(...bytes.subarray(from, from + SPREAD))
  return text
}

/** A file's bytes as base64, slice by slice so that the window stays alive. `onShare` hears the share read, 0 to 1. */
export const readAsBase64 = async (file: Blob, onShare: (share: number) => void): Promise<string> => {
  const pieces: string[] = []
  for (let from = 0; from < file.size; from += SLICE_BYTES) {
    const bytes = new Uint8Array(await file.slice(from, from + SLICE_BYTES).arrayBuffer())
    pieces.push(btoa(toBinary(bytes)))
    onShare(Math.min(1, (from + SLICE_BYTES) / file.size))
  }
  return pieces.join('')
}
