import { z } from 'zod'
import type { MailboxSecret, MailboxSettings } from '../../shared/domain/mailbox.ts'
import { requireSafeAddress, type FetchLike } from '../sync/hub-transport.ts'
import { mailboxError } from './mail-failure.ts'

const answer = z.object({
  access_token: z.string().min(1).max(16_000),
  expires_in: z.number().positive().optional(),
  refresh_token: z.string().min(1).max(8000).optional(),
})

export type OAuthToken = {
  readonly access: string
  /** Milliseconds since 1970 UTC, a minute early. */
  readonly until: number
  /** The place gave another refresh token: the one before may not work any more. */
  readonly refresh?: string
}

const largest = 64 * 1024

/** At most `largest` bytes of a body. */
const readBounded = async (response: Response): Promise<unknown> => {
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of (response.body ?? []) as unknown as AsyncIterable<Uint8Array>) {
    size += piece.length
    if (size > largest) throw mailboxError('oauth_answer')
    pieces.push(piece)
  }
  try {
    return JSON.parse(Buffer.concat(pieces).toString('utf8')) as unknown
  } catch {
    return null
  }
}

/**
 * One question to the place that gives tokens (RFC 6749). It goes by https or to this machine only, and no redirect is followed.
 * @throws IpcError E_MAILBOX `oauth` (refused: sign in anew), `oauth_answer`, `down`
 */
const askForToken = async (
  fetch: FetchLike,
  oauth: NonNullable<MailboxSettings['oauth']>,
  { client_secret: secret }: Pick<MailboxSecret, 'client_secret'>,
  question: Readonly<Record<string, string>>,
  now: number,
  signal: AbortSignal,
): Promise<OAuthToken> => {
  const address = requireSafeOAuthAddress(oauth.token_address)
  let response: Response
  try {
    response = await fetch(address, {
      method: 'POST',
      redirect: 'manual',
      headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({
        ...question,
        client_id: oauth.client_id,
        ...(secret === undefined || secret === '' ? {} : { client_secret: secret }),
      }).toString(),
      signal: AbortSignal.any([signal, AbortSignal.timeout(30_000)]),
    })
  } catch {
    throw mailboxError('down')
  }
  const body = await readBounded(response)
  // `invalid_grant`, `invalid_client` and their like: no repetition helps.
  if (response.status === 400 || response.status === 401) throw mailboxError('oauth')
  const parsed = answer.safeParse(body)
  if (!response.ok || !parsed.success) throw mailboxError('oauth_answer')
  const { access_token: access, expires_in: seconds, refresh_token: next } = parsed.data
  return {
    access,
    until: now + Math.max(0, Math.min(seconds ?? 300, 86_400) - 60) * 1000,
    ...(next === undefined || next === question['refresh_token'] ? {} : { refresh: next }),
  }
}

/** Renews an access token (RFC 6749 section 6). @throws IpcError E_MAILBOX */
export const renewToken = async (
  fetch: FetchLike,
  { oauth }: MailboxSettings,
  secret: MailboxSecret,
  now: number,
  signal: AbortSignal,
): Promise<OAuthToken> => {
  if (oauth === undefined || secret.refresh_token === undefined) throw mailboxError('oauth')
  const question: Record<string, string> = { grant_type: 'refresh_token', refresh_token: secret.refresh_token }
  if (oauth.scope !== undefined && oauth.scope !== '') question['scope'] = oauth.scope
  return askForToken(fetch, oauth, secret, question, now, signal)
}

/**
 * Tokens for the code that came back by the browser (RFC 6749 section 4.1.3, RFC 7636). The refresh token is what was asked for.
 * @throws IpcError E_MAILBOX
 */
export const redeemCode = async (
  fetch: FetchLike,
  oauth: NonNullable<MailboxSettings['oauth']>,
  secret: Pick<MailboxSecret, 'client_secret'>,
  came: { readonly code: string; readonly verifier: string; readonly redirect: string },
  now: number,
  signal: AbortSignal,
): Promise<string> => {
  const question = {
    grant_type: 'authorization_code',
    code: came.code,
    redirect_uri: came.redirect,
    code_verifier: came.verifier,
  }
  const { refresh } = await askForToken(fetch, oauth, secret, question, now, signal)
  if (refresh === undefined) throw mailboxError('oauth_answer', 'NO_REFRESH_TOKEN')
  return refresh
}

/** By https, or on this machine. @throws IpcError E_MAILBOX */
export const requireSafeOAuthAddress = (address: string): URL => {
  try {
    return requireSafeAddress(address)
  } catch {
    throw mailboxError('oauth_answer', 'ADDRESS')
  }
}
