/** Tells whether a text is meant by what was typed, by its pinyin or initials; made by the library, which comes when it is needed. */
export type PinyinMatch = (text: string, typed: string) => number[] | null

/** `qianwanghouxuanren` and `qwhxr` mean 前往候选人; so does `houx`, from inside. */
const latin = /^[a-z ]+$/

/** How well a command fits what was typed: lower is better, undefined is not at all. */
export const matchRank = (text: string, typed: string, pinyin: PinyinMatch | undefined): number | undefined => {
  const wanted = typed.trim().toLowerCase()
  if (wanted === '') return 0
  const at = text.toLowerCase().indexOf(wanted)
  if (at >= 0) return at === 0 ? 0 : 1
  if (!latin.test(wanted) || !/\p{Script=Han}/u.test(text)) return undefined
  const found = pinyin?.(text, wanted.replaceAll(' ', ''))
  return found && found.length > 0 ? 2 : undefined
}
