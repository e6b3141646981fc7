import { z } from 'zod'
import { aiEndpoint, aiKind, aiOutput, aiStatus } from '../../domain/ai.ts'
import { applicationId, jobId, recordId } from '../../domain/ids.ts'
import { defineRoutes } from '../define-route.ts'

const none = z.object({})
const run = z.string().regex(/^[\w-]{1,64}$/)

/** The enterprise's own model: off until admin and user both switch it on (D22). */
export const aiRoutes = defineRoutes({
  'ai.status': { host: 'core', access: 'read', roles: ['hr', 'admin', 'officer'], input: none, output: aiStatus },
  /** The enterprise's switch: the administrator's, or that of a local workspace's owner. Off stops calls under way. */
  'ai.set_enterprise': {
    host: 'core',
    access: 'write',
    action: 'policy_change',
    roles: ['hr', 'admin'],
    input: z.object({ on: z.boolean() }),
    output: none,
  },
  /** The user's own switch, for the endpoint that stands there now. */
  'ai.set_user': {
    host: 'core',
    access: 'write',
    action: 'policy_change',
    roles: ['hr'],
    input: z.object({ on: z.boolean() }),
    output: none,
  },
  'ai.set_endpoint': {
    host: 'core',
    access: 'write',
    action: 'policy_change',
    roles: ['hr', 'admin'],
    input: aiEndpoint.extend({
      /** Left out = as it was; empty = none. */
      key: z.string().max(500).optional(),
    }),
    output: none,
  },
  /** Asks the endpoint for one word, about nobody. */
  'ai.test': {
    host: 'core',
    access: 'read',
    roles: ['hr', 'admin'],
    input: none,
    output: z.object({ ms: z.int() }),
  },
  /** Asks the model. Entered before it leaves, with the model as the recipient (ZP-16, ZP-18). */
  'ai.run': {
    host: 'core',
    access: 'write',
    action: 'share',
    roles: ['hr'],
    input: z.discriminatedUnion('kind', [
      z.object({
        kind: aiKind.exclude(['posting']),
        id: recordId,
        job_id: jobId.optional(),
        /** By which the call can be stopped. */
        run,
        /** The output that this one takes the place of. */
        replaces: z.string().max(64).optional(),
      }),
      z.object({
        kind: aiKind.extract(['posting']),
        run,
        /** Missing while the job is still being written. */
        job_id: jobId.optional(),
        title: z.string().trim().min(1).max(200),
        city: z.string().trim().max(100).optional(),
        department: z.string().trim().max(100).optional(),
        notes: z.string().trim().max(4000).optional(),
        replaces: z.string().max(64).optional(),
      }),
    ]),
    output: z.object({ output: aiOutput }),
  },
  'ai.cancel': {
    host: 'core',
    access: 'read',
    roles: ['hr'],
    input: z.object({ run }),
    output: z.object({ stopped: z.boolean() }),
  },
  'ai.list': {
    host: 'core',
    access: 'disclose',
    action: 'view',
    roles: ['hr'],
    input: z.object({ id: recordId, job_id: jobId.optional() }),
    output: z.object({
      items: z.array(aiOutput),
      /** The person refused AI (ZP-17): nothing is written, and nothing of before is shown. */
      refused: z.boolean(),
      active: z.boolean(),
      application_id: applicationId.optional(),
    }),
  },
  /**
   * Sends a greeting that a model drafted, in the words that a person made of it: as the model's, with its label, and never
   * more than one without an answer (ZP-17, D22).
   */
  'ai.send': {
    host: 'core',
    access: 'write',
    action: 'stage',
    roles: ['hr'],
    input: z.object({ id: z.string().max(64), text: z.string().trim().min(1).max(4000) }),
    output: z.object({ message_id: z.string() }),
  },
  'ai.discard': {
    host: 'core',
    access: 'write',
    action: 'stage',
    roles: ['hr'],
    input: z.object({ id: z.string().max(64) }),
    output: none,
  },
})
