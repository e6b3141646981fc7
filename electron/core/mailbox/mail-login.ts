import type { ReaderCall } from '../handler.ts'
import type { MailboxSecret, MailboxSettings } from '../../shared/domain/mailbox.ts'
import type { MailLogin } from './dial-imap.ts'
import { mailboxError } from './mail-failure.ts'
import { getMailbox, openSecret, sealSecret, updateMailbox, type Mailbox } from './mailbox-rows.ts'
import { renewToken, type OAuthToken } from './oauth-token.ts'

/** Access tokens of this session, by mailbox; never written anywhere. */
export type TokenCache = Map<string, OAuthToken>

/** What signs in with settings and a secret that need not be kept yet. `onRefresh`: the place gave another refresh token. */
export const loginWith = async (
  call: ReaderCall,
  settings: MailboxSettings,
  secret: MailboxSecret,
  signal: AbortSignal,
  onRefresh: (secret: MailboxSecret) => void,
): Promise<{ readonly login: MailLogin; readonly token?: OAuthToken }> => {
  if (settings.auth === 'password') {
    if (secret.password === undefined) throw mailboxError('auth')
    return { login: { pass: secret.password } }
  }
  const token = await renewToken(call.core.fetch, settings, secret, call.now, signal)
  // Durable before it is used: the one before may be void already.
  if (token.refresh !== undefined) onRefresh({ ...secret, refresh_token: token.refresh })
  return { login: { accessToken: token.access }, token }
}

/** What signs in to a mailbox that is kept. @throws IpcError E_MAILBOX, E_DAMAGED */
export const mailLogin = async (
  call: ReaderCall,
  mailbox: Mailbox,
  tokens: TokenCache,
  signal: AbortSignal,
): Promise<MailLogin> => {
  const key = call.vault.keys.tokenKey()
  // Another run may have renewed it since this mailbox was read.
  const current = getMailbox(call.store, mailbox.id) ?? mailbox
  const kept = tokens.get(mailbox.id)
  if (current.settings.auth === 'oauth' && kept !== undefined && kept.until > call.now)
    return { accessToken: kept.access }
  const { login, token } = await loginWith(call, current.settings, openSecret(key, current), signal, (secret) =>
    updateMailbox(call.account.store.db, current.id, { secret: sealSecret(key, current.id, secret) }),
  )
  if (token !== undefined) tokens.set(mailbox.id, token)
  return login
}
