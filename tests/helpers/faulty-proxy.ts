import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'

/**
 * What goes wrong with one answer. Faults are taken one a request, in order; without one the request passes untouched.
 * - `status`: the server's own answer is replaced (429 and 503 with `Retry-After`, in seconds)
 * - `nonsense`: 200 with something that is no JSON; `truncated`: valid headers, half the body, connection cut
 * - `cut`: the connection dies without an answer, before (`asked` false) or after the server did its work (`asked` true)
 * - `stall`: nothing for so many milliseconds, then the answer
 * - `repeat_page`: the answer of the request before, again; `reorder`: the `changes` of a page reversed
 * - `rewrite`: the JSON body as the test wants it
 */
export type Fault =
  | { readonly kind: 'status'; readonly status: number; readonly retryAfter?: number; readonly body?: string }
  | { readonly kind: 'nonsense' }
  | { readonly kind: 'truncated' }
  | { readonly kind: 'cut'; readonly asked: boolean }
  | { readonly kind: 'stall'; readonly milliseconds: number }
  | { readonly kind: 'repeat_page' }
  | { readonly kind: 'reorder' }
  | { readonly kind: 'rewrite'; readonly change: (json: unknown) => unknown }

export type FaultyProxy = {
  readonly url: string
  /** Faults for the next requests whose path begins with `path` (default: any). */
  inject(fault: Fault, options?: { readonly times?: number; readonly path?: string }): void
  clear(): void
  /** `METHOD /path` of every request so far, without its query. */
  readonly seen: readonly string[]
  close(): Promise<void>
}

type Answer = { readonly status: number; readonly headers: IncomingMessage['headers']; readonly body: Buffer }
type Planned = { readonly fault: Fault; readonly path: string; left: number }

/** A small HTTP proxy in front of a hub on loopback. */
export const startFaultyProxy = async (target: string): Promise<FaultyProxy> => {
  const planned: Planned[] = []
  const seen: string[] = []
  const previous = new Map<string, Answer>()
  const server = createServer((incoming, outgoing) => {
    void serve(incoming, outgoing).catch(() => outgoing.destroy())
  })

  const take = (path: string): Fault | undefined => {
    const plan = planned.find((one) => one.left > 0 && path.startsWith(one.path))
    if (plan !== undefined) plan.left -= 1
    return plan?.fault
  }

  const serve = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const path = (incoming.url ?? '/').split('?')[0] ?? '/'
    seen.push(`${incoming.method} ${path}`)
    const body = await readAll(incoming)
    const fault = take(path)
    if (fault?.kind === 'status') {
      const retry = fault.retryAfter === undefined ? {} : { 'retry-after': String(fault.retryAfter) }
      const problem = JSON.stringify({ title: 'injected', status: fault.status, code: 'injected' })
      outgoing
        .writeHead(fault.status, { 'content-type': 'application/problem+json', ...retry })
        .end(fault.body ?? problem)
      return
    }
    if (fault?.kind === 'nonsense') {
      outgoing.writeHead(200, { 'content-type': 'application/json' }).end('<html>not what you asked for')
      return
    }
    if (fault?.kind === 'cut' && !fault.asked) {
      outgoing.destroy()
      return
    }
    const key = `${incoming.method} ${path}`
    const old = previous.get(key)
    if (fault?.kind === 'repeat_page' && old !== undefined) {
      outgoing.writeHead(old.status, old.headers).end(old.body)
      return
    }
    const answer = await forward(incoming, body, outgoing)
    if (answer === undefined) return
    previous.set(key, answer)
    if (fault?.kind === 'cut') {
      outgoing.destroy()
      return
    }
    if (fault?.kind === 'stall') await new Promise((resolve) => setTimeout(resolve, fault.milliseconds))
    if (fault?.kind === 'truncated') {
      outgoing.writeHead(answer.status, { ...answer.headers, 'content-length': String(answer.body.length) })
      outgoing.write(answer.body.subarray(0, Math.floor(answer.body.length / 2)), () => outgoing.destroy())
      return
    }
    const changed = rewritten(fault, answer.body)
    outgoing.writeHead(answer.status, { ...answer.headers, 'content-length': String(changed.length) }).end(changed)
  }

  /** Event streams are passed on as they come; anything else is read whole. */
  const forward = (incoming: IncomingMessage, body: Buffer, outgoing: ServerResponse): Promise<Answer | undefined> =>
    new Promise((resolve, reject) => {
      const outer = request(
        new URL(incoming.url ?? '/', target),
        { method: incoming.method, headers: { ...incoming.headers, host: new URL(target).host, connection: 'close' } },
        (inner) => {
          if (/event-stream/.test(inner.headers['content-type'] ?? '')) {
            outgoing.writeHead(inner.statusCode ?? 200, inner.headers)
            inner.pipe(outgoing)
            outgoing.on('close', () => inner.destroy())
            resolve(undefined)
            return
          }
          const { connection: _hop, 'transfer-encoding': _framing, ...headers } = inner.headers
          readAll(inner).then((read) => resolve({ status: inner.statusCode ?? 502, headers, body: read }), reject)
        },
      )
      outer.on('error', reject)
      outer.end(body)
    })

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    seen,
    inject: (fault, options = {}) => void planned.push({ fault, path: options.path ?? '/', left: options.times ?? 1 }),
    clear: () => void planned.splice(0),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

const rewritten = (fault: Fault | undefined, body: Buffer): Buffer => {
  if (fault?.kind !== 'rewrite' && fault?.kind !== 'reorder') return body
  const json: unknown = JSON.parse(body.toString('utf8'))
  if (fault.kind === 'rewrite') return Buffer.from(JSON.stringify(fault.change(json)))
  const page = json as { changes?: unknown[] }
  return Buffer.from(JSON.stringify({ ...page, changes: page.changes?.toReversed() }))
}

const readAll = async (stream: AsyncIterable<Uint8Array>): Promise<Buffer> => {
  const chunks: Uint8Array[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks)
}
