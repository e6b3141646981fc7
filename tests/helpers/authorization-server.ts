import { createHash, randomUUID } from 'node:crypto'
import { createServer } from 'node:http'

/** A small authorisation server on loopback: RFC 6749 with PKCE (RFC 7636), rotating refresh tokens, introspection (RFC 7662). */
export type AuthorizationServer = {
  readonly url: string
  readonly user: string
  /** What the person at the sign-in page does. */
  answer: 'agree' | 'refuse' | 'forge_state'
  /** Seconds that an access token is said to last. */
  lifetime: number
  /** The introspection endpoint is out of order. */
  introspectionDown: boolean
  /** Grants of `/token`, as they were asked for. */
  readonly grants: string[]
  /** Addresses of the sign-in page that were opened. */
  readonly opened: URL[]
  revokeAccess(): void
  revokeAll(): void
  close(): Promise<void>
}

export const startAuthorizationServer = async (
  user: string,
  { clientId = 'candor-desktop', clientSecret }: { readonly clientId?: string; readonly clientSecret?: string } = {},
): Promise<AuthorizationServer> => {
  const codes = new Map<string, { readonly challenge: string; readonly redirect: string }>()
  const access = new Set<string>()
  const refresh = new Set<string>()
  const authorize = (query: URLSearchParams): string | undefined => {
    const redirect = query.get('redirect_uri') ?? ''
    const proper =
      query.get('response_type') === 'code' &&
      query.get('client_id') === clientId &&
      query.get('code_challenge_method') === 'S256' &&
      /^http:\/\/(127\.0\.0\.1|localhost):\d+\/$/.test(redirect)
    if (!proper) return undefined
    const back = new URL(redirect)
    back.searchParams.set('state', state.answer === 'forge_state' ? 'x' : (query.get('state') ?? ''))
    if (state.answer === 'refuse') back.searchParams.set('error', 'access_denied')
    else {
      const code = randomUUID()
      codes.set(code, { challenge: query.get('code_challenge') ?? '', redirect })
      back.searchParams.set('code', code)
    }
    return back.href
  }
  const token = (form: URLSearchParams): { readonly status: number; readonly body: object } => {
    state.grants.push(form.get('grant_type') ?? '')
    const refused = (error: string) => ({ status: 400, body: { error } })
    if (form.get('client_id') !== clientId) return refused('invalid_client')
    if (clientSecret !== undefined && form.get('client_secret') !== clientSecret) return refused('invalid_client')
    if (form.get('grant_type') === 'authorization_code') {
      const code = codes.get(form.get('code') ?? '')
      codes.delete(form.get('code') ?? '')
      const challenge = createHash('sha256')
        .update(form.get('code_verifier') ?? '')
        .digest('base64url')
      if (code?.challenge !== challenge || code.redirect !== form.get('redirect_uri')) return refused('invalid_grant')
    } else if (form.get('grant_type') !== 'refresh_token' || !refresh.delete(form.get('refresh_token') ?? '')) {
      // A refresh token is good once: what it gave is the next one.
      return refused('invalid_grant')
    }
    const [next, now] = [`refresh-${randomUUID()}`, `access-${randomUUID()}`]
    refresh.add(next)
    access.add(now)
    return {
      status: 200,
      body: { access_token: now, token_type: 'Bearer', expires_in: state.lifetime, refresh_token: next },
    }
  }
  const server = createServer((request, response) => {
    let text = ''
    request.on('data', (piece: Buffer) => (text += piece.toString()))
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://127.0.0.1')
      const form = new URLSearchParams(text)
      const say = (status: number, body: object): void =>
        void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
      if (url.pathname === '/authorize') {
        state.opened.push(url)
        const back = authorize(url.searchParams)
        if (back === undefined) return say(400, { error: 'invalid_request' })
        response.writeHead(302, { location: back }).end()
      } else if (url.pathname === '/token') {
        const { status, body } = token(form)
        say(status, body)
      } else if (url.pathname === '/introspect') {
        if (state.introspectionDown) return say(503, {})
        const active = access.has(form.get('token') ?? '')
        say(200, active ? { active, username: user, email: user } : { active })
      } else say(404, {})
    })
  })
  const port = await new Promise<number>((resolve) =>
    server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port)),
  )
  const state: AuthorizationServer = {
    url: `http://127.0.0.1:${port}`,
    user,
    answer: 'agree',
    lifetime: 3600,
    introspectionDown: false,
    grants: [],
    opened: [],
    revokeAccess: () => access.clear(),
    revokeAll: () => {
      access.clear()
      refresh.clear()
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
  return state
}
