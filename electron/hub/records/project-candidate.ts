import type { z } from 'zod'
import type { CandidateData, candidateData } from '../../shared/domain/sync-records.ts'
import type { Session } from '../session.ts'
import { contactFields, fieldsOfChannel, handedOver, type ContactField } from './contact-rules.ts'
import { forAbroad } from './abroad.ts'
import type { ApplicationFacts } from './list-applications.ts'

/** A candidate as the hub keeps it: the contact whole, its evidence decided at reading. */
export type CandidateRecord = Omit<z.input<typeof candidateData>, 'contact'> & {
  readonly contact?: Partial<Readonly<Record<ContactField, string>>>
}

export type CandidateFacts = {
  readonly id: string
  readonly record: CandidateRecord
  readonly applications: readonly ApplicationFacts[]
  /** All their applications are for jobs that this account has no right to (ZP-95). */
  readonly elsewhere: boolean
  /** The person agreed to be looked at from abroad; asked for accounts abroad alone. */
  readonly abroad?: boolean
}

/** What this account gets of the person, or `undefined` when it may not know of them. */
export const projectCandidate = (
  session: Session,
  person: CandidateFacts,
): z.input<typeof candidateData> | undefined => {
  if (!mayKnow(session, person)) return undefined
  const { abroad } = session
  if (abroad !== null && (abroad.size === 0 || person.abroad !== true)) return undefined
  const { contact, resume, ...rest } = abroad === null ? person.record : forAbroad(person.record, abroad)
  const granted = grantedContacts(session, person)
  const evidence = granted.evidence
  const values = Object.fromEntries(
    contactFields.flatMap((field) => (granted.fields.has(field) && contact?.[field] ? [[field, contact[field]]] : [])),
  )
  const data = {
    ...rest,
    resume: withoutHidden(resume, granted.fields, person),
    ...(evidence.length > 0 ? { contact: { ...values, evidence } } : {}),
  }
  if (!mayReadContent(session, person)) return cardOf(data)
  return session.role === 'interviewer' ? forInterviewer(data) : data
}

/** An administrator reads content of jobs that they work on, and of what a stated reason has opened (D17, LG-14). */
export const mayReadContent = (session: Session, person: CandidateFacts): boolean =>
  session.role !== 'admin' ||
  session.looks.candidates.has(person.id) ||
  person.applications.some(({ jobId }) => session.ownJobs.has(jobId) || session.looks.jobs.has(jobId))

/** All that an administrator has of anybody else: who is here by an alias, where, how old, and what the person has said to be done. */
const cardOf = (data: z.input<typeof candidateData>): z.input<typeof candidateData> => {
  const {
    insights: _insights,
    contact: _contact,
    badges: _badges,
    ai_polished: _polished,
    public_fields: _public,
    ...rest
  } = data
  const { city, birth_month: month, birth_date: day } = data.resume.meta?.cn ?? {}
  const birth = month ?? day?.slice(0, 7)
  // What the platform calls them; the name itself is a contact.
  const name = data.resume.basics?.name
  return {
    ...rest,
    resume: {
      ...(name === undefined ? {} : { basics: { name } }),
      meta: { cn: { ...(city === undefined ? {} : { city }), ...(birth === undefined ? {} : { birth_month: birth }) } },
    },
  }
}

const mayKnow = (session: Session, person: CandidateFacts): boolean => {
  if (!session.verified) return false
  const { visibility, blocked_employers: blocked = [] } = person.record
  if (session.role === 'interviewer' && person.applications.length === 0) return false
  if (person.elsewhere) return false
  if (session.jobRights?.only === true && person.applications.length === 0) return false
  const own = person.applications.some((application) => handedOver.has(application.channel))
  if (session.role === 'headhunter') {
    const firms = [session.employerName, session.agencyName]
    return visibility === 'public' && !blocked.some((name) => firms.includes(name)) && person.applications.length > 0
  }
  // The officer answers requests and runs destructions; both need the record, not its contacts.
  if (own) return true
  return visibility !== 'none' && !blocked.includes(session.employerName)
}

const grantedContacts = (session: Session, person: CandidateFacts) => {
  const fields = new Set<ContactField>()
  const evidence: string[] = []
  for (const application of person.applications) {
    // An officer answers requests, and an administrator counts: contacts need a part in the job (D17).
    if (session.role === 'officer' || session.role === 'interviewer') continue
    if (session.role === 'admin' && !session.ownJobs.has(application.jobId)) continue
    const side = session.role === 'headhunter' ? 'headhunter' : 'client'
    const granted = fieldsOfChannel(person.record.platform, application.channel, side, application.disclosed)
    if (granted.length === 0) continue
    granted.forEach((field) => fields.add(field))
    evidence.push(application.id)
  }
  return { fields, evidence }
}

/** What an interview is not about does not leave for one who holds it. */
const forInterviewer = (data: z.input<typeof candidateData>): z.input<typeof candidateData> => {
  const { insights: _insights, ...rest } = data
  const {
    sex: _sex,
    household: _household,
    political_status: _political,
    current_salary: _current,
    expected_salary: _expected,
    birth_date: _birth,
    ...cn
  } = rest.resume.meta?.cn ?? {}
  return { ...rest, resume: { ...rest.resume, meta: { ...rest.resume.meta, cn } } }
}

/** Contacts and numbers that the resume repeats go by the same rule as the contact itself. */
const withoutHidden = (
  resume: CandidateRecord['resume'],
  granted: ReadonlySet<ContactField>,
  person: CandidateFacts,
): CandidateData['resume'] => {
  const { wechat, id_number: idNumber, ...cn } = (resume.meta?.cn ?? {}) as CandidateData['resume']['meta']['cn']
  const examined = person.applications.some((application) => application.channel === 'campus_exam')
  return {
    ...(resume as CandidateData['resume']),
    meta: {
      cn: {
        ...cn,
        ...(wechat !== undefined && granted.has('wechat') ? { wechat } : {}),
        // D19: absent but for a campus exam.
        ...(idNumber !== undefined && examined ? { id_number: idNumber } : {}),
      },
    },
  }
}
