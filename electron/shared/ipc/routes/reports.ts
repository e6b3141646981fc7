import { defineRoutes } from '../define-route.ts'

/** Figures without anybody in them (ZP-64). */
export const reportsRoutes = defineRoutes({})
