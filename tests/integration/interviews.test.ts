import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ICAL from 'ical.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ApplicationId, JobId, RecordId } from '../../electron/shared/domain/ids.ts'
import type { Notice } from '../../electron/shared/domain/desktop.ts'
import { createNoticeWatch } from '../../electron/core/notices/notice-watch.ts'
import { newLocalHome, parsedFile, parserOf, type CoreHome } from '../helpers/core-home.ts'

const hour = 3_600_000
const minute = 60_000
/** Wednesday, 10:00 in China. */
const start = Date.UTC(2026, 10, 25, 2)
const person = { name: '端木雪琪', phone: '13912345678', email: 'zqx.person@mail.example' }

let folder: string
let home: CoreHome
let time: number
let job: JobId
let record: RecordId
let application: ApplicationId

const takeIn = async (jobId: JobId, name: string) => {
  const output = await home.call('intake.add', {
    name: `${name}.txt`,
    content_base64: Buffer.from(name).toString('base64'),
    job_id: jobId,
  })
  if (output.result !== 'imported') throw new Error(JSON.stringify(output))
  return output
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'candor-interviews-'))
  time = start
  home = await newLocalHome(folder, {
    wall: () => time,
    monotonic: () => time - start,
    parser: parserOf((name) => parsedFile(name === 'b.txt' ? { name: '司徒望舒' } : person)),
  })
  job = (await home.call('job.create', { title: '后端开发工程师' })).id
  const taken = await takeIn(job, 'a')
  record = taken.record_id
  application = taken.application_id
})
afterEach(async () => {
  await home.stop('quit')
  rmSync(folder, { recursive: true, force: true })
})

const draft = (change: object = {}) => ({
  application_id: application,
  starts_at: start + 24 * hour,
  minutes: 45,
  kind: 'onsite' as const,
  place: '3 楼大会议室',
  interviewers: ['周岚', 'Li Wei'],
  words: `请带作品；电话 ${person.phone}`,
  ...change,
})
const schedule = (change: object = {}) => home.call('interview.schedule', draft(change))
const list = async () => (await home.call('interview.list', { from: start, until: start + 30 * 24 * hour })).items
const only = async () => {
  const [item, ...others] = await list()
  if (item === undefined || others.length > 0) throw new Error('one interview')
  return item
}

