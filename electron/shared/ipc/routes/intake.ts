import { z } from 'zod'
import { defineRoutes } from '../define-route.ts'
import { applicationId, jobId, recordId } from '../../domain/ids.ts'
import {
  afterIntake,
  choiceKind,
  intakeAskView,
  intakeChoiceView,
  intakeItemView,
  intakeQuestion,
  intakeResult,
  intakeRunView,
  intakeSource,
  intakeWay,
  watchedFolderView,
} from '../../domain/intake-runs.ts'
import { correctionDraft, intakeReview } from '../../domain/intake-review.ts'
import { requestKind } from '../../domain/sync-atoms.ts'
import { quarantineView } from '../../domain/views.ts'
import { platform } from '../../domain/vocabulary.ts'

const none = z.object({})
const origin = z.string().trim().max(200).optional()
const looks = ['hr', 'officer', 'admin'] as const

const taken = z.discriminatedUnion('result', [
  z.object({
    result: z.literal('imported'),
    record_id: recordId,
    application_id: applicationId,
    warnings: z.array(z.string()),
  }),
  z.object({ result: z.literal('duplicate'), record_id: recordId }),
  z.object({ result: z.literal('quarantined'), quarantine_id: z.string(), reason: z.string() }),
  z.object({ result: z.literal('refused'), code: z.string(), rule: z.string() }),
  z.object({ result: z.literal('asked'), quarantine_id: z.string(), asks: intakeQuestion }),
  /** An archive: how many of what was in it became what. */
  z.object({ result: z.literal('unpacked'), counts: z.record(intakeResult, z.int()) }),
])

