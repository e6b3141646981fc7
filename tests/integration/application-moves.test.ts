import { describe, expect, it } from 'vitest'
import { listWaiting } from '../../electron/core/sync/outbox.ts'
import { enterHubAccount, hour, retentionHome, syncPage, type RetentionHome } from '../helpers/retention-home.ts'
import { applicationChange, candidateChange, jobChange } from '../helpers/sync-records.ts'
import type { ApplicationId } from '../../electron/shared/domain/ids.ts'

/** Moves and their undo through the router of a real core, read back from its tables and its log. */

type Kept = {
  readonly stage: string
  readonly step: string | null
  readonly stage_at: number
  readonly decision: string | null
  readonly decided_at: number | null
  readonly due_at: number | null
  readonly due_reason: string | null
}

const reader = (home: RetentionHome) => {
  if (home.core.account === null) throw new Error('nobody is signed in')
  return home.core.account.store.reader
}
const kept = (home: RetentionHome, id: string): Kept | undefined =>
  reader(home).get<Kept>(
    'SELECT stage, step, stage_at, decision, decided_at, due_at, due_reason FROM application WHERE id = ?',
    id,
  )
const tally = (home: RetentionHome) =>
  reader(home)
    .all<{ stage: string; entered: number; left: number; stayed_ms: number }>(
      'SELECT stage, sum(entered) AS entered, sum(left) AS left, sum(stayed_ms) AS stayed_ms FROM stage_tally GROUP BY stage',
    )
    .filter(({ entered, left, stayed_ms: stayed }) => entered + left + stayed > 0)
const stageEntries = async (home: RetentionHome): Promise<string[]> => {
  const { items } = await home.call('ledger.list', { limit: 50 })
  return items.flatMap(({ action, detail }) =>
    action === 'stage' && detail !== undefined && /^(new|reviewed|interview|offer|rejected) /.test(detail)
      ? [detail]
      : [],
  )
}
const people = async (home: RetentionHome, n: number) => {
  const job = await home.newJob()
  const made = []
  for (let at = 0; at < n; at++) made.push(await home.intake(job, { name: `李${at}`, phone: `1390000000${at}` }))
  return { job, made, ids: made.map(({ application }) => application) }
}

