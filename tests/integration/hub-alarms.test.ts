import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { alarmsAnswer, me } from '../../electron/shared/domain/sync-records.ts'
import { pushItem } from '../helpers/hub-client.ts'
import { logDevice } from '../helpers/log-device.ts'
import { startSandboxHub, type SandboxHub } from '../helpers/sandbox-hub.ts'

const minute = 60_000
let hub: SandboxHub
beforeAll(async () => {
  hub = await startSandboxHub({ seed: 10 })
})
afterAll(() => hub.close())

/** A workstation of the recruiter that has revealed so often, a minute apart, until now. */
const revealed = async (id: string, count: number, account = 'hr@sandbox') => {
  const client = await hub.signIn('hr')
  const device = logDevice(id, { account, role: 'hr' })
  await client.call('PUT', `/v1/devices/${id}`, {
    json: { name: id, os: 'o', app_version: '1', log_key: device.logKey },
  })
  const subject = { platform: 'zhaopin', candidate: 'x' }
  for (let index = count; index > 0; index -= 1)
    device.append({ action: 'reveal', subject, at: hub.clock.now() - index * minute })
  expect((await pushItem(client, 'log', device.push(0))).status).toBe('accepted')
  return client
}

describe('alarms over the pushed logs', () => {
  it('[ZP-94] sum the devices of an account, stop it, and are lifted by an officer, never by oneself', async () => {
    const officer = await hub.signIn('officer')
    const list = async () => (await officer.call('GET', '/v1/alarms')).as(alarmsAnswer).alarms
    const hr = await revealed('dev-one', 25)
    expect(await list()).toEqual([])
    expect((await hr.call('GET', '/v1/me')).as(me).access).toBeUndefined()
    await revealed('dev-two', 25)
    const [alarm] = await list()
    expect(alarm).toMatchObject({
      account: '林晓',
      kind: 'reveals_per_hour',
      counted: 50,
      devices: 2,
      may_decide: true,
    })
    expect((await hr.call('GET', '/v1/me')).as(me).access).toMatchObject({
      stopped: 'reveals',
      stopped_until: alarm?.until,
    })
    const decide = (json: object) => officer.call('POST', `/v1/alarms/${alarm?.id ?? ''}/decision`, { json })
    expect((await hr.call('GET', '/v1/alarms')).code).toBe('role')
    const late = new Date(hub.clock.now() + 8 * 86_400_000).toISOString()
    expect((await decide({ note: '核实中', until: late })).code).toBe('stop_end')
    const longer = new Date(hub.clock.now() + 86_400_000).toISOString()
    expect((await decide({ note: '核实中', until: longer })).status).toBe(204)
    expect((await hr.call('GET', '/v1/me')).as(me).access?.stopped_until).toBe(longer)
    expect((await decide({ note: '已核实' })).status).toBe(204)
    const { access } = (await hr.call('GET', '/v1/me')).as(me)
    expect(access).toEqual({ lifted_at: expect.any(String) })
    expect((await decide({ note: '已核实' })).code).toBe('ended')
    // What was counted before it was lifted counts no more.
    await revealed('dev-three', 1)
    expect(await list()).toHaveLength(1)
  })

  it('keeps a workstation’s own alarm as it was entered there, once', async () => {
    const client = await hub.signIn('hr')
    const device = logDevice('dev-own', { account: 'hr@sandbox', role: 'hr' })
    const json = { name: 'n', os: 'o', app_version: '1', log_key: device.logKey }
    await client.call('PUT', '/v1/devices/dev-own', { json })
    const at = hub.clock.now()
    const detail = `alarm views_per_minute counted=301 stops=views until=${at + 60 * minute}`
    device.append({ action: 'incident', outcome: 'done', detail, at })
    expect((await pushItem(client, 'log', device.push(0))).status).toBe('accepted')
    const admin = await hub.signIn('admin')
    const found = (await admin.call('GET', '/v1/alarms')).as(alarmsAnswer).alarms
    expect(found.filter(({ kind }) => kind === 'views_per_minute')).toMatchObject([{ counted: 301, devices: 1 }])
    expect((await client.call('GET', '/v1/me')).as(me).access).toMatchObject({ stopped: 'views' })
  })
})
