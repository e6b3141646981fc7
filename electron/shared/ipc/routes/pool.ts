import { defineRoutes } from '../define-route.ts'

/** Who agreed to be remembered, and until when (D10). */
export const poolRoutes = defineRoutes({})
