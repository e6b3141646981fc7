import type { LedgerRow } from '@shared/domain/views.ts'
import { useText } from '../../i18n/use-text.ts'

/** A row of the view log as a sentence: what they did or were refused. */
export const useLedgerWords = () => {
  const { t, code } = useText()
  const fieldsWorthNaming = (row: LedgerRow): string =>
    row.action === 'reveal' ? (row.fields ?? []).map((field) => code('field', field)).join(' · ') : ''
  return {
    what: (row: LedgerRow): string => {
      const model = row.action === 'share' ? /^ai (\S+)$/.exec(row.detail ?? '')?.[1] : undefined
      if (model !== undefined && row.outcome === 'done') return t('ai.ledger', { model })
      const fields = fieldsWorthNaming(row)
      const action = code('action', row.action)
      const words = fields === '' ? action : t('ledger.fields', { action, fields })
      return row.outcome === 'denied' ? t('ledger.denied', { action: words }) : words
    },
  }
}
