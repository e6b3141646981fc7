import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { syncOnce } from '../../electron/core/accounts/session.ts'
import { makeCandidate } from '../../electron/hub/sandbox/make-candidate.ts'
import { newHome, type CoreHome } from '../helpers/core-home.ts'
import { startSandboxHub, type SandboxHub } from '../helpers/sandbox-hub.ts'

/** What colleagues say to each other, on workstations of their own at a real hub. */
const seeded = 120
const people = Array.from({ length: seeded }, (_, index) => makeCandidate(index, Date.now()))
const interviewer = 'acc-interviewer'
const seats = ['hr', 'interviewer', 'headhunter'] as const

const folders = seats.map((seat) => mkdtempSync(join(tmpdir(), `candor-${seat}-`)))
let hub: SandboxHub
let hr: CoreHome
let own: CoreHome
let hunter: CoreHome

type Place = { readonly id: string; readonly record: string; readonly job: string; readonly person: string }

const sync = async (core: CoreHome): Promise<void> => {
  await syncOnce(core.core)
  await core.core.account?.retention.runDue()
  await core.core.account?.indexer.settle()
}
const both = async (): Promise<void> => {
  await sync(hr)
  await sync(own)
  await sync(hr)
}
const rowsOf = <T>(core: CoreHome, sql: string, ...params: string[]): T[] =>
  core.core.account?.store.reader.all<T>(sql, ...params) ?? []

/** Applications that hr may open, of people about whom nobody has said anything yet. */
const untouched = (): Place[] =>
  rowsOf<Place>(
    hr,
    `SELECT a.id, a.record_id AS record, a.job_id AS job, c.platform_id AS person FROM application a
     JOIN candidate c ON c.record_id = a.record_id
     WHERE c.life = 'live' AND c.visibility = 'public' AND a.stage IN ('new', 'reviewed', 'interview')
     AND NOT EXISTS (SELECT 1 FROM scorecard s WHERE s.application_id = a.id)
     AND NOT EXISTS (SELECT 1 FROM note n WHERE n.application_id = a.id)
     AND NOT EXISTS (SELECT 1 FROM assignment s WHERE s.application_id = a.id)
     AND (SELECT count(*) FROM application o WHERE o.record_id = a.record_id) = 1
     ORDER BY a.id`,
  )
const detailAt = (core: CoreHome, { record, job }: Place) =>
  core.call('candidate.get', { id: record as never, job_id: job as never })
const opens = async (place: Place): Promise<boolean> => {
  const detail = await detailAt(hr, place).catch(() => undefined)
  return detail?.scorecards !== undefined
}
/** The next of them that policy lets hr open. */
const taken = new Set<string>()
const next = async (suits: (place: Place) => Promise<boolean> = opens): Promise<Place> => {
  for (const place of untouched()) {
    if (taken.has(place.id)) continue
    taken.add(place.id)
    if (await suits(place)) return place
  }
  throw new Error('nobody is left')
}
/** The same at the interviewer's, whose workstation has numbers of its own. */
const at = (place: Place): Place => ({
  ...place,
  record:
    rowsOf<{ record: string }>(own, 'SELECT record_id AS record FROM application WHERE id = ?', place.id)[0]?.record ??
    '',
})
/** A note of the only one about somebody, as the interviewer's workstation numbers it. */
const noteAtOwn = ({ id }: Place): string =>
  rowsOf<{ id: string }>(own, 'SELECT id FROM note WHERE application_id = ?', id)[0]?.id ?? ''
const assign = async ({ id }: Place): Promise<void> => {
  await hr.call('assignment.add', { application_id: id as never, account: interviewer })
  await both()
}
const personOf = ({ person }: Place) => {
  const found = people.find(({ id }) => id === person)
  if (found === undefined) throw new Error('nobody of that id')
  return found.person
}
const idsOf = ({ record, job }: Place) => ({ id: record as never, job_id: job as never })

