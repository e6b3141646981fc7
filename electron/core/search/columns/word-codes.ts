/** Words as small numbers. 0 stands for none. A word whose last holder is gone is forgotten, and its number given to another. */
export type WordCodes = {
  take(word: string | null): number
  drop(code: number): void
  /** Undefined for a word that nobody has. */
  codeOf(word: string): number | undefined
  wordOf(code: number): string | undefined
  /** How often it was taken and not dropped. */
  heldOf(code: number): number
  /** One more than the highest code in use ever. */
  readonly size: number
}

export const createWordCodes = (): WordCodes => {
  const codes = new Map<string, number>()
  const words: Array<string | undefined> = [undefined]
  const holders: number[] = [0]
  const free: number[] = []

  const add = (word: string): number => {
    const code = free.pop() ?? words.length
    words[code] = word
    holders[code] = 0
    codes.set(word, code)
    return code
  }
  return {
    take: (word) => {
      if (word === null) return 0
      const code = codes.get(word) ?? add(word)
      holders[code] = (holders[code] ?? 0) + 1
      return code
    },
    drop: (code) => {
      const word = words[code]
      if (code === 0 || word === undefined) return
      const left = (holders[code] ?? 0) - 1
      holders[code] = left
      if (left > 0) return
      codes.delete(word)
      words[code] = undefined
      free.push(code)
    },
    codeOf: (word) => codes.get(word),
    wordOf: (code) => words[code],
    heldOf: (code) => holders[code] ?? 0,
    get size() {
      return words.length
    },
  }
}
