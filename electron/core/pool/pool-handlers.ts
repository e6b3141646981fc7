import { defineHandlers } from '../handler.ts'

export const poolHandlers = defineHandlers({})
