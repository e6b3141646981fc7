import { createHash, randomBytes } from 'node:crypto'
import type { MailboxSecret, MailboxSecretInput, MailboxSettings } from '../../shared/domain/mailbox.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { OpenAccount } from '../context.ts'
import type { ReaderCall, WriterCall } from '../handler.ts'
import { redeemCode, requireSafeOAuthAddress } from './oauth-token.ts'
import { listenForRedirect } from './redirect-listener.ts'

type SignIn = { readonly place: string; refresh: string }
type Session = { readonly done: Map<string, SignIn>; stop: AbortController | null }

/** Sign-ins that no mailbox has taken over yet; in memory alone, and gone with the session. */
const sessions = new WeakMap<OpenAccount, Session>()
const sessionOf = (account: OpenAccount): Session => {
  const session = sessions.get(account) ?? { done: new Map(), stop: null }
  sessions.set(account, session)
  return session
}

/** Whose token it is: another place or name does not get it. */
const placeOf = ({ user, oauth }: MailboxSettings): string =>
  JSON.stringify([user, oauth?.token_address, oauth?.client_id])

/**
 * Signs in to a mailbox in the system's browser: authorisation code with PKCE, back to this machine (RFC 8252, RFC 7636). The name
 * and password of the mailbox never come here, and the token that does goes to no page.
 *
 * @throws IpcError E_MAILBOX `denied`, `timeout`, `oauth`, `oauth_answer`, `down`; E_INPUT; E_CANCELLED
 */
export const signInByBrowser = async (
  call: ReaderCall,
  settings: MailboxSettings,
  clientSecret: string | undefined,
): Promise<string> => {
  const { oauth, user } = settings
  if (oauth?.authorization_address === undefined)
    throw new IpcError('E_INPUT', 'name the address of the sign-in', { fields: 'settings.oauth' })
  const address = requireSafeOAuthAddress(oauth.authorization_address)
  requireSafeOAuthAddress(oauth.token_address)
  const session = sessionOf(call.account)
  session.stop?.abort()
  const stop = new AbortController()
  session.stop = stop
  const [state, verifier] = [randomBytes(24).toString('base64url'), randomBytes(48).toString('base64url')]
  const listener = await listenForRedirect(oauth.redirect_host ?? '127.0.0.1', state)
  try {
    address.search = new URLSearchParams({
      response_type: 'code',
      client_id: oauth.client_id,
      redirect_uri: listener.address,
      ...(oauth.scope === undefined || oauth.scope === '' ? {} : { scope: oauth.scope }),
      state,
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
      login_hint: user,
    }).toString()
    if (!(await call.core.openBrowser(address.href))) throw new IpcError('E_CANCELLED', 'no browser was opened')
    const code = await listener.code(stop.signal)
    const came = { code, verifier, redirect: listener.address }
    const secret = clientSecret === undefined ? {} : { client_secret: clientSecret }
    const refresh = await redeemCode(call.core.fetch, oauth, secret, came, call.now, stop.signal)
    if (call.core.account !== call.account) throw new IpcError('E_SESSION', 'the session ended meanwhile')
    const id = crypto.randomUUID()
    session.done.set(id, { place: placeOf(settings), refresh })
    return id
  } finally {
    listener.close()
    if (session.stop === stop) session.stop = null
  }
}

export const cancelSignIn = ({ account }: ReaderCall): void => sessionOf(account).stop?.abort()

/** A secret as the mailbox keeps it: the token of a sign-in stands in for its id. @throws IpcError E_NOT_FOUND, E_INPUT */
export const resolveSecret = (
  { account }: ReaderCall | WriterCall,
  settings: MailboxSettings,
  { sign_in: id, ...secret }: MailboxSecretInput,
): MailboxSecret => {
  if (id === undefined) return secret
  const found = sessionOf(account).done.get(id)
  if (found === undefined) throw new IpcError('E_NOT_FOUND', 'this sign-in is over; sign in again')
  if (found.place !== placeOf(settings))
    throw new IpcError('E_INPUT', 'the sign-in was for another mailbox', { fields: 'secret.sign_in' })
  return { ...secret, refresh_token: found.refresh }
}

/** The place gave another token with the first use: that one counts from now on. */
export const renewSignIn = (
  { account }: ReaderCall,
  id: string | undefined,
  { refresh_token: refresh }: MailboxSecret,
): void => {
  const found = id === undefined ? undefined : sessionOf(account).done.get(id)
  if (found !== undefined && refresh !== undefined) found.refresh = refresh
}
