import { z } from 'zod'
import { adminReach, person } from '../../domain/admin-people.ts'
import { defineRoutes } from '../define-route.ts'

const administrators = ['admin'] as const

/** The enterprise's accounts, as its hub keeps them; every change goes to the hub first and into this device's log then. */
export const adminAccountRoutes = defineRoutes({
  'admin.people': {
    host: 'core',
    access: 'read',
    roles: administrators,
    input: z.object({}),
    output: z.object({ reach: adminReach, items: z.array(person), now: z.int() }),
  },
})