beforeAll(async () => {
  hub = await startSandboxHub({ seed: seeded })
  const homes = await Promise.all(folders.map((folder) => newHome(folder)))
  const [first, second, third] = homes
  if (!first || !second || !third) throw new Error('three homes are needed')
  hr = first
  own = second
  hunter = third
  for (const [index, core] of homes.entries()) {
    const seat = seats[index] ?? 'hr'
    await core.call('account.sign_in', { hub: hub.url, account: `${seat}@sandbox`, password: hub.passwordOf(seat) })
    await sync(core)
  }
})
afterAll(async () => {
  for (const core of [hr, own, hunter]) await core.stop('quit')
  await hub.close()
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

describe('a note', () => {
  it('is changed, taken away and brought back, here and at a colleague’s', async () => {
    const place = await next()
    await assign(place)
    const { id } = await hr.call('note.add', { ...idsOf(place), text: '先看作品', mentions: [interviewer] })
    await both()
    expect((await detailAt(own, at(place))).notes.map(({ text, own: mine }) => [text, mine])).toEqual([
      [['先看作品'], false],
    ])
    await hr.call('note.edit', { id, text: '再看作品', mentions: [interviewer] })
    await both()
    const [changed] = (await detailAt(own, at(place))).notes
    expect(changed?.text).toEqual(['再看作品'])
    expect(changed?.edited_at).toBeGreaterThan(0)
    await hr.call('note.remove', { id })
    await both()
    expect((await detailAt(hr, place)).notes).toEqual([])
    expect((await detailAt(own, at(place))).notes).toEqual([])
    await hr.call('note.restore', { id })
    await both()
    expect((await detailAt(hr, place)).notes.map(({ text }) => text)).toEqual([['再看作品']])
    expect((await detailAt(own, at(place))).notes.map(({ text }) => text)).toEqual([['再看作品']])
  })

  it('is changed by nobody but who wrote it', async () => {
    const place = await next()
    await assign(place)
    const { id } = await hr.call('note.add', { ...idsOf(place), text: '周五面谈', mentions: [interviewer] })
    await both()
    expect(noteAtOwn(place)).toBe(id)
    expect(await own.codeOf('note.edit', { id, text: '周六面谈' })).toBe('E_ROLE')
    expect(await own.codeOf('note.remove', { id })).toBe('E_ROLE')
    expect((await detailAt(hr, place)).notes.map(({ text }) => text)).toEqual([['周五面谈']])
  })

  it('[ZP-95] that mentions an interviewer reaches them for what was assigned, and for nothing else', async () => {
    const [assigned, other] = [await next(), await next()]
    await assign(assigned)
    await hr.call('note.add', { ...idsOf(assigned), text: '只在招聘组里说' })
    for (const place of [assigned, other])
      await hr.call('note.add', { ...idsOf(place), text: '请看一下', mentions: [interviewer] })
    await both()
    const about = (await own.call('mention.list', {})).items.map(({ record_id }) => record_id as string)
    const record = rowsOf<{ record: string }>(
      own,
      'SELECT record_id AS record FROM application WHERE id = ?',
      assigned.id,
    )[0]?.record
    expect(about).toContain(record)
    // What colleagues say among themselves about the same application stays with them.
    expect((await detailAt(own, at(assigned))).notes.map(({ text }) => text)).toEqual([['请看一下']])
    expect(rowsOf(own, 'SELECT 1 FROM application WHERE id = ?', other.id)).toEqual([])
    expect(rowsOf(own, 'SELECT 1 FROM note WHERE application_id = ?', other.id)).toEqual([])
  })
})

describe('marks', () => {
  it('of others are in no answer until one’s own are given, and then shown', async () => {
    const place = await next()
    await assign(place)
    await own.call('scorecard.give', {
      ...idsOf(at(place)),
      marks: { fit: 2 },
      recommendation: 'no',
      text: '只会照着做',
    })
    await both()
    const before = await detailAt(hr, place)
    expect(before.scorecards).toMatchObject({ given: 1 })
    expect(before.scorecards).not.toHaveProperty('others')
    const answers = JSON.stringify([before, await hr.call('candidate.list', { limit: 200 })])
    expect(answers).not.toContain('只会照着做')
    expect(answers).not.toContain('"recommendation"')
    await hr.call('scorecard.give', { ...idsOf(place), marks: { fit: 5 }, recommendation: 'strong_yes' })
    const after = await detailAt(hr, place)
    expect(after.scorecards?.own).toMatchObject({ marks: { fit: 5 }, own: true })
    expect(after.scorecards?.others).toMatchObject([
      { marks: { fit: 2 }, recommendation: 'no', text: ['只会照着做'], own: false },
    ])
    // Nobody was moved by it.
    expect(after.application?.stage).toBe(before.application?.stage)
  })

  it('[ZP-95] [D17] leave without the name and contacts that were typed into them', async () => {
    // Somebody whose name the platform has handed over: what is known to be theirs can be masked.
    const place = await next(
      async (one) => (await opens(one)) && (await detailAt(hr, one)).name?.endsWith('*') === true,
    )
    const { name, phone } = personOf(place)
    await assign(place)
    await hr.call('scorecard.give', {
      ...idsOf(place),
      marks: { fit: 3 },
      recommendation: 'yes',
      text: `${name} 说得清楚，电话 ${phone}`,
    })
    await both()
    await own.call('scorecard.give', { ...idsOf(at(place)), marks: { fit: 4 }, recommendation: 'yes' })
    const answer = JSON.stringify((await detailAt(own, at(place))).scorecards)
    expect(answer).toContain('说得清楚')
    expect(answer).not.toContain(name)
    expect(answer).not.toContain(phone)
  })

  it('are for the criteria of the job, and revised by giving them again', async () => {
    const place = await next()
    const give = (marks: Record<string, number>) =>
      hr.codeOf('scorecard.give', { ...idsOf(place), marks: marks as never, recommendation: 'yes' })
    expect(await give({ beauty: 5 })).toBe('E_INPUT')
    expect(await give({})).toBe('E_INPUT')
    expect(await give({ fit: 3 })).toBe('none')
    expect(await give({ fit: 4 })).toBe('none')
    const cards = rowsOf(hr, 'SELECT 1 FROM scorecard WHERE application_id = ?', place.id)
    expect(cards).toHaveLength(1)
    expect((await detailAt(hr, place)).scorecards?.own).toMatchObject({ marks: { fit: 4 } })
  })
})

describe('the line of activity', () => {
  it('[ZP-32] has the work and who looked, each with its time, and no word of a note', async () => {
    const place = await next()
    await hr.call('note.add', { ...idsOf(place), text: '薪资可以再谈' })
    await hr.call('scorecard.give', { ...idsOf(place), marks: { fit: 3 }, recommendation: 'yes' })
    const { activity, timeline } = await detailAt(hr, place)
    expect(activity.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['note', 'scorecard']))
    expect(timeline.some(({ action, outcome }) => action === 'view' && outcome === 'shown')).toBe(true)
    expect(JSON.stringify([activity, timeline])).not.toContain('薪资可以再谈')
  })
})

describe('a headhunter', () => {
  it('[ZP-22] writes a note to the hub and keeps none, and gives no marks', async () => {
    const { items } = await hunter.call('candidate.list', { limit: 200 })
    let written = 0
    for (const { id, application } of items) {
      if (application === undefined || written > 0) continue
      const input = { id, job_id: application.job_id }
      if ((await hunter.codeOf('note.add', { ...input, text: '愿意看机会' })) === 'none') written++
      expect(await hunter.codeOf('scorecard.give', { ...input, marks: { fit: 3 }, recommendation: 'yes' })).toBe(
        'E_ROLE',
      )
    }
    expect(written).toBe(1)
    await sync(hunter)
    expect(rowsOf(hunter, 'SELECT 1 FROM outbox')).toEqual([])
  })
})
