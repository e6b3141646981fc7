import { createServer as createHttp } from 'node:http'
import { createServer as createHttps } from 'node:https'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { noteSighting } from './accounts/note-sighting.ts'
import { HubProblem } from './hub-problem.ts'
import type { Hub } from './hub.ts'
import { operations } from './operations.ts'
import type { Operation, OperationAnswer } from './operation.ts'
import { sendProblem, toProblem } from './problem-answer.ts'
import { requireActive, requireSession, type Session } from './session.ts'
import { answerOnce } from './service/answer-once.ts'
import { employerMark, failureLine, type Log } from './service/log-line.ts'

export type ServerOptions = {
  readonly log: Log
  /** PEM; without it the hub speaks plain HTTP. */
  readonly tls?: { readonly cert: string; readonly key: string } | undefined
  /** The hub stands behind one proxy, which says who called. */
  readonly trustProxy?: boolean | undefined
}

const securityHeaders = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'cache-control': 'no-store',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
} as const
const oneYear = 'max-age=31536000'

/** A request without a body of its own, or with a form or a few fields. */
const smallBody = 64 * 1024

/**
 * How long an idle connection is kept. Node's five seconds are so short that a busy workstation sends into one that is being
 * closed, and what may not be repeated then fails; this is longer than the 60 s of the usual proxy in front.
 */
const keepAliveTimeout = 72_000

/** The HTTP side of a hub. `log` gets one line a request, without personal data. */
export const buildServer = (hub: Hub, options: ServerOptions): FastifyInstance => {
  const { log, tls } = options
  const callers = new WeakMap<FastifyRequest, Session>()
  const server = Fastify({
    logger: false,
    bodyLimit: smallBody,
    routerOptions: { maxParamLength: 512 },
    // What is under way is answered; a connection that waits for nothing is closed.
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    // Only what the one proxy in front of the hub has added, never what its caller made up.
    trustProxy: options.trustProxy === true ? (_address, hop) => hop === 0 : false,
    serverFactory: (handler) =>
      tls === undefined ? createHttp({ keepAliveTimeout }, handler) : createHttps({ ...tls, keepAliveTimeout }, handler),
  })
  server.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
    done(null, Object.fromEntries(new URLSearchParams(String(body))))
  })
  server.addHook('onRequest', async (request, reply) => {
    reply.headers(securityHeaders)
    if (tls !== undefined || hub.baseUrl().startsWith('https:')) reply.header('strict-transport-security', oneYear)
    // The client compares it with its own clock.
    reply.header('date', new Date(hub.clock.now() + (hub.gateway?.state.skewMs ?? 0)).toUTCString())
    if (hub.lifecycle.closing) {
      throw new HubProblem(503, 'stopping', 'the hub is stopping; try again later', { 'retry-after': '5' })
    }
    hub.limits.takeAddress(request.ip)
  })
  server.addHook('onSend', async (_request, reply) => {
    if (hub.lifecycle.closing) reply.header('connection', 'close')
  })
  server.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown'
    const session = callers.get(request)
    hub.metrics.request(request.method, route, reply.statusCode, reply.elapsedTime / 1000)
    log({
      event: 'request',
      method: request.method,
      route,
      status: reply.statusCode,
      milliseconds: Math.round(reply.elapsedTime),
      ...(session === undefined ? {} : { employer: employerMark(session.employerId) }),
    })
  })
  server.setErrorHandler((error, request, reply) => {
    const problem = toProblem(error)
    if (problem.status === 500) log(failureLine(request.routeOptions.url ?? 'unknown', error))
    return sendProblem(reply, problem)
  })
  server.setNotFoundHandler((_request, reply) =>
    sendProblem(reply, new HubProblem(404, 'not_found', 'no such address')),
  )
  for (const entry of operations(hub.sandbox)) {
    server.route({
      method: entry.method,
      url: entry.path.replaceAll(/\{(\w+)\}/g, ':$1'),
      ...(entry.bodyLimit === undefined ? {} : { bodyLimit: entry.bodyLimit }),
      handler: async (request, reply) => {
        const session = entry.auth === 'session' ? await admit(hub, entry, request) : undefined
        if (session === undefined) hub.limits.takeStranger(request.ip)
        else callers.set(request, session)
        return serve(hub, entry, session, request, reply)
      },
    })
  }
  return server
}

const serve = async (
  hub: Hub,
  entry: Operation,
  session: Session | undefined,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> => {
  const params = request.params as Record<string, string>
  const header = (name: string): string | undefined => [request.headers[name]].flat()[0]
  const handle = (own: Hub): Promise<OperationAnswer> =>
    entry.handle(
      {
        hub: own,
        body: request.body,
        query: request.query,
        param: (name) => params[name] ?? '',
        header,
        address: request.ip,
        request,
        reply,
      },
      session,
    )
  const key = entry.once === true ? header('idempotency-key') : undefined
  const answer =
    key === undefined || session === undefined
      ? await handle(hub)
      : await answerOnce(hub, session, { operation: entry.id, key, body: request.body }, handle)
  if (answer.hijacked === true) return reply
  reply.status(answer.status ?? 200).headers({ ...answer.headers })
  return answer.body === undefined ? reply.send() : reply.send(answer.body)
}

const admit = async (hub: Hub, entry: Operation, request: FastifyRequest): Promise<Session> => {
  const session = await requireSession(hub, request.headers.authorization).catch((error: unknown) => {
    // Whoever guesses tokens is nobody yet.
    hub.limits.takeStranger(request.ip)
    throw error
  })
  hub.limits.takeAccount(session.employerId, session.accountId, entry)
  // Its own controls stay open, so that what is wrong with it can be ended.
  if (entry.tag !== 'sandbox') hub.gateway?.admit(hub.clock.now())
  if (entry.evenSuspended !== true) requireActive(session)
  if (entry.roles !== undefined && !entry.roles.includes(session.role)) {
    throw new HubProblem(403, 'role', `this is for the roles ${entry.roles.join(', ')}`)
  }
  await noteSighting(hub, session, request.ip)
  return session
}
