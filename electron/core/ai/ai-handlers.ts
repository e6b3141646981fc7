import { defineHandlers } from '../handler.ts'

export const aiHandlers = defineHandlers({})
