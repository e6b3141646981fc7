/** Blocks, squares and dots of which QR codes are drawn, and the blanks among them. */
const cells =
  /^[\s\u2580-\u259f\u25a0-\u25ab\u25fb-\u25fe\u2b1b\u2b1c\u2800-\u28ff\u{1f532}-\u{1f533}\u{1f7e5}-\u{1f7eb}]+$/u
const drawn =
  /[\u2580-\u259f\u25a0-\u25ab\u25fb-\u25fe\u2b1b\u2b1c\u2800-\u28ff\u{1f532}-\u{1f533}\u{1f7e5}-\u{1f7eb}]/u

/** The smallest QR code has 21 modules; written four to a character it still has this size. Bars of a skill list do not. */
const leastLines = 5
const leastWidth = 9

export type CodeSpan = { readonly start: number; readonly end: number }

const isCodeLine = (line: string): boolean => line.trim().length >= leastWidth && cells.test(line) && drawn.test(line)

function hasLines(text: string): boolean {
  let at = -1
  for (let count = 1; count < leastLines; count += 1) {
    at = text.indexOf('\n', at + 1)
    if (at === -1) return false
  }
  return true
}

/** QR codes drawn with characters: several lines in a row that hold nothing but blocks and blanks. */
export function findDrawnCodes(text: string): CodeSpan[] {
  if (!hasLines(text) || !drawn.test(text)) return []
  const found: CodeSpan[] = []
  let [start, end, count] = [0, 0, 0]
  const close = (): void => {
    if (count >= leastLines) found.push({ start, end })
    count = 0
  }
  for (let at = 0; at <= text.length;) {
    const stop = text.indexOf('\n', at)
    const next = stop === -1 ? text.length : stop
    const line = text.slice(at, next)
    if (isCodeLine(line)) {
      if (count === 0) start = at
      end = at + line.trimEnd().length
      count += 1
    } else close()
    at = next + 1
  }
  close()
  return found
}
