import { z } from 'zod'
import { defineRoutes } from '../define-route.ts'
import { jobId, recordId } from '../../domain/ids.ts'
import {
  hubNotice,
  matrixRole,
  permissionView,
  policyUpdate,
  profileSummary,
  profileView,
} from '../../domain/policy-views.ts'
import { publicJob } from '../../domain/views.ts'
import { legalBasis, permissionName, platform } from '../../domain/vocabulary.ts'
import { anybody, lookers, members, unlocked } from './callers.ts'

const none = z.object({})

/** The rules, who accepted them, and what a person may ask for beyond them. Rules are nobody's secret: everybody may read them. */
export const policyRoutes = defineRoutes({
  'policy.list': {
    host: 'core',
    access: 'read',
    roles: anybody,
    input: none,
    output: z.object({ rules_version: z.string(), items: z.array(profileSummary) }),
  },
  'policy.get': {
    host: 'core',
    access: 'read',
    roles: anybody,
    input: z.object({ platform, role: matrixRole.default('hr') }),
    output: profileView,
  },
  /** What changed, what is announced, and whether the signed-in person has to answer (ZP-01, ZP-106, QY-47). */
  'policy.updates': {
    host: 'core',
    access: 'read',
    roles: unlocked,
    /** `all`: what came before the last acceptance, too. */
    input: z.object({ all: z.boolean().optional() }),
    output: z.object({
      rules_version: z.string(),
      /** The version that the signed-in person accepted last; missing = none yet. */
      accepted_version: z.string().optional(),
      accepted_at: z.int().optional(),
      must_answer: z.boolean(),
      /** What is announced, then what came since the last acceptance, newest first. */
      items: z.array(policyUpdate),
      notices: z.array(hubNotice),
    }),
  },
  /** Accepts the rules in force with one's confidentiality, or goes on in browse mode (ZP-106, ZP-107, WZ-31, WZ-32). */
  'policy.answer': {
    host: 'core',
    access: 'write',
    action: 'consent',
    roles: members,
    input: z.object({
      rules_version: z.string().max(64),
      choice: z.enum(['accept', 'browse']),
      /** Keys of the notices that were read; only these are answered. */
      notices: z.array(z.string()).max(200).optional(),
    }),
    output: none,
  },
  /**
   * Lays an enterprise's own rules over a platform's; they may only tighten. `document` is YAML in the form of a profile
   * (`cells`, `retention`, …); empty takes them away again. E_INPUT names rule and line of what would loosen.
   */
  'policy.tighten': {
    host: 'core',
    access: 'write',
    action: 'policy_change',
    roles: ['hr', 'admin'],
    input: z.object({ platform, document: z.string().max(20_000) }),
    output: z.object({ revision: z.string(), changes: z.int() }),
  },
  'permission.list': {
    host: 'core',
    access: 'read',
    roles: members,
    input: none,
    output: z.object({ items: z.array(permissionView) }),
  },
  'permission.set': {
    host: 'core',
    access: 'write',
    action: 'policy_change',
    roles: members,
    input: z.object({ name: permissionName, on: z.boolean() }),
    output: none,
  },
  /** Open jobs, for browse mode: what an advertisement says, by the day of publication and nothing else (ZP-07, ZP-107). */
  'job.list_public': {
    host: 'core',
    access: 'read',
    roles: anybody,
    input: none,
    output: z.object({ items: z.array(publicJob) }),
  },
  /** Binds a record to another job of the enterprise's own, on a basis that is named (ZP-08, MM-04, WZ-28). */
  'purpose.add': {
    host: 'core',
    access: 'write',
    action: 'consent',
    roles: ['hr'],
    input: z.object({
      id: recordId,
      job_id: jobId,
      legal_basis: legalBasis,
      /** What the basis rests on: the consent's id or date, a contract, a law's article. Sealed beside the record. */
      reference: z.string().trim().min(3).max(500),
    }),
    output: none,
  },
  /** A contact that the masking missed: masked from now on wherever it stands in this record, and told to the officer (L-2). */
  'leak.report': {
    host: 'core',
    access: 'write',
    action: 'incident',
    roles: lookers,
    input: z.object({ id: recordId, job_id: jobId.optional(), text: z.string().trim().min(2).max(200) }),
    output: none,
  },
})
