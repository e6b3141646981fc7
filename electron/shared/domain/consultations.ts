import { z } from 'zod'
import { sensitiveKinds } from '../text/find-sensitive.ts'

/** Talks of an institution with whoever asks it: an alias and words, nobody's name, contact or profile (QY-22). */

export const filingStatus = z.enum(['none', 'pending', 'approved', 'cancelled'])
export type FilingStatus = z.infer<typeof filingStatus>

const certificate = z.object({ name: z.string(), until: z.int(), over: z.boolean() })

/** A rule that keeps an answer back, with what would lift it. */
export const consultRule = z.enum([
  'CONSULT_FILING',
  'CONSULT_CERTIFICATE',
  'CONSULT_FIRST',
  'CONSULT_BULK',
  'CONSULT_SENSITIVE',
])
export type ConsultRule = z.infer<typeof consultRule>
const refusal = z.object({ rule: consultRule, clause: z.string() })

/** Who may answer here, and as whom (QY-17, QY-20). */
export const consultDesk = z.object({
  /** The platform whose profile has consultations; none: there is no desk. */
  platform: z.string().optional(),
  filing: z.object({ status: filingStatus, at: z.int().optional() }),
  certificates: z.array(certificate),
  /** Days after its last word that a talk is kept. */
  chat_days: z.int(),
  refusal: refusal.optional(),
})
export type ConsultDesk = z.infer<typeof consultDesk>

export const consultThread = z.object({
  id: z.string(),
  alias: z.string(),
  topic: z.string().optional(),
  at: z.int(),
  messages: z.int(),
  unread: z.int(),
  /** The last word is the user's. */
  waiting: z.boolean(),
})
export type ConsultThread = z.infer<typeof consultThread>

export const consultMessage = z.object({
  id: z.string(),
  at: z.int(),
  author: z.enum(['user', 'institution']),
  state: z.enum(['received', 'queued', 'sent', 'refused']),
  /** Not there where the text was hidden. */
  text: z.string().optional(),
  hidden: z.array(z.enum(sensitiveKinds)),
})
export type ConsultMessage = z.infer<typeof consultMessage>

export const consultTalk = z.object({
  thread: consultThread,
  messages: z.array(consultMessage),
  refusal: refusal.optional(),
})
export type ConsultTalk = z.infer<typeof consultTalk>

/** Characters of an answer at most. */
export const consultLimit = 1000
