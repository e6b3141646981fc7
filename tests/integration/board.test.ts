import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { syncOnce } from '../../electron/core/accounts/session.ts'
import { defaultSteps, jobSteps, type JobStep } from '../../electron/shared/domain/job-steps.ts'
import type { ApplicationId, JobId } from '../../electron/shared/domain/ids.ts'
import { newHome, type CoreHome } from '../helpers/core-home.ts'
import { startGenerousHub, type GenerousHub, type HubSeat } from '../helpers/generous-hub.ts'
import { day, retentionHome, type RetentionHome } from '../helpers/retention-home.ts'
import { applicationChange, candidateChange, contactOf, iso, jobChange } from '../helpers/sync-records.ts'

const interviews: readonly JobStep[] = [
  { id: 'first', name: '一面', stage: 'interview', limit: 1 },
  { id: 'second', name: '二面', stage: 'interview', warn_days: 3 },
]
const twoInterviews = defaultSteps.flatMap((step) => (step.stage === 'interview' ? interviews : [step]))

const settled = async (home: CoreHome): Promise<void> => home.core.account?.indexer.settle()

/** Which applications stand where. */
const boardOf = async (home: CoreHome, job: JobId): Promise<Record<string, string[]>> => {
  await settled(home)
  const { columns } = await home.call('board.get', { job_id: job })
  return Object.fromEntries(
    columns
      .filter(({ cards }) => cards.length > 0)
      .map(({ step, cards }) => [step.id, cards.map(({ application }) => application?.id ?? '')]),
  )
}

const people = async (home: RetentionHome, job: JobId, count: number): Promise<ApplicationId[]> => {
  const ids: ApplicationId[] = []
  for (let at = 0; at < count; at += 1) {
    ids.push(
      (await home.intake(job, { name: `赵${'一二三四五六七八九'[at] ?? '十'}`, phone: `1380013800${at}` })).application,
    )
    home.time.wall += 60_000
  }
  return ids
}

