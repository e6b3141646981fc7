import type { Degree, Resume } from '../../shared/domain/resume.ts'
import { degreeRank, toDegree } from '../search/degree.ts'
import { skillText, type SkillText } from './find-skill.ts'

/**
 * All that a score may know of a person. What is not here cannot move it: age, sex, household, politics, family, photo, name,
 * schools, contacts, current pay, and what the platform reports of behaviour (ZP-88).
 */
export type FitFacts = {
  /** Null where the resume says nothing that a skill could stand in. */
  readonly text: SkillText | null
  readonly years: number | null
  readonly degree: Exclude<Degree, 'other'> | null
  /** Null where the rules keep it from this viewer; empty where nothing is stated. */
  readonly cities: readonly string[] | null
  /** Yuan a month; null where the rules keep it from this viewer, undefined where it is not stated. */
  readonly salary: readonly [number, number] | null | undefined
}

/** Which of the facts the viewer may see. */
export type FitSight = { readonly residence: boolean; readonly salary: boolean }

const stated = (texts: ReadonlyArray<string | undefined>): string[] =>
  texts.filter((text): text is string => text !== undefined && text.trim() !== '')

/** Takes the facts out of a resume, one by one: nothing is passed on whole. */
export const fitFacts = (resume: Resume, sight: FitSight): FitFacts => {
  const { cn } = resume.meta
  const lines = stated([
    resume.basics.label,
    resume.basics.summary,
    ...resume.work.flatMap((item) => [item.position, item.summary, ...(item.highlights ?? [])]),
    ...resume.projects.flatMap((item) => [item.name, item.description, ...(item.highlights ?? [])]),
    ...resume.skills.flatMap((item) => [item.name, ...(item.keywords ?? [])]),
    ...resume.languages.flatMap((item) => [item.language, item.fluency]),
    ...resume.certificates.map((item) => item.name),
  ])
  const degree = resume.education
    .map((item) => toDegree(item.studyType))
    .filter((one) => one !== 'other')
    .sort((a, b) => degreeRank(a) - degreeRank(b))[0]
  return {
    text: lines.length === 0 ? null : skillText(lines),
    years: cn.years === undefined ? null : Math.trunc(cn.years),
    degree: degree ?? null,
    cities: sight.residence ? stated([cn.city, cn.expected_city]) : null,
    salary: sight.salary ? cn.expected_salary : null,
  }
}
