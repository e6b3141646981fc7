import { useText } from '../../i18n/use-text.ts'
import type { ApiError } from '../../ipc/api.ts'

/** What stands in the way, in the words of the place, where core names one of its reasons; empty else. */
export const useConflictWords = (group: 'hold' | 'file' | 'package') => {
  const { t, te } = useText()
  return (error: ApiError): string => {
    const key = `keeping.${group}.conflict.${String(error.data['reason'] ?? '')}`
    return error.code === 'E_CONFLICT' && te(key) ? t(key) : ''
  }
}
