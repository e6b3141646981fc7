import type { Cell } from '../profile/profile-schema.ts'

/** What a state and form show, in a word: `reveal`, `see:city`, `alias`. */
export const shownWord = (state: Cell[0], form: Cell[1]): string =>
  form === 'full' || form === 'alias' || state === 'absent' ? state : `${state}:${form}`

/** A cell in a few words: `see:city`, `reveal|absent if not told`. */
export function cellWords(cell: Cell): string {
  const word = shownWord(cell[0], cell[1])
  return cell[4] ? `${word}|${cellWords(cell[4].else)} if not ${cell[4].if}` : word
}

/** Where a cell rests: `ZP-28 t|ZP-28 d`. */
export function cellCitations(cell: Cell): string {
  const own = `${cell[3]} ${cell[2]}`
  return cell[4] ? `${own}|${cellCitations(cell[4].else)}` : own
}