describe('moves of applications', () => {
  it('are taken back with their clocks, decisions and counts, and both ways stand in the log', async () => {
    const home = await retentionHome()
    const { ids } = await people(home, 3)
    const [first] = ids as [ApplicationId, ApplicationId, ApplicationId]
    home.time.wall += hour
    await home.call('application.move', { ids: [first], stage: 'interview' })
    home.time.wall += hour
    const before = ids.map((id) => kept(home, id))
    const counted = tally(home)
    const { batch, moved, skipped } = await home.call('application.move', { ids, stage: 'rejected', reason: 'salary' })
    expect({ moved, skipped }).toEqual({ moved: 3, skipped: [] })
    for (const id of ids)
      expect(kept(home, id)).toMatchObject({ stage: 'rejected', step: null, due_reason: 'rejected' })
    home.time.wall += 3 * hour
    expect(await home.call('application.undo_move', { batch })).toEqual({ restored: 3, kept: 0 })
    // A clock that ends with the job's quiet goes on from the last work on the job; everything else is as it was.
    const without = (row: Kept | undefined) => ({ ...row, due_at: undefined })
    expect(ids.map((id) => without(kept(home, id)))).toEqual(before.map(without))
    expect(tally(home)).toEqual(counted)
    expect((await stageEntries(home)).sort()).toEqual(
      [
        'interview rejected salary',
        'new interview',
        'new rejected salary',
        'new rejected salary',
        'rejected interview undone',
        'rejected new undone',
        'rejected new undone',
      ].sort(),
    )
  })

  it('taken back twice change nothing more', async () => {
    const home = await retentionHome()
    const { ids } = await people(home, 2)
    const { batch } = await home.call('application.move', { ids, stage: 'reviewed' })
    await home.call('application.undo_move', { batch })
    const [rows, counted, entries] = [ids.map((id) => kept(home, id)), tally(home), await stageEntries(home)]
    expect(await home.call('application.undo_move', { batch })).toEqual({ restored: 0, kept: 0 })
    expect(ids.map((id) => kept(home, id))).toEqual(rows)
    expect(tally(home)).toEqual(counted)
    expect(await stageEntries(home)).toEqual(entries)
    expect(await home.call('application.undo_move', { batch: 'nobody knows it' })).toEqual({ restored: 0, kept: 0 })
  })

  it('are not pulled back from where somebody has moved on, even to the same place again', async () => {
    const home = await retentionHome()
    const { ids } = await people(home, 3)
    const [one, two, three] = ids as [ApplicationId, ApplicationId, ApplicationId]
    const { batch } = await home.call('application.move', { ids, stage: 'interview' })
    await home.call('application.set_stage', { id: one, stage: 'offer' })
    await home.call('application.set_stage', { id: two, stage: 'reviewed' })
    await home.call('application.set_stage', { id: two, stage: 'interview' })
    expect(await home.call('application.undo_move', { batch })).toEqual({ restored: 1, kept: 2 })
    expect([one, two, three].map((id) => kept(home, id)?.stage)).toEqual(['offer', 'interview', 'new'])
  })

  it('of one may be taken back in their order, each as far as it went', async () => {
    const home = await retentionHome()
    const { ids } = await people(home, 1)
    const [id] = ids as [ApplicationId]
    const start = kept(home, id)
    const counted = tally(home)
    const batches: string[] = []
    for (const stage of ['reviewed', 'interview', 'rejected'] as const) {
      home.time.wall += hour
      batches.push((await home.call('application.set_stage', { id, stage })).batch)
    }
    for (const batch of batches.toReversed())
      expect(await home.call('application.undo_move', { batch })).toEqual({ restored: 1, kept: 0 })
    expect(kept(home, id)).toMatchObject({ stage: 'new', stage_at: start?.stage_at, decision: null, decided_at: null })
    expect(tally(home)).toEqual(counted)
  })

  it('leave out who is locked or gone, and neither way reaches them', async () => {
    const home = await retentionHome()
    const { ids, made } = await people(home, 3)
    const [locked, gone, live] = ids as [ApplicationId, ApplicationId, ApplicationId]
    const { batch } = await home.call('application.move', { ids, stage: 'interview' })
    await home.call('application.set_stage', { id: locked, stage: 'hired' })
    await home.call('retention.destroy_now', { application_ids: [gone] })
    await home.core.account?.retention.runDue()
    expect(home.count('application', `id = '${gone}'`)).toBe(0)
    expect(home.count('stage_move', `application_id = '${gone}'`)).toBe(0)
    const again = await home.call('application.move', { ids, stage: 'offer' })
    expect(again).toMatchObject({ moved: 1 })
    expect(Object.fromEntries(again.skipped.map(({ id, code }) => [id, code]))).toEqual({
      [locked]: 'E_LOCKED',
      [gone]: 'E_NOT_FOUND',
    })
    await home.call('application.undo_move', { batch: again.batch })
    expect(await home.call('application.undo_move', { batch })).toMatchObject({ restored: 1 })
    expect(kept(home, live)?.stage).toBe('new')
    expect(kept(home, locked)?.stage).toBe('hired')
    expect(made).toHaveLength(3)
  })

  it('give the hub the stage that stands in the end', async () => {
    const home = await retentionHome()
    await enterHubAccount(home)
    await syncPage(home, [jobChange('job-1'), candidateChange('cand-1'), applicationChange('app-1', 'cand-1')])
    const { account, vault } = home.core
    const id = reader(home).get<{ id: ApplicationId }>('SELECT id FROM application')?.id
    if (account === null || vault === null || id === undefined) throw new Error('nobody has come')
    const { batch } = await home.call('application.move', { ids: [id], stage: 'interview' })
    await home.call('application.undo_move', { batch })
    const place = { store: account.store.db, keystore: account.keystore, asideKey: vault.keys.asideKey() }
    const queued = listWaiting(place, 10).filter(({ kind }) => kind === 'stage')
    expect(queued.at(-1)?.body).toMatchObject({ application_id: 'app-1', stage: 'new' })
    expect(kept(home, id)?.stage).toBe('new')
  })
})
