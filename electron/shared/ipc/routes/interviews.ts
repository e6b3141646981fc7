import { defineRoutes } from '../define-route.ts'

/** When, where and with whom; calendars without personal data. */
export const interviewsRoutes = defineRoutes({})
