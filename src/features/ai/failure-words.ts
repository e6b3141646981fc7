import { aiFailure } from '@shared/domain/ai.ts'
import type { useText } from '../../i18n/use-text.ts'
import type { ApiError } from '../../ipc/api.ts'

/** What went wrong with a model and what to do, where the place knows better than the code. */
export const failureWords = ({ t, number }: ReturnType<typeof useText>, error: ApiError): string => {
  const reason = aiFailure.safeParse(error.data['reason'])
  if (error.code !== 'E_MODEL' || !reason.success) return ''
  const wait = error.data['retry_after_s']
  return reason.data === 'busy' && typeof wait === 'number'
    ? t('ai.failure.busyFor', { n: number(wait) })
    : t(`ai.failure.${reason.data}`)
}
