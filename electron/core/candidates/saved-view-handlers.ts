import { defineHandlers } from '../handler.ts'

export const savedViewHandlers = defineHandlers({})
