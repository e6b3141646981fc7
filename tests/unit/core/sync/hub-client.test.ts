import { readFileSync } from 'node:fs'
import { createServer as createHttp, type RequestListener, type Server } from 'node:http'
import { createServer as createHttps } from 'node:https'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createHubClient, type HubTokens } from '../../../../electron/core/sync/hub-client.ts'
import { requireSafeAddress, retryAfter } from '../../../../electron/core/sync/hub-transport.ts'
import { IpcError } from '../../../../electron/shared/ipc/ipc-error.ts'
import { errorCodeOf, rejectionCodeOf } from '../../../helpers/error-code.ts'

const secret = 'tok-3f1c9d7e-secret'
const times = { answer: 500, idle: 150, pause: 5, patience: 300 }

const listen = async (server: Server): Promise<number> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

const hubThat = async (handle: RequestListener, tokens: Partial<HubTokens> | null = {}) => {
  const seen: string[] = []
  const port = await listen(
    createHttp((request, response) => {
      seen.push(`${request.method} ${request.url} ${request.headers.authorization ?? '-'}`)
      handle(request, response)
    }),
  )
  const kept: Array<HubTokens | null> = []
  const client = createHubClient({
    baseUrl: `http://127.0.0.1:${port}`,
    fetch,
    tokens: tokens === null ? null : { access: secret, expires_at: 9e15, ...tokens },
    onTokens: (next) => kept.push(next),
    clock: { now: () => 1_000_000 },
    times,
  })
  return { client, seen, kept, port }
}

const json = (response: Parameters<RequestListener>[1], status: number, body: unknown, headers = {}): void => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
}
const me = {
  id: 'acc-1',
  name: '林晓',
  role: 'hr',
  employer: { id: 'e', name: '星河' },
  verification: {},
  status: 'active',
}

describe('the address', () => {
  it('[ZP-93] is https, or this machine', () => {
    for (const good of ['https://hub.example', 'http://127.0.0.1:8080', 'http://localhost', 'http://[::1]:1']) {
      expect(errorCodeOf(() => requireSafeAddress(good))).toBe('none')
    }
    for (const bad of [
      'http://hub.example',
      'http://127.0.0.1.hub.example',
      'http://localhost.hub.example',
      'ftp://localhost',
      'https://me:pw@hub.example',
      'hub',
    ]) {
      expect(errorCodeOf(() => requireSafeAddress(bad))).toBe('E_HUB_ANSWER')
    }
  })

  it('[ZP-93] with a certificate that nobody vouches for gets no token', async () => {
    const pem = (name: string) =>
      readFileSync(new URL(`../../../fixtures/tls/self-signed.${name}.pem`, import.meta.url))
    let asked = 0
    const port = await listen(
      createHttps({ key: pem('key'), cert: pem('cert') }, (_request, response) => {
        asked += 1
        response.end('{}')
      }),
    )
    const client = createHubClient({
      baseUrl: `https://localhost:${port}`,
      fetch,
      tokens: { access: secret, expires_at: 9e15 },
      onTokens: () => undefined,
      clock: { now: () => 0 },
      times,
    })
    const error = await client.me().catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(IpcError)
    expect(error).toMatchObject({ code: 'E_HUB_UNREACHABLE', data: { rule: 'tls' } })
    expect(asked).toBe(0)
  })

  it('is not left by a redirect: the token stays where it was given', async () => {
    const other = await hubThat((_request, response) => json(response, 200, me))
    const { client } = await hubThat((_request, response) =>
      response.writeHead(302, { location: `http://127.0.0.1:${other.port}/v1/me` }).end(),
    )
    expect(await rejectionCodeOf(client.me())).toBe('E_HUB_ANSWER')
    expect(other.seen).toEqual([])
  })
})

