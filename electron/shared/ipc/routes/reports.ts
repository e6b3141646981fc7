import { report, reportInput } from '../../domain/reports.ts'
import { defineRoutes } from '../define-route.ts'

/** Figures of groups, never of people (ZP-64): nobody is disclosed, so nothing is entered. */
export const reportsRoutes = defineRoutes({
  'report.get': { host: 'core', access: 'read', roles: ['hr', 'admin', 'officer'], input: reportInput, output: report },
})
