import ky, { type KyInstance } from 'ky'
import type { Clock } from '../../shared/clock.ts'
import { problem } from '../../shared/domain/sync-records.ts'
import { IpcError, type ErrorData } from '../../shared/ipc/ipc-error.ts'

export type FetchLike = (input: Request | URL | string, init?: RequestInit) => Promise<Response>

/** Milliseconds; tests shorten them. */
export type TransportTimes = {
  /** Until the headers of an answer. */
  readonly answer: number
  /** Between two pieces of a body: a slow line may take its time, a dead one may not. */
  readonly idle: number
  /** First pause before a repetition; doubles every time. */
  readonly pause: number
  /** The longest `Retry-After` that is waited for here; a longer one is the caller's to plan. */
  readonly patience: number
}

export const defaultTimes: TransportTimes = { answer: 30_000, idle: 30_000, pause: 500, patience: 20_000 }

export type HubRequest = {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete'
  /** Below the base address, with a leading slash; ids in it are already encoded. */
  readonly path: string
  readonly query?: Readonly<Record<string, string | number | undefined>>
  readonly json?: unknown
  readonly form?: Readonly<Record<string, string>>
  readonly bearer?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal
  /** True where sending twice does no harm. */
  readonly repeatable: boolean
}

export type HubAnswer = { readonly status: number; readonly headers: Headers; readonly bytes: Uint8Array }

export type HubTransport = {
  /** Answers of every status but 429 and 5xx, which become errors once repeating did not help. */
  send(request: HubRequest): Promise<HubAnswer>
  /** A stream of events: the answer as it begins, whatever its status; the caller reads and ends it. */
  open(path: string, bearer: string, signal: AbortSignal): Promise<Response>
  /** Server time minus local time by the last `Date` header, in milliseconds: a hint about the clock, never a proof. */
  clockOffset(): number | null
}

const attempts = 4
/** A page holds at most 1000 changes; whatever is larger than this is no page. */
const largestBody = 96 * 1024 * 1024
const busy = new Set([429, 503])
const broken = new Set([500, 502, 504])

/** `https:`, or loopback. @throws IpcError E_HUB_ANSWER with `rule: 'https_only'` for anything else. */
export const requireSafeAddress = (address: string): URL => {
  let url: URL
  try {
    url = new URL(address)
  } catch {
    throw new IpcError('E_HUB_ANSWER', 'the hub address is not a web address', { rule: 'address' })
  }
  const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(url.hostname)
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && loopback)) {
    throw new IpcError('E_HUB_ANSWER', 'a hub outside this machine is reached by https only', { rule: 'https_only' })
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw new IpcError('E_HUB_ANSWER', 'the hub address holds more than an address', { rule: 'address' })
  }
  return url
}

/** The stable `code` of a problem document, or null. Only codes pass: a hub's words may name somebody. */
export const problemCode = (bytes: Uint8Array): string | null => {
  try {
    const body: unknown = JSON.parse(new TextDecoder().decode(bytes))
    const parsed = problem.safeParse(body)
    // OAuth 2 (RFC 6749 §5.2) calls it `error`.
    const code = parsed.success ? parsed.data.code : (body as { readonly error?: unknown }).error
    return typeof code === 'string' && /^[a-z][a-z0-9_]{0,63}$/.test(code) ? code : null
  } catch {
    return null
  }
}

/** Seconds or an HTTP date (RFC 9110 §10.2.3) as milliseconds from now; null when there is none. */
export const retryAfter = (headers: Headers, now: number): number | null => {
  const text = headers.get('retry-after')
  if (text === null) return null
  const seconds = /^\s*(\d+)\s*$/.exec(text)?.[1]
  if (seconds !== undefined) return Math.min(Number(seconds), 86_400) * 1000
  const date = Date.parse(text)
  const base = Date.parse(headers.get('date') ?? '')
  return Number.isNaN(date) ? null : Math.min(Math.max(0, date - (Number.isNaN(base) ? now : base)), 86_400_000)
}

/** Why no answer came, as a code: the name of a system or TLS error, never an address or a header. */
const causeCode = (error: unknown): string => {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 6; at = at.cause, depth += 1) {
    const code = (at as Error & { readonly code?: unknown }).code
    if (typeof code === 'string' && /^[A-Z][A-Z0-9_]{2,60}$/.test(code)) return code
    const chromium = /net::(ERR_[A-Z0-9_]+)/.exec(at.message)?.[1]
    if (chromium !== undefined) return chromium
    if (at.name === 'TimeoutError') return 'TIMEOUT'
  }
  return 'NO_ANSWER'
}

const isTlsCode = (code: string): boolean => /CERT|SELF_SIGNED|UNABLE_TO_(VERIFY|GET)|TLS|SSL/.test(code)

const unreachable = (error: unknown): IpcError => {
  const cause = causeCode(error)
  return isTlsCode(cause)
    ? new IpcError('E_HUB_UNREACHABLE', "the hub's certificate is not valid for it", { cause, rule: 'tls' })
    : new IpcError('E_HUB_UNREACHABLE', 'the hub does not answer', { cause })
}

const cancelled = (): IpcError => new IpcError('E_CANCELLED', 'stopped on request')

