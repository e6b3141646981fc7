import { normalise } from '../search/bigrams.ts'
import type { SkillWords } from './skill-words.ts'

/** What may not stand beside a Latin word, so that `Java` is not found in `JavaScript`, nor `C` in `C++`. */
const beside = String.raw`[\p{Script=Latin}\p{N}+#]`
const isLatin = (word: string): boolean => /[\p{Script=Latin}\p{N}]/u.test(word)
/** `C`, `R`, `Go`: in a sentence they are a skill as they are written and nothing else. */
const isShort = (word: string): boolean => /^[\p{Script=Latin}]{1,2}$/u.test(word)

const escaped = (word: string): string => word.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`)

const patterns = new Map<string, RegExp>()

const patternOf = (word: string): RegExp => {
  let pattern = patterns.get(word)
  if (pattern === undefined) {
    const plain = isShort(word) ? word.normalize('NFKC') : normalise(word)
    // Blanks and hyphens within a word are written or left out: `Spring Boot`, `SpringBoot`.
    const body = plain
      .trim()
      .split(/[\s_-]+/u)
      .map(escaped)
      .join(String.raw`[\s_-]*`)
    const first = isLatin(plain.slice(0, 1)) ? `(?<!${beside}|&)` : ''
    const last = isLatin(plain.slice(-1)) || /[+#]$/.test(plain) ? `(?!${beside}|&)` : ''
    pattern = new RegExp(first + body + last, 'u')
    if (patterns.size > 2000) patterns.clear()
    patterns.set(word, pattern)
  }
  return pattern
}

/** A text made ready to be looked through many times. */
export type SkillText = { readonly folded: string; readonly written: string }

export const skillText = (lines: readonly string[]): SkillText => {
  const written = lines.join('\n').normalize('NFKC')
  return { folded: normalise(written), written }
}

/** Whether a text names a skill, by its own word or by any that means or implies it. */
export const findSkill = (skill: string, { folded, written }: SkillText, words: SkillWords): boolean =>
  words.meaning(skill).some((word) => patternOf(word).test(isShort(word) ? written : folded))
