import { defineHandlers } from '../handler.ts'

export const collaborationHandlers = defineHandlers({})
