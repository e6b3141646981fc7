import type { ParsedFile } from '../../shared/domain/intake.ts'
import { resume as resumeSchema } from '../../shared/domain/resume.ts'
import { readLabelled } from './labelled.ts'
import { readContacts } from './read-contacts.ts'
import { readEducation } from './read-education.ts'
import { readName } from './read-name.ts'
import { readPerson } from './read-person.ts'
import { readProjects } from './read-projects.ts'
import { readCertificates, readLanguages, readSkills } from './read-skills.ts'
import { readWork, yearsOfWork } from './read-work.ts'
import { belief, newDraft, note } from './reading.ts'
import type { Source } from './reading.ts'
import { linesOf, readSections } from './sections.ts'
import type { SectionKind } from './words/headings.ts'
import { readLines } from './source.ts'

/** Sections whose labels speak of a job, a school or a project and not of the person. */
const apart: ReadonlySet<SectionKind> = new Set(['work', 'projects', 'education', 'other'])

export type ParsedResume = Pick<ParsedFile, 'resume' | 'confidence' | 'spans' | 'contacts' | 'stated_age'>

/**
 * Reads a Chinese or English resume from its plain text (lines by `\n`, table cells by `\t`). Rules and word lists only, so the
 * same text gives the same answer.
 * @param nameHint - the file's name without its extension, used for the person's name only
 * @param now - milliseconds since 1970 UTC; years of work are counted to this day
 */
export function parseResume(text: string, nameHint: string, now: number): ParsedResume {
  const lines = readLines(text)
  const sections = readSections(lines)
  const labelled = readLabelled(
    sections.filter((section) => !apart.has(section.kind)).flatMap((section) => section.lines),
  )
  const source: Source = { text, lines, sections, labelled, nameHint, now }
  const draft = newDraft()

  readName(source, draft)
  readPerson(source, draft)
  const contacts = readContacts(source, draft)
  const work = readWork(source, draft)
  const education = readEducation(source, draft)
  const projects = readProjects(source, draft)
  const skills = readSkills(source, draft)
  const languages = readLanguages(source, draft)
  const certificates = readCertificates(source, draft)
  const counted = draft.cn.years === undefined ? yearsOfWork(work, now) : undefined
  if (counted !== undefined) {
    draft.cn.years = counted
    // Counted from the first job, so that is where it stands.
    const jobs = draft.spans.filter((span) => span.field === 'work')
    note(draft, 'years', belief.guessed, jobs.at(-1))
  }
  const summary = linesOf(sections, 'summary')
    .map((line) => text.slice(line.start, line.end).trim())
    .filter(Boolean)
    .join('\n')
    .slice(0, 10_000)
  if (summary !== '') draft.basics.summary = summary
  if (draft.cn.expected_job) draft.basics.label = draft.cn.expected_job

  const resume = resumeSchema.parse({
    basics: draft.basics,
    work,
    education,
    projects,
    skills,
    languages,
    certificates,
    meta: { cn: draft.cn },
  })
  const spans = draft.spans.sort((a, b) => a.start - b.start).slice(0, 5_000)
  return {
    resume,
    confidence: draft.confidence,
    spans,
    contacts: [...contacts],
    ...(draft.statedAge !== undefined && { stated_age: draft.statedAge }),
  }
}

/** How much of a resume a text is: a letter with a name and a number is none. */
export const resumeScore = ({ resume, confidence }: ParsedResume): number =>
  Math.min(resume.work.length, 3) * 2 +
  Math.min(resume.education.length, 2) * 2 +
  Math.min(resume.projects.length, 2) +
  (resume.skills.length > 0 ? 1 : 0) +
  (resume.languages.length > 0 ? 1 : 0) +
  (resume.meta.cn.expected_job ? 1 : 0) +
  (['name', 'phone', 'email', 'birth', 'city', 'sex'] as const).filter((field) => confidence[field] !== undefined)
    .length *
    0.5

/** Below this a text is set aside as no resume. */
export const leastScore = 2.5
