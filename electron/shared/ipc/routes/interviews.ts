import { z } from 'zod'
import { defineRoutes } from '../define-route.ts'
import { applicationId, recordId } from '../../domain/ids.ts'
import { interviewConflict, interviewDraft, interviewState, interviewView } from '../../domain/interviews.ts'

const none = z.object({})
const interviewId = z.string().min(1).max(64)
const readers = ['hr', 'admin', 'officer'] as const

/** When, where and with whom; calendars without personal data. */
export const interviewsRoutes = defineRoutes({
  /** Those of some days, or all of one record; in their order. A name shown is entered like a row of a list. */
  'interview.list': {
    host: 'core',
    access: 'disclose',
    action: 'search_hit',
    roles: readers,
    input: z.object({ from: z.int().optional(), until: z.int().optional(), record_id: recordId.optional() }),
    output: z.object({ items: z.array(interviewView) }),
  },
  /** What waits for somebody: interviews of today, and past ones of which nobody said how they went. Figures alone. */
  'interview.counts': {
    host: 'core',
    access: 'read',
    roles: readers,
    input: none,
    output: z.object({ today: z.int(), unsettled: z.int() }),
  },
  /** What else lies at that time; tells of jobs and colleagues and of no candidate. */
  'interview.check': {
    host: 'core',
    access: 'read',
    roles: ['hr'],
    input: z.object({
      application_id: applicationId,
      starts_at: interviewDraft.shape.starts_at,
      minutes: interviewDraft.shape.minutes,
      interviewers: interviewDraft.shape.interviewers,
      /** The interview that is being moved. */
      except: interviewId.optional(),
    }),
    output: z.object({ conflicts: z.array(interviewConflict) }),
  },
  'interview.schedule': {
    host: 'core',
    access: 'write',
    action: 'stage',
    roles: ['hr'],
    input: interviewDraft.extend({
      application_id: applicationId,
      /** Also moves the application to the stage of interviews, where it is before that. */
      move_stage: z.boolean().default(false),
    }),
    /** `batch` takes the move back (`application.undo_move`). */
    output: z.object({ id: interviewId, batch: z.string().optional() }),
  },
  /** Another time, place or people; what is left out stays. */
  'interview.change': {
    host: 'core',
    access: 'write',
    action: 'stage',
    roles: ['hr'],
    input: z.object({
      id: interviewId,
      starts_at: interviewDraft.shape.starts_at.optional(),
      minutes: interviewDraft.shape.minutes.optional(),
      kind: interviewDraft.shape.kind.optional(),
      place: z.string().trim().max(200).optional(),
      link: z.string().trim().max(500).optional(),
      interviewers: z.array(z.string().trim().min(1).max(40)).max(12).optional(),
      words: z.string().trim().max(2000).optional(),
      remind_minutes: z.int().min(0).max(10_080).nullable().optional(),
    }),
    output: z.object({ sequence: z.int() }),
  },
  /** How it went, or that it does not take place. */
  'interview.set_state': {
    host: 'core',
    access: 'write',
    action: 'stage',
    roles: ['hr'],
    input: z.object({ id: interviewId, state: interviewState }),
    output: z.object({ sequence: z.int() }),
  },
  /** Takes the last change back, if none came after it; a first one, and with it the interview. */
  'interview.undo': {
    host: 'core',
    access: 'write',
    action: 'stage',
    roles: ['hr'],
    input: z.object({ id: interviewId, sequence: z.int().min(0) }),
    output: z.object({ undone: z.boolean() }),
  },
  /** The interview as a calendar file: job, record number, time and place; nobody's name, nobody's contact (QY-30). */
  'interview.calendar': {
    host: 'core',
    access: 'read',
    roles: readers,
    input: z.object({ id: interviewId }),
    output: z.object({ file_name: z.string(), ics: z.string() }),
  },
  /** Asks where to, and writes that file. */
  'interview.save_calendar': {
    host: 'main',
    access: 'read',
    roles: [...readers],
    input: z.object({ id: interviewId }),
    output: z.object({ saved: z.boolean() }),
  },
})
