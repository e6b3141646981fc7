import { activityBands, salaryBands, scoreBands, yearsBands, type Band } from '../../shared/domain/list-bands.ts'
import { facetKeys, type CandidateFilter, type FacetName } from '../../shared/ipc/routes/candidate-filter.ts'

/** A filter's value as a list; undefined where nothing is asked. */
export const chosen = <T extends string>(value: T | readonly T[] | undefined): readonly T[] | undefined =>
  value === undefined ? undefined : typeof value === 'string' ? [value] : (value as readonly T[])

/** What is asked of a facet. */
export const chosenOf = (filter: CandidateFilter, facet: FacetName): readonly string[] | undefined =>
  chosen<string>(filter[facetKeys[facet]])

/** Facets of an application; the others are of its person. One application has to meet all that is asked of these. */
export const applicationFacets = ['job', 'stage', 'channel', 'score'] as const satisfies readonly FacetName[]
export type ApplicationFacet = (typeof applicationFacets)[number]

export const facetBands = {
  years: yearsBands,
  salary: salaryBands,
  activity: activityBands,
  score: scoreBands,
} as const satisfies Partial<Record<FacetName, readonly Band[]>>
export type BandFacet = keyof typeof facetBands

export const isBandFacet = (facet: FacetName): facet is BandFacet => Object.hasOwn(facetBands, facet)

/** The bands of these names. */
export const bandsOf = (facet: BandFacet, names: readonly string[]): readonly Band[] =>
  (facetBands[facet] as readonly Band[]).filter(({ name }) => names.includes(name))

/**
 * Made of what a resume says, so that asking for it tells as much as reading it. Without these a list is still one: jobs, stages,
 * channels and times stand in the record's own rows.
 */
export const bodyFacets = [
  'city',
  'degree',
  'years',
  'school',
  'skill',
  'salary',
  'activity',
  'score',
] as const satisfies readonly FacetName[]
