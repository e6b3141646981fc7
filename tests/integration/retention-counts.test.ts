import { expect, it } from 'vitest'
import { day, monday, retentionHome } from '../helpers/retention-home.ts'

it('counts what ends soon without disclosing anybody: the same figures as the plan, and no entry in the log', async () => {
  const home = await retentionHome()
  const { account, vault } = home.core
  if (account === null || vault === null) throw new Error('nobody is signed in')
  const job = await home.newJob()
  const ends = [monday - day, monday + day, monday + 3 * day, monday + 20 * day]
  for (const [i, due] of ends.entries()) {
    const { application, record } = await home.intake(job, { name: `${'甲乙丙丁'[i] ?? ''}某` })
    account.store.db.run('UPDATE application SET due_at = ? WHERE id = ?', due, application)
    if (i === 2) account.store.db.run("UPDATE candidate SET life = 'locked' WHERE record_id = ?", record)
  }
  const before = vault.ledger.size()
  const counts = await home.call('retention.counts', {})
  expect(vault.ledger.size()).toBe(before)
  expect(counts).toEqual({ within_7_days: 3, locked: 1, overdue: 1 })
  const plan = await home.call('retention.plan', {})
  expect(await home.call('retention.summary', {})).toEqual({ counts: plan.counts, week: plan.week, now: plan.now })
  expect(plan.counts).toMatchObject({ within_7_days: counts.within_7_days, locked: counts.locked })
})

it('shows the part of the plan that is asked for, and a day of the week with what is overdue counted as today', async () => {
  const home = await retentionHome()
  const { account } = home.core
  if (account === null) throw new Error('nobody is signed in')
  const job = await home.newJob()
  const ids: string[] = []
  for (const [i, due] of [monday - day, monday + 1, monday + day, monday + 20 * day].entries()) {
    const { application, record } = await home.intake(job, { name: `${'甲乙丙丁'[i] ?? ''}某` })
    account.store.db.run('UPDATE application SET due_at = ? WHERE id = ?', due, application)
    if (i === 2) account.store.db.run("UPDATE candidate SET life = 'locked' WHERE record_id = ?", record)
    if (i === 3) account.store.db.run('UPDATE application SET held_until = ? WHERE id = ?', monday + day, application)
    ids.push(application)
  }
  const shown = async (input: { readonly view?: 'overdue' | 'locked' | 'held'; readonly day?: string }) =>
    (await home.call('retention.plan', input)).items.map(({ key }) => ids.indexOf(key))
  expect(await shown({})).toEqual([0, 1, 2, 3])
  expect(await shown({ view: 'overdue' })).toEqual([0])
  expect(await shown({ view: 'locked' })).toEqual([2])
  expect(await shown({ view: 'held' })).toEqual([3])
  expect(await shown({ day: '2026-03-02' })).toEqual([0, 1])
  expect(await shown({ day: '2026-03-03' })).toEqual([2])
  expect(await shown({ day: '2026-03-04' })).toEqual([])
  const { week } = await home.call('retention.summary', {})
  expect(week.slice(0, 2).map(({ count }) => count)).toEqual([2, 1])
})
