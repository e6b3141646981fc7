import { z } from 'zod'

/** Conversations with candidates: what a message is, and what may stand in one that is written here. */

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
