import { z } from 'zod'
import { requiredDegree } from './job-requirements.ts'
import { channel, platform, stage } from './vocabulary.ts'
import { applicationId, jobId } from './ids.ts'

/** How well a resume fits what a job asks for, with every point's reason; no words of the resume itself. */

const time = z.int()

export const fitState = z.enum(['met', 'part', 'missed', 'unknown'])
export type FitState = z.infer<typeof fitState>

/** Why a criterion has its points: a closed list, worded by the window and by `matching.explain`. */
export const fitReason = z.enum([
  'all',
  'some',
  'none',
  /** The resume does not say. */
  'not_stated',
  /** The rules do not show it here, whether it is stated or not. */
  'not_shown',
  /** More years than asked are never held against anybody: they would count age. */
  'above_max',
])
export type FitReason = z.infer<typeof fitReason>

const points = {
  /** Points got and possible, out of 100 together; an unknown criterion has 0 of 0. */
  got: z.int().min(0).max(100),
  of: z.int().min(0).max(100),
  state: fitState,
  reason: fitReason,
}
const range = z.object({ min: z.number().optional(), max: z.number().optional() })

export const fitPart = z.discriminatedUnion('criterion', [
  /** The job's own words, sorted by whether the resume holds them. */
  z.object({
    criterion: z.literal('skills_must'),
    ...points,
    found: z.array(z.string()),
    missing: z.array(z.string()),
  }),
  z.object({
    criterion: z.literal('skills_nice'),
    ...points,
    found: z.array(z.string()),
    missing: z.array(z.string()),
  }),
  z.object({ criterion: z.literal('years'), ...points, asked: range, has: z.int().optional() }),
  z.object({ criterion: z.literal('degree'), ...points, asked: requiredDegree, has: requiredDegree.optional() }),
  /** `has`: those of the job's cities that the resume names. */
  z.object({ criterion: z.literal('city'), ...points, asked: z.array(z.string()), has: z.array(z.string()) }),
  z.object({ criterion: z.literal('salary'), ...points, asked: range, has: range.optional() }),
])
export type FitPart = z.infer<typeof fitPart>
export type FitCriterion = FitPart['criterion']

export const fitView = z.object({
  /** Null where nothing could be compared. */
  points: z.int().min(0).max(100).nullable(),
  total: z.literal(100),
  /** Empty where the job asks for nothing. */
  parts: z.array(fitPart),
})
export type FitView = z.infer<typeof fitView>

/** Marks beside a person. Each goes by itself when its ground goes (ZP-58, MM-14, WZ-35, ZP-15). */
export const badgeKind = z.enum([
  'real_name',
  'company',
  'career',
  'education',
  /** What a mark rested on has changed, so the mark is gone until the platform verifies anew. */
  'reverify',
  'ai_polished',
])
export type BadgeKind = z.infer<typeof badgeKind>
export const badgeView = z.object({ kind: badgeKind, at: time.optional() })
export type BadgeView = z.infer<typeof badgeView>

/** What two records have in common; kinds, never values. `stated`: somebody knows it otherwise. */
export const sameKind = z.enum(['phone', 'email', 'wechat', 'name_birth', 'stated'])
export type SameKind = z.infer<typeof sameKind>

export const backgroundState = z.enum(['asked', 'refused', 'consented', 'reported', 'withdrawn', 'destroyed'])
export type BackgroundState = z.infer<typeof backgroundState>

/** What a check may look into; the consent names it. */
export const backgroundScope = z.enum([
  'identity',
  'education',
  'employment',
  'reference',
  'conflict',
  'court',
  'credit',
])
export type BackgroundScope = z.infer<typeof backgroundScope>

export const backgroundView = z.object({
  id: z.string(),
  state: backgroundState,
  provider: z.string(),
  scope: z.array(backgroundScope),
  asked_at: time,
  answered_at: time.optional(),
  /** Who brought the answer: the platform, or a colleague with a reference. */
  answered_by: z.enum(['platform', 'colleague']).optional(),
  reported_at: time.optional(),
  /** The report's own end. */
  destroy_at: time.optional(),
  by: z.string(),
})
export type BackgroundView = z.infer<typeof backgroundView>

export const linkEvent = z.object({
  at: time,
  by: z.string(),
  what: z.enum(['linked', 'split', 'distinct', 'reopened']),
  basis: z.array(sameKind),
})

export const linkedApplication = z.object({
  id: applicationId,
  job_id: jobId,
  job_title: z.string(),
  channel,
  stage,
  at: time,
  platform,
})
