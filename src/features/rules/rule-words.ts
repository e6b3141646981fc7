import type { CellView, NumberView } from '@shared/domain/policy-views.ts'
import type { Look } from '../candidates/display-state.ts'
import type { useText } from '../../i18n/use-text.ts'

type Text = Pick<ReturnType<typeof useText>, 't' | 'tn' | 'code'>

/** D1: a channel that a profile does not name shows nothing. */
export const unstated: CellView = {
  state: 'absent',
  form: 'full',
  clause: 'D1',
  source: 'default',
  rule: 'UNSTATED',
  lift: null,
}

/** A rule in the look that a value under it has, with the words that stand for any value. */
export const ruleLook = (cell: Pick<CellView, 'state' | 'form'>, t: Text['t']): Look => {
  switch (cell.state) {
    case 'absent':
      return { kind: 'absent', words: 'hidden' }
    case 'VN':
      return { kind: 'virtual' }
    case 'approval':
      return { kind: 'approval' }
    case 'alias':
    case 'masked':
      return { kind: cell.state, text: t(`rules.word.${cell.state}`) }
    case 'reveal':
      return { kind: 'reveal', text: t(cell.form === 'redacted' ? 'rules.word.revealRedacted' : 'rules.word.reveal') }
    case 'see':
      return { kind: 'see', text: t(`rules.word.${cell.form === 'alias' ? 'alias' : cell.form}`) }
  }
}

/** `30 天`, `16 岁`, `1`. */
export const numberWords = (
  { path, unit, value }: Pick<NumberView, 'path' | 'unit' | 'value'>,
  tn: Text['tn'],
): string => tn(`rules.unit.${path.startsWith('minors.') ? 'age' : unit}`, value)

/** What a number is about; the path itself where a newer profile has one that is unknown here. */
export const numberName = (path: string, code: Text['code']): string => {
  const key = path.replaceAll('.', '_')
  const words = code('number', key)
  return words === key ? path : words
}

/** A platform's label of its policy; labels that the profiles made up themselves have words of their own. */
export const versionWords = (version: string, code: Text['code']): string => {
  const key = version.replaceAll(/\W+/g, '_')
  const words = code('policyVersion', key)
  return words === key ? version : words
}
