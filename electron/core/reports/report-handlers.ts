import { defineHandlers } from '../handler.ts'

export const reportHandlers = defineHandlers({})
