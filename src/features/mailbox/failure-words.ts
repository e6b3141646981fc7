import { mailboxFailure } from '@shared/domain/mailbox.ts'
import type { useText } from '../../i18n/use-text.ts'
import type { ApiError } from '../../ipc/api.ts'

/** What went wrong with a mailbox and what to do, where the place knows better than the code. */
export const failureWords = ({ t }: Pick<ReturnType<typeof useText>, 't'>, error: ApiError): string => {
  const reason = mailboxFailure.safeParse(error.data['reason'])
  return error.code === 'E_MAILBOX' && reason.success ? t(`mailbox.failure.${reason.data}`) : ''
}
