import { timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { mailboxError } from './mail-failure.ts'

export type RedirectListener = {
  /** Where the browser shall come back to. */
  readonly address: string
  /** The code that came. @throws IpcError E_MAILBOX `denied`, `timeout`; E_CANCELLED */
  code(signal: AbortSignal): Promise<string>
  close(): void
}

/** How long somebody may take for the sign-in, in milliseconds. */
const patience = 5 * 60_000

const page = (done: boolean): string =>
  `<!doctype html><html lang="zh"><meta charset="utf-8"><title>Candor</title><body style="font:16px sans-serif;margin:64px auto;max-width:32em"><p>${
    done ? '登录完成，可以关闭此页，回到 Candor。' : '没有完成登录，请回到 Candor 再试一次。'
  }</p><p lang="en">${
    done ? 'Signed in. Close this page and go back to Candor.' : 'Not signed in. Go back to Candor and try again.'
  }</p></body></html>`

const same = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a, 'utf8'), Buffer.from(b, 'utf8'))

const listen = (server: Server, host: string, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : 0)
    })
  })

/**
 * Waits on this machine for the browser to come back from a sign-in (RFC 8252 section 7.3). Whatever does not carry `state` is
 * anybody's and changes nothing; the first that does ends the waiting.
 */
export const listenForRedirect = async (host: '127.0.0.1' | 'localhost', state: string): Promise<RedirectListener> => {
  let settle: (end: { readonly code: string } | { readonly error: IpcError }) => void = () => undefined
  const came = new Promise<{ readonly code: string } | { readonly error: IpcError }>((resolve) => (settle = resolve))
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const query = new URL(request.url ?? '/', 'http://127.0.0.1').searchParams
    const ours = request.method === 'GET' && same(query.get('state') ?? '', state)
    const code = query.get('code') ?? ''
    const done = ours && code !== '' && code.length <= 8000
    response.writeHead(ours ? 200 : 400, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      connection: 'close',
    })
    response.end(page(done))
    if (done) settle({ code })
    else if (ours) settle({ error: mailboxError('denied') })
  }
  const servers = [createServer(answer), createServer(answer)]
  for (const server of servers) server.maxHeadersCount = 50
  const [first, second] = servers as [Server, Server]
  const port = await listen(first, '127.0.0.1', 0)
  // Browsers take `localhost` for either; where the other is taken or missing the first one is enough.
  if (host === 'localhost') await listen(second, '::1', port).catch(() => undefined)
  const close = (): void => {
    for (const server of servers) {
      server.close()
      server.closeAllConnections()
    }
  }
  return {
    address: `http://${host}:${port}/`,
    code: async (signal) => {
      const stop = (): void => settle({ error: new IpcError('E_CANCELLED', 'stopped on request') })
      const timer = setTimeout(() => settle({ error: mailboxError('timeout') }), patience)
      signal.addEventListener('abort', stop, { once: true })
      if (signal.aborted) stop()
      try {
        const end = await came
        if ('error' in end) throw end.error
        return end.code
      } finally {
        clearTimeout(timer)
        signal.removeEventListener('abort', stop)
      }
    },
    close: () => setTimeout(close, 200).unref(),
  }
}
