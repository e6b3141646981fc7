import { z } from 'zod'
import { applicationId, jobId, recordId } from './ids.ts'
import { candidateRow, jobView, richText, whyView } from './views.ts'
import { channel, contactField, platform } from './vocabulary.ts'

/** Conversations with candidates: what a message is, what may stand in one that is written here, and what the page sees. */

export const messageKind = z.enum(['greeting', 'invitation', 'chat'])
export type MessageKind = z.infer<typeof messageKind>

export const messageAuthor = z.enum(['candidate', 'human', 'ai'])
export type MessageAuthor = z.infer<typeof messageAuthor>

/** Of what the candidate wrote: `received`. Of ours: on its way, at the hub, or refused by it. */
export const messageState = z.enum(['received', 'queued', 'sent', 'refused'])
export type MessageState = z.infer<typeof messageState>

/** Characters of a message as it is sent, label included. A greeting is short, because nobody asked for it. */
export const messageLimits = { greeting: 500, invitation: 500, chat: 2000 } as const satisfies Readonly<
  Record<MessageKind, number>
>
export const longestMessage = 2000

/** All that a text may have filled in; a contact or a name of a person is no word of a template. */
export const placeholders = ['job', 'company', 'recruiter'] as const
export type Placeholder = (typeof placeholders)[number]

const time = z.int()

/** What keeps messages from a person; codes as everywhere (`resources/policy-texts.json`). */
export const messageRefusal = whyView.pick({ rule: true, clause: true, lift: true })

/** Who a conversation is with: what the card shows, and nothing of anybody's account (LG-15). */
export const threadHead = z.object({
  application_id: applicationId,
  record_id: recordId,
  job_id: jobId,
  job_title: z.string(),
  job_status: jobView.shape.status.optional(),
  platform,
  channel,
  ...candidateRow.pick({ name: true, title: true, company: true, city: true, years: true, degree: true }).shape,
})
export type ThreadHead = z.infer<typeof threadHead>

export const threadRow = threadHead.extend({
  last: z.object({ at: time, kind: messageKind, author: messageAuthor, state: messageState, text: richText }),
  unread: z.int(),
})
export type ThreadRow = z.infer<typeof threadRow>

export const messageView = z.object({
  id: z.string(),
  at: time,
  kind: messageKind,
  author: messageAuthor,
  /** Written by whoever is signed in; missing where the candidate wrote. */
  mine: z.boolean().optional(),
  state: messageState,
  /** The hub's code, where it refused. */
  problem: z.string().optional(),
  text: richText,
  /** Contacts that count as told by this message (ZP-28). */
  told: z.array(contactField),
  /** Contacts in it of which nobody knows yet whose they are: a pattern each, to be confirmed or not. */
  possible: z.array(z.object({ field: contactField, index: z.int(), pattern: z.string() })),
  /** It waits here still and can be taken back. */
  recallable: z.boolean(),
})
export type MessageView = z.infer<typeof messageView>

export const threadView = z.object({
  head: threadHead,
  messages: z.array(messageView),
  /** Whether a platform carries messages to this person; without one a text can only be copied. */
  reachable: z.boolean(),
  /** What keeps a person's, or a model's, message back; null where nothing does. */
  human: messageRefusal.nullable(),
  ai: messageRefusal.nullable(),
  /** Where the wish not to be contacted was said: what was said here can be taken back here (MM-17). */
  no_contact: z.enum(['here', 'platform']).nullable(),
})
export type ThreadView = z.infer<typeof threadView>

export const templateView = z.object({
  id: z.string(),
  kind: messageKind,
  name: z.string(),
  body: z.string(),
  at: time,
})
export type TemplateView = z.infer<typeof templateView>
