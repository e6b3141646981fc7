import { z } from 'zod'
import { alarmKind } from '../../domain/access-limits.ts'
import { defineRoutes } from '../define-route.ts'

/** Who looked at more than work explains, and who lets them go on (ZP-94). */
export const alarmRoutes = defineRoutes({
  'alarm.list': {
    host: 'core',
    access: 'read',
    roles: ['admin', 'officer'],
    input: z.object({}),
    output: z.object({
      items: z.array(
        z.object({
          id: z.string(),
          account: z.string(),
          kind: alarmKind,
          counted: z.int(),
          devices: z.int(),
          at: z.int(),
          until: z.int().optional(),
          lifted: z.boolean(),
          decided_by: z.string().optional(),
          note: z.string().optional(),
          may_decide: z.boolean(),
        }),
      ),
      now: z.int(),
    }),
  },
  'alarm.decide': {
    host: 'core',
    access: 'write',
    action: 'policy_change',
    roles: ['admin', 'officer'],
    /** `hours`: so long the stop goes on from now; without it the stop is lifted. */
    input: z.object({
      id: z.string(),
      hours: z.int().min(1).max(168).optional(),
      note: z.string().trim().min(1).max(200),
    }),
    output: z.object({}),
  },
})
