import { describe, expect, it } from 'vitest'
import type { JobStatus, RetentionReason } from '../../../../electron/shared/domain/vocabulary.ts'
import {
  dueDate,
  personDue,
  type ApplicationFacts,
  type RetentionNumbers,
} from '../../../../electron/shared/retention/due-date.ts'
import { createWorkingCalendar, weekdaysOnly } from '../../../../electron/shared/retention/working-days.ts'
import { seeded } from '../../../fixtures/resumes/random.ts'

const hour = 3_600_000
const day = 24 * hour
const start = Date.UTC(2026, 2, 2, 1)

const numbers: RetentionNumbers = {
  rejected_days: { value: 30, clause: 'D4' },
  hired_days: { value: 7, clause: 'D5' },
  job_closed_days: { value: 7, clause: 'D6' },
  idle_job_days: { value: 90, clause: 'D6' },
  entitlement_end_days: { value: 7, clause: 'D7' },
  account_cancelled_workdays: { value: 1, clause: 'D7' },
  withdrawn_hours: { value: 72, clause: 'D8' },
}

const calendar = createWorkingCalendar([{ year: 2026, off: [], work: [] }])

const openJob = { status: 'open', statusAt: start, lastActivityAt: start } as const
const facts = (more: Partial<ApplicationFacts> = {}): ApplicationFacts => ({
  decision: null,
  decidedAt: null,
  job: openJob,
  at: start,
  personEnd: null,
  ...more,
})
const due = (more: Partial<ApplicationFacts> = {}) => dueDate(facts(more), numbers, weekdaysOnly)
const jobIn = (status: JobStatus, statusAt: number) => ({ status, statusAt, lastActivityAt: start })

describe('the end of an application', () => {
  it('[D4] is 30 days after a rejection or a withdrawal', () => {
    for (const decision of ['rejected', 'withdrawn'] as const) {
      const wanted = { at: start + 35 * day, reason: decision, clause: 'D4' }
      expect(due({ decision, decidedAt: start + 5 * day })).toEqual(wanted)
    }
  })

  it('[D4] [K4] of a rejected candidate is never later than that of the job', () => {
    const closed = jobIn('closed', start + 6 * day)
    const wanted = { at: start + 13 * day, reason: 'job_closed', clause: 'D6' }
    expect(due({ decision: 'rejected', decidedAt: start + 5 * day, job: closed })).toEqual(wanted)
  })

  it('[D5] is 7 days after a hire', () => {
    const wanted = { at: start + 8 * day, reason: 'hired', clause: 'D5' }
    expect(due({ decision: 'hired', decidedAt: start + day })).toEqual(wanted)
  })

  it('[D6] is 7 days after the job closed or was filled', () => {
    expect(due({ job: jobIn('closed', start + day) })).toEqual({
      at: start + 8 * day,
      reason: 'job_closed',
      clause: 'D6',
    })
    expect(due({ job: jobIn('filled', start + day) })).toEqual({
      at: start + 8 * day,
      reason: 'job_filled',
      clause: 'D6',
    })
  })

  it('[D6] comes for a job that nobody touches: after 90 days it counts as closed', () => {
    const wanted = { at: start + 97 * day, reason: 'job_idle', clause: 'D6' }
    expect(due()).toEqual(wanted)
    expect(due({ job: jobIn('paused', start + 50 * day) })).toEqual(wanted)
    expect(due({ job: null })).toEqual(wanted)
  })

  it('[D7] is 7 days after an entitlement or a platform ended, one working day after our account was cancelled', () => {
    for (const reason of ['entitlement_ended', 'platform_ceased'] as const) {
      expect(due({ personEnd: { reason, at: start } })).toEqual({ at: start + 7 * day, reason, clause: 'D7' })
    }
    const cancelled = (at: number) => personDue({ reason: 'account_cancelled', at }, numbers, calendar)
    const wanted = { reason: 'account_cancelled', clause: 'D7' }
    expect(cancelled(start)).toEqual({ ...wanted, at: start + day })
    // From a Friday over the weekend; of a year without an arrangement the weekdays are assumed, and the end says so.
    expect(cancelled(start + 4 * day)).toEqual({ ...wanted, at: start + 7 * day })
    expect(cancelled(start + 365 * day)).toEqual({ ...wanted, at: start + 366 * day, assumed: true })
  })

  it('[D8] is 72 hours after whatever ends the person', () => {
    const reasons = ['consent_withdrawn', 'hidden', 'blocked_employer', 'deletion_notice', 'candidate_gone'] as const
    for (const reason of reasons) {
      expect(due({ personEnd: { reason, at: start } })).toEqual({ at: start + 72 * hour, reason, clause: 'D8' })
    }
  })

  it('[ZP-79] has one reason and one clause, those of the clock that ends first', () => {
    const job = jobIn('closed', start)
    const personEnd = { reason: 'candidate_gone' as const, at: start + 3 * day }
    expect(due({ decision: 'hired', decidedAt: start, job, personEnd })).toMatchObject({ reason: 'candidate_gone' })
    const later = { ...personEnd, at: start + 5 * day }
    expect(due({ decision: 'rejected', decidedAt: start, job, personEnd: later })).toMatchObject({
      reason: 'job_closed',
    })
  })

  it('falls on the same time of day in Asia/Shanghai, wherever the machine stands', () => {
    const shown = (at: number): string =>
      new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', timeStyle: 'medium' }).format(at)
    // Zones with daylight saving change in these weeks.
    for (const decidedAt of [Date.UTC(2026, 2, 5, 15, 30), Date.UTC(2026, 9, 20, 23, 59), Date.UTC(2027, 1, 27, 4)]) {
      const { at } = due({ decision: 'rejected', decidedAt, job: { ...openJob, lastActivityAt: decidedAt } })
      expect(at - decidedAt).toBe(30 * day)
      expect(shown(at)).toBe(shown(decidedAt))
    }
  })
})

