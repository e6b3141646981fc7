import { displayState, form, type DisplayState, type Form } from '@shared/domain/vocabulary.ts'
import type { ProfileChange } from '@shared/domain/policy-views.ts'
import type { useText } from '../../i18n/use-text.ts'
import type { Look } from '../candidates/display-state.ts'
import type { ChangeLine } from './change-groups.ts'
import { numberName, numberWords, ruleLook } from './rule-words.ts'

type Text = Pick<ReturnType<typeof useText>, 't' | 'tn' | 'te' | 'code'>

const units = ['minutes', 'hours', 'workdays', 'days', 'months', 'years'] as const

/** `retention.rejected_days` counts days; an age or a mere count has no unit in its name. */
const unitOf = (path: string) => units.find((unit) => path.endsWith(`_${unit}`) || path.endsWith(`.${unit}`)) ?? 'count'

/** `see`, `see/city`, `reveal redacted`: state first, then the form, whatever stands between. */
export const readCell = (value: string): { readonly state: DisplayState; readonly form: Form } | undefined => {
  const [first = '', second = 'full'] = value.split(/[^A-Za-z_]+/)
  const state = displayState.safeParse(first)
  const shape = form.safeParse(second)
  return state.success ? { state: state.data, form: shape.success ? shape.data : 'full' } : undefined
}

/** What stands before or after a change, as a look to be drawn. */
export const changeLook = (change: ProfileChange, value: string | null, text: Text): Look => {
  if (value === null)
    return change.part === 'cell'
      ? { kind: 'absent', words: 'hidden' }
      : { kind: 'see', text: text.t('rules.changes.none') }
  if (change.part === 'cell') {
    const cell = readCell(value)
    if (cell) return ruleLook(cell, text.t)
  }
  const number = Number(value)
  return change.part === 'number' && value !== '' && Number.isFinite(number)
    ? { kind: 'see', text: numberWords({ path: change.path, unit: unitOf(change.path), value: number }, text.tn) }
    : { kind: 'see', text: listWords(change, value, text) }
}

/** Lists name fields or gates; what is unknown stays as it is. */
const listWords = (change: ProfileChange, value: string, { code }: Text): string => {
  if (change.part !== 'list' && change.part !== 'gate') return value
  const group = change.part === 'gate' ? 'gateBy' : change.path.startsWith('candidate_flags') ? 'flag' : 'field'
  return value
    .split(/[,，]\s*/)
    .map((word) => code(group, word))
    .join(' · ')
}

/** What a change is about: a field with its channels, a number, a gate. */
export const changeName = (line: ChangeLine, { code }: Text): string => {
  if (line.part === 'cell' && line.field) return code('field', line.field)
  if (line.part === 'number') return numberName(line.path, code)
  if (line.part === 'gate') return code('gate', line.path.split('.')[1] ?? line.path)
  const key = line.path.replaceAll('.', '_')
  const words = code('list', key)
  return words === key ? line.path : words
}
