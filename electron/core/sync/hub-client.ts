import type { z } from 'zod'
import type { Clock } from '../../shared/clock.ts'
import {
  changesPage,
  deviceAuthorization,
  discovery,
  me,
  mfaGrant,
  outboxAnswer,
  tokenAnswer,
  totpEnrolment,
  virtualNumber,
  type ChangesPage,
  type DeviceAuthorization,
  type Discovery,
  type Me,
  type TotpEnrolment,
  type OutboxItem,
  type OutboxResult,
  type VirtualNumber,
} from '../../shared/domain/sync-records.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { hubApprovalClient, type HubApprovalClient } from './hub-approval-client.ts'
import { hubAdminClient, type HubAdminClient } from './hub-admin-client.ts'
import { readEvents } from './hub-events.ts'
import { hubFactorClient, type HubFactorClient } from './hub-factor-client.ts'
import { hubProblem, signInProblem } from './hub-problem.ts'
import {
  createHubTransport,
  problemCode,
  type FetchLike,
  type HubAnswer,
  type HubRequest,
  type TransportTimes,
} from './hub-transport.ts'

export type HubTokens = {
  readonly access: string
  readonly refresh?: string
  /** Milliseconds since 1970 UTC. */
  readonly expires_at: number
}

export type HubClientOptions = {
  readonly baseUrl: string
  readonly fetch: FetchLike
  readonly tokens: HubTokens | null
  /** Called with every new pair, and with null when there is none any more (`refused`: the hub ended it); the caller seals them. */
  readonly onTokens: (tokens: HubTokens | null, end?: 'refused') => void
  readonly clock: Clock
  readonly times?: TransportTimes
}

export type AttachmentPiece = {
  readonly bytes: Uint8Array
  /** Where the bytes begin in the file. */
  readonly from: number
  /** Size of the whole file as the hub says; null when it does not. */
  readonly total: number | null
  /** SHA-256 in lower-case hex, from the ETag. */
  readonly sha256: string | null
}

export type DeviceBody = {
  readonly name: string
  readonly os: string
  readonly app_version: string
  readonly log_key: string
}

/**
 * The sync protocol's calls. Every answer is parsed before anybody sees it; no error holds a token, a password, or what a
 * hub wrote in words.
 *
 * @throws IpcError E_HUB_UNREACHABLE, E_HUB_ANSWER, E_SIGN_IN, E_REVOKED, E_RATE, E_NOT_FOUND, E_CONFLICT (`code`),
 *   E_ROLE, E_UNVERIFIED, E_CONSENT, E_CANCELLED
 */
export type HubClient = HubAdminClient &
  HubApprovalClient &
  HubFactorClient & {
    readonly baseUrl: string
    readonly signedIn: () => boolean
    discover(): Promise<Discovery>
    /** @throws SecondStep when the hub wants a second factor, or that there be one */
    signIn(account: string, password: string): Promise<void>
    /** The second step; without a code it asks whether a passkey was used. @returns recovery codes, with a first enrolment */
    signInSecond(mfaToken: string, code?: string): Promise<readonly string[]>
    enrolAtSignIn(mfaToken: string): Promise<TotpEnrolment>
    startDeviceSignIn(device: Pick<DeviceBody, 'name' | 'os'>): Promise<DeviceAuthorization>
    /** Asks once whether the person has confirmed on the phone; E_SIGN_IN with `code` says why not (RFC 8628 §3.5). */
    finishDeviceSignIn(deviceCode: string): Promise<void>
    /** Ends the session at the hub (RFC 7009) and forgets the tokens, even where the hub cannot be reached. */
    signOut(): Promise<void>
    me(): Promise<Me>
    putDevice(deviceId: string, body: DeviceBody): Promise<void>
    /** `cursor_expired` comes as E_CONFLICT with `code`. */
    changes(cursor: string | null, limit: number, signal?: AbortSignal): Promise<ChangesPage>
    /** At most the bytes `from`…`to` (inclusive). */
    attachment(id: string, from: number, to: number, signal?: AbortSignal): Promise<AttachmentPiece>
    pushOutbox(items: readonly OutboxItem[], signal?: AbortSignal): Promise<readonly OutboxResult[]>
    /**
     * Server-sent events until the stream or the signal ends.
     * @param onOpen once the hub has answered
     */
    listen(onChange: () => void, onOpen: () => void, signal: AbortSignal): Promise<void>
    virtualNumber(candidateId: string, jobId: string): Promise<VirtualNumber>
    /** Server time minus local time, milliseconds; a hint only. */
    clockOffset(): number | null
  }

