import { z } from 'zod'
import { jobId } from '../../domain/ids.ts'
import { activityBand, salaryBand, scoreBand, yearsBand } from '../../domain/list-bands.ts'
import { channel, platform, stage } from '../../domain/vocabulary.ts'

/** One value, or several of which any will do. */
const anyOf = <T extends z.ZodType>(value: T) => z.union([value, z.array(value).min(1).max(50)])

/** Facets with the key of the filter that each of them sets. */
export const facetKeys = {
  job: 'job_id',
  stage: 'stage',
  city: 'city',
  degree: 'degree',
  years: 'years',
  school: 'school',
  skill: 'skill',
  salary: 'salary',
  platform: 'platform',
  channel: 'channel',
  activity: 'activity',
  score: 'score',
} as const
export const facetName = z.enum(Object.keys(facetKeys) as [keyof typeof facetKeys, ...Array<keyof typeof facetKeys>])
export type FacetName = z.infer<typeof facetName>

/**
 * What a list is narrowed to: any of the values within a key, and all the keys together. Job, stage, channel and score are met by
 * one and the same application.
 */
export const candidateFilter = z.object({
  query: z.string().max(200).optional(),
  job_id: anyOf(jobId).optional(),
  stage: anyOf(stage).optional(),
  city: anyOf(z.string().max(60)).optional(),
  degree: anyOf(z.string().max(20)).optional(),
  years: anyOf(yearsBand).optional(),
  school: anyOf(z.string().max(120)).optional(),
  skill: anyOf(z.string().max(60)).optional(),
  /** What the person expects, by the lower end. */
  salary: anyOf(salaryBand).optional(),
  platform: anyOf(platform).optional(),
  channel: anyOf(channel).optional(),
  /** Refused where insights may not be seen (ZP-62, ZP-63). */
  activity: anyOf(activityBand).optional(),
  score: anyOf(scoreBand).optional(),
})
export type CandidateFilter = z.infer<typeof candidateFilter>

/** `activity` goes by insights: who has none, or refuses them, stands behind the others (ZP-63). */
export const candidateSort = z.enum(['newest', 'oldest', 'years', 'due', 'activity', 'score', 'salary'])
export type CandidateSort = z.infer<typeof candidateSort>

/** The values of one facet, most frequent first, with their counts under all the other filters. */
export const facet = z.array(z.object({ value: z.string(), label: z.string().optional(), count: z.int() }))
