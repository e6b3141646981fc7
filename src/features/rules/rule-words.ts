import type { PolicyLift, PolicyRule } from '@shared/domain/policy-codes.ts'
import type { CellView, MatrixRole, NumberView } from '@shared/domain/policy-views.ts'
import type { Look } from '../candidates/display-state.ts'
import type { useText } from '../../i18n/use-text.ts'

type Text = Pick<ReturnType<typeof useText>, 't' | 'tn' | 'code'>

/** D1: a channel that a profile does not name shows nothing. */
export const unstated: CellView = { state: 'absent', form: 'full', clause: 'D1', source: 'default' }

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

const unmetRules: Readonly<Record<string, PolicyRule>> = {
  told: 'NOT_TOLD',
  public: 'NOT_PUBLIC',
  calls: 'CALLS_NOT_ALLOWED',
  attached: 'NO_ATTACHMENT',
}
const unmetLifts: Readonly<Record<string, PolicyLift>> = {
  told: 'TOLD',
  public: 'MADE_PUBLIC',
  calls: 'ALLOW_CALLS',
  attached: 'ATTACHMENT_SENT',
}

/** The rule behind a cell, as a decision by it would name it; `unmet` is the condition that led to an `otherwise`. */
export const ruleOf = (cell: CellView, role: MatrixRole, unmet?: string): PolicyRule => {
  const opened = cell.state === 'see' || cell.state === 'reveal' || cell.state === 'approval'
  if (cell.source === 'enterprise' && !opened) return 'ENTERPRISE_RULE'
  switch (cell.state) {
    case 'absent': {
      const missing = unmet === undefined ? undefined : unmetRules[unmet]
      if (missing) return missing
      if (cell.clause === unstated.clause) return 'UNSTATED'
      return role === 'headhunter' ? 'HEADHUNTER_LIMIT' : 'NOT_DISCLOSED'
    }
    case 'alias':
      return 'ALIAS_ONLY'
    case 'masked':
      return 'MASKED_ONLY'
    case 'VN':
      return 'VIRTUAL_NUMBER'
    case 'approval':
      return 'NEEDS_APPROVAL'
    case 'reveal':
      return cell.form === 'redacted' ? 'VIEWER_REVEAL' : 'REVEAL_LOGGED'
    case 'see':
      if (cell.form === 'age_band') return 'AGE_BAND_ONLY'
      if (cell.form === 'city') return 'CITY_ONLY'
      return cell.form === 'redacted' ? 'VIEWER_REDACTED' : 'SHOWN'
  }
}

/** What would lift a condition that is not met. */
export const liftOf = (condition: string | undefined): PolicyLift | undefined =>
  condition === undefined ? undefined : unmetLifts[condition]

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
