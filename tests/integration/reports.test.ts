import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ApplicationId, JobId } from '../../electron/shared/domain/ids.ts'
import { reportKind, type Figure } from '../../electron/shared/domain/reports.ts'
import { mondayOf } from '../../electron/core/reports/report-builders.ts'
import { day, hour, makeLocalHome, monday, reopen, type RetentionHome } from '../helpers/retention-home.ts'

const told = ({ n, least }: Figure): string => (n === null ? (least === undefined ? '<5' : `≥${least}`) : String(n))

let home: RetentionHome
let busy: JobId
let quiet: JobId
const people: ApplicationId[] = []
const names = Array.from({ length: 22 }, (_, at) => `候选人甲${String.fromCodePoint(0x4e10 + at)}`)

beforeAll(async () => {
  home = await reopen(await makeLocalHome(monday), { wall: monday, run: 0 })
  busy = await home.newJob('后端工程师')
  quiet = await home.newJob('会计')
  for (const [at, name] of names.entries()) {
    const { application } = await home.intake(at < 19 ? busy : quiet, { name, phone: `1380013${8000 + at}` })
    people.push(application)
  }
  home.time.wall += 3 * hour
  await home.call('application.move', { ids: people.slice(0, 12), stage: 'reviewed' })
  home.time.wall += 2 * hour
  await home.call('application.move', { ids: people.slice(0, 7), stage: 'interview' })
  await home.call('application.move', { ids: people.slice(7, 10), stage: 'rejected', reason: 'skills' })
})
afterAll(async () => {
  await home.stop('quit')
})

const cells = async (input: Parameters<typeof home.call<'report.get'>>[1]) => {
  const { rows, totals } = await home.call('report.get', input)
  return {
    ...Object.fromEntries(rows.map(({ key, title, cells: all }) => [title ?? key, all.map(told).join(' ')])),
    total: totals.map(told).join(' '),
  }
}

describe('the reports', () => {
  it('[ZP-64] [LG-27] [QY-12] count people by stage, and print no group of one to four', async () => {
    expect(await cells({ kind: 'funnel', job_id: busy })).toMatchObject({
      came: '19',
      reviewed: '12',
      interview: '7',
      offer: '0',
      rejected: '<5',
    })
    expect(await cells({ kind: 'funnel', job_id: quiet })).toMatchObject({ came: '<5', reviewed: '0' })
    // 22 less 19 would be the three of the other job.
    expect(await cells({ kind: 'funnel' })).toMatchObject({ came: '≥19', interview: '7' })
    expect(await cells({ kind: 'sources', job_id: busy })).toEqual({ 'direct direct': '19 7 0', total: '19 7 0' })
  })

  it('tell how long people stayed, of five or more', async () => {
    const { rows } = await home.call('report.get', { kind: 'time', job_id: busy })
    expect(rows.map(({ key, mean_ms: mean }) => [key, mean])).toEqual([
      ['new', 3 * hour],
      ['reviewed', 2 * hour],
      ['interview', null],
      ['offer', null],
    ])
  })

  it('[ZP-64] tell what is open, what was decided and what ends, with sums that give nothing away', async () => {
    expect(await cells({ kind: 'workload' })).toMatchObject({ 后端工程师: '7 <5 7 0 ≥14', 会计: '<5 0 0 0 <5' })
    const pace = await home.call('report.get', { kind: 'pace' })
    expect(pace.rows).toHaveLength(12)
    expect(pace.rows.at(-1)).toMatchObject({ key: mondayOf(home.time.wall), cells: [{ n: 19 }, { n: null }] })
    expect(told(pace.totals[1] ?? { n: 0 })).toBe('<5')
    await home.call('job.set_status', { id: busy, status: 'closed' })
    const { columns, rows } = await home.call('report.get', { kind: 'retention' })
    expect(columns.at(-1)).toBe('total')
    expect(rows).toHaveLength(12)
    expect(rows.flatMap(({ cells: all }) => all.map(told)).filter((text) => /^[1-4]$/.test(text))).toEqual([])
    expect(rows.flatMap(({ cells: all }) => all.map(({ n }) => n ?? 0)).some((n) => n >= 5)).toBe(true)
  })

  it('[ZP-64] [LG-27] [QY-12] hold no name and no id, enter nothing and send nothing', async () => {
    const before = (await home.call('ledger.list', {})).total
    const all = JSON.stringify(await Promise.all(reportKind.options.map((kind) => home.call('report.get', { kind }))))
    for (const word of [...names, ...people, busy, quiet, '1380013'])
      expect([word, all.includes(word)]).toEqual([word, false])
    expect((await home.call('ledger.list', {})).total).toBe(before + 1)
    expect(home.count('outbox')).toBe(0)
  })

  it('outlive those whom they count', async () => {
    const before = await cells({ kind: 'funnel', job_id: busy })
    home.passDays(40)
    await home.runDue()
    expect(home.count('application', `job_id = '${busy}'`)).toBe(0)
    expect(await cells({ kind: 'funnel', job_id: busy })).toEqual(before)
    expect(await cells({ kind: 'workload', job_id: busy })).toEqual({ total: '0 0 0 0 0' })
  })

  it('are of the months asked for', async () => {
    const empty = await home.call('report.get', { kind: 'funnel', from: '2031-01', to: '2031-02' })
    expect(empty.empty).toBe(true)
    expect(await home.codeOf('report.get', { kind: 'funnel', from: '2031-02', to: '2031-01' })).toBe('E_INPUT')
    const month = new Date(home.time.wall - 40 * day + 8 * hour).toISOString().slice(0, 7)
    expect((await home.call('report.get', { kind: 'funnel', from: month, to: month })).empty).toBe(false)
  })

  it('begin their weeks on Monday, in Shanghai', () => {
    expect(mondayOf(Date.UTC(2026, 10, 22, 15, 59))).toBe('2026-11-16')
    expect(mondayOf(Date.UTC(2026, 10, 22, 16, 0))).toBe('2026-11-23')
  })
})
