import { HubProblem } from '../hub-problem.ts'
import { operation, type Operation } from '../operation.ts'

/** Proxies close silent streams; a comment keeps them open. */
const beatMilliseconds = 25_000

export const eventOperations: readonly Operation[] = [
  operation(
    {
      method: 'GET',
      path: '/v1/events',
      id: 'streamEvents',
      tag: 'sync',
      summary: 'Server-sent events: only that something changed, never what',
      auth: 'session',
      answers: { 200: { description: 'Events named `change`', media: 'text/event-stream' } },
      problems: { 429: 'rate_limited' },
    },
    async ({ hub, reply, request }, session) => {
      const owner = `${session.employerId}|${session.accountId}`
      const forget = hub.lifecycle.addStream(owner, () => reply.raw.end())
      if (forget === undefined) {
        throw new HubProblem(429, 'rate_limited', 'too many streams are open', { 'retry-after': '60' })
      }
      reply.hijack()
      reply.raw.writeHead(200, {
        ...(reply.getHeaders() as Record<string, string>),
        'content-type': 'text/event-stream',
        'x-accel-buffering': 'no',
      })
      reply.raw.write('retry: 5000\n\n')
      const stop = hub.events.listen(session.employerId, () => reply.raw.write('event: change\ndata: {}\n\n'))
      const beat = setInterval(() => reply.raw.write(':\n\n'), beatMilliseconds)
      request.raw.on('close', () => {
        clearInterval(beat)
        stop()
        forget()
      })
      return { hijacked: true }
    },
  ),
]
