import { z } from 'zod'
import { defineRoutes } from '../define-route.ts'
import { colleague, colleagueId, criteria, mark, mentionView, recommendation } from '../../domain/collaboration.ts'
import { applicationId, jobId, recordId } from '../../domain/ids.ts'

const none = z.object({})
const noteText = z.string().trim().min(1).max(5000)
const mentions = z.array(colleagueId).max(20).default([])

/** Those who judge an application; whoever keeps nothing writes notes and gives no marks. */
const judges = ['hr', 'interviewer'] as const
const writers = ['hr', 'headhunter', 'interviewer'] as const

/** What colleagues say to each other about an application: notes, mentions, marks, who was asked to look. */
export const collaborationRoutes = defineRoutes({
  /** Whom one can mention or ask to look. `why` says why there is nobody. */
  'colleague.list': {
    host: 'core',
    access: 'read',
    roles: writers,
    input: none,
    output: z.object({ items: z.array(colleague), why: z.enum(['local', 'hub']).optional() }),
  },
  'note.add': {
    host: 'core',
    access: 'write',
    action: 'stage',
    roles: writers,
    input: z.object({ id: recordId, job_id: jobId.optional(), text: noteText, mentions }),
    output: z.object({ id: z.string() }),
  },
  /** One's own notes only. */
  'note.edit': {
    host: 'core',
    access: 'write',
    action: 'stage',
    roles: judges,
    input: z.object({ id: z.string().max(128), text: noteText, mentions }),
    output: none,
  },
  'note.remove': {
    host: 'core',
    access: 'write',
    action: 'stage',
    roles: judges,
    input: z.object({ id: z.string().max(128) }),
    output: z.object({ until: z.int() }),
  },
  /** Brings a note back that was removed in this session, until the moment that removing it named. */
  'note.restore': {
    host: 'core',
    access: 'write',
    action: 'stage',
    roles: judges,
    input: z.object({ id: z.string().max(128) }),
    output: none,
  },
  'mention.list': {
    host: 'core',
    access: 'disclose',
    action: 'search_hit',
    roles: judges,
    input: none,
    output: z.object({ items: z.array(mentionView) }),
  },
  'mention.counts': {
    host: 'core',
    access: 'read',
    roles: judges,
    input: none,
    output: z.object({ unread: z.int() }),
  },
  'mention.mark_seen': {
    host: 'core',
    access: 'write',
    action: 'stage',
    roles: judges,
    input: z.object({ notes: z.array(z.string().max(128)).max(500) }),
    output: z.object({ seen: z.int() }),
  },
  /** One's own marks, given or revised. They move nobody to another stage (ZP-88). */
  'scorecard.give': {
    host: 'core',
    access: 'write',
    action: 'stage',
    roles: judges,
    input: z.object({
      id: recordId,
      job_id: jobId.optional(),
      marks: z.record(z.string().max(60), mark),
      recommendation,
      text: z.string().trim().max(5000).optional(),
    }),
    output: z.object({ id: z.string(), revised: z.boolean() }),
  },
  /** What a job's applications are judged by; `null` takes the program's own again. `previous` puts back what was there. */
  'scorecard.set_criteria': {
    host: 'core',
    access: 'write',
    action: 'stage',
    roles: ['hr'],
    input: z.object({ job_id: jobId, criteria: criteria.nullable() }),
    output: z.object({ previous: criteria.nullable() }),
  },
  /** Asks an interviewer of the enterprise to look at one application. */
  'assignment.add': {
    host: 'core',
    access: 'write',
    action: 'stage',
    roles: ['hr'],
    input: z.object({ application_id: applicationId, account: colleagueId }),
    output: none,
  },
  /** From here on the interviewer's workstation gives the copy back. */
  'assignment.remove': {
    host: 'core',
    access: 'write',
    action: 'stage',
    roles: ['hr'],
    input: z.object({ application_id: applicationId, account: colleagueId }),
    output: none,
  },
})
