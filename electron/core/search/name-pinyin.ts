import { pinyin } from 'pinyin-pro'

const hanWord = /^\p{Script=Han}+$/u

const syllablesOf = (name: string): string[] =>
  // A family name is read as one (单 shan, 尉迟 yu chi), and ü is the v that keyboards have for it.
  pinyin(name, { surname: 'head', toneType: 'none', type: 'array', v: true }).filter((word) => /^[a-z]+$/.test(word))

/**
 * The words by whose beginning a Chinese name is found in Latin letters: `zhangxiaoming`, what follows its first syllables
 * (`xiaoming`, `ming`), the initials `zxm`, and `zhangxm`. None for a name in other letters, which is found as it stands.
 */
export const namePinyin = (name: string): readonly string[] => {
  const word = name.replaceAll(/[\s·•・]/gu, '')
  if (word.length > 20 || !hanWord.test(word)) return []
  const syllables = syllablesOf(word)
  const initials = syllables.map((syllable) => syllable.slice(0, 1))
  const [first = ''] = syllables
  return [
    ...new Set([
      ...syllables.map((_, i) => syllables.slice(i).join('')),
      initials.join(''),
      [first, ...initials.slice(1)].join(''),
    ]),
  ].filter((each) => each.length > 1)
}

/** The family name of an alias like 张某 or 欧阳某; all of the name that there is to search for. */
export const surnameOfAlias = (alias: string): string => (alias.endsWith('某') ? alias.slice(0, -1) : '')
