import { defineHandlers } from '../handler.ts'

export const interviewHandlers = defineHandlers({})
