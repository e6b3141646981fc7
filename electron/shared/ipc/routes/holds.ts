import { z } from 'zod'
import { holdView, secondPerson } from '../../domain/hold-views.ts'
import { recordId } from '../../domain/ids.ts'
import { defineRoutes } from '../define-route.ts'

const none = z.object({})
/** Headhunters and interviewers keep nothing, so they hold nothing either. */
const keepers = ['hr', 'admin', 'officer'] as const
const id = z.string().min(1).max(128)
/** Why, in words: sealed with the record, never in the log. */
const words = z.string().trim().min(1).max(500)
const written = { host: 'core', access: 'write', action: 'hold', roles: keepers } as const

/** Legal holds (QY-36): asked for with reason and end, approved by somebody else, listed, released, over at their end. */
export const holdRoutes = defineRoutes({
  /** Names that are shown are entered like rows of a list. */
  'hold.list': {
    host: 'core',
    access: 'disclose',
    action: 'search_hit',
    roles: keepers,
    input: none,
    output: z.object({
      items: z.array(holdView),
      second: secondPerson,
      /** Days that a hold may last at most, by the strictest rules here. */
      max_days: z.int(),
      now: z.int(),
    }),
  },
  /** Figures alone, for badges. */
  'hold.counts': {
    host: 'core',
    access: 'read',
    roles: keepers,
    input: none,
    output: z.object({ active: z.int(), to_decide: z.int() }),
  },
  /** Nothing is kept by a request: until somebody else has approved it, destruction goes on. */
  'hold.request': {
    ...written,
    input: z.object({ id: recordId, until: z.int(), reason: words }),
    output: z.object({ id: z.string(), state: z.literal('pending') }),
  },
  /** `officer`: in a workspace without a hub, the name of the officer who confirms at this workstation. */
  'hold.decide': {
    ...written,
    action: 'approve',
    input: z.object({
      id,
      status: z.enum(['granted', 'refused']),
      /** An earlier end than the one asked for. */
      until: z.int().optional(),
      officer: z.string().trim().min(1).max(80).optional(),
    }),
    output: z.object({ state: z.enum(['granted', 'refused']) }),
  },
  /** Ends one before its time. What is overdue by then goes at once. */
  'hold.release': { ...written, input: z.object({ id, reason: words }), output: none },
})