describe('errors', () => {
  it('[ZP-93] hold no token, no password and none of the hub’s words', async () => {
    const words = 'account 13800138000 张三 ' + secret
    const statuses = [400, 401, 403, 404, 409, 410, 429, 500, 503]
    for (const status of statuses) {
      const { client } = await hubThat((_request, response) =>
        json(
          response,
          status,
          { code: `no_${secret}`, title: words, detail: words, error: words },
          { 'retry-after': '60' },
        ),
      )
      for (const call of [() => client.me(), () => client.signIn('13800138000', 'pass-word-1')]) {
        const error = (await call().catch((thrown: unknown) => thrown)) as IpcError
        expect(error).toBeInstanceOf(IpcError)
        expect(JSON.stringify(error.toShape())).not.toMatch(/tok-3f|13800138000|张三|pass-word/)
      }
    }
  })

  it('tell what the hub’s stable codes mean', async () => {
    const codes: ReadonlyArray<readonly [number, string, string]> = [
      [410, 'device_revoked', 'E_REVOKED'],
      [401, 'revoked', 'E_REVOKED'],
      [401, 'invalid_token', 'E_SIGN_IN'],
      [403, 'caller_unverified', 'E_UNVERIFIED'],
      [403, 'candidate_declined', 'E_CONSENT'],
      [403, 'role', 'E_ROLE'],
      [404, 'not_found', 'E_NOT_FOUND'],
      [409, 'cursor_expired', 'E_CONFLICT'],
    ]
    for (const [status, code, expected] of codes) {
      const { client } = await hubThat((_request, response) => json(response, status, { code }))
      expect([code, await rejectionCodeOf(client.changes(null, 10))]).toEqual([code, expected])
    }
  })
})

describe('tokens', () => {
  it('are renewed once, however many calls wait, and the new ones are kept', async () => {
    let grants = 0
    const { client, kept } = await hubThat(
      (request, response) => {
        if (request.url === '/v1/oauth/token') {
          grants += 1
          setTimeout(
            () =>
              json(response, 200, { access_token: 'new', token_type: 'Bearer', expires_in: 600, refresh_token: 'r2' }),
            30,
          )
        } else if (request.headers.authorization === 'Bearer new') json(response, 200, me)
        else json(response, 401, { code: 'invalid_token' })
      },
      { refresh: 'r1' },
    )
    await Promise.all([client.me(), client.me(), client.me()])
    expect(grants).toBe(1)
    expect(kept).toEqual([{ access: 'new', refresh: 'r2', expires_at: 1_000_000 + 600_000 }])
  })

  it('are forgotten at sign-out, also without a network', async () => {
    const { client, kept, seen } = await hubThat((_request, response) => response.destroy())
    await client.signOut()
    expect(kept).toEqual([null])
    expect(seen[0]).toBe(`POST /v1/oauth/revoke Bearer ${secret}`)
    expect(await rejectionCodeOf(client.me())).toBe('E_SIGN_IN')
  })

  it('never stand in an address', async () => {
    const { client, seen } = await hubThat((_request, response) =>
      json(response, 200, { access_token: 'a', token_type: 'Bearer', expires_in: 1 }),
    )
    await client.signIn('hr', 'pass-word-1')
    expect(seen.join()).not.toMatch(/pass-word|\?/)
  })
})

describe('waiting', () => {
  it('reads Retry-After as seconds and as a date, and never beyond a day', () => {
    const now = Date.UTC(2026, 2, 2)
    expect(retryAfter(new Headers({ 'retry-after': '7' }), now)).toBe(7000)
    expect(retryAfter(new Headers({ 'retry-after': new Date(now + 9000).toUTCString() }), now)).toBe(9000)
    expect(retryAfter(new Headers({ 'retry-after': '999999999' }), now)).toBe(86_400_000)
    expect(retryAfter(new Headers({ 'retry-after': 'soon' }), now)).toBeNull()
    expect(retryAfter(new Headers(), now)).toBeNull()
  })

  it('ends when a body goes dead in its middle', async () => {
    const { client, seen } = await hubThat((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' })
      response.write('{"id":')
    })
    expect(await rejectionCodeOf(client.me())).toBe('E_HUB_UNREACHABLE')
    expect(seen).toHaveLength(4)
  })

  it('does not repeat what may not be done twice', async () => {
    const { client, seen } = await hubThat((_request, response) => json(response, 500, {}))
    expect(await rejectionCodeOf(client.virtualNumber('c', 'j'))).toBe('E_HUB_ANSWER')
    expect(seen).toHaveLength(1)
  })
})

describe('files', () => {
  it('come as the part that was asked for, also from a server that sends everything', async () => {
    const { client } = await hubThat((_request, response) => response.end('0123456789'))
    expect(Buffer.from((await client.attachment('f', 3, 5)).bytes).toString()).toBe('345')
  })

  it('are refused when the part is another one', async () => {
    const { client } = await hubThat((_request, response) =>
      response.writeHead(206, { 'content-range': 'bytes 0-2/10' }).end('012'),
    )
    expect(await rejectionCodeOf(client.attachment('f', 3, 5))).toBe('E_HUB_ANSWER')
  })
})
