import { defineRoutes } from '../define-route.ts'

/** Filters, order and columns under a name. */
export const viewsRoutes = defineRoutes({})
