import type { PolicyRule } from '../../shared/domain/policy-codes.ts'
import type { AiKind } from '../../shared/domain/ai.ts'
import { IpcError, type ErrorCode } from '../../shared/ipc/ipc-error.ts'
import type { ApplicationRecord } from '../candidates/candidate-rows.ts'
import { openRecord, type OpenedRecord } from '../candidates/open-record.ts'
import { ownWordsOf } from '../candidates/person.ts'
import { decideFields, policyOf } from '../candidates/policy-request.ts'
import { Refusal, type ReaderCall } from '../handler.ts'
import { mayContact } from '../policy/admit.ts'
import type { ReadableDb } from '../store/database.ts'
import { nobody } from './deidentify.ts'
import { modelError } from './ai-switches.ts'
import { identityOf, personText } from './person-text.ts'
import type { Subject } from './run-model.ts'

type JobRow = {
  readonly title: string
  readonly city: string | null
  readonly department: string | null
  readonly description: string | null
  readonly requirements: string | null
}

/** Words and figures of what a job asks for, whatever shape they lie in. */
const flatten = (value: unknown): string[] => {
  if (typeof value === 'string' || typeof value === 'number') return [String(value)]
  if (Array.isArray(value)) return value.flatMap(flatten)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, part]) => {
    const words = flatten(part)
    return words.length === 0 ? [] : [`${key} ${words.join(' ')}`]
  })
}

const requirementsOf = (json: string | null): string | undefined => {
  if (json === null) return undefined
  try {
    return flatten(JSON.parse(json)).join('；')
  } catch {
    return undefined
  }
}

const jobText = (job: JobRow): string =>
  [job.title, job.department ?? '', job.city ?? '', job.description ?? '', requirementsOf(job.requirements) ?? '']
    .filter((part) => part !== '')
    .join('\n')

const jobOf = (db: ReadableDb, id: string): string => {
  const row = db.get<JobRow>('SELECT title, city, department, description, requirements FROM job WHERE id = ?', id)
  return row === undefined ? '' : jobText(row)
}

const aboutOf = ({ candidate }: OpenedRecord) => ({ platform: candidate.platform, id: candidate.platform_id })

const refused = (
  record: OpenedRecord,
  code: ErrorCode,
  rule: PolicyRule,
  clause: string,
  lift: string | null,
): Refusal =>
  new Refusal(
    code,
    'a rule keeps the model from this person',
    { rule, clause, ...(lift === null ? {} : { lift }) },
    {
      subject: aboutOf(record),
      policy: policyOf(record.request, clause),
      ...(record.current === null ? {} : { job: record.current.job_id }),
    },
  )

/** Whoever refused AI is written about and written to by no model (ZP-17). @throws Refusal E_CONSENT, E_CHANNEL */
const requireWilling = (record: OpenedRecord, kind: AiKind): void => {
  const { request } = record
  if (request.settings.aiRefused)
    throw refused(record, 'E_CONSENT', 'AI_REFUSED', request.profile.clauseOf('AI_REFUSED'), 'CANDIDATE_ALLOWS')
  if (kind === 'greeting') {
    const admission = mayContact(request, 'ai')
    if (!admission.ok) throw refused(record, admission.code, admission.rule, admission.clause, admission.lift)
  }
  const { body } = decideFields(request, ['body'])
  if (body.state !== 'see') throw refused(record, 'E_CHANNEL', body.rule, body.clause, body.lift)
}

export type WillingRecord = OpenedRecord & { readonly current: ApplicationRecord }

/** A record that a model may be asked about now. @throws Refusal, IpcError E_PURPOSE, E_NOT_FOUND */
export const openWilling = (call: ReaderCall, id: string, jobId: string | undefined, kind: AiKind): WillingRecord => {
  const record = openRecord(call, id, jobId)
  const { current } = record
  if (current === null) throw new IpcError('E_PURPOSE', 'a text of the model belongs to an application')
  requireWilling(record, kind)
  return { ...record, current }
}

/** A person for a job, without anything that says who it is. */
export const personSubject = (
  call: ReaderCall,
  input: { readonly id: string; readonly job_id?: string | undefined; readonly kind: AiKind },
  strict: boolean,
): Subject => {
  const record = openWilling(call, input.id, input.job_id, input.kind)
  const { current, person, request } = record
  const resume = personText(person, strict)
  if (resume === '') throw modelError('empty', 'the resume holds nothing to write about')
  return {
    entry: {
      subject: aboutOf(record),
      job: current.job_id,
      fields: ['body'],
      policy: policyOf(request, 'ZP-18'),
    },
    jobId: current.job_id,
    application: current,
    material: { job: jobOf(call.store, current.job_id), resume },
    identity: identityOf(person, strict),
    own: ownWordsOf(person),
    again: (writer) => {
      const now = openWilling(writer, input.id, current.job_id, input.kind)
      if (now.current.id !== current.id) throw new IpcError('E_CONFLICT', 'the application is another one by now')
    },
  }
}

/** A job in a few points; nobody is in it, and contacts that somebody wrote into it are taken out all the same. */
export const postingSubject = (
  call: ReaderCall,
  input: {
    readonly job_id?: string | undefined
    readonly title: string
    readonly city?: string | undefined
    readonly department?: string | undefined
    readonly notes?: string | undefined
  },
): Subject => {
  const exists = (db: ReadableDb): void => {
    if (input.job_id !== undefined && db.get('SELECT 1 FROM job WHERE id = ?', input.job_id) === undefined)
      throw new IpcError('E_NOT_FOUND', 'there is no such job')
  }
  exists(call.store)
  return {
    entry: input.job_id === undefined ? {} : { job: input.job_id },
    jobId: input.job_id ?? null,
    application: null,
    material: {
      job: [input.title, input.department ?? '', input.city ?? '', input.notes ?? '']
        .filter((part) => part !== '')
        .join('\n'),
    },
    identity: nobody,
    own: nobody.own,
    again: (writer) => exists(writer.store),
  }
}
