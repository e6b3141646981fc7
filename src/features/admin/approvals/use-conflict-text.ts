import { useText } from '../../../i18n/use-text.ts'
import type { ApiError } from '../../../ipc/api.ts'

/** What stands in the way of a request, named by core or by the hub; empty for what the general words say. */
export const useConflictText = () => {
  const { t, te } = useText()
  return (error: ApiError): string => {
    const key = `approvals.conflict.${String(error.data['reason'] ?? error.data['code'] ?? '')}`
    return error.code === 'E_CONFLICT' && te(key) ? t(key) : ''
  }
}
