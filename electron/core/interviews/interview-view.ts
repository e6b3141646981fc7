import type { InterviewView } from '../../shared/domain/interviews.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { flagsOf } from '../candidates/candidate-rows.ts'
import { openRecord, type OpenedRecord } from '../candidates/open-record.ts'
import { ownWordsOf } from '../candidates/person.ts'
import { decideFields } from '../candidates/policy-request.ts'
import { nameFor } from '../candidates/row-view.ts'
import type { SubjectRef } from '../context.ts'
import type { ReaderCall } from '../handler.ts'
import { redact, redactToString } from '../policy/text/redact.ts'
import { listProjection } from '../search/list-projection.ts'
import { openWords, type InterviewRow, type InterviewWords } from './interview-rows.ts'

/** The record behind an interview, or null where a rule keeps it closed: then the interview is a time and a number. */
const recordOf = (call: ReaderCall, row: InterviewRow): OpenedRecord | null => {
  try {
    return openRecord(call, row.record_id, row.job_id)
  } catch (error) {
    if (error instanceof IpcError) return null
    throw error
  }
}

/** The texts with every contact and the person's own words masked, whoever wrote them. */
export const clearWords = (call: ReaderCall, row: InterviewRow, record: OpenedRecord): InterviewWords => {
  const own = ownWordsOf(record.person)
  const { place, link, interviewers, words } = openWords(call.account.keystore, row)
  return {
    place: redactToString(place, own),
    link: redactToString(link, own),
    interviewers: interviewers.map((name) => redactToString(name, own)),
    words,
  }
}

const nameOf = (record: OpenedRecord): string | undefined => {
  const { name, sex } = decideFields(record.request, ['name', 'sex'])
  const isPublic = (flagsOf(record.candidate).public_fields ?? []).includes('name')
  return nameFor(name, sex, listProjection(record.person, record.applications, isPublic))
}

/**
 * An interview as this viewer may see it. What decides is the record's channel and stage as ever: that somebody is to be met
 * opens nothing (ZP-48).
 */
export const interviewView = (
  call: ReaderCall,
  row: InterviewRow,
): { readonly view: InterviewView; readonly subject: SubjectRef | null } => {
  const record = recordOf(call, row)
  const facts = {
    id: row.id,
    application_id: row.application_id as InterviewView['application_id'],
    record_id: row.record_id as InterviewView['record_id'],
    number: row.number,
    job_id: row.job_id as InterviewView['job_id'],
    job_title: row.job_title ?? '',
    life: row.life,
    stage: row.stage,
    starts_at: row.starts_at,
    minutes: row.minutes,
    kind: row.kind,
    state: row.state,
    sequence: row.sequence,
    remind_minutes: row.remind_minutes,
    mine: row.by === call.account.view.id,
  }
  if (record === null) return { view: { ...facts, interviewers: [] }, subject: null }
  const { place, link, interviewers, words } = clearWords(call, row, record)
  const name = nameOf(record)
  return {
    view: {
      ...facts,
      interviewers: [...interviewers],
      ...(name === undefined ? {} : { name }),
      ...(place === '' ? {} : { place }),
      ...(link === '' ? {} : { link }),
      ...(words === '' ? {} : { words: redact(words, ownWordsOf(record.person)) }),
    },
    subject: { platform: row.platform, id: row.platform_id },
  }
}

const said = {
  'zh-CN': {
    interview: '面试',
    record: '记录',
    kinds: { onsite: '现场面试', phone: '电话面试', video: '视频面试' },
  },
  'en-US': {
    interview: 'Interview',
    record: 'record',
    kinds: { onsite: 'On-site interview', phone: 'Phone interview', video: 'Video interview' },
  },
} as const

/** What a calendar may say of an interview: the job and the record's number. */
export const calendarWords = (
  row: InterviewRow,
  language: 'zh-CN' | 'en-US',
): { summary: string; description: string } => {
  const words = said[language]
  return {
    summary: `${words.interview} · ${row.job_title ?? ''} · ${words.record} ${row.number}`,
    description: words.kinds[row.kind],
  }
}
