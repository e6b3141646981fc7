import type { RetentionRow } from '@shared/domain/views.ts'
import { useText } from '../../i18n/use-text.ts'

/** What a row is called: a locked record has lost its name and keeps its number, which core sends as `#308`. */
export const useRowLabel = (): ((row: RetentionRow) => string) => {
  const labelOf = useLabel()
  return (row) => labelOf(row.label)
}

/** The same for whatever else is called so. */
export const useLabel = (): ((label: string) => string) => {
  const { t } = useText()
  return (label) => (label.startsWith('#') ? t('candidates.record', { id: label.slice(1) }) : label)
}
