import { describe, expect, it } from 'vitest'
import { dueDate, type Due } from '../../electron/shared/retention/due-date.ts'
import type { Decision, JobStatus } from '../../electron/shared/domain/vocabulary.ts'
import { seeded } from '../fixtures/resumes/random.ts'
import { day, hour, monday, retentionHome } from '../helpers/retention-home.ts'

type Facts = { job: string; decision: Decision | null; decidedAt: number | null; at: number }

describe('over months of work, chosen by a seed', () => {
  it.each([1, 2, 3])('[ZP-74] [ZP-104] nothing ends early and nothing stays beyond its end (seed %i)', async (seed) => {
    const random = seeded(seed)
    const home = await retentionHome()
    const numbers = home.core.profiles.get('direct')?.document.retention
    if (numbers === undefined) throw new Error('no profile')
    const jobs = new Map<string, { status: JobStatus; statusAt: number; lastActivityAt: number }>()
    const people = new Map<string, Facts>()
    const now = (): number => home.core.clock.now()
    const ends = (facts: Facts): Due =>
      dueDate({ ...facts, job: jobs.get(facts.job) ?? null, personEnd: null }, numbers, home.core.profiles.calendar)
    const openJobs = (): string[] => [...jobs].filter(([, job]) => job.status === 'open').map(([id]) => id)
    let certified = 0
    for (let turn = 0; turn < 60; turn += 1) {
      const what = random.int(0, 9)
      const [application] = people.size === 0 ? [] : [random.pick([...people.keys()])]
      const facts = application === undefined ? undefined : people.get(application)
      if (what < 2 || openJobs().length === 0) {
        jobs.set(await home.newJob(), { status: 'open', statusAt: now(), lastActivityAt: now() })
      } else if (what < 5) {
        const job = random.pick(openJobs())
        const made = await home.intake(job as never, { name: `林${turn}` })
        people.set(made.application, { job, decision: null, decidedAt: null, at: now() })
        jobs.set(job, { ...jobs.get(job)!, lastActivityAt: now() })
      } else if (what < 7 && application !== undefined && facts !== undefined && facts.decision !== 'hired') {
        const stage = random.pick(['interview', 'rejected', 'hired', 'withdrawn'] as const)
        await home.call('application.set_stage', { id: application as never, stage })
        const decision = stage === 'interview' ? null : stage
        const decidedAt = decision === null ? null : decision === facts.decision ? facts.decidedAt : now()
        people.set(application, { ...facts, decision, decidedAt })
        jobs.set(facts.job, { ...jobs.get(facts.job)!, lastActivityAt: now() })
      } else if (what === 7) {
        const id = random.pick([...jobs.keys()])
        const status = random.pick(['closed', 'filled', 'paused', 'open'] as const)
        const before = jobs.get(id)!
        const ended = (one: JobStatus): boolean => one === 'closed' || one === 'filled'
        const same = before.status === status || (ended(before.status) && ended(status))
        await home.call('job.set_status', { id: id as never, status })
        jobs.set(id, { status, statusAt: same ? before.statusAt : now(), lastActivityAt: now() })
      }
      home.time.wall += random.int(0, 14) * day + random.int(0, 23) * hour
      certified += await home.runDue()
      for (const [id, one] of people) {
        const gone = home.count('application', `id = '${id}'`) === 0
        expect([seed, turn, id, gone]).toEqual([seed, turn, id, ends(one).at <= now()])
        if (gone) people.delete(id)
      }
    }
    const certificates = await home.certificates()
    expect(certificates).toHaveLength(certified)
    expect(certified).toBeGreaterThan(3)
    for (const body of certificates) expect(body.finished_at).toBeGreaterThanOrEqual(body.due_at)
    expect(home.count('candidate')).toBe(people.size)
    expect(now()).toBeGreaterThan(monday)
  })
})
