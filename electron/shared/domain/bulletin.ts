import { z } from 'zod'

/** What a platform without candidates offers, as a window gets it. */

export const postKind = z.enum(['announcement', 'position'])
export type PostKind = z.infer<typeof postKind>

/** Published figures and nothing behind them: no list of people can be asked for by one (QY-11, QY-12). */
const figures = z.object({
  items: z.array(z.object({ name: z.string(), value: z.number() })).max(12),
  at: z.int().optional(),
  source: z.string().optional(),
})

export const post = z.object({
  kind: postKind,
  id: z.string(),
  title: z.string(),
  unit: z.string().optional(),
  body: z.string().optional(),
  requirements: z.string().optional(),
  exam_type: z.string().optional(),
  region: z.string().optional(),
  headcount: z.int().optional(),
  published_at: z.int(),
  apply_until: z.int().optional(),
  /** The announcement that a position belongs to. */
  announcement: z.string().optional(),
  figures: figures.optional(),
  own: z.boolean(),
  followed: z.boolean(),
  dismissed: z.boolean(),
})
export type Post = z.infer<typeof post>

/** Which of them: `own` are the employer's, beside those that it has elsewhere. */
export const postScope = z.enum(['all', 'followed', 'own', 'dismissed'])
export type PostScope = z.infer<typeof postScope>

/** An advertisement of the employer on another platform, beside its own posts here. */
export const postElsewhere = z.object({
  id: z.string(),
  title: z.string(),
  platform: z.string(),
  status: z.string(),
  headcount: z.int().optional(),
  opened_at: z.int(),
})

export const postPage = z.object({
  items: z.array(post),
  elsewhere: z.array(postElsewhere),
  exam_types: z.array(z.string()),
  regions: z.array(z.string()),
  counts: z.record(postScope, z.int()),
  /** Whether what one follows comes first (QY-29). */
  recommend: z.boolean(),
  now: z.int(),
})
export type PostPage = z.infer<typeof postPage>
