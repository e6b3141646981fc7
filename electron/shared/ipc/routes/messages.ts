import { z } from 'zod'
import { applicationId, jobId, recordId } from '../../domain/ids.ts'
import { longestMessage, messageKind, templateView, threadRow, threadView } from '../../domain/messages.ts'
import { contactField } from '../../domain/vocabulary.ts'
import { defineRoutes } from '../define-route.ts'

const none = z.object({})
/** Longer than any limit, so that the answer to a long text is the limit and not a schema. */
const text = z
  .string()
  .min(1)
  .max(2 * longestMessage)
const toSend = z.object({ application_id: applicationId, text })
const sent = z.object({ id: z.string() })
const recruiters = ['hr', 'headhunter'] as const
const written = { host: 'core', access: 'write', action: 'stage', roles: recruiters } as const

/** Greetings, invitations and conversations. */
export const messagesRoutes = defineRoutes({
  /** Conversations, the newest first, with their last line masked. */
  'message.list': {
    host: 'core',
    access: 'disclose',
    action: 'search_hit',
    roles: recruiters,
    input: z.object({
      /** `unread`: with words of the candidate that nobody here has read; `waiting`: the candidate has the last word. */
      filter: z.enum(['all', 'unread', 'waiting']).default('all'),
      job_id: jobId.optional(),
      limit: z.int().min(1).max(100).default(50),
      cursor: z.string().max(300).optional(),
    }),
    output: z.object({
      items: z.array(threadRow),
      next_cursor: z.string().nullable(),
      /** Conversations of this page that a rule keeps closed now. */
      closed: z.int(),
    }),
  },
  /** Figures alone, for the badge. */
  'message.counts': {
    host: 'core',
    access: 'read',
    roles: recruiters,
    input: none,
    output: z.object({ unread: z.int(), threads: z.int() }),
  },
  'message.thread': {
    host: 'core',
    access: 'disclose',
    action: 'view',
    roles: recruiters,
    input: z.object({ application_id: applicationId }),
    output: threadView,
  },
  'message.mark_read': {
    host: 'core',
    access: 'write',
    action: 'view',
    roles: recruiters,
    input: z.object({ application_id: applicationId }),
    output: z.object({ read: z.int() }),
  },
  /** A text as it would be sent; sends nothing. */
  'message.preview': {
    host: 'core',
    access: 'read',
    roles: recruiters,
    input: toSend.extend({ kind: messageKind }),
    output: z.object({ text: z.string(), length: z.int(), limit: z.int() }),
  },
  /** A word in a conversation. */
  'message.send': { ...written, input: toSend, output: sent },
  /** The first word to somebody who has not applied. */
  'message.greet': { ...written, input: toSend, output: sent },
  /** Asks somebody to apply. */
  'message.invite': { ...written, input: toSend, output: sent },
  /** Takes back what still waits here, or puts away what the hub refused. */
  'message.recall': { ...written, roles: ['hr'], input: z.object({ id: z.string() }), output: none },
  /** Whether a contact in a message is the candidate's own; a human's word, never a program's (ZP-28). */
  'message.confirm_contact': {
    ...written,
    roles: ['hr'],
    input: z.object({ id: z.string(), field: contactField, index: z.int().min(0).max(99), own: z.boolean() }),
    output: none,
  },
  'message_template.list': {
    host: 'core',
    access: 'read',
    roles: recruiters,
    input: none,
    output: z.object({ items: z.array(templateView) }),
  },
  /** Without an id a new one. */
  'message_template.save': {
    ...written,
    roles: ['hr'],
    input: z.object({
      id: z.string().max(64).optional(),
      kind: messageKind,
      name: z.string().trim().min(1).max(40),
      body: z.string().trim().min(1).max(longestMessage),
    }),
    output: sent,
  },
  'message_template.remove': { ...written, roles: ['hr'], input: z.object({ id: z.string() }), output: none },
  /** The person asked not to be contacted, or, by a new word of theirs, takes that back (MM-17). */
  'contact.set_do_not_contact': {
    host: 'core',
    access: 'write',
    action: 'consent',
    roles: ['hr'],
    input: z.object({
      id: recordId,
      on: z.boolean(),
      /** How the person said so: needed to take it back. Sealed with the record, never in the log. */
      reference: z.string().trim().max(200).optional(),
    }),
    output: none,
  },
})
