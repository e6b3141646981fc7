import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isOnChinaList } from '../../electron/core/accounts/hub-hosts.ts'
import { candidateLink } from '../../electron/shared/domain/sync-records.ts'
import { newHome, type CoreHome } from '../helpers/core-home.ts'
import { pullAll, pushItem, type HubClient } from '../helpers/hub-client.ts'
import { startSandboxHub, type SandboxHub } from '../helpers/sandbox-hub.ts'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Nothing leaves the country: not to a hub abroad, and not to somebody abroad before the record and the person's consent stand. */

const record = {
  recipient: '北辰海外总部',
  contact: 'privacy@beichen.example',
  purpose: '用人部门面试',
  method: '工作站在线查看',
  types: ['name', 'body'],
  rights_path: '经境内个人信息保护负责人转达',
  policy_url: 'https://beichen.example/privacy',
  assessment: 'PIA-2026-07',
}

describe('hosts', () => {
  const folder = mkdtempSync(join(tmpdir(), 'candor-region-'))
  let core: CoreHome
  const asked: string[] = []
  beforeAll(async () => {
    core = await newHome(folder, {
      fetch: (input) => {
        asked.push(input instanceof Request ? input.url : input.toString())
        return Promise.reject(new Error('nobody is there'))
      },
    })
  })
  afterAll(async () => {
    await core.stop('quit')
    rmSync(folder, { recursive: true, force: true })
  })
  const signIn = (hub: string) => core.router.call('account.sign_in', { hub, account: 'hr', password: 'x' })

  it('[ZP-102] [MM-32] a host that is not on the China list is refused before anything is sent, with rule and what lifts it', async () => {
    for (const hub of ['https://hub.example', 'https://zhaopin.com.evil.example', 'https://notzhaopin.com']) {
      expect(await signIn(hub)).toMatchObject({
        ok: false,
        error: { code: 'E_REGION', data: { rule: 'HUB_ABROAD', clause: 'ZP-102', lift: 'REGISTER_HUB' } },
      })
    }
    expect(asked).toEqual([])
    expect(['zhaopin.com', 'sync.zhaopin.com', 'maimai.cn'].map(isOnChinaList)).toEqual([true, true, true])
    expect(await signIn('https://sync.zhaopin.com')).toMatchObject({ error: { code: 'E_HUB_UNREACHABLE' } })
  })

  it('[ZP-102] [MM-32] an enterprise’s own hub is let in by an entry that says where it stands, for as long as that stands', async () => {
    const own = 'https://hr.beichen.example'
    expect(await core.codeOf('hub_host.register', { hub: own, place: '上海', mainland: false })).toBe('E_INPUT')
    expect(await core.codeOf('hub_host.register', { hub: 'http://127.0.0.1:1', place: '上海', mainland: true })).toBe(
      'E_INPUT',
    )
    await core.call('hub_host.register', { hub: own, place: '上海 沪ICP备00000000号', mainland: true })
    expect(await signIn(own)).toMatchObject({ error: { code: 'E_HUB_UNREACHABLE' } })
    expect((await core.call('hub_host.list', {})).items).toMatchObject([{ host: 'hr.beichen.example' }])
    await core.call('hub_host.remove', { host: 'hr.beichen.example' })
    expect(await signIn(own)).toMatchObject({ error: { code: 'E_REGION' } })
  })
})

describe('somebody abroad at the hub', () => {
  let hub: SandboxHub
  let admin: HubClient
  let hr: HubClient
  beforeAll(async () => {
    hub = await startSandboxHub({ seed: 40 })
    admin = await hub.signIn('admin')
    hr = await hub.signIn('hr')
  })
  afterAll(() => hub.close())
  const people = async () => {
    const { changes } = await pullAll(hr)
    return changes.filter(({ type, op }) => type === 'candidate' && op === 'upsert')
  }

  it('[ZP-102] [MM-33] gets nobody before the record and each person’s own consent, and nothing that the record does not name', async () => {
    const [first] = await people()
    if (first === undefined) throw new Error('nobody is here')
    const set = (overseas: boolean) => admin.call('PUT', '/v1/accounts/acc-hr/overseas', { json: { overseas } })
    expect((await set(true)).status).toBe(204)
    expect(await people()).toEqual([])
    // Whoever held somebody is told to let go of them.
    const { changes } = await pullAll(hr)
    expect(changes.filter(({ type, op }) => type === 'candidate' && op === 'delete').length).toBeGreaterThan(0)
    await pushItem(hr, 'consent', { candidate_id: first.id, purpose: 'cross_border', granted: true })
    expect(await people()).toEqual([])
    for (const name of Object.keys(record)) {
      const { [name as 'recipient']: _left, ...rest } = record
      expect((await admin.call('PUT', '/v1/cross-border', { json: rest })).status).toBe(400)
    }
    expect((await hr.call('PUT', '/v1/cross-border', { json: record })).status).toBe(403)
    expect((await admin.call('PUT', '/v1/cross-border', { json: record })).status).toBe(200)
    const seen = await people()
    expect(seen.map(({ id }) => id)).toEqual([first.id])
    const { contact, resume } = seen[0]?.data as {
      contact?: Record<string, unknown>
      resume: { meta: { cn: Record<string, unknown> } }
    }
    expect(Object.keys(contact ?? {}).filter((name) => ['phone', 'email', 'wechat'].includes(name))).toEqual([])
    for (const name of ['sex', 'household', 'political_status', 'current_salary', 'expected_salary'])
      expect(resume.meta.cn).not.toHaveProperty(name)
    // The person takes it back on their own page, under another id.
    const { link } = (await admin.call('POST', '/v1/candidate-links', { json: { candidate_id: first.id } })).as(
      candidateLink,
    )
    const form = { purpose: 'cross_border', granted: 'false' }
    await hub.client.call('POST', `${new URL(link).pathname}/consents`, { form })
    expect(await people()).toEqual([])
    expect((await admin.call('DELETE', '/v1/cross-border')).status).toBe(204)
    await set(false)
    expect((await people()).length).toBeGreaterThan(1)
  })
})
