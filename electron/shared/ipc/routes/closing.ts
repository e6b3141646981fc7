import { z } from 'zod'
import { closingView } from '../../domain/closing.ts'
import { defineRoutes } from '../define-route.ts'

const roles = ['hr', 'admin', 'officer'] as const
const confirm = z.object({ confirm: z.string().max(500) })

/** The end of a workspace (ZP-76) and of one's own account (ZP-81): typed, for good, through the runner of every destruction. */
export const closingRoutes = defineRoutes({
  'closing.view': { host: 'core', access: 'read', roles, input: z.object({}), output: closingView },
  /** `confirm`: the enterprise's name. At a hub another administrator or officer agrees where there is one. */
  'closing.begin': {
    host: 'core',
    access: 'write',
    action: 'destroy_begin',
    roles,
    input: confirm,
    output: closingView,
  },
  /** Once nothing is left: the hub is told and the account signed out. */
  'closing.finish': {
    host: 'core',
    access: 'write',
    action: 'policy_change',
    roles,
    input: z.object({}),
    output: z.object({}),
  },
  /** `confirm`: the account's name. */
  'account.cancel': {
    host: 'core',
    access: 'write',
    action: 'destroy_begin',
    roles: ['hr', 'headhunter', 'interviewer', 'admin', 'officer', 'unverified'],
    input: confirm,
    output: z.object({ due_at: z.int() }),
  },
})
