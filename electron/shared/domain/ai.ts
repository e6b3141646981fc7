import { z } from 'zod'
import { applicationId, jobId } from './ids.ts'

/** What a model can be asked for; each tells of an application, but the posting, which tells of a job. */
export const aiKind = z.enum(['summary', 'evaluation', 'questions', 'greeting', 'posting'])
export type AiKind = z.infer<typeof aiKind>

/** Why a model wrote nothing that could be used (`E_MODEL`, `data.reason`). */
export const aiFailure = z.enum([
  /** One of the two switches is off, or there is no endpoint. */
  'off',
  'down',
  'tls',
  'timeout',
  /** The endpoint does not take the key. */
  'key',
  /** 429 or 503; `retry_after_s` where the endpoint named a time. */
  'busy',
  'rejected',
  'malformed',
  'too_large',
  /** The model declined to answer. */
  'declined',
  /** Something of a person could not be taken out, so nothing was sent. */
  'not_clean',
  /** There is nothing to write about. */
  'empty',
])
export type AiFailure = z.infer<typeof aiFailure>

/** Names of models as endpoints use them; one of these stands in the log. */
export const modelName = z.string().regex(/^[A-Za-z0-9][\w.:/@-]{0,79}$/)

export const aiEndpoint = z.object({
  /** Base address, with or without `/v1`. */
  address: z.string().trim().min(1).max(300),
  model: modelName,
  timeout_s: z.int().min(5).max(300).default(60),
  /** Longest text that is sent, in characters. */
  longest_input: z.int().min(500).max(60_000).default(12_000),
  /** Companies and schools become placeholders, dates become years. */
  strict: z.boolean().default(true),
})
export type AiEndpoint = z.infer<typeof aiEndpoint>

/** A switch as it stands: who moved it last, and when. */
export const aiSwitch = z.object({ on: z.boolean(), by: z.string().optional(), at: z.int().optional() })
export type AiSwitch = z.infer<typeof aiSwitch>

export const aiStatus = z.object({
  /** Both switches are on and an endpoint is set. */
  active: z.boolean(),
  enterprise: aiSwitch,
  user: aiSwitch,
  endpoint: aiEndpoint.extend({ has_key: z.boolean() }).optional(),
  /** Which of the two switches this account may move. */
  may: z.object({ enterprise: z.boolean(), user: z.boolean() }),
  /** Calls of this account that are under way. */
  running: z.int(),
})
export type AiStatus = z.infer<typeof aiStatus>

/** What a model wrote, as plain text with contacts masked. `author` is never anybody else. */
export const aiOutput = z.object({
  id: z.string(),
  author: z.literal('ai'),
  kind: aiKind,
  model: z.string(),
  at: z.int(),
  job_id: jobId.optional(),
  application_id: applicationId.optional(),
  text: z.string(),
  /** Contacts in the answer were masked. */
  masked: z.boolean(),
})
export type AiOutput = z.infer<typeof aiOutput>
