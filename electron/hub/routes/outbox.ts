import { outboxAnswer, outboxRequest } from '../../shared/domain/sync-records.ts'
import { operation, type Operation } from '../operation.ts'
import { acceptItems } from '../outbox/accept-items.ts'

export const outboxOperations: readonly Operation[] = [
  operation(
    {
      method: 'POST',
      path: '/v1/outbox',
      id: 'pushOutbox',
      tag: 'sync',
      summary: 'Takes items of a workstation; sending one again is harmless',
      auth: 'session',
      body: outboxRequest,
      // A log push of 1,000 entries of some hundred bytes, and 500 items of it at most.
      bodyLimit: 64 * 1024 * 1024,
      answers: { 200: { description: 'One result an item, in order', schema: outboxAnswer } },
    },
    async ({ hub, body }, session) => {
      const results = await acceptItems(hub, session, body.items)
      // A log is nobody else's news: five hundred workstations must not sync because one of them has.
      // What was not taken is no news at all, and would bring back whoever waits to send it again.
      const news = body.items.some(({ kind }, index) => kind !== 'log' && results[index]?.status === 'accepted')
      if (news) hub.events.emit(session.employerId)
      return { body: { results } }
    },
  ),
]
