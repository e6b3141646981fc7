import { describe, expect, it } from 'vitest'
import { day, hour, reopen, retentionHome, type RetentionHome } from '../helpers/retention-home.ts'

const lin = { name: '林若曦' }
const actions = async (home: RetentionHome) =>
  (await home.call('ledger.list', { limit: 500 })).items.map(
    (row) => `${row.action} ${row.outcome} ${row.detail ?? ''}`,
  )

describe('the end of a record, while the clock is not what it should be:', () => {
  it('[ZP-104] a clock that is set back postpones nothing', async () => {
    const home = await retentionHome()
    const job = await home.newJob()
    await home.intake(job, lin)
    await home.call('job.set_status', { id: job, status: 'closed' })
    home.time.wall -= 400 * day
    home.time.run += 7 * day
    expect(await home.runDue()).toBe(1)
    await home.stop('quit')
    const next = await reopen(home.home, home.time)
    // Once while it ran, and once more at the next start, because it still is.
    expect((await actions(next)).filter((line) => line === 'clock done back')).toHaveLength(2)
    await next.stop('quit')
  })

  it('[ZP-104] a clock that is set far ahead destroys nothing and shows nobody past that end, not even after locking and unlocking', async () => {
    const home = await retentionHome()
    const job = await home.newJob()
    const { record } = await home.intake(job, lin)
    await home.call('job.set_status', { id: job, status: 'closed' })
    home.time.wall += 400 * day
    expect(await home.runDue()).toBe(0)
    await home.stop('lock')
    for (let start = 0; start < 3; start += 1) {
      const next = await reopen(home.home, home.time)
      expect(next.overdue).toBe(0)
      expect(await next.codeOf('candidate.get', { id: record })).toBe('E_LOCKED')
      expect(await next.call('candidate.list', {})).toMatchObject({ total: 0 })
      expect((await actions(next)).filter((line) => line === 'clock done ahead')).toHaveLength(1)
      home.time.run += 20 * hour
      await next.stop('lock')
    }
    home.time.run += hour
    const last = await reopen(home.home, home.time)
    home.time.run += 13 * hour
    expect(await last.runDue()).toBe(1)
    await last.stop('quit')
  })

  it('[ZP-104] a clock that was set ahead by mistake: who was locked by it comes back with the right time, and ends by it', async () => {
    const home = await retentionHome()
    const job = await home.newJob()
    const { record } = await home.intake(job, lin)
    await home.call('job.set_status', { id: job, status: 'closed' })
    const other = await home.intake(await home.newJob('另一个'), { name: '赵无忌' })
    home.time.wall += 60 * day
    await home.runDue()
    expect(await home.codeOf('candidate.get', { id: record })).toBe('E_LOCKED')
    expect(await home.codeOf('candidate.get', { id: other.record })).toBe('none')
    // Nothing that happens to it meanwhile makes a person ended who is not.
    await home.runDue()
    home.time.wall -= 60 * day
    await home.runDue()
    await home.core.account?.indexer.settle()
    expect(await home.codeOf('candidate.get', { id: record })).toBe('none')
    expect(await home.call('candidate.list', {})).toMatchObject({ total: 2 })
    const locks = (await actions(home)).filter((line) => line.startsWith('lock'))
    expect(locks.toSorted()).toEqual(['lock done clock', 'lock done clock over'])
    home.passDays(7)
    expect(await home.runDue()).toBe(1)
    expect(await home.codeOf('candidate.get', { id: record })).toBe('E_NOT_FOUND')
  })

  it('[ZP-104] a machine that slept for three months: shown to nobody, then gone once a hub or three days say that it is so', async () => {
    const home = await retentionHome()
    const job = await home.newJob()
    const { record } = await home.intake(job, lin)
    await home.call('job.set_status', { id: job, status: 'closed' })
    const { time } = home
    await home.stop('quit')
    time.wall += 92 * day
    const next = await reopen(home.home, time)
    expect(next.overdue).toBe(0)
    expect(await next.codeOf('candidate.get', { id: record })).toBe('E_LOCKED')
    next.core.clock.confirm(time.wall)
    expect(await next.runDue()).toBe(1)
    await next.stop('quit')
  })
})
