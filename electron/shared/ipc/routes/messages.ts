import { defineRoutes } from '../define-route.ts'

/** Greetings, invitations and conversations. */
export const messagesRoutes = defineRoutes({})
