import { z } from 'zod'
import { applicationId } from '../../domain/ids.ts'
import { longestMessage } from '../../domain/messages.ts'
import { defineRoutes } from '../define-route.ts'

/** Longer than any limit, so that the answer to a long text is the limit and not a schema. */
const text = z.string().min(1).max(2 * longestMessage)
const sent = z.object({ id: z.string() })
const written = { host: 'core', access: 'write', action: 'stage', roles: ['hr', 'headhunter'] } as const

/** Greetings, invitations and conversations. */
export const messagesRoutes = defineRoutes({
  /** A word in a conversation. */
  'message.send': { ...written, input: z.object({ application_id: applicationId, text }), output: sent },
  /** The first word to somebody who has not applied. */
  'message.greet': { ...written, input: z.object({ application_id: applicationId, text }), output: sent },
  /** Asks somebody to apply. */
  'message.invite': { ...written, input: z.object({ application_id: applicationId, text }), output: sent },
})
