import { z } from 'zod'
import { defineRoutes } from '../define-route.ts'
import { applicationId, jobId, recordId } from '../../domain/ids.ts'
import { decision, fieldName, reasonCode, rejectReason, revealField, role, stage } from '../../domain/vocabulary.ts'
import { ruleSource } from '../../domain/policy-views.ts'
import { candidateDetail, candidateRow, whyView } from '../../domain/views.ts'
import { lookers, screeners } from './callers.ts'
import { candidateFilter, candidateSort, facet, facetName } from './candidate-filter.ts'

export { candidateFilter, candidateSort, type CandidateFilter } from './candidate-filter.ts'

const none = z.object({})

export const workRoutes = defineRoutes({
  'candidate.list': {
    host: 'core',
    access: 'disclose',
    action: 'search_hit',
    roles: lookers,
    input: candidateFilter.extend({
      sort: candidateSort.default('newest'),
      limit: z.int().min(1).max(200).default(50),
      cursor: z.string().max(500).optional(),
    }),
    output: z.object({
      items: z.array(candidateRow),
      total: z.int(),
      next_cursor: z.string().nullable(),
      unindexed: z.int(),
    }),
  },
  'candidate.facets': {
    host: 'core',
    access: 'read',
    roles: lookers,
    input: candidateFilter,
    output: z.object({
      job: facet,
      stage: facet,
      city: facet,
      degree: facet,
      years: facet,
      school: facet,
      skill: facet,
      salary: facet,
      platform: facet,
      channel: facet,
      activity: facet,
      score: facet,
    }),
  },
  /** More values of one facet than `candidate.facets` gives, by a part of their words. */
  'candidate.list_values': {
    host: 'core',
    access: 'read',
    roles: lookers,
    input: candidateFilter.extend({
      facet: facetName,
      contains: z.string().trim().max(60).optional(),
      limit: z.int().min(1).max(500).default(100),
    }),
    output: z.object({ items: facet, more: z.boolean() }),
  },
  'candidate.get': {
    host: 'core',
    access: 'disclose',
    action: 'view',
    roles: lookers,
    input: z.object({ id: recordId, job_id: jobId.optional() }),
    output: candidateDetail,
  },
  'candidate.reveal': {
    host: 'core',
    access: 'disclose',
    action: 'reveal',
    roles: screeners,
    input: z.object({
      id: recordId,
      job_id: jobId.optional(),
      field: revealField,
      reason: reasonCode,
      /** The person's own words: sealed in the store, never in the ledger. */
      words: z.string().trim().max(500).optional(),
    }),
    output: z.object({ field: revealField, value: z.string(), seconds: z.int(), ledger_index: z.int() }),
  },
  'candidate.explain': {
    host: 'core',
    access: 'read',
    roles: lookers,
    /** `role`: how somebody of another role would stand before the same record. */
    input: z.object({ id: recordId, job_id: jobId.optional(), field: fieldName, role: role.optional() }),
    output: whyView.extend({ source: ruleSource, profile: z.string(), version: z.string() }),
  },
  'candidate.confirm_age': {
    host: 'core',
    access: 'write',
    action: 'consent',
    roles: ['hr'],
    input: z.object({ id: recordId }),
    output: none,
  },
  'application.set_stage': {
    host: 'core',
    access: 'write',
    action: 'stage',
    roles: ['hr'],
    input: z.object({
      id: applicationId,
      stage,
      decision: decision.optional(),
      step: z.string().max(40).optional(),
      reason: rejectReason.optional(),
    }),
    output: z.object({ previous: stage, batch: z.string() }),
  },
  /** Moves many at once; what cannot be moved is named and keeps nobody else. `batch` takes all of it back. */
  'application.move': {
    host: 'core',
    access: 'write',
    action: 'stage',
    roles: ['hr'],
    input: z.object({
      ids: z.array(applicationId).min(1).max(500),
      /** A hire locks the person and cannot be undone, so it is made one by one (`application.set_stage`, D5). */
      stage: stage.exclude(['hired']),
      /** A step of the job's own template. */
      step: z.string().max(40).optional(),
      reason: rejectReason.optional(),
    }),
    output: z.object({
      batch: z.string(),
      moved: z.int(),
      /** With the rule where one refused: then `code` is a refusal. */
      skipped: z.array(
        z.object({
          id: applicationId,
          code: z.string(),
          rule: z.string().optional(),
          clause: z.string().optional(),
          lift: z.string().optional(),
        }),
      ),
    }),
  },
  /** Takes the moves of a batch back, clocks included; what was moved on, locked or destroyed since stays as it is. */
  'application.undo_move': {
    host: 'core',
    access: 'write',
    action: 'stage',
    roles: ['hr'],
    input: z.object({ batch: z.string().max(64) }),
    output: z.object({ restored: z.int(), kept: z.int() }),
  },
})