const json = (answer: HubAnswer): unknown => {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(answer.bytes))
  } catch {
    throw new IpcError('E_HUB_ANSWER', 'the hub answered something that is no JSON', { status: answer.status })
  }
}

const parse = <S extends z.ZodType>(schema: S, answer: HubAnswer): z.output<S> => {
  const parsed = schema.safeParse(json(answer))
  if (parsed.success) return parsed.data
  // Paths are ours; values are not shown.
  const fields = parsed.error.issues.map((issue) => issue.path.join('.')).join(', ')
  throw new IpcError('E_HUB_ANSWER', 'the answer does not fit the protocol', { fields: fields.slice(0, 200) })
}

const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code'
/** A token is renewed this long before its end, so that it does not end on the way. */
const renewAhead = 30_000

const contentRange = (answer: HubAnswer): { readonly from: number; readonly total: number | null } | null => {
  const match = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(answer.headers.get('content-range') ?? '')
  return match === null ? null : { from: Number(match[1]), total: match[2] === '*' ? null : Number(match[2]) }
}

export const createHubClient = (options: HubClientOptions): HubClient => {
  const { clock } = options
  const transport = createHubTransport(options.baseUrl, options.fetch, clock, options.times)
  let tokens = options.tokens
  let renewal: Promise<HubTokens> | null = null

  const keep = (next: HubTokens | null, end?: 'refused'): void => {
    tokens = next
    options.onTokens(next, end)
  }

  const ask = async (form: Readonly<Record<string, string>>) => {
    const answer = await transport.send({ method: 'post', path: '/v1/oauth/token', form, repeatable: false })
    if (answer.status !== 200) throw signInProblem(answer)
    const parsed = parse(tokenAnswer, answer)
    const refresh = parsed.refresh_token ?? form.refresh_token
    const next: HubTokens = {
      access: parsed.access_token,
      ...(refresh === undefined ? {} : { refresh }),
      expires_at: clock.now() + parsed.expires_in * 1000,
    }
    keep(next)
    return { next, codes: parsed.recovery_codes ?? [] }
  }
  const grant = async (form: Readonly<Record<string, string>>): Promise<HubTokens> => (await ask(form)).next

  /** One renewal at a time: a second use of the same refresh token would look like theft to the hub. */
  const renew = (): Promise<HubTokens> => {
    const refresh = tokens?.refresh
    if (refresh === undefined) throw new IpcError('E_SIGN_IN', 'sign in to the hub again')
    renewal ??= grant({ grant_type: 'refresh_token', refresh_token: refresh })
      .catch((error: unknown) => {
        if (error instanceof IpcError && (error.code === 'E_SIGN_IN' || error.code === 'E_REVOKED')) {
          keep(null, 'refused')
        }
        throw error
      })
      .finally(() => {
        renewal = null
      })
    return renewal
  }

  const authorised = async (request: Omit<HubRequest, 'bearer'>): Promise<HubAnswer> => {
    if (tokens === null) throw new IpcError('E_SIGN_IN', 'sign in to the hub first')
    let current = tokens
    if (current.refresh !== undefined && current.expires_at - renewAhead <= clock.now()) current = await renew()
    let answer = await transport.send({ ...request, bearer: current.access })
    if (answer.status === 401 && current.refresh !== undefined && problemCode(answer.bytes) !== 'revoked') {
      const next = tokens !== null && tokens.access !== current.access ? tokens : await renew()
      answer = await transport.send({ ...request, bearer: next.access })
    }
    if (answer.status >= 200 && answer.status < 300) return answer
    throw hubProblem(answer, 'call')
  }

  const get = <S extends z.ZodType>(schema: S, path: string, query?: HubRequest['query'], signal?: AbortSignal) =>
    authorised({
      method: 'get',
      path,
      repeatable: true,
      ...(query === undefined ? {} : { query }),
      ...(signal === undefined ? {} : { signal }),
    }).then((answer) => parse(schema, answer))
  const post = <S extends z.ZodType>(schema: S, path: string, body: unknown) =>
    authorised({ method: 'post', path, json: body, repeatable: false }).then((answer) => parse(schema, answer))

  return {
    baseUrl: options.baseUrl,
    signedIn: () => tokens !== null,
    discover: async () => {
      const answer = await transport.send({ method: 'get', path: '/.well-known/candor', repeatable: true })
      if (answer.status !== 200) throw hubProblem(answer, 'call')
      const found = parse(discovery, answer)
      if (found.protocol !== '1') {
        throw new IpcError('E_HUB_ANSWER', 'the hub speaks another version of the protocol', { rule: 'protocol' })
      }
      return found
    },
    signIn: async (account, password) => {
      await grant({ grant_type: 'password', username: account, password })
    },
    signInSecond: async (mfaToken, code) =>
      (await ask({ grant_type: mfaGrant, mfa_token: mfaToken, ...(code === undefined ? {} : { code }) })).codes,
    enrolAtSignIn: async (mfaToken) => {
      const answer = await transport.send({
        method: 'post',
        path: '/v1/oauth/mfa/enrolment',
        form: { mfa_token: mfaToken },
        repeatable: false,
      })
      if (answer.status !== 200) throw hubProblem(answer, 'sign_in')
      return parse(totpEnrolment, answer)
    },
    startDeviceSignIn: async (device) => {
      const answer = await transport.send({
        method: 'post',
        path: '/v1/oauth/device_authorization',
        form: { client_id: 'candor', device_name: device.name, device_os: device.os },
        repeatable: false,
      })
      if (answer.status !== 200) throw hubProblem(answer, 'sign_in')
      return parse(deviceAuthorization, answer)
    },
    finishDeviceSignIn: async (deviceCode) => {
      await grant({ grant_type: deviceGrant, device_code: deviceCode, client_id: 'candor' })
    },
    signOut: async () => {
      const ended = tokens
      keep(null)
      if (ended === null) return
      try {
        await transport.send({
          method: 'post',
          path: '/v1/oauth/revoke',
          form: { token: ended.refresh ?? ended.access },
          bearer: ended.access,
          repeatable: true,
        })
      } catch {
        // Signing out must work without a network; the tokens are forgotten here and end by themselves there.
      }
    },
    me: () => get(me, '/v1/me'),
    putDevice: async (deviceId, body) => {
      await authorised({
        method: 'put',
        path: `/v1/devices/${encodeURIComponent(deviceId)}`,
        json: body,
        repeatable: true,
      })
    },
    changes: (cursor, limit, signal) => get(changesPage, '/v1/changes', { cursor: cursor ?? undefined, limit }, signal),
    attachment: async (id, from, to, signal) => {
      const answer = await authorised({
        method: 'get',
        path: `/v1/attachments/${encodeURIComponent(id)}`,
        headers: { accept: '*/*', range: `bytes=${from}-${to}` },
        repeatable: true,
        ...(signal === undefined ? {} : { signal }),
      })
      const sha256 = /^(?:W\/)?"([0-9a-f]{64})"$/.exec(answer.headers.get('etag') ?? '')?.[1] ?? null
      if (answer.status === 206) {
        const range = contentRange(answer)
        if (range === null || range.from !== from || answer.bytes.length > to - from + 1) {
          throw new IpcError('E_HUB_ANSWER', 'the hub sent another part of the file', { status: 206 })
        }
        return { bytes: answer.bytes, from, total: range.total, sha256 }
      }
      // A server may ignore the range and send everything (RFC 9110 §14.2).
      return { bytes: answer.bytes.subarray(from, to + 1), from, total: answer.bytes.length, sha256 }
    },
    pushOutbox: async (items, signal) => {
      const answer = await authorised({
        method: 'post',
        path: '/v1/outbox',
        json: { items },
        repeatable: true,
        ...(signal === undefined ? {} : { signal }),
      })
      return parse(outboxAnswer, answer).results
    },
    listen: async (onChange, onOpen, signal) => {
      if (tokens === null) throw new IpcError('E_SIGN_IN', 'sign in to the hub first')
      const stale = tokens.refresh !== undefined && tokens.expires_at - renewAhead <= clock.now()
      const { access } = stale ? await renew() : tokens
      const response = await transport.open('/v1/events', access, signal)
      if (response.status !== 200 || response.body === null) {
        void response.body?.cancel().catch(() => undefined)
        // What answers a call with an error says so here, too, and the next call deals with it.
        throw new IpcError(response.status === 404 ? 'E_NOT_FOUND' : 'E_HUB_ANSWER', 'there is no stream of events', {
          status: response.status,
        })
      }
      onOpen()
      await readEvents(response.body, onChange, signal)
    },
    virtualNumber: (candidateId, jobId) =>
      post(virtualNumber, '/v1/virtual-numbers', { candidate_id: candidateId, job_id: jobId }),
    ...hubAdminClient({ get, post, send: authorised }),
    ...hubFactorClient({ get, post, send: authorised }),
    ...hubApprovalClient({ get, post, send: authorised }),
    clockOffset: () => transport.clockOffset(),
  }
}
