import type { Language } from './format.ts'

type Text = { readonly zh: string; readonly en: string }
type PolicyTexts = { readonly rules?: Readonly<Record<string, Text>>; readonly lifts?: Readonly<Record<string, Text>> }

// A glob, because it is data: a code without a sentence shows as the code.
const files = import.meta.glob<PolicyTexts>('../../resources/policy-texts.json', { eager: true, import: 'default' })
const texts: PolicyTexts = Object.values(files)[0] ?? {}

const pick = (group: 'rules' | 'lifts', code: string, language: Language): string => {
  const text = texts[group]?.[code]
  if (!text) return code
  return language === 'en-US' ? text.en : text.zh
}

/** The sentence of a policy rule. */
export const ruleText = (code: string, language: Language): string => pick('rules', code, language)
/** The sentence that says what would lift a rule. */
export const liftText = (code: string, language: Language): string => pick('lifts', code, language)
