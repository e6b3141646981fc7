import { defineHandlers } from '../handler.ts'

export const messageHandlers = defineHandlers({})
