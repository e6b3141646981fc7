import { facetName, type CandidateFilter, type FacetName } from '../../../shared/ipc/routes/candidate-filter.ts'
import { applicationFacets } from '../../candidates/list-filter.ts'
import { applicationBits, createMatcher, hasApplication, many, none, rowFacets } from './column-match.ts'
import type { Hits } from './column-page.ts'
import { applicationPlaces, applicationWidth, type ColumnsView } from './row-columns.ts'

export type Counts = Readonly<Record<FacetName, Uint32Array>>

const noRows = new Uint32Array(0)

/** Numbers of rows, as many as are added. */
const createRows = (most: number) => {
  let ids = noRows
  let count = 0
  return {
    add: (id: number): void => {
      if (ids.length === 0) ids = new Uint32Array(most)
      ids[count] = id
      count += 1
    },
    ids: () => ids.subarray(0, count),
  }
}

const countCodes = (rows: Uint32Array, codes: Uint32Array, counts: Uint32Array): void => {
  for (let i = 0; i < rows.length; i += 1) {
    const code = codes[rows[i] ?? 0] ?? 0
    counts[code] = (counts[code] ?? 0) + 1
  }
}

const countPlaces = (places: Uint32Array, pool: Int32Array, at: number, counts: Uint32Array): void => {
  for (let i = 0; i < places.length; i += 1) {
    const code = pool[(places[i] ?? 0) + at] ?? 0
    counts[code] = (counts[code] ?? 0) + 1
  }
}

const countLists = (
  rows: Uint32Array,
  at: Uint32Array,
  lengths: Uint32Array,
  pool: Int32Array,
  counts: Uint32Array,
): void => {
  for (let i = 0; i < rows.length; i += 1) {
    const id = rows[i] ?? 0
    const from = at[id] ?? 0
    const end = from + (lengths[id] ?? 0)
    for (let place = from; place < end; place += 1) {
      const code = pool[place] ?? 0
      counts[code] = (counts[code] ?? 0) + 1
    }
  }
}

/**
 * How many people have each value of each facet, by its code, under all the filters but that facet's own. One walk over the rows: a
 * row that misses one facet counts for that one, and a row that misses none for all.
 */
export const countFacets = (view: ColumnsView, filter: CandidateFilter, hits: Hits | undefined): Counts => {
  const { alive, top, codes, lists, applications, skills, words } = view
  const matcher = createMatcher(view, filter)
  // Kept up to date with every row that changes, because it is what everybody looks at first.
  if (hits === undefined && !matcher.asksRows && !matcher.asksApplications)
    return Object.fromEntries(facetName.options.map((name) => [name, view.everybody(name)])) as unknown as Counts
  const counts = Object.fromEntries(
    Object.entries(words).map(([facet, { size }]) => [facet, new Uint32Array(size)]),
  ) as Record<FacetName, Uint32Array>
  const ofApplications = applicationFacets.map((facet) => ({
    at: applicationPlaces[facet],
    others: ~applicationBits[facet],
    counts: counts[facet],
  }))

  /** Whether an earlier application of the row was counted under the same value already. */
  const isAgain = (from: number, place: number, at: number, others: number): boolean => {
    for (let earlier = from; earlier < place; earlier += applicationWidth) {
      if (applications[earlier + at] === applications[place + at] && (matcher.applicationMiss(earlier) & others) === 0)
        return true
    }
    return false
  }
  const countApplications = (from: number, end: number): void => {
    for (let place = from; place < end; place += applicationWidth) {
      const miss = matcher.asksApplications ? matcher.applicationMiss(place) : 0
      for (const { at, others, counts: of } of ofApplications) {
        if ((miss & others) !== 0 || (place > from && isAgain(from, place, at, others))) continue
        const code = applications[place + at] ?? 0
        of[code] = (of[code] ?? 0) + 1
      }
    }
  }

  /** Applications of people who have only the one, as most do. */
  const lone = createRows(top)
  // Rows that count for every facet, and those that count for the one facet that they miss.
  const everywhere = createRows(top)
  const onlyFor = rowFacets.map(() => createRows(top))
  for (let id = 1; id <= top; id += 1) {
    if (alive[id] !== 1 || (hits !== undefined && hits[id] !== 1)) continue
    const miss = matcher.asksRows ? matcher.missOf(id) : none
    if (miss === many) continue
    if (miss === none) {
      const from = lists.applicationAt[id] ?? 0
      const of = lists.applications[id] ?? 0
      if (of === 1) lone.add(from)
      else countApplications(from, from + of * applicationWidth)
    }
    if (matcher.asksApplications && !hasApplication(view, matcher, id)) continue
    ;(miss === none ? everywhere : onlyFor[miss])?.add(id)
  }
  for (const { at, others, counts: of } of ofApplications) {
    const places = lone.ids()
    countPlaces(
      matcher.asksApplications ? places.filter((place) => (matcher.applicationMiss(place) & others) === 0) : places,
      applications,
      at,
      of,
    )
  }
  // Column by column: each is gone through from its beginning to its end, and by a loop that does nothing else.
  for (const [number, facet] of rowFacets.entries()) {
    for (const rows of [everywhere.ids(), onlyFor[number]?.ids() ?? noRows]) {
      if (facet === 'skill') countLists(rows, lists.skillAt, lists.skills, skills, counts.skill)
      else countCodes(rows, codes[facet], counts[facet])
    }
  }
  return counts
}

/** The values of a facet that anybody has, most frequent first. */
export const valuesOf = (
  view: ColumnsView,
  facet: FacetName,
  counts: Uint32Array,
): Array<{ readonly value: string; readonly count: number }> => {
  const found: Array<{ readonly value: string; readonly count: number }> = []
  for (let code = 1; code < counts.length; code += 1) {
    const count = counts[code] ?? 0
    const value = count === 0 ? undefined : view.words[facet].wordOf(code)
    if (value !== undefined) found.push({ value, count })
  }
  return found.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
}
