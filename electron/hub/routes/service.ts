import { z } from 'zod'
import { notFound } from '../hub-problem.ts'
import { operation, type Operation } from '../operation.ts'
import { mayReadMetrics } from '../service/metrics-guard.ts'
import { checkReadiness } from '../service/readiness.ts'

const readiness = z.object({ status: z.enum(['ready', 'stopping', 'database', 'schema']) })

/** For whoever runs the hub: a supervisor, a load balancer, a collector of figures. */
export const serviceOperations: readonly Operation[] = [
  operation(
    {
      method: 'GET',
      path: '/healthz',
      id: 'getHealth',
      tag: 'service',
      summary: 'The process lives',
      auth: 'none',
      answers: { 200: { description: 'It does', schema: z.object({ status: z.literal('ok') }) } },
    },
    async () => ({ body: { status: 'ok' } }),
  ),
  operation(
    {
      method: 'GET',
      path: '/readyz',
      id: 'getReadiness',
      tag: 'service',
      summary:
        'Whether requests should come here: the database answers, its schema is current, and the hub is not stopping',
      auth: 'none',
      answers: {
        200: { description: 'Ready', schema: readiness },
        503: { description: 'Not now, and why', schema: readiness },
      },
    },
    async ({ hub }) => {
      const status = await checkReadiness(hub)
      return { status: status === 'ready' ? 200 : 503, body: { status } }
    },
  ),
  operation(
    {
      method: 'GET',
      path: '/metrics',
      id: 'getMetrics',
      tag: 'service',
      summary: 'Figures for Prometheus; for this machine itself, or whoever has the token that the hub was given',
      auth: 'none',
      answers: { 200: { description: 'The figures', media: 'text/plain' } },
      problems: { 404: 'not_found' },
    },
    async ({ hub, request }) => {
      if (!mayReadMetrics(hub.metricsToken, request)) throw notFound('address')
      return { headers: { 'content-type': hub.metrics.contentType }, body: await hub.metrics.text() }
    },
  ),
]
