import { matchOf, runsOf } from './bigrams.ts'

/** What has to be found of a query: words in the text, or a word that may as well be the pinyin of a name. */
export type QueryPart = {
  readonly match: string
  /** Names whose pinyin, or its initials, begin with the word. */
  readonly pinyin?: { readonly from: string; readonly to: string }
}

/** Letters that somebody may type for a name. One letter alone begins too many names to mean one. */
const pinyinPattern = /^[a-zü]{2,}$/

/** The parts of a query, all of which must be found. Empty when nothing in it can be searched for. */
export const queryParts = (query: string): readonly QueryPart[] => {
  const runs = runsOf(query)
  const mayBeName = (run: readonly string[]): boolean => pinyinPattern.test(run.join(''))
  const plain = matchOf(runs.filter((run) => !mayBeName(run)))
  const named = runs.filter(mayBeName).map((run) => {
    const word = run.join('')
    const from = word.replaceAll('ü', 'v')
    // `{` is the sign behind `z`.
    return { match: matchOf([run]) ?? '', pinyin: { from, to: `${from}{` } }
  })
  return [...(plain === null ? [] : [{ match: plain }]), ...named]
}
