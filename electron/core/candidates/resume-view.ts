import type { CandidateDetail, RichText } from '../../shared/domain/views.ts'
import type { Resume } from '../../shared/domain/resume.ts'
import type { OwnWords } from '../../shared/text/find-own-names.ts'
import { redact, redactToString } from '../policy/text/redact.ts'

type ResumeParts = Pick<
  CandidateDetail,
  | 'summary'
  | 'work'
  | 'education'
  | 'projects'
  | 'skills'
  | 'languages'
  | 'certificates'
  | 'expected_job'
  | 'expected_city'
  | 'job_state'
>

const joined = (...lines: ReadonlyArray<string | undefined>): string =>
  lines.filter((line) => line !== undefined && line !== '').join('\n')

/**
 * The body of a resume with every contact and every name of the person masked in place (L-1, L-2: whatever the channel, free
 * text is never shown raw; what may be revealed is revealed field by field).
 */
export const resumeView = (resume: Resume, own: OwnWords): ResumeParts => {
  const clean = (text: string | undefined): RichText => redact(text ?? '', own)
  const plain = (text: string): string => redactToString(text, own)
  /** Dates are words of the resume too, so what is no date may be anything. */
  const period = (item: { readonly startDate?: string | undefined; readonly endDate?: string | undefined }) => ({
    ...(item.startDate === undefined ? {} : { from: plain(item.startDate) }),
    ...(item.endDate === undefined ? {} : { to: plain(item.endDate) }),
  })
  const { cn } = resume.meta
  return {
    ...(resume.basics.summary === undefined ? {} : { summary: clean(resume.basics.summary) }),
    work: resume.work.map((item) => ({
      company: clean(item.name),
      position: clean(item.position),
      ...period(item),
      text: clean(joined(item.summary, ...(item.highlights ?? []))),
    })),
    education: resume.education.map((item) => ({
      school: clean(item.institution),
      major: clean(item.area),
      ...(item.studyType === undefined ? {} : { degree: plain(item.studyType) }),
      ...period(item),
    })),
    projects: resume.projects.map((item) => ({
      name: clean(item.name),
      ...period(item),
      text: clean(joined(item.description, ...(item.highlights ?? []))),
    })),
    skills: resume.skills.map((item) => clean([item.name, ...(item.keywords ?? [])].join(' '))),
    languages: resume.languages.map((item) => clean(joined(item.language, item.fluency))),
    certificates: resume.certificates.map((item) => clean(item.name)),
    ...(cn.expected_job === undefined ? {} : { expected_job: plain(cn.expected_job) }),
    ...(cn.expected_city === undefined ? {} : { expected_city: plain(cn.expected_city) }),
    ...(cn.job_state === undefined ? {} : { job_state: plain(cn.job_state) }),
  }
}