describe('an interview', () => {
  it('is shown with what the viewer may see, and with nothing that tells a contact', async () => {
    await schedule()
    const item = await only()
    expect(item).toMatchObject({
      job_title: '后端开发工程师',
      starts_at: start + 24 * hour,
      minutes: 45,
      state: 'planned',
      sequence: 0,
      place: '3 楼大会议室',
      interviewers: ['周岚', 'Li Wei'],
      mine: true,
    })
    expect(JSON.stringify(item)).not.toContain(person.phone)
    expect(JSON.stringify(item.words)).toContain('masked')
    const { items } = await home.call('interview.list', { record_id: record })
    expect(items).toEqual([item])
  })

  it('enters whom a list showed, once a day', async () => {
    await schedule()
    await list()
    await list()
    const { items } = await home.call('ledger.list', { limit: 100 })
    expect(items.filter(({ action }) => action === 'search_hit')).toHaveLength(1)
    expect(items.filter(({ action }) => action === 'stage').length).toBeGreaterThanOrEqual(1)
  })

  it('[ZP-48] raises no visibility: every decision is the same before and after, for each kind', async () => {
    const seen = async () => {
      const { why, phone, email, name, sex, age_band } = await home.call('candidate.get', { id: record })
      return { why, phone, email, name, sex, age_band }
    }
    const before = await seen()
    for (const kind of ['video', 'phone', 'onsite'] as const) {
      await schedule({ kind, starts_at: start + hour })
      expect(await seen()).toEqual(before)
    }
    time = start + hour + minute
    expect(await seen()).toEqual(before)
    for (const item of await list()) expect(item.name).toBe(before.name)
  })

  it('moves the application to its stage only when asked to, and back with the same undo', async () => {
    const stageNow = async () => (await home.call('candidate.get', { id: record })).application?.stage
    await schedule()
    expect(await stageNow()).toBe('new')
    const { batch } = await schedule({ move_stage: true, starts_at: start + 48 * hour })
    expect(await stageNow()).toBe('interview')
    await home.call('application.undo_move', { batch: batch ?? '' })
    expect(await stageNow()).toBe('new')
    await home.call('application.set_stage', { id: application, stage: 'offer' })
    expect((await schedule({ move_stage: true, starts_at: start + 72 * hour })).batch).toBeUndefined()
    expect(await stageNow()).toBe('offer')
  })

  it('is not planned with somebody who has been turned down', async () => {
    await home.call('application.set_stage', { id: application, stage: 'rejected' })
    expect(await home.codeOf('interview.schedule', draft())).toBe('E_CONFLICT')
  })

  it('is moved, cancelled and settled, each with an undo that is good until the next change', async () => {
    const { id } = await schedule()
    const { sequence } = await home.call('interview.change', { id, starts_at: start + 30 * hour, place: '' })
    expect(sequence).toBe(1)
    expect(await only()).toMatchObject({ starts_at: start + 30 * hour, sequence: 1, interviewers: ['周岚', 'Li Wei'] })
    expect((await only()).place).toBeUndefined()
    expect(await home.call('interview.undo', { id, sequence: 0 })).toEqual({ undone: false })
    expect(await home.call('interview.undo', { id, sequence: 1 })).toEqual({ undone: true })
    expect(await only()).toMatchObject({ starts_at: start + 24 * hour, sequence: 2, place: '3 楼大会议室' })
    // What was written is what stands there again, not its mask.
    const cancelled = await home.call('interview.set_state', { id, state: 'cancelled' })
    expect(await home.codeOf('interview.change', { id, minutes: 30 })).toBe('E_CONFLICT')
    await home.call('interview.undo', { id, sequence: cancelled.sequence })
    expect((await only()).state).toBe('planned')
    await home.call('interview.set_state', { id, state: 'absent' })
    expect((await only()).state).toBe('absent')
  })

  it('that was just made goes altogether', async () => {
    const { id } = await schedule()
    expect(await home.call('interview.undo', { id, sequence: 0 })).toEqual({ undone: true })
    expect(await list()).toEqual([])
  })

  it('is counted where it waits for a word', async () => {
    await schedule({ starts_at: start + hour })
    await schedule({ starts_at: start + 24 * hour })
    expect(await home.call('interview.counts', {})).toEqual({ today: 1, unsettled: 0 })
    time = start + 3 * hour
    expect(await home.call('interview.counts', {})).toEqual({ today: 1, unsettled: 1 })
  })

  it('keeps its time and loses its name when the record is locked', async () => {
    await schedule()
    await home.call('application.set_stage', { id: application, stage: 'hired', decision: 'hired' })
    const item = await only()
    expect(item).toMatchObject({ life: 'locked', interviewers: [] })
    expect(item.name ?? item.place ?? item.words).toBeUndefined()
    expect(await home.codeOf('interview.calendar', { id: item.id })).toBe('E_LOCKED')
  })
})

describe('conflicts', () => {
  const check = async (change: object = {}) =>
    (
      await home.call('interview.check', {
        application_id: application,
        starts_at: start + 24 * hour,
        minutes: 45,
        interviewers: [],
        ...change,
      })
    ).conflicts

  it('are those of the candidate, of an interviewer and of one’s own, in this order; ends do not touch', async () => {
    const other = await takeIn(job, 'b')
    await schedule()
    expect(await check()).toMatchObject([{ why: 'candidate', who: [], job_title: '后端开发工程师' }])
    const theirs = { application_id: other.application_id }
    expect(await check(theirs)).toMatchObject([{ why: 'own' }])
    expect(await check({ ...theirs, interviewers: ['li  wei', '王五'] })).toMatchObject([
      { why: 'interviewer', who: ['li  wei'] },
    ])
    expect(await check({ ...theirs, starts_at: start + 24 * hour + 45 * minute })).toEqual([])
    expect(await check({ ...theirs, starts_at: start + 23 * hour, minutes: 60 })).toEqual([])
    expect(await check({ ...theirs, starts_at: start + 23 * hour, minutes: 61 })).toHaveLength(1)
  })

  it('leave out what is cancelled and what is being moved, and tell of no candidate', async () => {
    const { id } = await schedule()
    expect(await check({ except: id })).toEqual([])
    expect(JSON.stringify(await check())).not.toMatch(/端木|1391234/u)
    await home.call('interview.set_state', { id, state: 'cancelled' })
    expect(await check()).toEqual([])
  })
})

