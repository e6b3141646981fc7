import type { Person } from '../candidates/person.ts'
import { birthOf, ownWordsOf } from '../candidates/person.ts'
import type { Identity } from './deidentify.ts'

const present = (parts: ReadonlyArray<string | undefined>): string[] =>
  parts.filter((part): part is string => part !== undefined && part.trim() !== '')

const line = (label: string, ...parts: ReadonlyArray<string | undefined>): string => {
  const words = present(parts)
  return words.length === 0 ? '' : `${label}：${words.join('；')}`
}

/** What of a person's words a call has to know to take them out again. */
export const identityOf = (person: Person, strict: boolean): Identity => ({
  own: ownWordsOf(person),
  birth: birthOf(person),
  companies: strict ? present(person.resume.work.map(({ name }) => name)) : [],
  schools: strict ? present(person.resume.education.map(({ institution }) => institution)) : [],
})

/**
 * What a model is told of a resume: what somebody has done and can do. Name, contacts, sex, birth, household, salary and the
 * like have no line here; what of them stands in free text is taken out afterwards. Deterministic.
 */
export const personText = ({ resume }: Person, strict: boolean): string => {
  const { cn } = resume.meta
  const period = (item: { readonly startDate?: string | undefined; readonly endDate?: string | undefined }): string => {
    const [from, to] = [item.startDate, item.endDate].map((date) => (strict ? date?.slice(0, 4) : date))
    return from === undefined && to === undefined ? '' : `${from ?? '?'} 至 ${to ?? '今'}`
  }
  return present([
    line('求职意向', cn.expected_job ?? resume.basics.label),
    line('期望城市', cn.expected_city),
    line('工作年限', cn.years === undefined ? undefined : `${Math.trunc(cn.years)} 年`),
    line('自我评价', resume.basics.summary),
    ...resume.work.map((item) =>
      line('工作经历', period(item), item.name, item.position, item.summary, ...(item.highlights ?? [])),
    ),
    ...resume.projects.map((item) =>
      line('项目经历', period(item), item.name, item.description, ...(item.highlights ?? [])),
    ),
    ...resume.education.map((item) => line('教育经历', period(item), item.institution, item.area, item.studyType)),
    line('技能', ...resume.skills.map((item) => [item.name, item.level, ...(item.keywords ?? [])].join(' '))),
    line('语言', ...resume.languages.map((item) => present([item.language, item.fluency]).join(' '))),
    line('证书', ...resume.certificates.map((item) => item.name)),
  ]).join('\n')
}
