import { defineHandlers } from '../handler.ts'

export const matchingHandlers = defineHandlers({})
