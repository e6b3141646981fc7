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
  expect(plan.counts).toMatchObject({ within_7_days: counts.within_7_days, locked: counts.locked })
})
