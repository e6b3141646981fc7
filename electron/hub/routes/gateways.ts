import { z } from 'zod'
import { isoTime } from '../hub-clock.ts'
import { noContent, operation, type Operation } from '../operation.ts'
import { toldAction } from '../sandbox/gateways/gateway-rules.ts'
import { gatewayEvent, playEvent, requireGateway } from '../sandbox/gateways/play-event.ts'
import { syncId } from '../../shared/domain/sync-records.ts'

const told = z.object({
  candidate_id: syncId,
  action: toldAction,
  via: z.string(),
  text: z.string(),
  at: z.iso.datetime(),
})

/** Controls of a sandbox that plays one platform (`docs/connectors.md`). */
export const gatewayOperations: readonly Operation[] = [
  operation(
    {
      method: 'POST',
      path: '/sandbox/gateways/{platform}/events',
      id: 'sandboxPlayEvent',
      tag: 'sandbox',
      summary: 'Lets something happen at the platform that this sandbox plays',
      auth: 'session',
      evenSuspended: true,
      body: gatewayEvent,
      answers: { 204: noContent },
      problems: { 404: 'not_found' },
    },
    async ({ hub, body, param }, session) => {
      await playEvent(hub, requireGateway(hub, param('platform')), session, body)
      hub.events.emit(session.employerId)
      return { status: 204 }
    },
  ),
  operation(
    {
      method: 'GET',
      path: '/sandbox/gateways/{platform}/told',
      id: 'sandboxListTold',
      tag: 'sandbox',
      summary: 'What the platform has told its people of this employer (ZP-32)',
      auth: 'session',
      evenSuspended: true,
      answers: { 200: { description: 'What was told', schema: z.object({ told: z.array(told) }) } },
      problems: { 404: 'not_found' },
    },
    ({ hub, param }) =>
      Promise.resolve({
        body: { told: requireGateway(hub, param('platform')).told.map((one) => ({ ...one, at: isoTime(one.at) })) },
      }),
  ),
]