describe('the calendar file', () => {
  it('[QY-30] is offered with job, number, time and place, and with nobody in it', async () => {
    const { id } = await schedule({ place: `3 楼，找 ${person.name} ${person.phone}`, kind: 'video' })
    const { ics, file_name: name } = await home.call('interview.calendar', { id })
    expect(name).toMatch(/^interview-20261126-1000-\d+\.ics$/)
    const plain = ics.replaceAll('\r\n ', '')
    for (const word of [...Object.values(person), '周岚', 'Li Wei', '作品', record, application, '北辰']) {
      expect([word, plain.includes(word)]).toEqual([word, false])
    }
    const event = new ICAL.Event(
      new ICAL.Component(ICAL.parse(ics) as never[]).getFirstSubcomponent('vevent') ?? undefined,
    )
    expect(event.summary).toMatch(/^面试 · 后端开发工程师 · 记录 \d+$/)
    expect(event.startDate.toJSDate().getTime()).toBe(start + 24 * hour)
    expect(event.sequence).toBe(0)
    await home.call('interview.set_state', { id, state: 'cancelled' })
    const after = (await home.call('interview.calendar', { id })).ics
    expect(after).toContain('METHOD:CANCEL')
    expect(after).toContain('SEQUENCE:1')
    expect(after).toContain(/UID:\S+/.exec(ics)?.[0] ?? '-')
  })
})

describe('a reminder', () => {
  const told = (): Notice[] => home.events.filter(({ name }) => name === 'notice.due').map(({ data }) => data as Notice)
  const watch = () => {
    const { account } = home.core
    if (account === null) throw new Error('nobody is signed in')
    return createNoticeWatch(home.core, account.store.db, account.view.id)
  }

  it('[ZP-51] comes once, with the job and the time and nothing else; a new time brings a new one', async () => {
    const { id } = await schedule({ remind_minutes: 30 })
    const look = watch()
    time = start + 24 * hour - 31 * minute
    look.tick()
    expect(told().filter(({ kind }) => kind === 'interview_soon')).toEqual([])
    time += minute
    look.tick()
    look.tick()
    const wanted = { kind: 'interview_soon', job_title: '后端开发工程师', starts_at: start + 24 * hour }
    expect(told().filter(({ kind }) => kind === 'interview_soon')).toEqual([wanted])
    await home.call('interview.change', { id, starts_at: start + 25 * hour })
    time += hour
    look.tick()
    expect(told().filter(({ kind }) => kind === 'interview_soon')).toHaveLength(2)
  })

  it('does not come for what is over, cancelled or not to be reminded of', async () => {
    await schedule({ remind_minutes: null })
    const { id } = await schedule({ starts_at: start + 2 * hour })
    await home.call('interview.set_state', { id, state: 'cancelled' })
    await schedule({ starts_at: start + hour })
    time = start + 26 * hour
    watch().tick()
    expect(told().filter(({ kind }) => kind === 'interview_soon')).toEqual([])
  })

  it('[ZP-51] is silent where its switch is off, and in quiet hours', async () => {
    await schedule({ starts_at: start + hour })
    await home.call('desktop.set', { notices: { interview_soon: 'off' } })
    time = start + 50 * minute
    watch().tick()
    await home.call('desktop.set', { notices: { interview_soon: 'system' }, quiet: { from: 10 * 60, until: 12 * 60 } })
    await schedule({ starts_at: time + 20 * minute })
    time += 10 * minute
    watch().tick()
    expect(told()).toEqual([])
    await home.call('desktop.set', { quiet: null })
    await schedule({ starts_at: time + 10 * minute })
    watch().tick()
    expect(told()).toHaveLength(1)
  })
})
