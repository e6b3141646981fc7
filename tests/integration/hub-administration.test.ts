import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  accountsAnswer,
  approvalAnswer,
  invitationAnswer,
  ledgerAnswer,
  me,
} from '../../electron/shared/domain/sync-records.ts'
import { findChange, pullAll, pushItem, type HubClient } from '../helpers/hub-client.ts'
import { logDevice } from '../helpers/log-device.ts'
import { startSandboxHub, type SandboxHub } from '../helpers/sandbox-hub.ts'

let hub: SandboxHub
beforeAll(async () => {
  hub = await startSandboxHub({ seed: 20 })
})
afterAll(() => hub.close())

describe('administration', () => {
  it('decides approvals by somebody else than who asked', async () => {
    const hr = await hub.signIn('hr')
    const admin = await hub.signIn('admin')
    const ask = { kind: 'export', candidate_id: 'cand-000017', job_id: 'job-01', reason: '评审' }
    const { id } = (await hr.call('POST', '/v1/approvals', { json: ask })).as(approvalAnswer)
    const decide = (client: HubClient, which: string) =>
      client.call('POST', `/v1/approvals/${which}/decision`, { json: { status: 'granted' } })
    expect((await decide(hr, id)).code).toBe('role')
    expect((await decide(admin, id)).status).toBe(200)
    expect((await decide(admin, id)).code).toBe('decided')
    expect((await findChange(hr, 'approval', id))?.data).toMatchObject({
      status: 'granted',
      by: 'acc-admin',
      until: expect.any(String),
    })
    const own = (await admin.call('POST', '/v1/approvals', { json: ask })).as(approvalAnswer)
    expect((await decide(admin, own.id)).code).toBe('own_request')
  })

  it('invites, and a revoked account loses its devices at once', async () => {
    const admin = await hub.signIn('admin')
    const made = (await admin.call('POST', '/v1/invitations', { json: { role: 'hr' } })).as(invitationAnswer)
    const join = () =>
      hub.client.call('POST', new URL(made.link).pathname, {
        form: { name: '新同事', login: 'new@sandbox', password: 'a long password' },
      })
    expect((await join()).status).toBe(200)
    expect((await join()).status).toBe(404)
    const client = await hub.client.signIn('new@sandbox', 'a long password')
    const account = (await client.call('GET', '/v1/me')).as(me)
    const device = logDevice('dev-new', { account: account.id, role: account.role })
    await client.call('PUT', '/v1/devices/dev-new', {
      json: { name: 'n', os: 'o', app_version: '1', log_key: device.logKey },
    })
    expect((await admin.call('GET', '/v1/accounts')).as(accountsAnswer).accounts.map((one) => one.id)).toContain(
      account.id,
    )
    expect((await admin.call('PATCH', `/v1/accounts/${account.id}`, { json: { status: 'suspended' } })).status).toBe(
      200,
    )
    expect((await client.call('GET', '/v1/changes')).code).toBe('account_suspended')
    expect((await client.call('GET', '/v1/me')).as(me).status).toBe('suspended')
    await admin.call('PATCH', `/v1/accounts/${account.id}`, { json: { status: 'revoked' } })
    const gone = await client.call('GET', '/v1/me')
    expect([gone.status, gone.code]).toEqual([410, 'device_revoked'])
    expect((await admin.call('PATCH', '/v1/accounts/acc-admin', { json: { role: 'hr' } })).code).toBe('own_account')
  })

  it('another employer’s account reaches nothing of this one', async () => {
    const { db } = hub.hub
    await db
      .insertInto('employer')
      .values({ employer_id: 'emp-other', name: '他司', rev: 0, epoch: 'e1', officer_named: true })
      .execute()
    const mine = await db.selectFrom('account').selectAll().where('id', '=', 'acc-admin').executeTakeFirstOrThrow()
    const json = { quotas: '{}', verification: JSON.stringify(mine.verification), agency: null }
    await db
      .insertInto('account')
      .values({ ...mine, ...json, employer_id: 'emp-other', login: 'admin@other' })
      .execute()
    const stranger = await hub.client.signIn('admin@other', hub.passwordOf('admin'))
    expect((await pullAll(stranger)).changes).toEqual([])
    expect((await stranger.call('GET', '/v1/ledger')).as(ledgerAnswer).rows).toEqual([])
    expect((await stranger.call('POST', '/v1/candidate-links', { json: { candidate_id: 'cand-000005' } })).code).toBe(
      'not_found',
    )
    expect(
      (await pushItem(stranger, 'note', { candidate_id: 'cand-000005', at: '2026-11-20T08:00:00Z', text: 'x' })).code,
    ).toBe('not_found')
  })
})

describe('events', () => {
  it('say that something changed, never what', async () => {
    const hr = await hub.signIn('hr')
    const stop = new AbortController()
    const stream = await fetch(`${hub.url}/v1/events`, {
      headers: { authorization: `Bearer ${hr.token}` },
      signal: stop.signal,
    })
    expect(stream.headers.get('content-type')).toBe('text/event-stream')
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader()
    await reader?.read()
    const secret = createHash('sha256').update('note').digest('hex')
    await pushItem(hr, 'note', { candidate_id: 'cand-000005', at: '2026-11-20T08:00:00Z', text: secret })
    expect((await reader?.read())?.value).toBe('event: change\ndata: {}\n\n')
    stop.abort()
  })
})
