import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { FitPart, FitView } from '../../shared/domain/match-views.ts'
import { environment } from '../environment.ts'

const texts = z.record(z.string(), z.strictObject({ zh: z.string(), en: z.string() }))
type Texts = z.infer<typeof texts>
export type Language = 'zh' | 'en'

let loaded: Texts | undefined
const readTexts = (): Texts =>
  (loaded ??= texts.parse(JSON.parse(readFileSync(join(environment.resources, 'fit-texts.json'), 'utf8'))))

const wordsIn =
  (language: Language) =>
  (key: string, values: Readonly<Record<string, string | number>> = {}): string => {
    const text = readTexts()[key]?.[language]
    if (text === undefined) throw new Error(`no text for ${key}`)
    return text.replace(/\{(\w+)\}/g, (_all, name: string) => String(values[name] ?? ''))
  }

const detailOf = (part: FitPart, t: ReturnType<typeof wordsIn>): string[] => {
  if (part.criterion !== 'skills_must' && part.criterion !== 'skills_nice') return []
  const listed = (key: 'found' | 'missing', words: readonly string[]): string[] =>
    words.length === 0 ? [] : [t(key, { words: words.join(t('joiner')) })]
  return [...listed('found', part.found), ...listed('missing', part.missing)]
}

/** The whole score in sentences, for whoever asks how it came about (ZP-88, PIPL 24). No word of the resume stands in it. */
export const explainFit = ({ points, total, parts }: FitView, language: Language): string => {
  const t = wordsIn(language)
  const first = parts.length === 0 ? t('noRequirements') : points === null ? t('nothing') : t('lead', { points, total })
  const lines = parts.map((part) => {
    const words = {
      criterion: t(`criterion.${part.criterion}`),
      got: part.got,
      of: part.of,
      reason: [t(`reason.${part.reason}`), ...detailOf(part, t)].join(t('separator')),
    }
    return t(part.state === 'unknown' ? 'unscored' : 'line', words)
  })
  return [first, ...lines, t('how'), t('decision')].join('\n')
}
