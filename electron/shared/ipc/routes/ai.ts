import { defineRoutes } from '../define-route.ts'

/** The enterprise's own model: off until admin and user both switch it on (D22). */
export const aiRoutes = defineRoutes({})
