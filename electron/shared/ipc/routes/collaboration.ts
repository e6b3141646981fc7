import { defineRoutes } from '../define-route.ts'

/** What colleagues say to each other about an application: marks, mentions, who was asked to look. */
export const collaborationRoutes = defineRoutes({})
