import { displayState, form } from '@shared/domain/vocabulary.ts'
import type { ProfileChange } from '@shared/domain/policy-views.ts'
import type { useText } from '../../i18n/use-text.ts'
import type { Look } from '../candidates/display-state.ts'
import type { ChangeLine } from './change-groups.ts'
import { numberName, numberWords, ruleLook } from './rule-words.ts'

type Text = Pick<ReturnType<typeof useText>, 't' | 'tn' | 'te' | 'code'>
/** A value as it is drawn: `words` (a condition, "else") stand before the look. */
export type Shown = { readonly words: string; readonly look: Look }

const units = ['minutes', 'hours', 'workdays', 'days', 'months', 'years'] as const

/** `retention.rejected_days` counts days; an age or a mere count has no unit in its name. */
const unitOf = (path: string) => units.find((unit) => path.endsWith(`_${unit}`) || path.endsWith(`.${unit}`)) ?? 'count'

const plain = (text: string): readonly Shown[] => [{ words: '', look: { kind: 'see', text } }]

/** A cell as core words it: `see:city`, `reveal|absent if not told`; undefined for anything else. */
export const readCell = (value: string, t: Text['t']): readonly Shown[] | undefined => {
  const conditions = [...value.matchAll(/ if not (\w+)/g)].map((match) => match[1] ?? '').toReversed()
  const words = value.replaceAll(/ if not \w+/g, '').split('|')
  const parts: Shown[] = []
  for (const [index, word] of words.entries()) {
    const [name, shape = 'full'] = word.split(':')
    const state = displayState.safeParse(name)
    const shown = form.safeParse(shape)
    if (!state.success || !shown.success) return undefined
    const condition = conditions[index]
    const before = condition === undefined ? [] : [t(`rules.condition.${condition}`)]
    parts.push({
      words: [...(index > 0 ? [t('rules.otherwise')] : []), ...before].join(' '),
      look: ruleLook({ state: state.data, form: shown.data }, t),
    })
  }
  return parts
}

/** `ZP-28 t|ZP-28 d`: only on what the cell rests has changed. */
const readCitation = (value: string, t: Text['t']): string =>
  value
    .split('|')
    .map((part) => {
      const [clause = '', origin] = part.split(' ')
      const sources = { t: 'text', d: 'default', e: 'enterprise' } as const
      return origin === 't' || origin === 'd' || origin === 'e'
        ? `${clause} ${t(`rules.source.${sources[origin]}`)}`
        : part
    })
    .join(' / ')

/** Lists name fields, flags or gates; what is unknown stays as it is. */
const listWords = (change: ProfileChange, value: string, { code }: Text): string => {
  const groups: Readonly<Record<string, string>> = {
    'first_stage.stages': 'stage',
    'cache.card_channels': 'channel',
    delivered_channels: 'channel',
    candidate_flags: 'flag',
    'policy.silent': 'silence',
  }
  const group = change.part === 'gate' ? 'gateBy' : (groups[change.path] ?? 'field')
  return value
    .split(/,\s*/)
    .map((word) => code(group, word))
    .join(' · ')
}

/** What stands before or after a change, part by part. */
export const changeShown = (change: ProfileChange, value: string | null, text: Text): readonly Shown[] => {
  if (value === null) return plain(text.t('rules.changes.none'))
  if (change.field !== undefined) return readCell(value, text.t) ?? plain(readCitation(value, text.t))
  if (change.part === 'number' && /^\d+$/.test(value))
    return plain(numberWords({ path: change.path, unit: unitOf(change.path), value: Number(value) }, text.tn))
  return plain(change.part === 'list' || change.part === 'gate' ? listWords(change, value, text) : value)
}

/** What a change is about: a field with its channels, a number, a gate. */
export const changeName = (line: ChangeLine, { t, code }: Text): string => {
  if (line.field) {
    const field = code('field', line.field)
    return line.part === 'cell' ? field : t('rules.changes.onCard', { field })
  }
  if (line.part === 'number') return numberName(line.path, code)
  if (line.part === 'gate') return code('gate', line.path.split('.')[1] ?? line.path)
  const key = line.path.replaceAll('.', '_')
  const words = code('list', key)
  return words === key ? line.path : words
}
