import { z } from 'zod'
import { adminReach } from '../../domain/admin-people.ts'
import { crossBorderRecord } from '../../domain/cross-border.ts'
import { role } from '../../domain/vocabulary.ts'
import { defineRoutes } from '../define-route.ts'

const roles = ['admin', 'officer'] as const
const write = { host: 'core', access: 'write', action: 'policy_change', roles } as const
const none = z.object({})

/** Looks from abroad: off until the record stands, and then by each person's own consent (ZP-102, MM-33). */
export const adminCrossBorderRoutes = defineRoutes({
  'admin.cross_border': {
    host: 'core',
    access: 'read',
    roles,
    input: none,
    output: z.object({
      reach: adminReach,
      record: crossBorderRecord.extend({ at: z.int(), by: z.string() }).nullable(),
      accounts: z.array(z.object({ id: z.string(), name: z.string(), role, overseas: z.boolean() })),
    }),
  },
  'admin.save_cross_border': { ...write, input: crossBorderRecord, output: none },
  'admin.end_cross_border': { ...write, input: none, output: none },
  'admin.set_overseas': {
    ...write,
    input: z.object({ id: z.string().min(1).max(128), on: z.boolean() }),
    output: none,
  },
})
