import { z } from 'zod'
import { defineRoutes } from '../define-route.ts'
import { unlocked } from './callers.ts'

const host = z.object({ host: z.string(), place: z.string(), at: z.int() })
const hub = z.url({ protocol: /^https$/ }).max(200)

/** Where a workstation may sync: the China list, and what is registered here with the place where it stands (ZP-102). */
export const hubHostRoutes = defineRoutes({
  'hub_host.list': {
    host: 'core',
    access: 'read',
    roles: unlocked,
    input: z.object({}),
    output: z.object({ items: z.array(host) }),
  },
  'hub_host.register': {
    host: 'core',
    access: 'write',
    action: 'policy_change',
    roles: unlocked,
    input: z.object({
      hub,
      /** Where it stands and by which filing: whoever registers it answers for that. */
      place: z.string().trim().min(2).max(120),
      mainland: z.literal(true),
    }),
    output: host,
  },
  'hub_host.remove': {
    host: 'core',
    access: 'write',
    action: 'policy_change',
    roles: unlocked,
    input: z.object({ host: z.string().max(253) }),
    output: z.object({}),
  },
})
