import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { checkStore } from '../../electron/core/cli/check-store.ts'
import { crashPoints } from '../../electron/core/crash-points.ts'
import { candorProcess as candor } from '../helpers/candor-process.ts'
import { day, makeLocalHome, reopen } from '../helpers/retention-home.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

const isOfOrder = (point: string): boolean => point.startsWith('destroy.order')
const all = crashPoints.filter((point) => point.startsWith('destroy.'))
/** Those of a destruction that nobody ordered; an order of several has three more behind them. */
const points = all.filter((point) => !isOfOrder(point))
const start = Date.now()
/** A little more than the seven days, because the children live by the machine's own clock. */
const later = 8 * day

let template: { readonly home: string; readonly applications: readonly string[] }
beforeAll(async () => {
  const home = await makeLocalHome(start)
  const opened = await reopen(home, { wall: start, run: 0 })
  const job = await opened.newJob()
  const applications = []
  for (const name of ['林若曦', '赵无忌']) applications.push((await opened.intake(job, { name })).application)
  await opened.call('job.set_status', { id: job, status: 'closed' })
  await opened.stop('quit')
  template = { home, applications }
})

const copy = (): string => {
  const home = join(temporaryFolder(), 'home')
  cpSync(template.home, home, { recursive: true })
  return home
}

/** Nothing lost, nothing twice, nothing half. */
const expectWhole = async (home: string, people: number, orders = 0): Promise<void> => {
  const opened = await reopen(home, { wall: Date.now() + later, run: 0 })
  const certificates = await opened.certificates()
  expect(certificates).toHaveLength(people)
  expect(new Set(certificates.map(({ subject }) => subject.candidate)).size).toBe(people)
  const counts = { applications: 1, attachments: 1, resumes: 1, keys: 2 }
  for (const body of certificates) expect(body).toMatchObject({ scope: 'person', counts })
  for (const table of ['candidate', 'application', 'attachment', 'destruction_job', 'pending_entry']) {
    expect([table, opened.count(table)]).toEqual([table, 2 - people])
  }
  const { items } = await opened.call('ledger.list', { limit: 500 })
  for (const action of ['destroy_begin', 'destroyed'] as const) {
    // An order has a closing entry of its own.
    const wanted = people + (action === 'destroyed' ? orders : 0)
    expect([action, items.filter((row) => row.action === action).length]).toEqual([action, wanted])
  }
  expect((await opened.call('certificate.list', { kind: 'batch' })).total).toBe(orders)
  expect(opened.core.vault?.ledgerDb.reader.all('SELECT * FROM destruction_order')).toEqual([])
  expect((await opened.call('ledger.verify', {})).verdict).toBe('valid')
  expect(await checkStore(opened.core, true)).toMatchObject({ ok: true })
  const purposes = opened.core.vault?.keystore.listLive().map(({ purpose }) => purpose) ?? []
  expect(purposes.filter((purpose) => purpose !== 'subject')).toHaveLength(2 * (2 - people))
  await opened.stop('quit')
}

describe('[ZP-74] a destruction that is killed', () => {
  it.each(points)('at %s is finished at the next start, once', async (point) => {
    const home = copy()
    const killed = await candor(home, ['retention', 'run'], { crashAt: point, offset: later })
    expect(killed.signal).toBe('SIGKILL')
    const again = await candor(home, ['certificates', '--verify'], { offset: later })
    expect(JSON.parse(again.out)).toMatchObject({ total: 2, valid: 2, invalid: 0 })
    await expectWhole(home, 2)
  })

  it('at one step after the other, again and again, ends the same', async () => {
    const home = copy()
    for (const point of points) {
      expect(await candor(home, ['jobs'], { crashAt: point, offset: later })).toMatchObject({ signal: 'SIGKILL' })
    }
    await expectWhole(home, 2)
  })

  const order = () => ({ id: 1, route: 'retention.destroy_now', input: { application_ids: template.applications } })

  it('right after the order was given is carried out at the next start', async () => {
    const home = copy()
    const killed = await candor(home, ['rpc'], { crashAt: 'write.committed', input: `${JSON.stringify(order())}\n` })
    expect(killed).toMatchObject({ signal: 'SIGKILL', out: '' })
    expect((await candor(home, ['certificates'])).code).toBe(0)
    await expectWhole(home, 2, 1)
  })

  it.each(all.filter(isOfOrder))('at %s gives the order of several one certificate, once', async (point) => {
    const home = copy()
    const first = await candor(home, ['rpc'], { crashAt: point, input: `${JSON.stringify(order())}\n` })
    // The process may end before the order does; then it is the next one that is killed.
    if (first.signal === null) expect((await candor(home, ['jobs'], { crashAt: point })).signal).toBe('SIGKILL')
    expect((await candor(home, ['certificates', '--verify'])).code).toBe(0)
    await expectWhole(home, 2, 1)
  })
})

it('[ZP-104] the command line destroys what is due before it shows anything', async () => {
  const home = copy()
  const early = await candor(home, ['candidates'], { offset: 6 * day })
  expect(JSON.parse(early.out)).toMatchObject({ total: 2 })
  const due = await candor(home, ['candidates'], { offset: later })
  expect(JSON.parse(due.out)).toMatchObject({ total: 0, items: [] })
  expect(due.out).not.toContain('林')
  const check = await candor(home, ['store', 'check', '--deep'], { offset: later })
  expect(check.code).toBe(0)
})
