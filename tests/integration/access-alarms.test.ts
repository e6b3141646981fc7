import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  findAlarm,
  readAlarm,
  alarmDetail,
  type AccessLimits,
  type Look,
} from '../../electron/shared/domain/access-limits.ts'
import type { RecordId } from '../../electron/shared/domain/ids.ts'
import { IpcError } from '../../electron/shared/ipc/ipc-error.ts'
import { newLocalHome, openCoreHome, passphrase, type CoreHome } from '../helpers/core-home.ts'

const minute = 60_000
const folder = mkdtempSync(join(tmpdir(), 'candor-access-'))
/** Ten in the morning in China. */
const morning = Date.parse('2026-11-23T02:00:00Z')
let wall = morning
const options = { watchAccess: true, wall: () => wall }
let core: CoreHome
let id: RecordId

const reveal = async (): Promise<unknown> => {
  try {
    await core.call('candidate.reveal', { id, field: 'phone', reason: 'contact' })
    return 'shown'
  } catch (error) {
    return error instanceof IpcError ? error.toShape() : error
  }
}
const alarms = () =>
  (core.core.vault?.ledger.list({ limit: 200 }).items ?? []).flatMap(({ entry }) =>
    entry.action === 'incident' ? [readAlarm(entry.detail)] : [],
  )

beforeAll(async () => {
  core = await newLocalHome(folder, options)
  const job = await core.call('job.create', { title: '会计' })
  const text =
    '姓名：王晓\n手机：13912345678\n出生年月：1990年5月\n求职意向：会计\n工作经历\n2018.01-2020.01 某公司 会计'
  const content_base64 = Buffer.from(text).toString('base64')
  const added = await core.call('intake.add', { name: 'a.txt', content_base64, job_id: job.id })
  if (added.result !== 'imported') throw new Error(added.result)
  id = added.record_id
})
afterAll(async () => {
  await core.stop('quit')
  rmSync(folder, { recursive: true, force: true })
})

describe('more looking than work explains', () => {
  it('[ZP-94] stops reveals above forty an hour with rule, end and what lifts it, enters an alarm, and a restart changes nothing', async () => {
    for (let count = 0; count < 40; count += 1) {
      wall += 20_000
      expect([count, await reveal()]).toEqual([count, 'shown'])
    }
    const stopped = (await reveal()) as { code: string; data: Record<string, unknown> }
    expect(stopped).toMatchObject({
      code: 'E_APPROVAL',
      data: { rule: 'REVEALS_STOPPED', clause: 'ZP-94', lift: 'STOP_ENDS', until: expect.any(Number) },
    })
    // The home's own clock runs on by the time that the calls took.
    const until = Number(stopped.data['until'])
    expect(Math.abs(until - (wall + 60 * minute))).toBeLessThan(10_000)
    expect(alarms()).toEqual([{ kind: 'reveals_per_hour', counted: 41, stops: 'reveals', until }])
    expect(core.events).toContainEqual({ name: 'notice.due', data: { kind: 'access_stopped', ends_at: until } })

    await core.stop('quit')
    core = openCoreHome(join(folder, 'home'), options)
    await core.call('vault.unlock', { passphrase })
    const known = core.core.vault?.accounts.list()[0]
    if (known === undefined) throw new Error('no account')
    if (core.core.account === null) await core.call('account.resume', { id: known.id })
    expect(await reveal()).toMatchObject({ data: { rule: 'REVEALS_STOPPED' } })
    // One alarm is enough, however often somebody tries.
    expect(alarms()).toHaveLength(1)
    // Reading goes on: a stop of reveals keeps nobody from a resume.
    expect(await core.codeOf('candidate.get', { id })).toBe('none')

    wall += 61 * minute
    expect(await reveal()).toBe('shown')
  })
})

const limits: AccessLimits = {
  reveals_per_hour: 40,
  reveals_per_day: 150,
  views_per_minute: 300,
  views_per_hour: 900,
  views_per_day: 4000,
  night_reveals: 10,
  stop_minutes: 60,
}
const looks = (count: number, every: number, what: Look['what'], people = count): Look[] =>
  Array.from({ length: count }, (_, index) => ({
    at: morning - (count - 1 - index) * every,
    what,
    subject: `s${index % people}`,
  }))

describe('what counts', () => {
  it('[ZP-94] never hinders work: 300 resumes an hour, 600 skimmed, the same ones again and again, thirty calls', () => {
    for (const [count, every] of [
      [300, 12_000],
      [600, 6_000],
      [120, 500],
    ] as const)
      expect(findAlarm(looks(count, every, 'view'), limits, morning)).toBeUndefined()
    expect(findAlarm(looks(2000, 100, 'view', 50), limits, morning)).toBeUndefined()
    expect(findAlarm(looks(30, 2 * minute, 'reveal'), limits, morning)).toBeUndefined()
  })
  it.each([
    ['a script that opens everybody', looks(301, 100, 'view'), 'views_per_minute', 'views'],
    ['an hour without a breath', looks(901, 3_900, 'view'), 'views_per_hour', 'views'],
    ['a day of it', looks(4001, 20_000, 'view'), 'views_per_day', 'views'],
    ['a reveal a minute', looks(61, minute, 'reveal'), 'reveals_per_hour', 'reveals'],
    ['a day of reveals', looks(151, 8 * minute, 'reveal'), 'reveals_per_day', 'reveals'],
  ])('[ZP-94] %s is an alarm that stops', (_what, found, kind, stops) => {
    expect(findAlarm(found, limits, morning)).toMatchObject({ kind, stops })
  })
  it('[ZP-94] ten reveals in an hour of the night are told and stop nothing', () => {
    const night = morning - 7 * 60 * minute
    const found = looks(10, minute, 'reveal').map((look) => ({ ...look, at: look.at - 7 * 60 * minute }))
    expect(findAlarm(found, limits, night)).toEqual({ kind: 'night_reveals', counted: 10, stops: undefined })
    expect(findAlarm(looks(10, minute, 'reveal'), limits, morning)).toBeUndefined()
  })
  it('reads back what it writes into the log', () => {
    for (const stops of ['reveals', 'views', undefined] as const) {
      const alarm = { kind: 'views_per_hour', counted: 901, stops } as const
      const until = stops === undefined ? undefined : morning
      expect(readAlarm(alarmDetail(alarm, until))).toEqual({ ...alarm, until })
    }
    expect(readAlarm('log conflict')).toBeUndefined()
  })
})
