import { z } from 'zod'
import { consultDesk, consultLimit, consultTalk, consultThread } from '../../domain/consultations.ts'
import { defineRoutes } from '../define-route.ts'

const none = z.object({})
const threadId = z.string().min(1).max(128)
/** Whoever answers for an institution; nobody of another firm (`profiles.md`, consultation thread). */
const desk = ['hr'] as const

/** Consultations on a platform that supervises them. No route leads from here to a candidate (QY-22). */
export const consultRoutes = defineRoutes({
  'consult.desk': { host: 'core', access: 'read', roles: desk, input: none, output: consultDesk },
  /** Talks by alias, the newest first, without their words. */
  'consult.list': {
    host: 'core',
    access: 'read',
    roles: desk,
    input: none,
    output: z.object({ items: z.array(consultThread), unread: z.int() }),
  },
  /** What was said in one of them; each look is entered. */
  'consult.thread': {
    host: 'core',
    access: 'disclose',
    action: 'view',
    roles: desk,
    input: z.object({ id: threadId }),
    output: consultTalk,
  },
  'consult.mark_read': {
    host: 'core',
    access: 'write',
    action: 'stage',
    roles: desk,
    input: z.object({ id: threadId }),
    output: z.object({ read: z.int() }),
  },
  /** Answers one talk: who answers is filed, the user has written first, and no word is of a sensitive kind (QY-17, QY-24, QY-25). */
  'consult.reply': {
    host: 'core',
    access: 'write',
    action: 'stage',
    roles: desk,
    input: z.object({ threads: z.array(threadId).min(1).max(100), text: z.string().trim().min(1).max(consultLimit) }),
    output: z.object({ id: z.string() }),
  },
  /** Applies for the filed identity, or cancels it; papers go to the platform by its own way and never through here (QY-17). */
  'filing.apply': {
    host: 'core',
    access: 'write',
    action: 'request',
    roles: desk,
    input: none,
    output: consultDesk.shape.filing,
  },
  'filing.cancel': {
    host: 'core',
    access: 'write',
    action: 'request',
    roles: desk,
    input: none,
    output: consultDesk.shape.filing,
  },
})
