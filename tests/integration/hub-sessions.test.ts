import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { noteSighting, overlapsForAlarm, placeOf } from '../../electron/hub/accounts/note-sighting.ts'
import { requireSession } from '../../electron/hub/session.ts'
import { sweep } from '../../electron/hub/sweep.ts'
import {
  cancellationAnswer,
  changesPage,
  deviceHoldings,
  devicesAnswer,
  oneTimeLink,
  sessionsAnswer,
  signInAlarmsAnswer,
} from '../../electron/shared/domain/sync-records.ts'
import type { HubClient } from '../helpers/hub-client.ts'
import { hubPeople, candidatesOf, joinPassword, meOf, pathOf } from '../helpers/hub-people.ts'
import { startSandboxHub, type SandboxHub } from '../helpers/sandbox-hub.ts'

let hub: SandboxHub
let admin: HubClient
let staff: ReturnType<typeof hubPeople>
beforeAll(async () => {
  hub = await startSandboxHub({ seed: 20 })
  admin = await hub.signIn('admin')
  staff = hubPeople(hub, admin)
})
afterAll(() => hub.close())

describe('sessions, devices and passwords', () => {
  it('one ends a session of one’s own, and nobody else’s', async () => {
    const { client } = await staff.joined('two@join')
    const other = await hub.client.signIn('two@join', joinPassword)
    const { sessions } = (await client.call('GET', '/v1/sessions')).as(sessionsAnswer)
    expect(sessions.map((one) => one.current).sort()).toEqual([false, true])
    const second = sessions.find((one) => !one.current)?.id ?? ''
    expect((await (await hub.signIn('hr')).call('DELETE', `/v1/sessions/${second}`)).code).toBe('not_found')
    expect((await other.call('GET', '/v1/me')).status).toBe(200)
    expect((await client.call('DELETE', `/v1/sessions/${second}`)).status).toBe(204)
    expect((await other.call('GET', '/v1/me')).status).toBe(401)
  })

  it('[ZP-101] a lost device is revoked, and what was on it is listed by number alone', async () => {
    const { client, id } = await staff.joined('lost@join')
    await staff.verify(id)
    await staff.putDevice(client, 'dev-lost', id)
    const held = new Set((await candidatesOf(client)).map((one) => one.id))
    expect((await client.call('GET', '/v1/devices/dev-lost/holdings')).code).toBe('role')
    const { devices } = (await admin.call('GET', '/v1/devices')).as(devicesAnswer)
    expect(devices.find((one) => one.id === 'dev-lost')).toMatchObject({
      holds: held.size,
      sessions: 1,
      revoked: false,
    })
    expect((await admin.call('DELETE', '/v1/devices/dev-lost')).status).toBe(204)
    const answer = await admin.call('GET', '/v1/devices/dev-lost/holdings')
    expect(new Set(answer.as(deviceHoldings).candidates)).toEqual(held)
    expect(Object.keys(answer.as(deviceHoldings)).sort()).toEqual(['candidates', 'device'])
    expect((await client.call('GET', '/v1/changes')).code).toBe('device_revoked')
    // Nobody but administrators and the officer sees the devices of others.
    const { devices: own } = (await (await hub.signIn('hr')).call('GET', '/v1/devices')).as(devicesAnswer)
    expect(own.every((one) => one.account_id === 'acc-hr')).toBe(true)
  })

  it('[MM-39] a joinPassword is changed with the present one, and reset by a link that works once; sessions end', async () => {
    const { client, id } = await staff.joined('pass@join')
    const other = await hub.client.signIn('pass@join', joinPassword)
    const change = (body: object) => client.call('POST', '/v1/me/password', { json: body })
    expect((await change({ current: 'x', next: 'some other words' })).code).toBe('wrong_password')
    expect((await change({ current: joinPassword, next: '1234567890' })).code).toBe('password_common')
    expect((await change({ current: joinPassword, next: 'pass@join' })).code).toBe('password_short')
    expect((await change({ current: joinPassword, next: 'some other words' })).status).toBe(204)
    expect((await other.call('GET', '/v1/me')).status).toBe(401)
    expect((await client.call('GET', '/v1/me')).status).toBe(200)
    const { link } = (await admin.call('POST', `/v1/accounts/${id}/password-link`)).as(oneTimeLink)
    const reset = (next: string) => hub.client.call('POST', pathOf(link), { form: { password: next } })
    expect((await hub.client.call('GET', pathOf(link))).status).toBe(200)
    expect((await reset('short')).status).toBe(400)
    expect((await reset('a third set of words')).status).toBe(200)
    expect((await reset('a fourth set of words')).status).toBe(404)
    expect((await client.call('GET', '/v1/me')).status).toBe(401)
    await hub.client.signIn('pass@join', 'a third set of words')
  })

  it('tells of an account in use on two networks at once, and keeps no address', async () => {
    const one = await staff.joined('shared@join')
    const two = await hub.client.signIn('shared@join', joinPassword)
    await staff.putDevice(one.client, 'dev-shared-1', one.id)
    await staff.putDevice(two, 'dev-shared-2', one.id)
    const sight = async (token: string, address: string) => {
      const session = await requireSession(hub.hub, `Bearer ${token}`)
      await noteSighting(hub.hub, { ...session, seenAt: null }, address)
    }
    const alarms = async (client: HubClient) =>
      (await client.call('GET', '/v1/sign-in-alarms')).as(signInAlarmsAnswer).alarms
    // Two machines of one office are no sign of anything.
    for (let turn = 0; turn < overlapsForAlarm; turn += 1) {
      await sight(one.client.token, '203.0.113.5')
      await sight(two.token, '203.0.113.77')
    }
    const { db } = hub.hub
    const mine = db.selectFrom('sign_in_alarm').selectAll().where('account_id', '=', one.id)
    // The first sight of the second device came while the first was still seen on the loopback network.
    const before = (await mine.execute())[0]?.times ?? 0
    expect(before).toBeLessThanOrEqual(2)
    for (let turn = 0; turn < overlapsForAlarm; turn += 1) {
      await sight(one.client.token, '203.0.113.5')
      await sight(two.token, '198.51.100.9')
    }
    const seen = (await alarms(admin)).find((alarm) => alarm.account_id === one.id)
    expect(seen?.overlaps).toBeGreaterThanOrEqual(overlapsForAlarm)
    expect(seen?.devices.toSorted()).toEqual(['dev-shared-1 的笔记本', 'dev-shared-2 的笔记本'])
    expect((await alarms(one.client)).map((alarm) => alarm.account_id)).toEqual([one.id])
    expect(await alarms(await hub.signIn('hr'))).toEqual([])
    const kept = JSON.stringify([await mine.execute(), await db.selectFrom('session').selectAll().execute()])
    expect(kept).not.toMatch(/203\.0\.113|198\.51\.100|127\.0\.0/)
    expect(placeOf(new Uint8Array(32), '203.0.113.5')).not.toBe(placeOf(new Uint8Array(32).fill(1), '203.0.113.5'))
  })
})

