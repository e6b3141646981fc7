import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  approvalAnswer,
  approvalsAnswer,
  delegationRow,
  delegationsAnswer,
} from '../../electron/shared/domain/sync-records.ts'
import { sweep } from '../../electron/hub/sweep.ts'
import { findChange, type HubClient } from '../helpers/hub-client.ts'
import { startSandboxHub, type SandboxHub } from '../helpers/sandbox-hub.ts'

const day = 86_400_000
let hub: SandboxHub
let hr: HubClient
let admin: HubClient
let officer: HubClient
beforeAll(async () => {
  hub = await startSandboxHub({ seed: 20 })
  hr = await hub.signIn('hr')
  admin = await hub.signIn('admin')
  officer = await hub.signIn('officer')
})
afterAll(() => hub.close())

const ask = async (client: HubClient, more: Readonly<Record<string, unknown>> = {}) => {
  const json = { kind: 'reveal', candidate_id: 'cand-000017', job_id: 'job-01', reason: '核对证件', ...more }
  return (await client.call('POST', '/v1/approvals', { json })).as(approvalAnswer).id
}
const decide = (client: HubClient, id: string, status = 'granted') =>
  client.call('POST', `/v1/approvals/${id}/decision`, { json: { status } })
const list = async (client: HubClient, query = '') =>
  (await client.call('GET', `/v1/approvals${query}`)).as(approvalsAnswer)
const iso = (at: number) => new Date(at).toISOString()

describe('the queue of approvals', () => {
  it('[ZP-96] keeps scope and reason, and gives everybody’s to approvers, one’s own to recruiters', async () => {
    const id = await ask(hr, { fields: ['id_number'] })
    const own = await ask(admin)
    const [mine] = (await list(hr, '?box=mine')).approvals
    expect(mine).toMatchObject({ id, fields: ['id_number'], reason: '核对证件', status: 'pending', may_decide: false })
    expect((await list(hr)).approvals.map((one) => one.id)).not.toContain(own)
    const waiting = (await list(officer)).approvals
    expect(waiting.find((one) => one.id === own)?.may_decide).toBe(true)
    // Nobody is offered the decision about their own.
    expect((await list(admin)).approvals.find((one) => one.id === own)?.may_decide).toBe(false)
  })

  it('pages without losing or repeating one', async () => {
    for (let count = 0; count < 5; count += 1) await ask(hr)
    const whole = (await list(officer)).approvals.map((one) => one.id)
    const seen: string[] = []
    let cursor = ''
    do {
      const page = await list(officer, `?limit=2${cursor}`)
      expect(page.approvals.length).toBeLessThanOrEqual(2)
      seen.push(...page.approvals.map((one) => one.id))
      cursor = page.next_cursor === undefined ? '' : `&cursor=${page.next_cursor}`
    } while (cursor !== '')
    expect(seen).toEqual(whole)
  })

  it('[ZP-96] a bulk takes two people, neither of whom asked', async () => {
    const id = await ask(hr, { kind: 'bulk', application_ids: ['app-000017-0', 'app-000018-0'] })
    expect((await decide(admin, id)).as(approvalAnswer).status).toBe('pending')
    expect((await findChange(hr, 'approval', id))?.data).toMatchObject({ status: 'pending', first_by: 'acc-admin' })
    expect((await decide(admin, id)).code).toBe('second_person')
    expect((await decide(officer, id)).as(approvalAnswer).status).toBe('granted')
    expect((await findChange(hr, 'approval', id))?.data).toMatchObject({ first_by: 'acc-admin', by: 'acc-officer' })
    const other = await ask(hr, { kind: 'bulk', application_ids: ['app-000017-0'] })
    // One refusal is enough.
    expect((await decide(admin, other, 'refused')).as(approvalAnswer).status).toBe('refused')
  })

  it('can be withdrawn by whoever asked, and ends by itself when nobody decides', async () => {
    const id = await ask(hr)
    expect((await admin.call('POST', `/v1/approvals/${id}/withdrawal`)).code).toBe('forbidden')
    expect((await hr.call('POST', `/v1/approvals/${id}/withdrawal`)).status).toBe(204)
    expect((await decide(admin, id)).code).toBe('decided')
    expect((await findChange(hr, 'approval', id))?.data).toMatchObject({ status: 'refused', ended: 'withdrawn' })
    const late = await ask(hr, { expires_at: iso(hub.clock.now() + day) })
    const json = { kind: 'reveal', candidate_id: 'cand-000017', job_id: 'job-01', reason: 'x' }
    const never = { json: { ...json, expires_at: iso(hub.clock.now() + 31 * day) } }
    expect((await hr.call('POST', '/v1/approvals', never)).code).toBe('expiry')
    const offset = hub.clock.offset()
    hub.clock.setOffset(offset + 86_401)
    expect((await decide(admin, late)).code).toBe('expired')
    expect((await list(hr, '?box=decided')).approvals.map((one) => one.id)).not.toContain(late)
    await sweep(hub.hub)
    expect((await list(hr, '?box=decided')).approvals.find((one) => one.id === late)).toMatchObject({
      ended: 'expired',
    })
    hub.clock.setOffset(offset)
  })

  it('[ZP-96] a deputy decides while it lasts, never about their own, and never beside their principal', async () => {
    const now = hub.clock.now()
    const name = (json: object) => officer.call('POST', '/v1/approval-deputies', { json })
    const whole = { deputy_id: 'acc-hr', from: iso(now - 1000), until: iso(now + day) }
    expect((await name({ ...whole, deputy_id: 'acc-headhunter' })).code).toBe('deputy')
    expect((await name({ ...whole, deputy_id: 'acc-officer' })).code).toBe('deputy')
    expect((await name({ ...whole, until: iso(now + 93 * day) })).code).toBe('delegation_time')
    const theirs = await ask(admin)
    expect((await decide(hr, theirs)).code).toBe('role')
    const made = (await name(whole)).as(delegationRow)
    expect(made).toMatchObject({ approver: '沈清', deputy: '林晓' })
    const own = await ask(hr)
    expect((await decide(hr, own)).code).toBe('own_request')
    const ofPrincipal = await ask(officer)
    expect((await decide(hr, ofPrincipal)).code).toBe('second_person')
    const bulk = await ask(admin, { kind: 'bulk', application_ids: ['app-000017-0'] })
    expect((await decide(hr, bulk)).as(approvalAnswer).status).toBe('pending')
    expect((await decide(officer, bulk)).code).toBe('second_person')
    expect((await decide(hr, theirs)).status).toBe(200)
    expect((await findChange(admin, 'approval', theirs))?.data).toMatchObject({
      by: 'acc-hr',
      on_behalf_of: 'acc-officer',
    })
    const later = await ask(admin)
    expect((await hr.call('DELETE', `/v1/approval-deputies/${made.id}`)).code).toBe('role')
    expect((await officer.call('DELETE', `/v1/approval-deputies/${made.id}`)).status).toBe(204)
    expect((await decide(hr, later)).code).toBe('role')
    const kept = (await admin.call('GET', '/v1/approval-deputies')).as(delegationsAnswer).delegations
    expect(kept.find((one) => one.id === made.id)?.ended_at).toEqual(expect.any(String))
  })
})
