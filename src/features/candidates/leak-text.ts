const LEAST = 2
const MOST = 200

/** What was selected, as a report carries it: one line without the signs of a mask; empty when nothing is left of it. */
export const leakText = (selected: string): string => {
  const text = selected
    .replaceAll(/\*{2,}/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
  return text.length < LEAST ? '' : text.slice(0, MOST)
}

export const isReportable = (text: string): boolean => {
  const { length } = text.trim()
  return length >= LEAST && length <= MOST
}
