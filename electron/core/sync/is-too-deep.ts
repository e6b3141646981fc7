/** No record of the protocol comes near this many levels; far beyond it, whatever walks a value runs out of stack. */
const deepest = 64

/** Whether a parsed JSON value is nested deeper than any record may be. Walks level by level, so depth costs it nothing. */
export const isTooDeep = (value: unknown): boolean => {
  let level: unknown[] = [value]
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > deepest) return true
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one) : []))
  }
  return false
}
