import type { RetentionRow } from '@shared/domain/views.ts'
import { useText } from '../../i18n/use-text.ts'

/** What a row is called: a locked record has lost its name and keeps its number, which core sends as `#308`. */
export const useRowLabel = (): ((row: RetentionRow) => string) => {
  const { t } = useText()
  return (row) => (row.label.startsWith('#') ? t('candidates.record', { id: row.label.slice(1) }) : row.label)
}
