import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { syncOnce } from '../../electron/core/accounts/session.ts'
import type { RecordId } from '../../electron/shared/domain/ids.ts'
import { IpcError } from '../../electron/shared/ipc/ipc-error.ts'
import type { Input } from '../../electron/shared/ipc/routes/index.ts'
import { newHome, newLocalHome, type CoreHome } from '../helpers/core-home.ts'
import { approvalAnswer as asked } from '../../electron/shared/domain/sync-records.ts'
import { startSandboxHub, type SandboxHub } from '../helpers/sandbox-hub.ts'

/** What opens by approval alone, between a recruiter who listens to the hub, an officer, and a real hub. */
const hour = 3_600_000
const folders = [0, 1, 2].map(() => mkdtempSync(join(tmpdir(), 'candor-approval-')))
let hub: SandboxHub
let hr: CoreHome
let officer: CoreHome
let ahead = 0

const enter = async (core: CoreHome, seat: 'hr' | 'officer'): Promise<void> => {
  await core.call('account.sign_in', { hub: hub.url, account: `${seat}@sandbox`, password: hub.passwordOf(seat) })
  await syncOnce(core.core)
  await core.core.account?.indexer.settle()
}
type Exam = { readonly id: RecordId; readonly job: string }
const examined = (): Exam[] =>
  hr.core.account?.store.reader.all<Exam>(
    `SELECT c.record_id AS id, min(a.job_id) AS job FROM candidate c JOIN application a ON a.record_id = c.record_id
     WHERE a.channel = 'campus_exam' AND c.life = 'live' GROUP BY c.record_id HAVING count(*) = 1 ORDER BY c.platform_id`,
  ) ?? []
const at = (index: number): Exam => {
  const found = examined()[index]
  if (found === undefined) throw new Error('too few of the seed took an examination')
  return found
}
const reveal = (id: RecordId) => hr.call('candidate.reveal', { id, field: 'id_number', reason: 'interview' })
const ruleOf = async (id: RecordId): Promise<unknown> => {
  try {
    await reveal(id)
    return 'shown'
  } catch (error) {
    return error instanceof IpcError
      ? [error.code, error.data['rule'], error.data['clause'], error.data['lift']]
      : error
  }
}
const newest = () => hr.core.vault?.ledger.list({ limit: 1 }).items[0]?.entry

