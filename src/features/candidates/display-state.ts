import type { LifeState, RevealField } from '@shared/domain/vocabulary.ts'
import type { WhyView } from '@shared/domain/views.ts'

/** Words for what is not there, chosen by the rule alone. */
type Absent = 'hidden' | 'first' | 'noCalls' | 'cache' | 'insightsOff' | 'insightsStale' | 'notAllowed'

/** How a cell is drawn: one look for each display state, everywhere (`clauses.md`, display states). */
export type Look =
  | { readonly kind: 'see'; readonly text: string }
  | { readonly kind: 'reveal'; readonly text: string }
  | { readonly kind: 'masked'; readonly text: string }
  | { readonly kind: 'alias'; readonly text: string }
  | { readonly kind: 'virtual' }
  | { readonly kind: 'approval' }
  | { readonly kind: 'locked' }
  /** `words` is the same whether or not there is a value: it comes from the rule alone. */
  | { readonly kind: 'absent'; readonly words: Absent }
  /** Nothing was given, where saying so tells nothing that the viewer may not know. */
  | { readonly kind: 'missing' }

const absentWords = (rule: string): Absent => {
  switch (rule) {
    case 'FIRST_STAGE':
    case 'FIRST_STAGE_BAND':
      return 'first'
    case 'CALLS_NOT_ALLOWED':
    case 'DO_NOT_CONTACT':
    case 'NO_CALL_GROUND':
      return 'noCalls'
    case 'INSIGHTS_OFF':
      return 'insightsOff'
    case 'INSIGHTS_STALE':
      return 'insightsStale'
    case 'INSIGHTS_NOT_ALLOWED':
      return 'notAllowed'
    case 'CARD_STALE':
      return 'cache'
    default:
      return 'hidden'
  }
}

/** The look of a cell from its decision and from what core sent for it (undefined when the key is not in the payload). */
export const lookOf = (why: WhyView | undefined, text: string | undefined, life: LifeState = 'live'): Look => {
  if (life === 'locked') return { kind: 'locked' }
  if (!why) return text === undefined ? { kind: 'absent', words: 'hidden' } : { kind: 'see', text }
  switch (why.state) {
    case 'absent':
      return { kind: 'absent', words: absentWords(why.rule) }
    case 'VN':
      return { kind: 'virtual' }
    case 'approval':
      return { kind: 'approval' }
    case 'alias':
    case 'masked':
      return text === undefined ? { kind: 'absent', words: absentWords(why.rule) } : { kind: why.state, text }
    case 'see':
    case 'reveal':
      return text === undefined ? { kind: 'missing' } : { kind: why.state, text }
  }
}

export const whyOf = (list: readonly WhyView[], field: string): WhyView | undefined =>
  list.find((why) => why.field === field)

/** Whether a look raises the question why. */
export const asksWhy = (look: Look): boolean =>
  look.kind === 'masked' ||
  look.kind === 'absent' ||
  look.kind === 'alias' ||
  look.kind === 'approval' ||
  look.kind === 'virtual'

const revealable: readonly string[] = [
  'name',
  'phone',
  'email',
  'wechat',
  'sex',
  'birth_date',
  'residence',
  'household',
  'political_status',
  'current_salary',
  'id_number',
] satisfies readonly RevealField[]

export const isRevealField = (field: string): field is RevealField => revealable.includes(field)
