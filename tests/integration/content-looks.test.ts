import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { syncOnce } from '../../electron/core/accounts/session.ts'
import { newHome, type CoreHome } from '../helpers/core-home.ts'
import { startSandboxHub, type SandboxHub } from '../helpers/sandbox-hub.ts'

/** What a stated reason opens on an administrator's workstation, and what the recruiter's tells of it (D17, LG-14). */
describe('at a workstation, an administrator', () => {
  const folders = [0, 1].map(() => mkdtempSync(join(tmpdir(), 'candor-looks-')))
  let place: SandboxHub
  let boss: CoreHome
  let recruiter: CoreHome
  let wall = 0
  const enter = async (core: CoreHome, seat: 'admin' | 'hr'): Promise<void> => {
    await core.call('account.sign_in', { hub: place.url, account: `${seat}@sandbox`, password: place.passwordOf(seat) })
    await syncOnce(core.core)
    await core.core.account?.indexer.settle()
  }
  beforeAll(async () => {
    place = await startSandboxHub({ seed: 40, limitFactor: Infinity })
    boss = await newHome(folders[0] ?? '', { wall: () => Date.now() + wall })
    recruiter = await newHome(folders[1] ?? '')
    await enter(boss, 'admin')
    await enter(recruiter, 'hr')
  })
  afterAll(async () => {
    await boss.stop('quit')
    await recruiter.stop('quit')
    await place.close()
    folders.forEach((folder) => rmSync(folder, { recursive: true, force: true }))
  })
  const notOurs = (): { id: string; job: string } => {
    const row = boss.core.account?.store.reader.get<{ id: string; job: string }>(
      `SELECT c.record_id AS id, a.job_id AS job FROM candidate c JOIN application a ON a.record_id = c.record_id
       JOIN job j ON j.id = a.job_id WHERE c.life = 'live' AND a.channel = 'delivered' AND c.platform IN ('lagou', 'zhaopin')
         AND j.owner_id = 'acc-hr' AND (SELECT count(*) FROM application o WHERE o.record_id = c.record_id) = 1
       ORDER BY c.platform_id`,
    )
    if (row === undefined) throw new Error('nobody')
    return row
  }
  const entriesOf = async (core: CoreHome) => (await core.call('ledger.list', { limit: 30 })).items

  it('[D17] is refused a record, a field and its scores until a reason is stated', async () => {
    const { id } = notOurs()
    for (const [route, input] of [
      ['candidate.get', { id }],
      ['candidate.reveal', { id, field: 'phone', reason: 'audit' }],
    ] as const)
      expect([route, await boss.codeOf(route, input)]).toEqual([route, 'E_PURPOSE'])
    expect(await boss.codeOf('look.begin', { id, reason: 'audit', words: '打 13800138000 问问' })).toBe('E_INPUT')
    expect(await recruiter.codeOf('look.begin', { id, reason: 'audit', words: '抽查沟通记录' })).toBe('E_ROLE')
  })

  it('[LG-14] opens it by a stated reason, logs each view with it, and the recruiter sees who, what, when and why', async () => {
    const { id, job } = notOurs()
    await boss.call('look.begin', { id: id as never, reason: 'request', words: '核对候选人的更正请求' })
    const detail = await boss.call('candidate.get', { id: id as never, job_id: job as never })
    expect((detail.work ?? []).length).toBeGreaterThan(0)
    for (const key of ['phone', 'email', 'wechat']) expect(detail).not.toHaveProperty(key)
    const [, view] = await entriesOf(boss)
    expect(view).toMatchObject({ action: 'view', outcome: 'shown', reason: 'request' })
    expect((await entriesOf(boss)).find(({ action }) => action === 'policy_change')).toMatchObject({
      reason: 'request',
    })
    await syncOnce(boss.core)
    const { items } = await recruiter.call('look.list', {})
    expect(items).toMatchObject([{ by: '顾明', reason: 'request', words: '核对候选人的更正请求', read: 1 }])
    expect(items[0]?.readings).toMatchObject([{ action: 'view' }])
    expect(items[0]?.label).toBeTruthy()
  })

  it('[D17] is refused again an hour later, also without the hub', async () => {
    const { id } = notOurs()
    wall = 61 * 60_000
    expect(await boss.codeOf('candidate.get', { id })).toBe('E_PURPOSE')
    wall = 0
  })
})
