import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { syncOnce } from '../../electron/core/accounts/session.ts'
import type { RecordId } from '../../electron/shared/domain/ids.ts'
import { newHome, type CoreHome } from '../helpers/core-home.ts'
import { findChange, type HubClient } from '../helpers/hub-client.ts'
import { startSandboxHub, type SandboxHub } from '../helpers/sandbox-hub.ts'

/** Legal holds between a recruiter, an officer and a real hub, each on a workstation of their own. */

const day = 86_400_000
const folders = [mkdtempSync(join(tmpdir(), 'candor-hold-')), mkdtempSync(join(tmpdir(), 'candor-hold-'))] as const
let hub: SandboxHub
let hr: CoreHome
let officer: CoreHome

const sync = async (core: CoreHome): Promise<void> => {
  await syncOnce(core.core)
  await core.core.account?.retention.runDue()
  await core.core.account?.indexer.settle()
}
const enter = async (core: CoreHome, seat: 'hr' | 'officer'): Promise<void> => {
  await core.call('account.sign_in', { hub: hub.url, account: `${seat}@sandbox`, password: hub.passwordOf(seat) })
  await sync(core)
}
type Row = { readonly record_id: RecordId; readonly platform_id: string; readonly application: string }

/** People whom both workstations have. */
const people = (): Row[] =>
  hr.core.account?.store.reader.all<Row>(
    `SELECT c.record_id, c.platform_id, min(a.id) AS application FROM candidate c JOIN application a ON a.record_id = c.record_id
     WHERE c.life = 'live' AND c.visibility = 'public' AND a.channel = 'delivered' AND a.held_until IS NULL
     GROUP BY c.record_id HAVING count(*) = 1 ORDER BY c.platform_id`,
  ) ?? []
const onOther = (core: CoreHome, person: Row): RecordId | undefined =>
  core.core.account?.store.reader.get<{ record_id: RecordId }>(
    'SELECT record_id FROM candidate WHERE platform_id = ?',
    person.platform_id,
  )?.record_id
const now = (): number => hr.core.clock.now()
const holdOf = async (core: CoreHome, id: string) =>
  (await core.call('hold.list', {})).items.find((item) => item.id === id)

beforeAll(async () => {
  hub = await startSandboxHub({ seed: 120 })
  hr = await newHome(folders[0])
  officer = await newHome(folders[1])
  await enter(hr, 'hr')
  await enter(officer, 'officer')
})
afterAll(async () => {
  await hr.stop('quit')
  await officer.stop('quit')
  await hub.close()
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

describe('a legal hold between workstations', () => {
  it('[QY-36] is asked for by one, approved by another, kept by all, and released for all', async () => {
    const person = people().find((one) => onOther(officer, one) !== undefined)
    if (person === undefined) throw new Error('nobody is on both')
    const until = now() + 20 * day
    const { id } = await hr.call('hold.request', { id: person.record_id, until, reason: '劳动仲裁 13800138000' })
    // Who asked cannot approve, here or at the hub.
    expect(await hr.codeOf('hold.decide', { id, status: 'granted' })).toBe('E_APPROVAL')
    await sync(officer)
    expect(await holdOf(officer, id)).toMatchObject({
      state: 'pending',
      may_decide: true,
      reason: '劳动仲裁 ***********',
    })
    expect(await officer.call('hold.counts', {})).toMatchObject({ to_decide: 1 })
    await officer.call('hold.decide', { id, status: 'granted' })
    expect(await holdOf(officer, id)).toMatchObject({ state: 'active', until })
    await sync(hr)
    expect(await holdOf(hr, id)).toMatchObject({ state: 'active', until, may_release: true })
    await hr.call('application.set_stage', { id: person.application as never, stage: 'rejected' })
    await sync(hr)
    await hr.call('hold.release', { id, reason: '案件已结' })
    expect(await holdOf(hr, id)).toMatchObject({ state: 'released', release_reason: '案件已结' })
    await sync(officer)
    expect(await holdOf(officer, id)).toMatchObject({ state: 'released', release_reason: '案件已结' })
    expect(await officer.codeOf('hold.release', { id, reason: 'x' })).toBe('E_CONFLICT')
  })

  it('[QY-36] of an officer is approved by an administrator and by nobody else', async () => {
    const person = people().find((one) => onOther(officer, one) !== undefined)
    const record = person === undefined ? undefined : onOther(officer, person)
    if (person === undefined || record === undefined) throw new Error('nobody is on both')
    const { id } = await officer.call('hold.request', { id: record, until: now() + day, reason: '审计' })
    expect(await officer.codeOf('hold.decide', { id, status: 'granted' })).toBe('E_APPROVAL')
    expect(await holdOf(officer, id)).toMatchObject({ state: 'pending', may_decide: false })
    const admin = await hub.signIn('admin')
    const decide = (client: HubClient, body: object) =>
      client.call('POST', `/v1/approvals/${id}/decision`, { json: body })
    expect((await decide(await hub.signIn('officer'), { status: 'granted' })).code).toBe('own_request')
    expect((await decide(await hub.signIn('hr'), { status: 'granted' })).status).toBe(403)
    const late = { status: 'granted', until: '2001-01-01T00:00:00Z' }
    expect((await decide(admin, late)).code).toBe('hold_end')
    expect((await decide(admin, { status: 'granted' })).status).toBe(200)
    await sync(officer)
    expect(await holdOf(officer, id)).toMatchObject({ state: 'active', approver: expect.any(String) as string })
    expect(await findChange(admin, 'hold', id)).toMatchObject({
      data: { by: 'acc-officer', approver: 'acc-admin', candidate_id: person.platform_id },
    })
    // Somebody else's hold is not a recruiter's to end.
    await sync(hr)
    expect(await hr.codeOf('hold.release', { id, reason: 'x' })).toBe('E_ROLE')
    const atHub = await (await hub.signIn('hr')).call('POST', `/v1/holds/${id}/release`, { json: { reason: 'x' } })
    expect(atHub.code).toBe('forbidden')
  })

  it('[QY-36] has an end at the hub, too, and no longer one than three years', async () => {
    const client = await hub.signIn('hr')
    const [person] = people()
    const ask = { kind: 'hold', candidate_id: person?.platform_id, job_id: 'job-01', reason: '仲裁' }
    for (const until of [undefined, '2001-01-01T00:00:00Z', '2099-01-01T00:00:00Z']) {
      const answer = await client.call('POST', '/v1/approvals', { json: { ...ask, until } })
      expect([until, answer.code]).toEqual([until, 'hold_end'])
    }
  })

  it('[QY-36] is not asked for without the hub, and nothing of it is kept then', async () => {
    const person = people()[1]
    if (person === undefined) throw new Error('nobody')
    const headhunter = await hub.signIn('headhunter')
    const ask = {
      kind: 'hold',
      candidate_id: person.platform_id,
      job_id: 'job-01',
      reason: 'x',
      until: new Date(now() + day),
    }
    expect((await headhunter.call('POST', '/v1/approvals', { json: ask })).status).toBe(403)
    await hub.close()
    const before = (await hr.call('hold.list', {})).items.length
    expect(await hr.codeOf('hold.request', { id: person.record_id, until: now() + day, reason: '仲裁' })).toBe(
      'E_HUB_UNREACHABLE',
    )
    expect((await hr.call('hold.list', {})).items).toHaveLength(before)
  })
})
