import type { FastifyReply } from 'fastify'
import { asHubProblem, HubProblem } from './hub-problem.ts'

/** What a caller is told of an error. */
export const toProblem = (error: unknown): HubProblem => {
  const known = asHubProblem(error)
  if (known !== null) return known
  const status = typeof error === 'object' && error !== null && 'statusCode' in error ? Number(error.statusCode) : 500
  if (status === 413) return new HubProblem(413, 'too_large', 'the body is too large')
  if (status === 415) return new HubProblem(415, 'media_type', 'this media type is not understood')
  if (status === 503)
    return new HubProblem(503, 'stopping', 'the hub is stopping; try again later', { 'retry-after': '5' })
  if (status >= 400 && status < 500) return new HubProblem(400, 'invalid_request', 'the request cannot be read')
  // Never the error's own words: a database error may quote a value.
  return new HubProblem(500, 'internal', 'the hub failed; try again later')
}

export const sendProblem = (reply: FastifyReply, problem: HubProblem): FastifyReply =>
  reply
    .status(problem.status)
    .headers({ ...problem.headers, 'content-type': 'application/problem+json' })
    .send(
      JSON.stringify({
        ...problem.members,
        type: `urn:candor:problem:${problem.code}`,
        title: problem.code.replaceAll('_', ' '),
        status: problem.status,
        detail: problem.message,
        code: problem.code,
      }),
    )
