import type { CandidateFilter, FacetName } from '../../../shared/ipc/routes/candidate-filter.ts'
import { applicationFacets, chosenOf } from '../../candidates/list-filter.ts'
import type { WordCodes } from './word-codes.ts'
import { applicationPlaces, applicationWidth, singleFacets, type ColumnsView } from './row-columns.ts'

/** Which codes of a facet are wanted: 1 at each of them. */
type Wanted = Uint8Array

const wantedOf = (words: WordCodes, values: readonly string[]): Wanted => {
  const wanted = new Uint8Array(words.size)
  for (const value of values) {
    const code = words.codeOf(value)
    if (code !== undefined) wanted[code] = 1
  }
  return wanted
}

/** The bit that says that a facet of an application misses. */
export const applicationBits = { job: 1, stage: 2, channel: 4, score: 8 } as const

/** No facet missed; below that, the one facet that missed; `many` when several did. */
export const none = -1
export const many = -2

export type Matcher = {
  /** Which of the facets that a row has once (or the skills) misses: `none`, its number in `rowFacets`, or `many`. */
  readonly missOf: (id: number) => number
  /** Bits of the facets that an application misses. */
  readonly applicationMiss: (place: number) => number
  /** Whether anything is asked of the row itself, and of its applications; where nothing is, neither has to be looked at. */
  readonly asksRows: boolean
  readonly asksApplications: boolean
}

/** Facets of the row itself, by number. */
export const rowFacets = [...singleFacets, 'skill'] as const satisfies readonly FacetName[]
const skillNumber = rowFacets.length - 1

/** A filter made ready for looking at many rows. */
export const createMatcher = (view: ColumnsView, filter: CandidateFilter): Matcher => {
  const tests = singleFacets.flatMap((facet, number) => {
    const values = chosenOf(filter, facet)
    return values === undefined
      ? []
      : [{ number, codes: view.codes[facet], wanted: wantedOf(view.words[facet], values) }]
  })
  const skills = chosenOf(filter, 'skill')
  const wantedSkills = skills === undefined ? undefined : wantedOf(view.words.skill, skills)
  const ofApplication = applicationFacets.flatMap((facet) => {
    const values = chosenOf(filter, facet)
    if (values === undefined) return []
    return [{ at: applicationPlaces[facet], bit: applicationBits[facet], wanted: wantedOf(view.words[facet], values) }]
  })

  const hasSkill = (id: number, wanted: Wanted): boolean => {
    const at = view.lists.skillAt[id] ?? 0
    const end = at + (view.lists.skills[id] ?? 0)
    for (let i = at; i < end; i += 1) if (wanted[view.skills[i] ?? 0] === 1) return true
    return false
  }
  return {
    missOf: (id) => {
      let miss = none
      for (const { number, codes, wanted } of tests) {
        if (wanted[codes[id] ?? 0] === 1) continue
        if (miss !== none) return many
        miss = number
      }
      if (wantedSkills === undefined || hasSkill(id, wantedSkills)) return miss
      return miss === none ? skillNumber : many
    },
    applicationMiss: (place) => {
      let bits = 0
      for (const { at, bit, wanted } of ofApplication) {
        if (wanted[view.applications[place + at] ?? 0] !== 1) bits |= bit
      }
      return bits
    },
    asksRows: tests.length > 0 || wantedSkills !== undefined,
    asksApplications: ofApplication.length > 0,
  }
}

/** Whether one of the row's applications misses nothing. */
export const hasApplication = (view: ColumnsView, { applicationMiss }: Matcher, id: number): boolean => {
  const at = view.lists.applicationAt[id] ?? 0
  const end = at + (view.lists.applications[id] ?? 0) * applicationWidth
  for (let place = at; place < end; place += applicationWidth) if (applicationMiss(place) === 0) return true
  return false
}
