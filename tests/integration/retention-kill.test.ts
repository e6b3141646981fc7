import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { checkStore } from '../../electron/core/cli/check-store.ts'
import { resumeOf, people } from '../fixtures/canary-people.ts'
import { candorProcess } from '../helpers/candor-process.ts'
import { day, makeLocalHome, reopen, type RetentionHome } from '../helpers/retention-home.ts'
import { sweepCounts } from '../helpers/sweep-counts.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

/** The attack: the power goes at any moment, not only at those that somebody thought of. */

const start = Date.now()
/** A little more than the seven days, because the children live by the machine's own clock. */
const later = 8 * day
const crowd = 8

let template: { readonly home: string; readonly job: string; readonly kept: string }
/** Milliseconds that the whole work takes in a process that nobody kills. */
let whole: number

const copy = (): string => {
  const home = join(temporaryFolder(), 'home')
  cpSync(template.home, home, { recursive: true })
  return home
}

beforeAll(async () => {
  const home = await makeLocalHome(start)
  const opened = await reopen(home, { wall: start, run: 0 })
  const job = await opened.newJob()
  for (let person = 0; person < crowd; person += 1) await opened.intake(job, { name: `林若${person}` })
  const kept = await opened.intake(await opened.newJob('留下的'), { name: '赵无忌' })
  await opened.call('job.set_status', { id: job, status: 'closed' })
  await opened.stop('quit')
  template = { home, job, kept: kept.record }
  const folder = join(home, '..', 'measured', 'home')
  cpSync(home, folder, { recursive: true })
  const from = performance.now()
  await candorProcess(folder, ['retention', 'run'], { offset: later })
  whole = performance.now() - from
})

/** Spread over the run without a pattern: the golden ratio visits every moment. */
const momentOf = (kill: number, most: number): number => 40 + Math.floor(((kill * 0.618_034) % 1) * most)

const expectWhole = async (opened: RetentionHome): Promise<void> => {
  const { items } = await opened.call('ledger.list', { limit: 500 })
  for (const action of ['destroy_begin', 'destroyed'] as const)
    expect([action, items.filter((row) => row.action === action).length]).toEqual([action, crowd])
  const certificates = await opened.certificates()
  expect(new Set(certificates.map(({ subject }) => subject.candidate)).size).toBe(crowd)
  expect(certificates).toHaveLength(crowd)
  expect(opened.count('candidate')).toBe(1)
  expect(await opened.codeOf('candidate.get', { id: template.kept as never })).toBe('none')
  expect((await opened.call('ledger.verify', {})).verdict).toBe('valid')
  expect(await checkStore(opened.core, true)).toMatchObject({ ok: true })
}

describe('killed at moments that nobody chose', { timeout: 300_000 }, () => {
  it('[ZP-74] a destruction of several people is finished, each once, and takes nobody else along', async () => {
    let killed = 0
    for (let kill = 1; kill <= sweepCounts.kills; kill += 1) {
      const home = copy()
      const child = await candorProcess(home, ['retention', 'run'], { offset: later, killAfter: momentOf(kill, whole) })
      if (child.signal === 'SIGKILL') killed += 1
      // Once more while it cleans up, then in peace.
      await candorProcess(home, ['jobs'], { offset: later, killAfter: momentOf(kill + 0.5, whole) })
      const opened = await reopen(home, { wall: Date.now() + later, run: 0 })
      await expectWhole(opened)
      await opened.stop('quit')
    }
    expect(killed).toBeGreaterThan(0)
  })

  it('an intake keeps whoever was confirmed, and nobody comes in by half or twice', async () => {
    const orders = people.map((person, id) => ({
      id,
      route: 'intake.add',
      input: {
        name: `${id}.txt`,
        content_base64: Buffer.from(resumeOf(person)).toString('base64'),
        job_id: template.job,
      },
    }))
    const input = orders.map((order) => `${JSON.stringify(order)}\n`).join('')
    for (let kill = 1; kill <= sweepCounts.kills; kill += 1) {
      const home = copy()
      const reopened = await reopen(home, { wall: Date.now(), run: 0 })
      await reopened.call('job.set_status', { id: template.job as never, status: 'open' })
      await reopened.stop('quit')
      const child = await candorProcess(home, ['rpc'], { input, killAfter: momentOf(kill, whole) })
      const confirmed = child.out.split('\n').filter((line) => line.includes('"imported"')).length
      const opened = await reopen(home, { wall: Date.now(), run: 0 })
      const came = opened.count('candidate') - crowd - 1
      expect(came).toBeGreaterThanOrEqual(confirmed)
      expect(opened.count('application')).toBe(opened.count('candidate'))
      expect(await checkStore(opened.core, false)).toMatchObject({ ok: true })
      await opened.stop('quit')
      await candorProcess(home, ['rpc'], { input })
      const last = await reopen(home, { wall: Date.now(), run: 0 })
      expect(last.count('candidate')).toBe(crowd + 1 + people.length)
      expect(await checkStore(last.core, true)).toMatchObject({ ok: true })
      await last.stop('quit')
    }
  })
})
