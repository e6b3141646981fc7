import type { JobId } from '../../shared/domain/ids.ts'
import type { MailboxSettings } from '../../shared/domain/mailbox.ts'
import type { Platform } from '../../shared/domain/vocabulary.ts'
import { ownIntakeRules } from '../intake/intake-rules.ts'

type From = ReadonlyArray<{ readonly address?: string | undefined }> | undefined

/** What the list says of a sender; what is missing is recognised from the mail, remembered, or asked. */
export type Registered = { readonly platform?: Platform | undefined; readonly job_id?: JobId | undefined }

/** Platforms send from domains that their rules name (`resources/intake`). Whose mail it really is the recognition decides. */
const isPlatform = (domain: string): boolean =>
  ownIntakeRules().some(({ senders }) => senders.some((parent) => domain === parent || domain.endsWith(`.${parent}`)))

const find = (
  { senders, platform_senders: platforms }: Pick<MailboxSettings, 'senders' | 'platform_senders'>,
  address: string | undefined,
): Registered | undefined => {
  const whole = (address ?? '').trim().toLowerCase()
  const at = whole.lastIndexOf('@')
  if (at < 1) return undefined
  const listed = senders.find(({ match }) => match === whole) ?? senders.find(({ match }) => match === whole.slice(at))
  return listed ?? (platforms && isPlatform(whole.slice(at + 1)) ? {} : undefined)
}

/**
 * What the list says of a mail's sender: an address before its domain, and the platforms' own where those are registered. A mail with
 * no sender, or with several that are not all on the list, is nobody's that was registered (MM-08).
 */
export const findSender = (
  list: Pick<MailboxSettings, 'senders' | 'platform_senders'>,
  from: From,
): Registered | undefined => {
  if (from === undefined || from.length === 0) return undefined
  const found = from.map(({ address }) => find(list, address))
  return found.every((sender) => sender !== undefined) ? found[0] : undefined
}