beforeAll(async () => {
  hub = await startSandboxHub({ seed: 240 })
  hr = await newHome(folders[0] ?? '', { watchHub: true, wall: () => Date.now() + ahead })
  officer = await newHome(folders[1] ?? '')
  await enter(hr, 'hr')
  await enter(officer, 'officer')
})
afterAll(async () => {
  await hr.stop('quit')
  await officer.stop('quit')
  await hub.close()
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

describe('a field that opens by approval', () => {
  it('[ZP-96] [ZP-54] is asked for, granted by somebody else, pushed, and revealed under the approval’s id', async () => {
    const { id } = at(0)
    const before = await hr.call('candidate.get', { id })
    expect(before.why.find(({ field }) => field === 'id_number')).toMatchObject({ state: 'approval', lift: 'APPROVAL' })
    expect(before).not.toHaveProperty('id_number')
    expect(await ruleOf(id)).toEqual(['E_APPROVAL', 'NEEDS_APPROVAL', 'ZP-96', 'APPROVAL'])

    const ask: Input<'approval.ask'> = { id, kind: 'sealed', fields: ['id_number'], reason: '核对考生 13800138000' }
    const asked = await hr.call('approval.ask', ask)
    expect(await ruleOf(id)).toEqual(['E_APPROVAL', 'APPROVAL_PENDING', 'ZP-96', 'APPROVAL'])
    expect(await hr.codeOf('approval.ask', ask)).toBe('E_CONFLICT')
    expect((await hr.call('candidate.get', { id })).approvals).toMatchObject([{ id: asked.id, state: 'pending' }])
    expect(await hr.codeOf('approval.decide', { id: asked.id, status: 'granted' })).toBe('E_ROLE')

    const waiting = (await officer.call('approval.list', {})).items
    const found = waiting.find((item) => item.id === asked.id)
    expect(found).toMatchObject({ asked_by: '林晓', may_decide: true, mine: false, fields: ['id_number'] })
    expect(found?.reason).toBe('核对考生 ***********')
    await officer.call('approval.decide', { id: asked.id, status: 'granted', hours: 2 })

    // Nobody calls sync here: the hub says that something changed.
    await vi.waitFor(async () => expect(await ruleOf(id)).toBe('shown'), { timeout: 20_000, interval: 250 })
    const shown = await reveal(id)
    expect(shown.value).toMatch(/^[\dX*]{15,18}$/)
    expect(newest()).toMatchObject({
      action: 'reveal',
      outcome: 'shown',
      fields: ['id_number'],
      detail: `approval ${asked.id}`,
    })
    const after = await hr.call('candidate.get', { id })
    expect(after).toMatchObject({ id_number: '****', approvals: [{ state: 'granted', by: '沈清' }] })
    expect(JSON.stringify(after)).not.toContain(shown.value)
  })

  it('[ZP-96] is refused to somebody else’s record under the same approval, and when its time is over', async () => {
    expect(await ruleOf(at(1).id)).toEqual(['E_APPROVAL', 'APPROVAL_SCOPE', 'ZP-96', 'APPROVAL'])
    expect(newest()).toMatchObject({ action: 'reveal', outcome: 'denied', detail: 'rule APPROVAL_SCOPE' })
    ahead = 3 * hour
    expect(await ruleOf(at(0).id)).toEqual(['E_APPROVAL', 'APPROVAL_OVER', 'ZP-96', 'APPROVAL'])
    expect((await hr.call('candidate.get', { id: at(0).id })).approvals).toMatchObject([{ state: 'over' }])
    ahead = 0
  })

  it('can be withdrawn, and a bulk is of one job and waits for two', async () => {
    const { id, job } = at(2)
    const asked = await hr.call('approval.ask', { id, kind: 'sealed', fields: ['id_number'], reason: '核对' })
    await hr.call('approval.withdraw', { id: asked.id })
    expect((await hr.call('approval.list', { box: 'mine' })).items.find((one) => one.id === asked.id)?.state).toBe(
      'withdrawn',
    )
    expect(await officer.codeOf('approval.decide', { id: asked.id, status: 'granted' })).toBe('E_CONFLICT')
    const applications =
      hr.core.account?.store.reader
        .all<{ id: string }>('SELECT id FROM application WHERE job_id = ? ORDER BY record_id = ? DESC LIMIT 3', job, id)
        .map((row) => row.id as never) ?? []
    expect(await hr.codeOf('approval.ask', { id, kind: 'bulk', reason: 'x' })).toBe('E_INPUT')
    const bulk = await hr.call('approval.ask', { id, kind: 'bulk', application_ids: applications, reason: '集中核对' })
    expect(await officer.call('approval.decide', { id: bulk.id, status: 'granted' })).toEqual({ state: 'half' })
    expect(await officer.codeOf('approval.decide', { id: bulk.id, status: 'granted' })).toBe('E_ROLE')
    const listed = (await officer.call('approval.list', {})).items.find((item) => item.id === bulk.id)
    expect(listed).toMatchObject({
      state: 'half',
      first_by: '沈清',
      may_decide: false,
      applications: applications.length,
    })
  })

  it('[ZP-96] is decided by a deputy while the officer is away, and the log of who named them says so', async () => {
    const from = Date.now() - hour
    const named = await officer.call('approval.name_deputy', { deputy: 'acc-hr', from, until: from + 24 * hour })
    const { entry } = officer.core.vault?.ledger.list({ limit: 1 }).items[0] ?? {}
    expect(entry).toMatchObject({ action: 'policy_change', detail: expect.stringContaining('deputy acc-hr from') })
    const admin = await hub.signIn('admin')
    const json = { kind: 'reveal', candidate_id: 'cand-000017', job_id: 'job-01', reason: '核对' }
    const { id } = (await admin.call('POST', '/v1/approvals', { json })).as(asked)
    expect((await hr.call('approval.list', {})).items.find((item) => item.id === id)?.may_decide).toBe(true)
    expect(await hr.call('approval.decide', { id, status: 'refused' })).toEqual({ state: 'refused' })
    const mine = (await hr.call('approval.deputies', {})).items
    expect(mine).toMatchObject([{ approver: '沈清', deputy: '林晓', may_end: false }])
    await officer.call('approval.end_deputy', { id: named.id })
    expect((await officer.call('approval.deputies', {})).items[0]).toMatchObject({ ended_at: expect.any(Number) })
  })
})

describe('in a workspace without a hub', () => {
  it('[ZP-96] the officer that it named confirms at the workstation', async () => {
    const core = await newLocalHome(folders[2] ?? '')
    const job = await core.call('job.create', { title: '会计' })
    const text =
      '姓名：王晓\n手机：13912345678\n出生年月：1990年5月\n求职意向：会计\n工作经历\n2018.01-2020.01 某公司 会计'
    const added = await core.call('intake.add', {
      name: 'a.txt',
      content_base64: Buffer.from(text).toString('base64'),
      job_id: job.id,
    })
    if (added.result !== 'imported') throw new Error(added.result)
    const id = added.record_id
    const { id: asked } = await core.call('approval.ask', { id, kind: 'download', reason: '面试官要看原件' })
    expect(await core.codeOf('approval.decide', { id: asked, status: 'granted', officer: '王五' })).toBe('E_APPROVAL')
    expect((await core.call('approval.list', {})).items).toMatchObject([{ state: 'pending', may_decide: true }])
    await core.call('approval.decide', { id: asked, status: 'granted', officer: '沈清' })
    expect((await core.call('candidate.get', { id })).approvals).toMatchObject([{ state: 'granted', by: '沈清' }])
    await core.stop('quit')
  })
})