/** Reads a body piece by piece, so that a line which went dead is noticed and a flood is refused. */
const readBody = async (response: Response, idle: number): Promise<Uint8Array> => {
  if (response.body === null) return new Uint8Array()
  const reader = response.body.getReader()
  const pieces: Uint8Array[] = []
  let size = 0
  for (;;) {
    let timer: ReturnType<typeof setTimeout> | undefined
    const stalled = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        const error = new Error('the body stalled')
        error.name = 'TimeoutError'
        reject(error)
      }, idle)
    })
    try {
      const { done, value } = await Promise.race([reader.read(), stalled])
      if (done) break
      size += value.length
      if (size > largestBody)
        throw new IpcError('E_HUB_ANSWER', 'the answer is larger than any may be', { status: response.status })
      pieces.push(value)
    } catch (error) {
      void reader.cancel().catch(() => undefined)
      throw error
    } finally {
      clearTimeout(timer)
    }
  }
  return Buffer.concat(pieces)
}

const pauseFor = async (ms: number, signal: AbortSignal | undefined): Promise<void> => {
  if (signal?.aborted === true) throw cancelled()
  await new Promise<void>((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer)
      reject(cancelled())
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop)
      resolve()
    }, ms)
    signal?.addEventListener('abort', stop, { once: true })
  })
}

/**
 * Sends requests to one hub: checks the address, limits time and size, repeats what may be repeated, obeys `Retry-After`
 * (also towards later requests), follows no redirect (a token stays with the host it was given to).
 *
 * @throws IpcError E_HUB_ANSWER, E_HUB_UNREACHABLE (`rule: 'tls'` for a bad certificate), E_RATE (`retry_after_s`), E_CANCELLED
 */
export const createHubTransport = (
  baseUrl: string,
  fetch: FetchLike,
  clock: Clock,
  times: TransportTimes = defaultTimes,
): HubTransport => {
  // Pauses are measured by what passes, not by a clock that somebody may set back.
  const passed = (): number => performance.now()
  const base = requireSafeAddress(baseUrl)
  const client: KyInstance = ky.create({
    fetch,
    retry: 0,
    timeout: times.answer,
    throwHttpErrors: false,
    redirect: 'manual',
  })
  let notBefore = 0
  let offset: number | null = null

  const once = async (request: HubRequest): Promise<HubAnswer> => {
    const response = await client(new URL(base.pathname.replace(/\/$/, '') + request.path, base), {
      method: request.method,
      headers: {
        accept: 'application/json',
        ...request.headers,
        ...(request.bearer === undefined ? {} : { authorization: `Bearer ${request.bearer}` }),
      },
      ...(request.query === undefined ? {} : { searchParams: { ...request.query } }),
      ...(request.json === undefined ? {} : { json: request.json }),
      ...(request.form === undefined ? {} : { body: new URLSearchParams(request.form) }),
      ...(request.signal === undefined ? {} : { signal: request.signal }),
    })
    const date = Date.parse(response.headers.get('date') ?? '')
    if (!Number.isNaN(date)) offset = date - clock.now()
    return { status: response.status, headers: response.headers, bytes: await readBody(response, times.idle) }
  }

  const busyError = (answer: HubAnswer, wait: number): IpcError => {
    const data: ErrorData = { status: answer.status, retry_after_s: Math.ceil(wait / 1000) }
    return answer.status === 429
      ? new IpcError('E_RATE', 'the hub asks for a pause', data)
      : new IpcError('E_HUB_UNREACHABLE', 'the hub is not available now', data)
  }

  const waitForHub = async (signal: AbortSignal | undefined): Promise<void> => {
    const wait = notBefore - passed()
    if (wait <= 0) return
    if (wait > times.patience) {
      throw new IpcError('E_RATE', 'the hub asked for a pause', { retry_after_s: Math.ceil(wait / 1000) })
    }
    await pauseFor(wait, signal)
  }

  const send = async (request: HubRequest): Promise<HubAnswer> => {
    for (let attempt = 1; ; attempt += 1) {
      await waitForHub(request.signal)
      const backoff = times.pause * 2 ** (attempt - 1)
      let answer: HubAnswer
      try {
        answer = await once(request)
      } catch (error) {
        if (request.signal?.aborted === true) throw cancelled()
        if (error instanceof IpcError) throw error
        const failure = unreachable(error)
        if (!request.repeatable || attempt >= attempts || failure.data.rule === 'tls') throw failure
        await pauseFor(backoff, request.signal)
        continue
      }
      if (busy.has(answer.status)) {
        const asked = retryAfter(answer.headers, clock.now())
        const wait = asked ?? backoff
        if (asked !== null) notBefore = Math.max(notBefore, passed() + asked)
        if (attempt >= attempts || wait > times.patience) throw busyError(answer, wait)
        await pauseFor(wait, request.signal)
        continue
      }
      if (broken.has(answer.status)) {
        if (!request.repeatable || attempt >= attempts) {
          throw new IpcError('E_HUB_ANSWER', 'the hub failed', { status: answer.status })
        }
        await pauseFor(backoff, request.signal)
        continue
      }
      return answer
    }
  }

  const open = async (path: string, bearer: string, signal: AbortSignal): Promise<Response> => {
    await waitForHub(signal)
    try {
      return await fetch(new URL(base.pathname.replace(/\/$/, '') + path, base), {
        headers: { accept: 'text/event-stream', authorization: `Bearer ${bearer}` },
        redirect: 'manual',
        signal,
      })
    } catch (error) {
      throw signal.aborted ? cancelled() : unreachable(error)
    }
  }

  return { send, open, clockOffset: () => offset }
}