describe('how a session was opened and ended', () => {
  it('is kept for a year, and as long as the session lives', async () => {
    const { client, id } = await staff.joined('kept@join')
    const other = await hub.client.signIn('kept@join', joinPassword)
    const json = { current: joinPassword, next: 'narrow river eleven' }
    expect((await other.call('POST', '/v1/me/password', { json })).status).toBe(204)
    expect((await client.call('GET', '/v1/me')).status).toBe(401)
    const rows = () => hub.hub.db.selectFrom('sign_in').select('ended_by').where('account_id', '=', id).execute()
    expect((await rows()).map((one) => one.ended_by).sort()).toEqual(['account', null])
    await hub.hub.db
      .updateTable('sign_in')
      .set({ at: hub.clock.real() - 400 * 86_400_000 })
      .where('account_id', '=', id)
      .execute()
    await sweep(hub.hub)
    expect(await rows()).toEqual([{ ended_by: null }])
    await hub.hub.db.updateTable('session').set({ refresh_until: 1 }).where('account_id', '=', id).execute()
    await sweep(hub.hub)
    expect(await rows()).toEqual([])
  })
})

/** Cancels their account, and lets the time of it pass. */
const cancelled = async (client: HubClient, login: string): Promise<void> => {
  const answer = await client.call('POST', '/v1/me/cancellation', { json: { confirm: login } })
  expect(answer.as(cancellationAnswer).due_at > new Date(hub.clock.now()).toISOString()).toBe(true)
  await hub.hub.db
    .updateTable('account')
    .set({ cancel_due: hub.clock.now() })
    .where('cancel_due', 'is not', null)
    .execute()
  await sweep(hub.hub)
  expect((await client.call('GET', '/v1/me')).status).toBe(401)
}

describe('the last administrator', () => {
  it('[ZP-86] is not demoted, not even by two who demote each other, and the workspace locks when they go', async () => {
    expect((await staff.patch('acc-admin', { status: 'revoked' })).code).toBe('own_account')
    const second = await staff.joined('second@join', { role: 'admin' })
    await staff.verify(second.id)
    const both = await Promise.all([
      staff.patch(second.id, { role: 'hr' }),
      second.client.call('PATCH', '/v1/accounts/acc-admin', { json: { role: 'hr' } }),
    ])
    expect(both.map((answer) => answer.status).sort()).toEqual([200, expect.toSatisfy((n: number) => n >= 400)])
    const { accounts } = {
      accounts: await hub.hub.db.selectFrom('account').selectAll().where('role', '=', 'admin').execute(),
    }
    expect(accounts.filter((one) => one.status === 'active')).toHaveLength(1)
    const last = accounts[0]?.id === 'acc-admin' ? admin : second.client
    const hr = await hub.signIn('hr')
    const officer = await hub.signIn('officer')
    expect((await candidatesOf(hr)).filter((one) => one.op === 'upsert').length).toBeGreaterThan(0)
    const { id: leaver } = await meOf(last)
    const login = leaver === 'acc-admin' ? 'admin@sandbox' : 'second@join'
    expect((await last.call('POST', '/v1/me/cancellation', { json: { confirm: 'admin' } })).code).toBe('confirm')
    await cancelled(last, login)
    expect((await meOf(hr)).status).toBe('restricted')
    const page = (await hr.call('GET', '/v1/changes')).as(changesPage)
    expect((page.changes as { type: string }[]).filter((one) => one.type === 'candidate')).toEqual([])
    expect((await meOf(officer)).status).toBe('active')
    expect((await candidatesOf(officer)).filter((one) => one.op === 'upsert').length).toBeGreaterThan(0)
  })

  it('[ZP-95] an officer who leaves is named no more', async () => {
    await hub.hub.db.updateTable('employer').set({ officer_id: 'acc-officer' }).execute()
    expect((await meOf(await hub.signIn('hr'))).officer_named).toBe(true)
    await cancelled(await hub.signIn('officer'), 'officer@sandbox')
    expect((await meOf(await hub.signIn('hr'))).officer_named).toBe(false)
  })
})
