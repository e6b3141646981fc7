import type { JobRequirements } from '../../shared/domain/job-requirements.ts'
import type { FitPart, FitReason, FitState, FitView } from '../../shared/domain/match-views.ts'
import { normalise } from '../search/bigrams.ts'
import { degreeRank } from '../search/degree.ts'
import type { FitFacts } from './fit-facts.ts'
import { findSkill } from './find-skill.ts'
import type { SkillWords } from './skill-words.ts'

/** How much each criterion weighs before what is unknown is left out. */
export const fitWeights = { skills_must: 45, skills_nice: 10, years: 15, degree: 10, city: 10, salary: 10 } as const

type Found = { readonly ratio: number | null; readonly reason: FitReason }
/** A criterion without its points. */
type Bare<P = FitPart> = P extends FitPart ? Omit<P, 'got' | 'of' | 'state' | 'reason'> : never
type Weighed = Found & { readonly part: Bare }

const reasonOf = (ratio: number): FitReason => (ratio >= 1 ? 'all' : ratio > 0 ? 'some' : 'none')
const found = (ratio: number): Found => ({ ratio, reason: reasonOf(ratio) })
const unknown = (reason: 'not_stated' | 'not_shown'): Found => ({ ratio: null, reason })

const skills = (
  criterion: 'skills_must' | 'skills_nice',
  asked: readonly string[] | undefined,
  { text }: FitFacts,
  words: SkillWords,
): Weighed[] => {
  if (asked === undefined || asked.length === 0) return []
  if (text === null) return [{ ...unknown('not_stated'), part: { criterion, found: [], missing: [] } }]
  const has = asked.filter((skill) => findSkill(skill, text, words))
  const missing = asked.filter((skill) => !has.includes(skill))
  return [{ ...found(has.length / asked.length), part: { criterion, found: has, missing } }]
}

const years = (asked: JobRequirements['years'], { years: has }: FitFacts): Weighed[] => {
  // An upper end is there to be read. Held against somebody it would count their age.
  if (asked?.min === undefined) return []
  if (has === null) return [{ ...unknown('not_stated'), part: { criterion: 'years', asked } }]
  const part = { criterion: 'years', asked, has } as const
  if (asked.max !== undefined && has > asked.max) return [{ ratio: 1, reason: 'above_max', part }]
  return [{ ...found(asked.min === 0 ? 1 : Math.min(1, has / asked.min)), part }]
}

const degree = (asked: JobRequirements['degree'], { degree: has }: FitFacts): Weighed[] => {
  if (asked === undefined) return []
  if (has === null) return [{ ...unknown('not_stated'), part: { criterion: 'degree', asked } }]
  const short = degreeRank(has) - degreeRank(asked)
  return [{ ...found(short <= 0 ? 1 : short === 1 ? 0.5 : 0), part: { criterion: 'degree', asked, has } }]
}

/** `上海市`, `上海`, `Shanghai `: one city. */
const cityKey = (name: string): string => normalise(name).replace(/[\s]+|市$/gu, '')

const city = (asked: JobRequirements['cities'], { cities }: FitFacts): Weighed[] => {
  if (asked === undefined || asked.length === 0) return []
  if (cities === null) return [{ ...unknown('not_shown'), part: { criterion: 'city', asked, has: [] } }]
  if (cities.length === 0) return [{ ...unknown('not_stated'), part: { criterion: 'city', asked, has: [] } }]
  const stated = cities.map(cityKey)
  const has = asked.filter((name) => cityKey(name) !== '' && stated.some((one) => one.includes(cityKey(name))))
  return [{ ...found(has.length > 0 ? 1 : 0), part: { criterion: 'city', asked, has } }]
}

/** Whoever expects a fifth more than the job pays at most is near enough to talk. */
const nearSalary = 1.2

const salary = (asked: JobRequirements['salary'], { salary: has }: FitFacts): Weighed[] => {
  if (asked?.max === undefined) return []
  if (has === null) return [{ ...unknown('not_shown'), part: { criterion: 'salary', asked } }]
  if (has === undefined) return [{ ...unknown('not_stated'), part: { criterion: 'salary', asked } }]
  const least = Math.min(...has)
  const ratio = least <= asked.max ? 1 : least <= asked.max * nearSalary ? 0.5 : 0
  return [{ ...found(ratio), part: { criterion: 'salary', asked, has: { min: least, max: Math.max(...has) } } }]
}

/** 100 points shared by weight, in whole ones: what is left over goes where most was cut off, so that they add up. */
const shares = (weights: readonly number[]): number[] => {
  const sum = weights.reduce((total, weight) => total + weight, 0)
  if (sum === 0) return weights.map(() => 0)
  const exact = weights.map((weight) => (weight * 100) / sum)
  const whole = exact.map(Math.floor)
  const left = 100 - whole.reduce((total, one) => total + one, 0)
  const first = exact
    .map((value, at) => ({ at, cut: value - Math.floor(value) }))
    .sort((a, b) => b.cut - a.cut || a.at - b.at)
    .slice(0, left)
  for (const { at } of first) whole[at] = (whole[at] ?? 0) + 1
  return whole
}

const stateOf = (ratio: number | null): FitState =>
  ratio === null ? 'unknown' : ratio >= 1 ? 'met' : ratio > 0 ? 'part' : 'missed'

/**
 * Points of a resume for a job, 0 to 100, each with its reason. A criterion of which nothing is known takes no part: neither
 * for nor against anybody. A pure function of what the job asks for and of `FitFacts`.
 */
export const scoreFit = (asked: JobRequirements, facts: FitFacts, words: SkillWords): FitView => {
  const weighed = [
    ...skills('skills_must', asked.skills_must, facts, words),
    ...skills('skills_nice', asked.skills_nice, facts, words),
    ...years(asked.years, facts),
    ...degree(asked.degree, facts),
    ...city(asked.cities, facts),
    ...salary(asked.salary, facts),
  ]
  const of = shares(weighed.map(({ ratio, part }) => (ratio === null ? 0 : fitWeights[part.criterion])))
  const parts = weighed.map(({ ratio, reason, part }, at): FitPart => {
    const most = of[at] ?? 0
    return { ...part, got: Math.round(most * (ratio ?? 0)), of: most, state: stateOf(ratio), reason }
  })
  const known = weighed.some(({ ratio }) => ratio !== null)
  return { points: known ? parts.reduce((sum, { got }) => sum + got, 0) : null, total: 100, parts }
}