describe('the board of a job', () => {
  it('has a column a step, the longest waiting first, and moves within a stage without beginning it anew', async () => {
    const home = await retentionHome()
    const job = await home.newJob()
    const [one, two] = (await people(home, job, 2)) as [ApplicationId, ApplicationId]
    expect(await boardOf(home, job)).toEqual({ new: [one, two] })
    await home.call('job.set_steps', { id: job, steps: [...twoInterviews] })
    await home.call('application.move', { ids: [one], stage: 'interview', step: 'first' })
    home.passDays(2)
    await home.call('application.move', { ids: [one], stage: 'interview', step: 'second' })
    expect(await boardOf(home, job)).toEqual({ new: [two], second: [one] })
    const at = (id: string) =>
      home.core.account?.store.reader.get<{ stage_at: number }>('SELECT stage_at FROM application WHERE id = ?', id)
    expect(home.time.wall - (at(one)?.stage_at ?? 0)).toBeGreaterThanOrEqual(2 * day)
    const { columns } = await home.call('board.get', { job_id: job })
    expect(columns.find(({ step }) => step.id === 'second')?.cards[0]?.since).toBe(home.time.wall)
    expect(columns.find(({ step }) => step.id === 'second')?.cards[0]?.application?.step).toEqual({
      id: 'second',
      name: '二面',
    })
  })

  it('refuses a step of another job or another stage', async () => {
    const home = await retentionHome()
    const job = await home.newJob()
    const [one] = (await people(home, job, 1)) as [ApplicationId]
    expect(await home.codeOf('application.set_stage', { id: one, stage: 'interview', step: 'first' })).toBe(
      'E_CONFLICT',
    )
    await home.call('job.set_steps', { id: job, steps: [...twoInterviews] })
    expect(await home.codeOf('application.set_stage', { id: one, stage: 'offer', step: 'first' })).toBe('E_CONFLICT')
    const { moved, skipped } = await home.call('application.move', { ids: [one], stage: 'offer', step: 'first' })
    expect([moved, skipped.map(({ code }) => code)]).toEqual([0, ['E_CONFLICT']])
  })

  it('pages a column without gap or repetition', async () => {
    const home = await retentionHome()
    const job = await home.newJob()
    const ids = await people(home, job, 7)
    await settled(home)
    const { columns } = await home.call('board.get', { job_id: job, limit: 3 })
    const first = columns[0]
    expect(first?.total).toBe(7)
    const seen = first?.cards.map(({ application }) => application?.id) ?? []
    for (let cursor = first?.next_cursor ?? null; cursor !== null;) {
      const page = await home.call('board.column', { job_id: job, step: 'new', limit: 3, cursor })
      seen.push(...page.cards.map(({ application }) => application?.id))
      cursor = page.next_cursor
    }
    expect(seen).toEqual(ids)
    expect(await home.codeOf('board.column', { job_id: job, step: 'new', cursor: 'x' })).toBe('E_INPUT')
  })

  it('lets a step go only with its people, and both come back', async () => {
    const home = await retentionHome()
    const job = await home.newJob()
    const [one] = (await people(home, job, 1)) as [ApplicationId]
    await home.call('job.set_steps', { id: job, steps: [...twoInterviews] })
    await home.call('application.move', { ids: [one], stage: 'interview', step: 'second' })
    expect(await home.codeOf('job.set_steps', { id: job, steps: null })).toBe('E_CONFLICT')
    const { previous, batch, moved } = await home.call('job.set_steps', { id: job, steps: null, move: true })
    expect(moved).toBe(1)
    expect(await boardOf(home, job)).toEqual({ interview: [one] })
    await home.call('job.set_steps', { id: job, steps: previous })
    expect(await home.call('application.undo_move', { batch })).toEqual({ restored: 1, kept: 0 })
    expect(await boardOf(home, job)).toEqual({ second: [one] })
  })

  it('enters who was seen on it, once a day and person', async () => {
    const home = await retentionHome()
    const job = await home.newJob()
    await people(home, job, 3)
    await settled(home)
    await home.call('board.get', { job_id: job })
    await home.call('board.get', { job_id: job })
    const { items } = await home.call('ledger.list', { limit: 100 })
    expect(items.filter(({ action }) => action === 'search_hit')).toHaveLength(3)
  })

  it('shows how well each meets what the job asks for, as the index knows it', async () => {
    const home = await retentionHome()
    const job = await home.newJob()
    await home.intake(job, { name: '赵一', summary: '熟悉 Java' })
    await settled(home)
    const scores = async (): Promise<unknown[]> =>
      (await home.call('board.get', { job_id: job })).columns.flatMap(({ cards }) => cards.map(({ score }) => score))
    expect(await scores()).toEqual([undefined])
    home.core.account?.index.db.run('UPDATE row_application SET score = 82')
    expect(await scores()).toEqual([82])
  })

  it('counts who was hired, and shows nothing of them', async () => {
    const home = await retentionHome()
    const job = await home.newJob()
    const [one] = (await people(home, job, 1)) as [ApplicationId]
    await home.call('application.set_stage', { id: one, stage: 'hired' })
    await settled(home)
    const { columns } = await home.call('board.get', { job_id: job })
    expect(columns.filter(({ locked }) => locked > 0).map(({ step, locked }) => [step.id, locked])).toEqual([
      ['hired', 1],
    ])
    expect(columns.flatMap(({ cards }) => cards)).toEqual([])
  })
})

describe('steps', () => {
  it('cover every stage in its order, under names of their own', () => {
    expect(jobSteps.safeParse(defaultSteps).success).toBe(true)
    expect(jobSteps.safeParse(twoInterviews).success).toBe(true)
    expect(jobSteps.safeParse(defaultSteps.slice(1)).success).toBe(false)
    expect(jobSteps.safeParse([...defaultSteps].reverse()).success).toBe(false)
    const twice = defaultSteps.flatMap((step) => (step.stage === 'offer' ? [step, { ...step, id: 'x' }] : [step]))
    expect(jobSteps.safeParse(twice).success).toBe(false)
  })

  it('are kept as templates, and what was removed can be saved again', async () => {
    const home = await retentionHome()
    const { id } = await home.call('template.save', { name: '两轮面试', steps: [...twoInterviews] })
    expect((await home.call('template.list', {})).items).toEqual([{ id, name: '两轮面试', steps: twoInterviews }])
    const { removed } = await home.call('template.remove', { id })
    expect((await home.call('template.list', {})).items).toEqual([])
    await home.call('template.save', removed)
    expect((await home.call('template.list', {})).items.map((one) => one.id)).toEqual([id])
  })
})

