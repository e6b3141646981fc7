import { describe, expect, it } from 'vitest'
import { recomputeDue } from '../../electron/core/retention/due.ts'
import type { ApplicationId, RecordId } from '../../electron/shared/domain/ids.ts'
import { rejectionCodeOf } from '../helpers/error-code.ts'
import { day, monday, retentionHome, type RetentionHome } from '../helpers/retention-home.ts'

const storeOf = (home: RetentionHome) => {
  const { account } = home.core
  if (account === null) throw new Error('nobody is signed in')
  return account.store.db
}

/** Somebody who agreed to be remembered, and whose application has gone. */
const pooled = async (home: RetentionHome, days = 365) => {
  const { record, application } = await home.intake(await home.newJob(), { name: '高远', phone: '13800138001' })
  await home.call('pool.add', { id: record, pool: 'Java', consented_at: monday, reference: '2026-03-01 确认函' })
  storeOf(home).run('UPDATE pool_member SET until = ? WHERE record_id = ?', monday + days * day, record)
  await home.call('retention.destroy_now', { application_ids: [application] })
  expect(await home.runDue()).toBe(1)
  return record
}

describe('the plan', () => {
  it('names every clock of an application, the one that decides first', async () => {
    const home = await retentionHome()
    const { application } = await home.intake(await home.newJob(), { name: '林若曦' })
    storeOf(home).run("UPDATE application SET decision = 'rejected', decided_at = ? WHERE id = ?", monday, application)
    recomputeDue(storeOf(home), home.core.profiles, [application])
    const { items } = await home.call('retention.plan', {})
    expect(items[0]?.clocks).toHaveLength(2)
    const [rejected] = (items[0]?.clocks ?? []).filter(({ reason }) => reason === 'rejected')
    expect(rejected).toMatchObject({ clause: 'D4', from: monday, value: 30, unit: 'days', at: monday + 30 * day })
    expect(items[0]?.clocks[0]).toMatchObject({ reason: items[0]?.reason, at: items[0]?.due_at })
  })

  it('[D10] has people whom a pool consent alone keeps, with the end of the last consent as their clock', async () => {
    const home = await retentionHome()
    const record = await pooled(home, 3)
    await home.core.account?.indexer.settle()
    const plan = await home.call('retention.plan', {})
    expect(plan.items).toMatchObject([
      {
        key: `pool:${record}`,
        record_id: record,
        job_title: '',
        reason: 'pool_ended',
        clause: 'D10',
        due_at: monday + 3 * day,
        state: 'scheduled',
        clocks: [{ reason: 'pool_ended', clause: 'D10', from: monday, at: monday + 3 * day }],
      },
    ])
    expect(plan.items[0]?.application_id).toBeUndefined()
    expect(plan.counts.within_7_days).toBe(1)
    expect(plan.week.map(({ count }) => count)).toEqual([0, 0, 0, 1, 0, 0, 0])
    storeOf(home).run(
      `INSERT INTO pool_member SELECT record_id, 'Go', application_id, channel, evidence_at, consented_at, ?, NULL, NULL, NULL, by, sealed
       FROM pool_member`,
      monday + 40 * day,
    )
    const later = await home.call('retention.plan', {})
    expect(later.items).toMatchObject([{ due_at: monday + 40 * day }])
    expect(later.items[0]?.clocks.map(({ at }) => at)).toEqual([monday + 40 * day, monday + 3 * day])
  })

  it('destroys such a person at once when that is ordered, with the ground that was named', async () => {
    const home = await retentionHome()
    const record = await pooled(home)
    const order = { record_ids: [record], reason: 'unlawful_processing' as const }
    expect(await home.call('retention.preview', order)).toMatchObject({ persons: 1, staying: 0, left: 0 })
    expect(await home.call('retention.destroy_now', order)).toEqual({ accepted: 1 })
    expect(await home.runDue()).toBe(1)
    const bodies = await home.certificates()
    expect(bodies.find(({ scope }) => scope === 'person')).toMatchObject({
      reason: 'unlawful_processing',
      clause: 'ZP-79',
    })
    expect(home.count('pool_member')).toBe(0)
    expect(home.count('candidate')).toBe(0)
    expect((await home.call('retention.plan', {})).items).toEqual([])
  })

  it('[QY-36] leaves whom a legal hold keeps', async () => {
    const home = await retentionHome()
    const { application } = await home.intake(await home.newJob(), { name: '林若曦' })
    storeOf(home).run('UPDATE application SET held_until = ? WHERE id = ?', monday + day, application)
    const order = { application_ids: [application] }
    expect(await home.call('retention.preview', order)).toEqual({ persons: 0, staying: 0, counts: {}, left: 1 })
    expect(await rejectionCodeOf(home.call('retention.destroy_now', order))).toBe('E_APPROVAL')
  })
})

describe('the preview of a destruction', () => {
  it('counts what the certificates will count, and logs nothing', async () => {
    const home = await retentionHome()
    const job = await home.newJob()
    const chosen: ApplicationId[] = []
    for (const name of ['林若曦', '高远', '罗兰']) {
      const { record, application } = await home.intake(job, { name, phone: `1380013800${chosen.length}` })
      await home.call('note.add', { id: record, job_id: job, text: '已电话沟通', mentions: [] })
      chosen.push(application)
    }
    const [first] = chosen
    const recordOf = (id: string | undefined): string =>
      storeOf(home).get<{ record_id: string }>('SELECT record_id FROM application WHERE id = ?', id ?? '')?.record_id ??
      ''
    // Stays by a consent: only the application goes.
    await home.call('pool.add', {
      id: recordOf(first) as RecordId,
      pool: 'Java',
      consented_at: monday,
      reference: '2026-03-01 确认函',
    })
    const before = home.core.vault?.ledger.size()
    const preview = await home.call('retention.preview', { application_ids: chosen })
    expect(home.core.vault?.ledger.size()).toBe(before)
    expect(preview).toMatchObject({ persons: 2, staying: 1, left: 0 })
    expect(preview.counts).toMatchObject({ keys: 5, applications: 3, attachments: 3, notes: 3, resumes: 2 })
    await home.call('retention.destroy_now', { application_ids: chosen })
    expect(await home.runDue()).toBe(3)
    const counted: Record<string, number> = {}
    for (const { counts } of await home.certificates())
      for (const [kind, n] of Object.entries(counts)) counted[kind] = (counted[kind] ?? 0) + n
    expect(counted).toEqual(preview.counts)
  })
})
