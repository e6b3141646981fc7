import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { bearerOf } from '../session.ts'

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

const loopback = /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/

/**
 * Who may read figures: whoever has the token, where the hub was given one; else only this machine itself. What a proxy on this
 * machine passes on comes from somewhere else.
 */
export const mayReadMetrics = (token: string | undefined, request: FastifyRequest): boolean => {
  if (token !== undefined) {
    const given = bearerOf(request.headers.authorization)
    return given !== undefined && timingSafeEqual(digest(given), digest(token))
  }
  const passedOn = request.headers['x-forwarded-for'] !== undefined || request.headers.forwarded !== undefined
  return !passedOn && loopback.test(request.socket.remoteAddress ?? '')
}
