import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { environment } from '../environment.ts'
import { normalise } from '../search/bigrams.ts'

const file = z.strictObject({
  /** Words that mean the same. */
  same: z.array(z.array(z.string().min(1)).min(2)),
  /** Whoever names the key has what its list says, too. */
  implies: z.record(z.string(), z.array(z.string().min(1)).min(1)),
})
export type SkillWordsFile = z.infer<typeof file>

export type SkillWords = {
  /** The word itself and every word that stands for it. */
  meaning(skill: string): readonly string[]
}

const keyOf = (word: string): string => normalise(word).replace(/[\s_-]+/gu, '')

/** One step of implication only: a chain would soon make everything everything. */
export const skillWords = (data: SkillWordsFile): SkillWords => {
  const groups = new Map<string, readonly string[]>()
  for (const group of data.same) for (const word of group) groups.set(keyOf(word), group)
  const sameAs = (word: string): readonly string[] => groups.get(keyOf(word)) ?? [word]
  const impliedBy = new Map<string, string[]>()
  for (const [word, implied] of Object.entries(data.implies)) {
    for (const one of implied.flatMap(sameAs)) {
      impliedBy.set(keyOf(one), [...(impliedBy.get(keyOf(one)) ?? []), ...sameAs(word)])
    }
  }
  const known = new Map<string, readonly string[]>()
  return {
    meaning: (skill) => {
      const found = known.get(skill)
      if (found !== undefined) return found
      const words = [...new Set([skill, ...sameAs(skill), ...(impliedBy.get(keyOf(skill)) ?? [])])]
      if (known.size > 2000) known.clear()
      known.set(skill, words)
      return words
    },
  }
}

let loaded: SkillWords | undefined

/** The words that come with the program, read when somebody first scores. */
export const programSkillWords = (): SkillWords =>
  (loaded ??= skillWords(file.parse(JSON.parse(readFileSync(join(environment.resources, 'skill-words.json'), 'utf8')))))