describe('a job in numbers', () => {
  it('[ZP-64] says "fewer than five" for small groups, and gives their times to nobody', async () => {
    const home = await retentionHome()
    const job = await home.newJob()
    const ids = await people(home, job, 9)
    home.passDays(2)
    await home.call('application.move', { ids: ids.slice(0, 6), stage: 'interview' })
    home.passDays(1)
    await home.call('application.move', { ids: ids.slice(0, 2), stage: 'offer' })
    const { funnel, came } = await home.call('job.get', { id: job })
    const at = (stage: string) => funnel.find((one) => one.stage === stage)
    expect(came).toBe(9)
    expect(at('new')).toMatchObject({
      reached: 9,
      share: 1,
      waiting: { count: null, median_ms: null },
      left: { count: 6 },
    })
    expect(Math.round((at('new')?.left.mean_ms ?? 0) / day)).toBe(2)
    expect(at('interview')).toMatchObject({
      reached: 6,
      waiting: { count: null },
      left: { count: null, mean_ms: null },
    })
    expect(at('offer')).toMatchObject({ reached: null, share: null, waiting: { count: null, median_ms: null } })
    expect(at('hired')).toMatchObject({ reached: 0, share: 0 })
  })

  it('tells how long those who are here have waited: half of them longer', async () => {
    const home = await retentionHome()
    const job = await home.newJob()
    await people(home, job, 5)
    home.passDays(3)
    const { funnel } = await home.call('job.get', { id: job })
    expect(Math.round((funnel[0]?.waiting.median_ms ?? 0) / day)).toBe(3)
  })
})

describe('behind a careless hub', () => {
  const folder = mkdtempSync(join(tmpdir(), 'candor-board-'))
  let hub: GenerousHub
  let core: CoreHome
  const words = ['林若曦', '13800138000', 'lin@mail.example', 'lin_rx']

  const now = Date.now()
  beforeAll(async () => {
    hub = await startGenerousHub()
    const at = { evidence_at: iso(now - 2 * day), at: iso(now - 2 * day) }
    hub.put(
      jobChange('job-1', 1, { owner_id: 'acc-hr', opened_at: iso(now - 9 * day) }),
      candidateChange('c-1', 1, { contact: contactOf('msg-a-1') }),
      applicationChange('a-1', 'c-1', 1, at),
      candidateChange('c-2', 1, { contact: contactOf('msg-a-2') }),
      applicationChange('a-2', 'c-2', 1, { ...at, channel: 'searched' }),
      candidateChange('c-3', 1, { visibility: 'none', contact: contactOf('msg-hidden-one') }),
      applicationChange('hidden-one', 'c-3', 1, { ...at, channel: 'recommended' }),
    )
    core = await newHome(folder)
  })
  afterAll(async () => {
    await core.stop('quit')
    await hub.close()
    rmSync(folder, { recursive: true, force: true })
  })

  it.each(['hr', 'headhunter', 'admin', 'officer'] as const satisfies readonly HubSeat[])(
    '[ZP-26] as %s, no card holds a name or contact that was not revealed, nor anybody who is hidden',
    async (seat) => {
      await core.call('account.sign_in', { hub: hub.url, account: seat, password: 'x' })
      await syncOnce(core.core)
      await settled(core)
      const answers = [
        await core.router.call('board.get', { job_id: 'job-1' }),
        ...(await Promise.all(
          defaultSteps.map(({ id }) => core.router.call('board.column', { job_id: 'job-1', step: id })),
        )),
        await core.router.call('job.get', { id: 'job-1' }),
        await core.router.call('template.list', {}),
      ]
      const text = JSON.stringify(answers)
      expect(words.filter((word) => text.includes(word))).toEqual([])
      expect(text).not.toContain('hidden-one')
      if (seat === 'hr') {
        const { columns } = await core.call('board.get', { job_id: 'job-1' as JobId })
        expect(columns[0]?.total).toBe(2)
        expect(columns[0]?.cards.some((card) => 'phone' in card || 'email' in card)).toBe(false)
      }
      await core.call('account.sign_out', {})
    },
  )
})
