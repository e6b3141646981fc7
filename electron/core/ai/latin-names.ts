import { pinyin } from 'pinyin-pro'

/** Family names of two characters; a name of four is read as having one. */
const long =
  /^(?:欧阳|司徒|诸葛|上官|司马|皇甫|尉迟|公孙|慕容|令狐|端木|澹台|轩辕|夏侯|东方|南宫|长孙|宇文|独孤|百里|呼延|太史|申屠|闻人|钟离|濮阳)/u

/** A Chinese name in the Latin letters in which its bearer may write it: `lin ruoxi`, `lin ruo xi`, `linruoxi`, `ruoxilin`. */
export const latinNames = (name: string): readonly string[] => {
  const plain = name.replace(/[\s·]/gu, '')
  if (!/^\p{Script=Han}{2,4}$/u.test(plain)) return []
  const syllables = pinyin(plain, { toneType: 'none', type: 'array', surname: 'head', v: true })
  const head = plain.length === 4 || (plain.length === 3 && long.test(plain)) ? 2 : 1
  const [family, given] = [syllables.slice(0, head).join(''), syllables.slice(head)]
  if (family === '' || given.length === 0) return []
  const joined = given.join('')
  return [
    ...new Set([`${family} ${joined}`, `${family} ${given.join(' ')}`, `${family}${joined}`, `${joined}${family}`]),
  ]
}
