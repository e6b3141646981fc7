import { beforeEach, describe, expect, it } from 'vitest'
import {
  enterHubAccount,
  day,
  hour,
  monday,
  retentionHome,
  syncPage,
  type RetentionHome,
} from '../helpers/retention-home.ts'
import { applicationChange, candidateChange, change, contactOf, iso, jobChange } from '../helpers/sync-records.ts'

/** The talent pool: only by an agreement that names it, 180 days, asked 30 and 7 days before, and silence is the end (D10). */
let home: RetentionHome
beforeEach(async () => {
  home = await retentionHome()
})

const pool = '后端人才'
const account = () => {
  if (home.core.account === null) throw new Error('nobody is signed in')
  return home.core.account
}
const list = () => home.call('pool.list', {})
const agreed = (days = 0) => ({ consented_at: home.core.clock.now() - days * day, reference: '2026-03-01 确认函' })
const join = (id: string, more: Record<string, unknown> = agreed()) =>
  home.call('pool.add', { id: id as never, pool, ...more })
const comeIn = async () => {
  const job = await home.newJob()
  return { job, ...(await home.intake(job, { name: '林若曦', phone: '13800138000', summary: '八年经验' })) }
}

describe('an agreement to be remembered', () => {
  it('[D10] is needed, with its day and its reference, and lasts 180 days from that day', async () => {
    const { record } = await comeIn()
    for (const input of [{}, { consented_at: monday }, { reference: '2026-03-01 确认函' }]) {
      expect(await home.codeOf('pool.add', { id: record, pool, ...input })).toBe('E_CONSENT')
    }
    expect(await home.codeOf('pool.add', { id: record, pool, ...agreed(-1) })).toBe('E_INPUT')
    expect(await home.codeOf('pool.add', { id: record, pool, ...agreed(180) })).toBe('E_INPUT')
    expect(await home.codeOf('pool.add', { id: record, pool: '打 13800138000', ...agreed() })).toBe('E_INPUT')
    expect(await join(record, agreed(10))).toEqual({ until: home.core.clock.now() + 170 * day })
    expect(await home.codeOf('pool.add', { id: record, pool, ...agreed() })).toBe('E_CONFLICT')
    const { items, pools, days, remind_days: remind } = await list()
    expect(pools).toEqual([{ pool, members: 1 }])
    expect(items).toMatchObject([{ record_id: record, pool, basis: 'recorded', task: null, alone: false }])
    expect([days, remind]).toEqual([180, [30, 7]])
    expect(JSON.stringify(await list())).not.toMatch(/13800138000|林若曦|确认函/)
  })

  it('[D10] keeps the person past the end of the application, and nothing but the person', async () => {
    const { job, record, application } = await comeIn()
    await home.call('note.add', { id: record, text: '面试不错' })
    await join(record)
    await home.call('job.set_status', { id: job, status: 'closed' })
    home.passDays(7)
    expect(await home.runDue()).toBe(1)
    expect(home.count('application')).toBe(0)
    expect([home.count('note'), home.count('attachment')]).toEqual([0, 0])
    expect((await home.certificates())[0]).toMatchObject({ scope: 'application' })
    // Opened from the pool, by what the application had brought; in no list, and for no other job without a purpose.
    const detail = await home.call('candidate.get', { id: record })
    expect(detail).toMatchObject({ life: 'live', name: '林**' })
    expect(detail).not.toHaveProperty('application')
    expect(await home.call('candidate.reveal', { id: record, field: 'phone', reason: 'contact' })).toMatchObject({
      value: '13800138000',
    })
    expect(await home.codeOf('candidate.get', { id: record, job_id: await home.newJob('别的') })).toBe('E_PURPOSE')
    expect((await list()).items).toMatchObject([{ record_id: record, alone: true }])
    expect(application).toBeTruthy()
  })

  it('[D10] is asked for again 30 and 7 days before its end, and silence ends it and the record with it', async () => {
    const { job, record } = await comeIn()
    await join(record)
    await home.call('job.set_status', { id: job, status: 'closed' })
    home.passDays(7)
    await home.runDue()
    const task = async () => (await list()).items[0]?.task
    const toAsk = async () => (await home.call('pool.counts', {})).to_ask
    home.passDays(142)
    expect([await task(), await toAsk()]).toEqual([null, 0])
    home.passDays(1)
    expect([await task(), await toAsk()]).toEqual(['first', 1])
    expect(await home.call('pool.mark_asked', { id: record, pool })).toEqual({ task: 'first' })
    expect([await task(), await toAsk()]).toEqual([null, 0])
    expect(await home.codeOf('pool.mark_asked', { id: record, pool })).toBe('E_CONFLICT')
    home.passDays(23)
    expect(await task()).toBe('last')
    await home.call('pool.mark_asked', { id: record, pool })
    home.passDays(6)
    expect(await home.runDue()).toBe(0)
    expect(home.count('candidate')).toBe(1)
    home.passDays(1)
    expect(await home.runDue()).toBe(1)
    expect([home.count('candidate'), home.count('pool_member')]).toEqual([0, 0])
    expect((await home.certificates()).map(({ scope, reason, clause }) => [scope, reason, clause])).toContainEqual([
      'person',
      'pool_ended',
      'D10',
    ])
    expect(home.core.vault?.keystore.listLive().map(({ purpose }) => purpose)).not.toContain('candidate')
  })

  it('[D10] begins anew with a new agreement, and with nothing less', async () => {
    const { record } = await comeIn()
    await join(record, agreed(100))
    expect(await home.codeOf('pool.renew', { id: record, pool, ...agreed(120) })).toBe('E_INPUT')
    expect(await home.codeOf('pool.renew', { id: record, pool })).toBe('E_CONSENT')
    expect(await home.call('pool.renew', { id: record, pool, ...agreed() })).toEqual({
      until: home.core.clock.now() + 180 * day,
    })
  })

  it('[D8] is over at once when it is taken back: with the record where nothing else keeps it, alone where something does', async () => {
    const first = await comeIn()
    await join(first.record)
    const kept = await home.call('pool.remove', { id: first.record, pool, why: 'withdrawn' })
    expect(kept).toEqual({ destroyed: false })
    expect(home.count('candidate')).toBe(1)
    await join(first.record)
    await home.call('job.set_status', { id: first.job, status: 'closed' })
    home.passDays(7)
    await home.runDue()
    expect(home.count('candidate')).toBe(1)
    expect(await home.call('pool.remove', { id: first.record, pool, why: 'withdrawn' })).toEqual({ destroyed: true })
    await home.runDue()
    expect(home.count('candidate')).toBe(0)
    expect((await home.certificates()).map(({ scope, reason }) => [scope, reason])).toContainEqual([
      'person',
      'consent_withdrawn',
    ])
  })

  it('[D10] in two pools keeps the record until the last of them is over', async () => {
    const { job, record } = await comeIn()
    await join(record, agreed(100))
    await home.call('pool.add', { id: record, pool: '架构人才', ...agreed() })
    await home.call('job.set_status', { id: job, status: 'closed' })
    home.passDays(80)
    await home.runDue()
    expect((await list()).items.map((item) => [item.pool, item.alone])).toEqual([['架构人才', true]])
    home.passDays(100)
    await home.runDue()
    expect(home.count('candidate')).toBe(0)
  })
})

