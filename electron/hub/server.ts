import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { asHubProblem, HubProblem } from './hub-problem.ts'
import type { Hub } from './hub.ts'
import { operations } from './operations.ts'
import type { Operation } from './operation.ts'
import { requireActive, requireSession } from './session.ts'

export type RequestLine = {
  readonly method: string
  /** The route's pattern, never the address: that may hold a token. */
  readonly route: string
  readonly status: number
  readonly milliseconds: number
}

const securityHeaders = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
} as const

/** The HTTP side of a hub. `log` gets one line a request, without personal data. */
export const buildServer = (hub: Hub, log: (line: RequestLine) => void): FastifyInstance => {
  const server = Fastify({
    logger: false,
    // A log push of 1,000 entries of some hundred bytes, and 500 items of it at most.
    bodyLimit: 64 * 1024 * 1024,
    routerOptions: { maxParamLength: 512 },
    forceCloseConnections: true,
  })
  server.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
    done(null, Object.fromEntries(new URLSearchParams(String(body))))
  })
  server.addHook('onRequest', async (_request, reply) => {
    reply.headers(securityHeaders)
    // The client compares it with its own clock.
    reply.header('date', new Date(hub.clock.now()).toUTCString())
  })
  server.addHook('onResponse', async (request, reply) => {
    log({
      method: request.method,
      route: request.routeOptions.url ?? 'unknown',
      status: reply.statusCode,
      milliseconds: Math.round(reply.elapsedTime),
    })
  })
  server.setErrorHandler((error, _request, reply) => sendProblem(reply, toProblem(error)))
  server.setNotFoundHandler((_request, reply) =>
    sendProblem(reply, new HubProblem(404, 'not_found', 'no such address')),
  )
  for (const entry of operations(hub.sandbox)) serve(server, hub, entry)
  return server
}

const serve = (server: FastifyInstance, hub: Hub, entry: Operation): void => {
  server.route({
    method: entry.method,
    url: entry.path.replaceAll(/\{(\w+)\}/g, ':$1'),
    handler: async (request, reply) => {
      const session = entry.auth === 'session' ? await admit(hub, entry, request) : undefined
      const params = request.params as Record<string, string>
      const answer = await entry.handle(
        {
          hub,
          body: request.body,
          query: request.query,
          param: (name) => params[name] ?? '',
          header: (name) => [request.headers[name]].flat()[0],
          address: request.ip,
          request,
          reply,
        },
        session,
      )
      if (answer.hijacked === true) return reply
      reply.status(answer.status ?? 200).headers({ ...answer.headers })
      return answer.body === undefined ? reply.send() : reply.send(answer.body)
    },
  })
}

const admit = async (hub: Hub, entry: Operation, request: FastifyRequest) => {
  const session = await requireSession(hub, request.headers.authorization)
  if (entry.evenSuspended !== true) requireActive(session)
  if (entry.roles !== undefined && !entry.roles.includes(session.role)) {
    throw new HubProblem(403, 'role', `this is for the roles ${entry.roles.join(', ')}`)
  }
  return session
}

const toProblem = (error: unknown): HubProblem => {
  const known = asHubProblem(error)
  if (known !== null) return known
  const status = typeof error === 'object' && error !== null && 'statusCode' in error ? Number(error.statusCode) : 500
  if (status === 413) return new HubProblem(413, 'too_large', 'the body is too large')
  if (status === 415) return new HubProblem(415, 'media_type', 'this media type is not understood')
  if (status >= 400 && status < 500) return new HubProblem(400, 'invalid_request', 'the request cannot be read')
  // Never the error's own words: a database error may quote a value.
  return new HubProblem(500, 'internal', 'the hub failed; try again later')
}

const sendProblem = (reply: FastifyReply, problem: HubProblem): FastifyReply =>
  reply
    .status(problem.status)
    .headers({ ...problem.headers, 'content-type': 'application/problem+json' })
    .send(
      JSON.stringify({
        type: `urn:candor:problem:${problem.code}`,
        title: problem.code.replaceAll('_', ' '),
        status: problem.status,
        detail: problem.message,
        code: problem.code,
      }),
    )
