import { z } from 'zod'
import { defineRoutes } from '../define-route.ts'
import { applicationId, jobId, recordId } from '../../domain/ids.ts'
import { backgroundScope, backgroundView, fitView, linkEvent, sameKind } from '../../domain/match-views.ts'
import { candidateRow, richText } from '../../domain/views.ts'
import { reasonCode } from '../../domain/vocabulary.ts'
import { members, screeners } from './callers.ts'

const none = z.object({})
const ofRecord = z.object({ id: recordId, job_id: jobId.optional() })
const time = z.int()
const words = z.string().trim().min(3).max(500)
const pair = z.object({ id: recordId, other: recordId, job_id: jobId.optional() })

const linked = z.object({
  link: z.string(),
  row: candidateRow,
  basis: z.array(sameKind),
  at: time,
  by: z.string(),
  history: z.array(linkEvent),
})

/** How well a person fits a job and why; who may be the same person; background checks. */
export const matchingRoutes = defineRoutes({
  /** The whole score in sentences, in both languages, for whoever asks how it came about (ZP-88). */
  'matching.explain': {
    host: 'core',
    access: 'disclose',
    action: 'view',
    roles: screeners,
    input: ofRecord,
    output: z.object({ zh: z.string(), en: z.string(), fit: fitView }),
  },
  'matching.get_shown': {
    host: 'core',
    access: 'read',
    roles: members,
    input: none,
    output: z.object({ shown: z.boolean() }),
  },
  /** Off: no score is made, shown or sorted by, for this account. */
  'matching.set_shown': {
    host: 'core',
    access: 'write',
    action: 'policy_change',
    roles: screeners,
    input: z.object({ shown: z.boolean() }),
    output: none,
  },
  /** Who may be the same person, by kinds of values that are open to this viewer on both sides; never a value. */
  'duplicate.list': {
    host: 'core',
    access: 'disclose',
    action: 'search_hit',
    roles: screeners,
    input: ofRecord,
    output: z.object({
      /** The record itself, for looking at them side by side. */
      self: candidateRow,
      suggested: z.array(z.object({ row: candidateRow, basis: z.array(sameKind) })),
      linked: z.array(linked),
      distinct: z.array(linked),
    }),
  },
  'duplicate.link': {
    host: 'core',
    access: 'write',
    action: 'merge',
    roles: ['hr'],
    input: pair,
    output: z.object({ link: z.string() }),
  },
  /** Ends a link, or takes back that two records are of two people. */
  'duplicate.split': {
    host: 'core',
    access: 'write',
    action: 'merge',
    roles: ['hr'],
    input: z.object({ link: z.string().max(64) }),
    output: none,
  },
  /** These are two people: not suggested again. */
  'duplicate.distinct': {
    host: 'core',
    access: 'write',
    action: 'merge',
    roles: ['hr'],
    input: pair,
    output: z.object({ link: z.string() }),
  },
  'background.list': {
    host: 'core',
    access: 'read',
    roles: ['hr', 'admin'],
    input: ofRecord,
    output: z.object({
      items: z.array(backgroundView),
      /** Why the newest check is closed, where it is. */
      locked: z.object({ rule: z.string(), clause: z.string(), lift: z.string().nullable() }).nullable(),
      /** The longest that a report may be kept, in days. */
      days: z.int(),
      /** The end of the application, which no report outlives. */
      until: time.optional(),
    }),
  },
  'background.ask': {
    host: 'core',
    access: 'write',
    action: 'consent',
    roles: ['hr'],
    input: z.object({
      application_id: applicationId,
      provider: z.string().trim().min(1).max(120),
      scope: z.array(backgroundScope).min(1).max(backgroundScope.options.length),
    }),
    output: z.object({ id: z.string(), consented: z.boolean() }),
  },
  'background.record_answer': {
    host: 'core',
    access: 'write',
    action: 'consent',
    roles: ['hr'],
    input: z.object({
      id: z.string().max(64),
      answer: z.enum(['consented', 'refused', 'withdrawn']),
      /** Where the answer stands: a letter, a form, its number. Sealed. */
      reference: words,
    }),
    output: none,
  },
  'background.report': {
    host: 'core',
    access: 'write',
    action: 'stage',
    roles: ['hr'],
    input: z.object({
      id: z.string().max(64),
      text: z.string().trim().min(1).max(20_000),
      /** Earlier than the rules would have it. */
      destroy_at: time.optional(),
    }),
    output: z.object({ destroy_at: time }),
  },
  'background.open': {
    host: 'core',
    access: 'disclose',
    action: 'open_file',
    roles: ['hr'],
    input: z.object({ id: z.string().max(64), reason: reasonCode }),
    output: z.object({ text: richText, destroy_at: time.optional() }),
  },
})