/** Facts of every kind, from a seed. */
const anyFacts = (seed: number): ApplicationFacts => {
  const random = seeded(seed)
  const time = (): number => start + random.int(0, 200) * day + random.int(0, 23) * hour
  const decision = random.pick([null, 'hired', 'rejected', 'withdrawn'] as const)
  const reason = random.pick<RetentionReason | null>([
    null,
    null,
    'requested',
    'account_cancelled',
    'entitlement_ended',
    'platform_ceased',
    'consent_withdrawn',
    'candidate_gone',
  ])
  const at = time()
  const lastActivityAt = at + random.int(0, 100) * day
  return {
    decision,
    decidedAt: decision === null ? null : time(),
    job: random.pick([
      null,
      { status: random.pick(['open', 'paused', 'closed', 'filled'] as const), statusAt: time(), lastActivityAt },
    ]),
    at,
    personEnd: reason === null ? null : { reason, at: time() },
  }
}

describe('for any facts', () => {
  const seeds = Array.from({ length: 3000 }, (_, seed) => seed)

  it('[K4] a further event never moves the end back, and never moves it before its own clock', () => {
    for (const seed of seeds) {
      const before = anyFacts(seed)
      const end = dueDate(before, numbers, weekdaysOnly)
      const random = seeded(seed + 1_000_000)
      const at = start + random.int(0, 300) * day
      const reason = random.pick(['candidate_gone', 'account_cancelled', 'entitlement_ended', 'requested'] as const)
      if (before.personEnd === null) {
        const after = dueDate({ ...before, personEnd: { reason, at } }, numbers, weekdaysOnly)
        expect(after.at).toBe(Math.min(end.at, personDue({ reason, at }, numbers, weekdaysOnly).at))
      }
      if (before.decision === null) {
        const decision = random.pick(['hired', 'rejected', 'withdrawn'] as const)
        const own = at + (decision === 'hired' ? 7 : 30) * day
        expect(dueDate({ ...before, decision, decidedAt: at }, numbers, weekdaysOnly).at).toBe(Math.min(end.at, own))
      }
    }
  })

  it('[ZP-74] there always is an end: at most 97 days after the last anybody did, 7 after the job closed', () => {
    for (const seed of seeds) {
      const one = anyFacts(seed)
      const end = dueDate(one, numbers, weekdaysOnly)
      const { job } = one
      const ended = job !== null && (job.status === 'closed' || job.status === 'filled')
      const latest = ended ? job.statusAt + 7 * day : (job?.lastActivityAt ?? one.at) + 97 * day
      expect(end.at).toBeLessThanOrEqual(latest)
    }
  })

  it('shorter numbers never end anything later, and the clause comes from the number that counted', () => {
    const shorter = Object.fromEntries(
      Object.entries(numbers).map(([name, { value }]) => [
        name,
        { value: Math.floor(value / 2), clause: `own-${name}` },
      ]),
    ) as RetentionNumbers
    for (const seed of seeds) {
      const end = dueDate(anyFacts(seed), shorter, weekdaysOnly)
      expect(end.at).toBeLessThanOrEqual(dueDate(anyFacts(seed), numbers, weekdaysOnly).at)
      if (end.reason !== 'requested') expect(end.clause).toMatch(/^own-/)
    }
  })
})