describe('a platform’s consent', () => {
  const delivered = (more: Record<string, unknown> = {}) => [
    jobChange('job-1'),
    candidateChange('c1', 2, { contact: contactOf('a1') }),
    applicationChange('a1', 'c1', 3, { stage: 'interview', ...more }),
  ]
  const consent = (rev: number, granted: boolean, more: Record<string, unknown> = {}) =>
    change('consent', 'k1', rev, {
      candidate_id: 'c1',
      purpose: 'talent_pool',
      granted,
      scope: `pool:${pool}`,
      ...more,
    })
  const recordId = () =>
    account().store.reader.get<{ record_id: string }>('SELECT record_id FROM candidate')?.record_id ?? ''
  beforeEach(() => enterHubAccount(home))

  it('[D10] that names the pool is offered and enough, and ends no later than it says', async () => {
    await syncPage(home, [...delivered(), consent(4, true, { until: iso(monday + 60 * day) })])
    expect((await list()).offers).toMatchObject([{ record_id: recordId(), pool, until: monday + 60 * day }])
    expect(await home.codeOf('pool.add', { id: recordId(), pool: '别的池' })).toBe('E_CONSENT')
    expect(await home.call('pool.add', { id: recordId() as never, pool })).toEqual({ until: monday + 60 * day })
    expect(await list()).toMatchObject({ offers: [], items: [{ basis: 'platform' }] })
  })

  it('[D8] that is withdrawn ends the membership in the next pass', async () => {
    await syncPage(home, [...delivered(), consent(4, true)])
    await home.call('pool.add', { id: recordId() as never, pool })
    await syncPage(home, [consent(9, false)])
    await home.runDue()
    expect([home.count('pool_member'), home.count('candidate')]).toEqual([0, 1])
  })

  it('[ZP-28] keeps the contact that came with the application it carries on', async () => {
    await syncPage(home, [...delivered(), consent(4, true)])
    await home.call('pool.add', { id: recordId() as never, pool })
    await syncPage(home, [jobChange('job-1', 8, { status: 'closed', closed_at: iso(monday) })])
    home.passDays(7)
    // The hub was heard of meanwhile, so that the lease holds.
    account().store.db.run(
      `UPDATE sync_state SET value = ? WHERE key = 'last_success_at'`,
      String(home.core.clock.now()),
    )
    await home.runDue()
    expect(home.count('application')).toBe(0)
    const reveal = { id: recordId() as never, field: 'phone', reason: 'contact' } as const
    expect(await home.call('candidate.reveal', reveal)).toMatchObject({ value: '13800138000' })
  })

  it('[D8] [ZP-85] an order to delete takes the pool along, within 72 hours', async () => {
    await syncPage(home, [...delivered(), consent(4, true)])
    await home.call('pool.add', { id: recordId() as never, pool })
    await syncPage(home, [change('deletion_notice', 'n1', 9, { candidate_id: 'c1', reason: 'account' })])
    expect(await list()).toMatchObject({ items: [], closed: 1 })
    home.time.wall += 72 * hour
    await home.runDue()
    expect([home.count('candidate'), home.count('pool_member')]).toEqual([0, 0])
  })

  it('[QY-36] a legal hold outlasts the end of a pool', async () => {
    await syncPage(home, [...delivered(), consent(4, true, { until: iso(monday + 3 * day) })])
    await home.call('pool.add', { id: recordId() as never, pool })
    const hold = { candidate_id: 'c1', until: iso(monday + 20 * day), reason: '劳动仲裁', by: 'x', approver: 'y' }
    await syncPage(home, [change('hold', 'h1', 9, hold)])
    home.passDays(5)
    await home.runDue()
    expect(home.count('pool_member')).toBe(1)
    home.passDays(16)
    await home.runDue()
    expect(home.count('pool_member')).toBe(0)
  })

  it('[D2] a card from a search is nobody’s to remember', async () => {
    await syncPage(home, [...delivered({ channel: 'searched' }), consent(4, true)])
    expect(await home.codeOf('pool.add', { id: recordId(), pool })).toBe('E_PURPOSE')
  })
})
