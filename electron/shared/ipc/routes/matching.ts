import { defineRoutes } from '../define-route.ts'

/** How well a person fits a job and why; who may be the same person; background checks. */
export const matchingRoutes = defineRoutes({})
