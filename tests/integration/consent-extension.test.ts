import { beforeEach, describe, expect, it } from 'vitest'
import { consentPurpose } from '../../electron/shared/domain/sync-atoms.ts'
import {
  day,
  enterHubAccount,
  hour,
  monday,
  retentionHome,
  syncPage,
  type RetentionHome,
} from '../helpers/retention-home.ts'
import { applicationChange, candidateChange, change, contactOf, iso, jobChange } from '../helpers/sync-records.ts'

/** What a candidate's consent with an end does to the clocks (D4–D10): nothing, but for the pool that it names. */
let home: RetentionHome
beforeEach(async () => {
  home = await retentionHome()
  await enterHubAccount(home)
  await syncPage(home, [
    jobChange('job-1'),
    candidateChange('c1', 2, { contact: contactOf('a1') }),
    applicationChange('a1', 'c1', 3, { decision: 'rejected', stage: 'rejected' }),
  ])
})
const dueAt = (): number | undefined =>
  home.core.account?.store.reader.get<{ at: number }>('SELECT min(due_at) AS at FROM application')?.at

describe('a consent with an end', () => {
  it.each(consentPurpose.options)('[D4] [D10] for %s moves the end of no application', async (purpose) => {
    const before = dueAt()
    expect(before).toBeDefined()
    const consent = { candidate_id: 'c1', purpose, granted: true, until: iso(monday + 400 * day) }
    await syncPage(home, [
      change('consent', 'k1', 5, consent),
      change('consent', 'k2', 6, { ...consent, scope: 'job:job-1' }),
      change('consent', 'k3', 7, { ...consent, scope: 'pool:人才库' }),
    ])
    expect(dueAt()).toBe(before)
    home.time.wall = (before ?? 0) - 1
    expect(await home.runDue()).toBe(0)
    home.time.wall += 1
    // Offered by the platform is not taken up by anybody here: without a membership nobody is kept.
    expect(await home.runDue()).toBe(1)
    expect(home.count('candidate')).toBe(0)
  })

  it('[ZP-74] [D8] grace lies inside the deadline: a lock and its warning add nothing to it', async () => {
    await syncPage(home, [change('deletion_notice', 'n1', 9, { candidate_id: 'c1', reason: 'x' })])
    expect(dueAt()).toBe(monday + 72 * hour)
    home.time.wall = monday + 72 * hour
    expect(await home.runDue()).toBe(1)
  })
})
