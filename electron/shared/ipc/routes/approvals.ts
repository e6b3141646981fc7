import { z } from 'zod'
import { approvalList, approvalState, askedKind, deputyView } from '../../domain/approval-views.ts'
import { applicationId, jobId, recordId } from '../../domain/ids.ts'
import { approvalBox } from '../../domain/sync-approvals.ts'
import { fieldName } from '../../domain/vocabulary.ts'
import { defineRoutes } from '../define-route.ts'

const none = z.object({})
const staff = ['hr', 'admin', 'officer'] as const
const reason = z.string().trim().min(1).max(500)

/** The queue of approvals (ZP-96); legal holds and hand-overs are decided by routes of their own and listed here too. */
export const approvalRoutes = defineRoutes({
  'approval.list': {
    host: 'core',
    access: 'disclose',
    action: 'search_hit',
    roles: staff,
    input: z.object({ box: approvalBox.default('pending'), cursor: z.string().max(64).optional() }),
    output: approvalList,
  },
  'approval.ask': {
    host: 'core',
    access: 'write',
    action: 'approve',
    roles: ['hr', 'admin'],
    input: z.object({
      id: recordId,
      job_id: jobId.optional(),
      kind: askedKind,
      fields: z.array(fieldName).min(1).max(20).optional(),
      /** Of a bulk, or of an export of many. */
      application_ids: z.array(applicationId).min(2).max(200).optional(),
      reason,
      /** Until when an answer is of use. */
      hours: z.int().min(1).max(720).default(72),
    }),
    output: z.object({ id: z.string() }),
  },
  'approval.withdraw': {
    host: 'core',
    access: 'write',
    action: 'approve',
    roles: staff,
    input: z.object({ id: z.string() }),
    output: none,
  },
  'approval.decide': {
    host: 'core',
    access: 'write',
    action: 'approve',
    roles: staff,
    input: z.object({
      id: z.string(),
      status: z.enum(['granted', 'refused']),
      /** How long what is granted may be used. */
      hours: z.int().min(1).max(720).default(24),
      /** In a workspace without a hub: the officer, who confirms here. */
      officer: z.string().trim().max(100).optional(),
    }),
    output: z.object({ state: approvalState }),
  },
  'approval.deputies': {
    host: 'core',
    access: 'read',
    roles: staff,
    input: none,
    output: z.object({
      items: z.array(deputyView),
      colleagues: z.array(z.object({ id: z.string(), name: z.string() })),
      now: z.int(),
    }),
  },
  'approval.name_deputy': {
    host: 'core',
    access: 'write',
    action: 'policy_change',
    roles: ['admin', 'officer'],
    input: z.object({ deputy: z.string().max(128), from: z.int(), until: z.int() }),
    output: z.object({ id: z.string() }),
  },
  'approval.end_deputy': {
    host: 'core',
    access: 'write',
    action: 'policy_change',
    roles: ['admin', 'officer'],
    input: z.object({ id: z.string() }),
    output: none,
  },
})