/** How files come in, one run after the other, and what becomes of them. */
export const intakeRoutes = defineRoutes({
  'intake.begin': {
    host: 'core',
    access: 'write',
    action: 'stage',
    roles: ['hr'],
    input: z.object({
      way: intakeWay.default('file'),
      total: z.int().min(0).max(1_000_000).optional(),
      /** A run that was stopped or interrupted: files that it has had are not counted again. */
      resume: z.string().optional(),
    }),
    output: z.object({ run_id: z.string() }),
  },
  'intake.add': {
    host: 'core',
    access: 'write',
    action: 'stage',
    roles: ['hr'],
    input: z.object({
      name: z.string().min(1).max(1000),
      content_base64: z.string().max(45_000_000),
      /** Without one it is told by the file, remembered or asked. */
      job_id: jobId.optional(),
      platform: platform.optional(),
      /** ZP-53, ZP-98: where it came from, and that it came lawfully. */
      source: intakeSource.default('hand_in'),
      origin,
      way: intakeWay.exclude(['mail']).default('file'),
      run_id: z.string().optional(),
    }),
    output: taken,
  },
  'intake.end': {
    host: 'core',
    access: 'write',
    action: 'stage',
    roles: ['hr'],
    input: z.object({
      run_id: z.string(),
      state: z.enum(['done', 'stopped']).default('done'),
      /** Files that were not even read because they are over the limit; the report counts them as refused. */
      too_large: z
        .array(z.object({ name: z.string().min(1).max(1000), size: z.int().min(1) }))
        .max(10_000)
        .default([]),
    }),
    output: intakeRunView,
  },
  'intake.runs': {
    host: 'core',
    access: 'read',
    roles: looks,
    input: z.object({ limit: z.int().min(1).max(200).default(30) }),
    output: z.object({ items: z.array(intakeRunView) }),
  },
  'intake.run': {
    host: 'core',
    access: 'read',
    roles: looks,
    input: z.object({ id: z.string(), before: z.int().optional(), limit: z.int().min(1).max(500).default(100) }),
    output: z.object({ run: intakeRunView, items: z.array(intakeItemView) }),
  },
  'intake.asks': {
    host: 'core',
    access: 'read',
    roles: looks,
    input: none,
    output: z.object({ items: z.array(intakeAskView), total: z.int() }),
  },
  'intake.answer': {
    host: 'core',
    access: 'write',
    action: 'stage',
    roles: ['hr'],
    input: z.object({
      id: z.string(),
      platform,
      job_id: jobId,
      source: intakeSource.default('email'),
      origin,
      /** For what the answer is kept; nothing where it is for this file alone. */
      remember: choiceKind.optional(),
      /** Whether what is kept names the job, too; otherwise each file tells its own. */
      remember_job: z.boolean().default(false),
      /** What a person reads from a picture. */
      person: z
        .object({ name: z.string().trim().min(1).max(100), phone: z.string().trim().max(40).optional() })
        .optional(),
    }),
    /** `alike`: others that wait and that this answer fits; answering them is the caller's to do. */
    output: z.object({ taken, alike: z.array(z.string()) }),
  },
  'intake.choices': {
    host: 'core',
    access: 'read',
    roles: looks,
    input: none,
    output: z.object({ items: z.array(intakeChoiceView) }),
  },
  'intake.forget_choice': {
    host: 'core',
    access: 'write',
    action: 'stage',
    roles: ['hr'],
    input: z.object({ id: z.string() }),
    output: none,
  },
  /** The original beside what was read of it. A writing route, because the original is read by another process first. */
  'intake.review': {
    host: 'core',
    access: 'write',
    action: 'view',
    roles: ['hr'],
    input: z.object({ id: recordId, job_id: jobId.optional() }),
    output: intakeReview,
  },
  'intake.correct': {
    host: 'core',
    access: 'write',
    action: 'stage',
    roles: ['hr'],
    input: z.object({
      id: recordId,
      job_id: jobId.optional(),
      changes: z.array(correctionDraft).min(1).max(100),
    }),
    output: none,
  },
  /** Reads the original again with the parser of now; what was corrected stays. */
  'intake.reread': {
    host: 'core',
    access: 'write',
    action: 'stage',
    roles: ['hr'],
    input: z.object({ id: recordId, job_id: jobId.optional() }),
    output: z.object({ corrections: z.int() }),
  },
  'folder.list': {
    host: 'core',
    access: 'read',
    roles: looks,
    input: none,
    /** `max_days`: how long a plain copy that is left there may lie before it is destroyed (D21). */
    output: z.object({ items: z.array(watchedFolderView), max_days: z.int() }),
  },
  /** Asks by the system's own dialog which folder; null when the person would rather not. */
  'folder.add': {
    host: 'core',
    access: 'write',
    action: 'policy_change',
    roles: ['hr'],
    input: z.object({
      job_id: jobId,
      platform: platform.optional(),
      source: intakeSource.default('hand_in'),
      origin,
      afterwards: afterIntake.default('leave'),
    }),
    output: z.object({ id: z.string().nullable() }),
  },
  'folder.remove': {
    host: 'core',
    access: 'write',
    action: 'policy_change',
    roles: ['hr'],
    input: z.object({ id: z.string() }),
    output: none,
  },
  /** Looks through every watched folder now. */
  'folder.look': {
    host: 'core',
    access: 'write',
    action: 'stage',
    roles: ['hr'],
    input: none,
    output: z.object({ read: z.int() }),
  },
  /** After the file at hand; what is left comes in with the next look. */
  'folder.stop': { host: 'core', access: 'read', roles: ['hr'], input: none, output: none },
  'quarantine.list': {
    host: 'core',
    access: 'read',
    roles: looks,
    input: none,
    output: z.object({ items: z.array(quarantineView) }),
  },
  'quarantine.retry': {
    host: 'core',
    access: 'write',
    action: 'stage',
    roles: ['hr'],
    input: z.object({ id: z.string(), job_id: jobId.optional() }),
    output: z.object({
      result: z.enum(['imported', 'quarantined', 'refused', 'duplicate', 'asked', 'unpacked']),
      reason: z.string().optional(),
      record_id: recordId.optional(),
    }),
  },
  /** Says of a mail that could not become a record: it asks something about its writer's own data. It goes to the desk of requests. */
  'quarantine.to_request': {
    host: 'core',
    access: 'write',
    action: 'request',
    roles: ['hr', 'officer'],
    input: z.object({ id: z.string(), kind: requestKind }),
    /** Of a message that was a request before, that request. */
    output: z.object({ request_id: z.string(), known: z.boolean() }),
  },
  'quarantine.discard': {
    host: 'core',
    access: 'write',
    action: 'destroyed',
    roles: ['hr', 'officer'],
    input: z.object({ id: z.string() }),
    output: none,
  },
})
