import type { CandidateFilter, FacetName } from '../../../shared/ipc/routes/candidate-filter.ts'
import { applicationFacets } from '../../candidates/list-filter.ts'
import { applicationBits, applicationPlaces, createMatcher, many, none } from './column-match.ts'
import type { Hits } from './column-page.ts'
import { applicationWidth, singleFacets, type ColumnsView } from './row-columns.ts'

export type Counts = Readonly<Record<FacetName, Uint32Array>>

/**
 * How many people have each value of each facet, by its code, under all the filters but that facet's own. One walk over the rows: a
 * row that misses one facet counts for that one, and a row that misses none for all.
 */
export const countFacets = (view: ColumnsView, filter: CandidateFilter, hits: Hits | undefined): Counts => {
  const { alive, top, codes, lists, applications, skills, words } = view
  const matcher = createMatcher(view, filter)
  const counts = Object.fromEntries(
    Object.entries(words).map(([facet, { size }]) => [facet, new Uint32Array(size)]),
  ) as Record<FacetName, Uint32Array>
  const singles = singleFacets.map((facet) => ({ codes: codes[facet], counts: counts[facet] }))
  const ofApplications = applicationFacets.map((facet) => ({
    at: applicationPlaces[facet],
    others: ~applicationBits[facet],
    counts: counts[facet],
  }))
  const skillCounts = counts.skill

  const countSkills = (id: number): void => {
    const at = lists.skillAt[id] ?? 0
    const end = at + (lists.skills[id] ?? 0)
    for (let i = at; i < end; i += 1) {
      const code = skills[i] ?? 0
      skillCounts[code] = (skillCounts[code] ?? 0) + 1
    }
  }
  const countSingle = (number: number, id: number): void => {
    const single = singles[number]
    if (single === undefined) return
    const code = single.codes[id] ?? 0
    single.counts[code] = (single.counts[code] ?? 0) + 1
  }
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
      const miss = matcher.applicationMiss(place)
      for (const { at, others, counts: of } of ofApplications) {
        if ((miss & others) !== 0 || (place > from && isAgain(from, place, at, others))) continue
        const code = applications[place + at] ?? 0
        of[code] = (of[code] ?? 0) + 1
      }
    }
  }

  for (let id = 1; id <= top; id += 1) {
    if (alive[id] !== 1 || (hits !== undefined && hits[id] !== 1)) continue
    const miss = matcher.missOf(id)
    if (miss === many) continue
    const from = lists.applicationAt[id] ?? 0
    const end = from + (lists.applications[id] ?? 0) * applicationWidth
    let met = !matcher.asksApplications
    for (let place = from; place < end && !met; place += applicationWidth) met = matcher.applicationMiss(place) === 0
    if (miss === none) {
      countApplications(from, end)
      if (!met) continue
      for (let number = 0; number < singles.length; number += 1) countSingle(number, id)
      countSkills(id)
    } else if (met) {
      if (miss < singles.length) countSingle(miss, id)
      else countSkills(id)
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
