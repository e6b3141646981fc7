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
 * Renews an access token (RFC 6749 section 6). The token goes by https or to this machine only, and no redirect is followed.
 * @throws IpcError E_MAILBOX `oauth` (refused: sign in anew), `oauth_answer`, `down`
 */
export const renewToken = async (
  fetch: FetchLike,
  { oauth }: MailboxSettings,
  { refresh_token: refresh, client_secret: secret }: MailboxSecret,
  now: number,
  signal: AbortSignal,
): Promise<OAuthToken> => {
  if (oauth === undefined || refresh === undefined) throw mailboxError('oauth')
  const address = requireSafeTokenAddress(oauth.token_address)
  let response: Response
  try {
    response = await fetch(address, {
      method: 'POST',
      redirect: 'manual',
      headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({
        grant_type: 'refresh_token',
        refresh_token: refresh,
        client_id: oauth.client_id,
        ...(secret === undefined || secret === '' ? {} : { client_secret: secret }),
        ...(oauth.scope === undefined || oauth.scope === '' ? {} : { scope: oauth.scope }),
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
    ...(next === undefined || next === refresh ? {} : { refresh: next }),
  }
}

/** @throws IpcError E_MAILBOX */
const requireSafeTokenAddress = (address: string): URL => {
  try {
    return requireSafeAddress(address)
  } catch {
    throw mailboxError('oauth_answer', 'ADDRESS')
  }
}
