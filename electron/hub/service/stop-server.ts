import type { FastifyInstance } from 'fastify'
import type { Hub } from '../hub.ts'

/** Whoever has not read its answer by then does not get it. */
const patience = 10_000

/**
 * Ends the HTTP side: says that it is not ready, goes on for `drainSeconds` so that a load balancer takes notice, then ends the
 * event streams, answers what is under way and closes.
 */
export const stopServer = async (hub: Hub, server: FastifyInstance, drainSeconds: number): Promise<void> => {
  hub.lifecycle.beginStop()
  if (drainSeconds > 0) await new Promise((resolve) => setTimeout(resolve, drainSeconds * 1000))
  hub.lifecycle.beginClose()
  const timer = setTimeout(() => {
    server.server.closeAllConnections()
  }, patience)
  await server.close()
  clearTimeout(timer)
}
