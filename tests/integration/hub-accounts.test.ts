import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { destroyCandidate } from '../../electron/hub/records/destroy-candidate.ts'
import { sweep } from '../../electron/hub/sweep.ts'
import {
  accountRow,
  accountsAnswer,
  handOverAnswer,
  invitationsAnswer,
  me,
} from '../../electron/shared/domain/sync-records.ts'
import { findChange, pullAll, type HubClient } from '../helpers/hub-client.ts'
import { hubPeople, candidatesOf, joinPassword, meOf, pathOf } from '../helpers/hub-people.ts'
import { startSandboxHub, type SandboxHub } from '../helpers/sandbox-hub.ts'

const hour = 3_600_000
const day = 24 * hour

let hub: SandboxHub
let admin: HubClient
let staff: ReturnType<typeof hubPeople>
beforeAll(async () => {
  hub = await startSandboxHub({ seed: 20 })
  admin = await hub.signIn('admin')
  staff = hubPeople(hub, admin)
})
afterAll(() => hub.close())

describe('an invitation', () => {
  it('[ZP-40] works once, carries its role, and its title may be kept secret', async () => {
    const made = await staff.invite({ role: 'interviewer' })
    expect(Date.parse(made.expires_at) - hub.hub.clock.now()).toBeLessThanOrEqual(72 * hour)
    expect(Date.parse(made.expires_at) - hub.hub.clock.now()).toBeGreaterThan(71 * hour)
    const join = (login: string) =>
      hub.client.call('POST', pathOf(made.link), { form: { name: '许一', title: '', login, password: joinPassword } })
    expect((await join('first@join')).status).toBe(200)
    expect((await join('second@join')).status).toBe(404)
    const client = await hub.client.signIn('first@join', joinPassword)
    expect((await meOf(client)).role).toBe('interviewer')
    const { accounts } = (await admin.call('GET', '/v1/accounts')).as(accountsAnswer)
    expect(accounts.find((one) => one.login === 'first@join')).not.toHaveProperty('title')
  })

  it('[ZP-40] ends after 72 hours, and when it is taken back', async () => {
    const late = await staff.invite({ role: 'hr' })
    const taken = await staff.invite({ role: 'hr' })
    expect((await admin.call('DELETE', `/v1/invitations/${taken.id}`)).status).toBe(204)
    expect((await admin.call('DELETE', `/v1/invitations/${taken.id}`)).code).toBe('not_found')
    expect((await hub.client.call('GET', pathOf(taken.link))).status).toBe(404)
    expect((await hub.client.call('GET', pathOf(late.link))).status).toBe(200)
    hub.clock.setOffset(72 * 3600 + 1)
    expect((await hub.client.call('GET', pathOf(late.link))).status).toBe(404)
    const form = { name: '晚到', login: 'late@join', password: joinPassword }
    expect((await hub.client.call('POST', pathOf(late.link), { form })).status).toBe(404)
    const { invitations } = (await admin.call('GET', '/v1/invitations')).as(invitationsAnswer)
    expect(invitations.find((one) => one.id === late.id)?.status).toBe('expired')
    hub.clock.setOffset(0)
  })

  it('[ZP-41] passes an address on with consent only, and forgets it on acceptance, revocation and expiry', async () => {
    const refused = await admin.call('POST', '/v1/invitations', { json: { role: 'hr', email: 'a@b.example' } })
    expect([refused.status, refused.code]).toEqual([400, 'consent_missing'])
    const body = { role: 'hr', email: 'canary.invitee@b.example', consent: true }
    const accepted = await staff.joined('canary@join', body)
    const revoked = await staff.invite(body)
    const expired = await staff.invite(body)
    const stored = async () =>
      JSON.stringify([
        await hub.hub.db.selectFrom('record').select('data').where('type', '=', 'invitation').execute(),
        await hub.hub.db.selectFrom('account').selectAll().where('id', '=', accepted.id).execute(),
      ]).split('canary.invitee').length - 1
    expect(await stored()).toBe(2)
    await admin.call('DELETE', `/v1/invitations/${revoked.id}`)
    expect(await stored()).toBe(1)
    hub.clock.setOffset(73 * 3600)
    const { invitations } = (await admin.call('GET', '/v1/invitations')).as(invitationsAnswer)
    expect(invitations.find((one) => one.id === expired.id)).not.toHaveProperty('email')
    await sweep(hub.hub)
    expect(await stored()).toBe(0)
    hub.clock.setOffset(0)
  })

  it('says what is wrong in the page, in both languages, and [WZ-16] what the company may look at', async () => {
    const made = await staff.invite({ role: 'hr' })
    const page = await hub.client.call('GET', `${pathOf(made.link)}?lang=en-US`)
    expect(page.text).toContain('lang="en-US"')
    expect(page.text).toContain('an administrator has to state a reason')
    const zh = await hub.client.call('GET', pathOf(made.link))
    expect(zh.text).toContain('管理员须说明理由才能查看候选人内容')
    const tries = [
      [{ name: '', login: 'x@join', password: joinPassword }, '请填写姓名'],
      [{ name: '甲', login: 'x@join', password: 'short' }, '至少 10 个字符'],
      [{ name: '甲', login: 'someone@join', password: 'Someone@join1' }, '不能是登录名'],
      [{ name: '甲', login: 'x@join', password: '北辰科技 2026 2026' }, '不能是登录名'],
      [{ name: '甲', login: 'x@join', password: 'woaini1314520' }, '太常见'],
      [{ name: '甲', login: 'hr@sandbox', password: joinPassword }, '已有人使用'],
    ] as const
    for (const [form, words] of tries) {
      const answer = await hub.client.call('POST', pathOf(made.link), { form })
      expect([400, 409]).toContain(answer.status)
      expect(answer.text).toContain(words)
      expect(answer.text).not.toContain(form.password)
    }
    const good = await hub.client.call('POST', pathOf(made.link), {
      form: { name: '甲', login: 'x@join', password: joinPassword },
    })
    expect(good.status).toBe(200)
  })
})

describe('checks', () => {
  it('[ZP-38] [MM-07] ask for a separate consent first, [LG-06] and without them there is no candidate', async () => {
    const { made, client, id } = await staff.joined('fresh@join')
    expect(await candidatesOf(client)).toEqual([])
    const bare = { verification: { real_name: { method: 'in_person' } } }
    expect((await staff.patch(id, bare)).code).toBe('consent_missing')
    const consent = () => hub.client.call('POST', `${pathOf(made.link)}/consent`)
    expect((await consent()).status).toBe(200)
    expect((await staff.patch(id, bare)).status).toBe(200)
    // Named, but nobody has shown that they work here.
    expect(await candidatesOf(client)).toEqual([])
    const row = (await staff.patch(id, { verification: { employment: { method: 'company_mail' } } })).as(accountRow)
    expect(row.verification).toMatchObject({
      real_name_method: 'in_person',
      employment_method: 'company_mail',
      employment_status: 'verified',
      verified_at: expect.any(String),
    })
    expect((await candidatesOf(client)).length).toBeGreaterThan(0)
  })

  it('[ZP-39] [MM-15] employment is due again, and candidates stop with it', async () => {
    const { client, id } = await staff.joined('due@join')
    await staff.verify(id)
    const before = await pullAll(client)
    expect(before.changes.some((one) => one.type === 'candidate')).toBe(true)
    const { next_check: next } = (await meOf(client)).verification
    expect(Date.parse(next ?? '') - hub.hub.clock.now()).toBeGreaterThan(179 * day)
    hub.clock.setOffset((180 * day) / 1000 + 60)
    expect((await meOf(client)).verification).toMatchObject({ employment: false, employment_status: 'expired' })
    expect((await client.call('GET', `/v1/changes?cursor=${before.cursor}`)).code).toBe('cursor_expired')
    // Nothing new comes, and nothing that is there is taken for deleted: it is locked until the check was repeated.
    expect((await pullAll(client)).changes.filter((one) => one.type === 'candidate')).toEqual([])
    await staff.verify(id)
    expect((await candidatesOf(client)).length).toBeGreaterThan(0)
    hub.clock.setOffset(0)
  })

  it('[MM-15] an employment withdrawn ends every session at once', async () => {
    const { client, id } = await staff.joined('left@join')
    await staff.verify(id)
    expect((await candidatesOf(client)).length).toBeGreaterThan(0)
    await staff.patch(id, { verification: { employment: null } })
    expect((await client.call('GET', '/v1/changes')).status).toBe(401)
    const form = { grant_type: 'refresh_token', refresh_token: client.refresh }
    const renewed = await hub.client.call('POST', '/v1/oauth/token', { form })
    expect([renewed.status, renewed.code]).toEqual([403, 'employment_revoked'])
    const again = await hub.client.signIn('left@join', joinPassword)
    expect(await candidatesOf(again)).toEqual([])
  })

  it('a headhunter stops with the licence', async () => {
    const headhunter = await hub.signIn('headhunter')
    expect((await candidatesOf(headhunter)).length).toBeGreaterThan(0)
    await staff.patch('acc-headhunter', { licence_until: '2020-01-01' })
    expect((await candidatesOf(headhunter)).filter((one) => one.op === 'upsert')).toEqual([])
    await staff.patch('acc-headhunter', { licence_until: '2099-12-31' })
    expect((await candidatesOf(headhunter)).length).toBeGreaterThan(0)
  })

  it('[ZP-38] [LG-06] [MM-07] nothing at the hub can hold a paper, a number of one, or a face', () => {
    const place = new URL('../../electron/hub/db/', import.meta.url)
    const names = ['schema.ts', 'migrations/0001-ground.ts', 'migrations/0006-accounts.ts']
    const account = names
      .map((name) => readFileSync(new URL(name, place), 'utf8'))
      .join('\n')
      .matchAll(/(?:create table account \(|alter table account add column|AccountTable = \{)([^`}]*)/g)
    const columns = [...account].map(([, text]) => text).join(' ')
    expect(columns).toContain('password_hash')
    expect(columns).not.toMatch(/id_number|id_card|passport|certificate|face|photo|paper|document|scan/i)
    const shape = Object.keys(me.shape.verification.shape)
    expect(shape.filter((key) => /number|card|face|photo|paper|document/.test(key))).toEqual([])
  })
})

describe('what an enterprise shows of itself', () => {
  it('[LG-13] [WZ-17] is a name and a day outside the candidates: it stays when all of them are destroyed', async () => {
    const own = await startSandboxHub({ seed: 5 })
    try {
      const hr = await own.signIn('hr')
      const before = (await meOf(hr)).filing?.certificates
      expect(before).toEqual([
        { name: '人力资源服务许可证', until: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/) as string },
      ])
      // Nothing of it lies among what candidates' keys and clocks end.
      expect(JSON.stringify(await own.hub.db.selectFrom('record').select('data').execute())).not.toContain('许可证')
      const people = await candidatesOf(hr)
      expect(people.length).toBeGreaterThan(0)
      for (const { id } of people) await destroyCandidate(own.hub, 'emp-beichen', id)
      await sweep(own.hub)
      expect((await candidatesOf(hr)).filter(({ op }) => op === 'upsert')).toEqual([])
      expect((await meOf(hr)).filing?.certificates).toEqual(before)
    } finally {
      await own.close()
    }
  })
})

describe('rights per job', () => {
  it('[ZP-95] are to the jobs named, and run out with their time and with the job', async () => {
    const all = await candidatesOf(await hub.signIn('hr'))
    const until = new Date(hub.hub.clock.now() + 2 * day).toISOString()
    const { client, id } = await staff.joined('narrow@join', {
      role: 'hr',
      jobs: [{ job_id: 'job-01' }, { job_id: 'job-02', until }],
    })
    await staff.verify(id)
    const jobsOf = async () => {
      const { changes } = await pullAll(client)
      const applications = changes.filter((one) => one.type === 'application' && one.op === 'upsert')
      return [...new Set(applications.map((one) => (one.data as { job_id: string }).job_id))].sort()
    }
    expect(await jobsOf()).toEqual(['job-01', 'job-02'])
    const mine = (await candidatesOf(client)).filter((one) => one.op === 'upsert')
    expect(mine.length).toBeGreaterThan(0)
    expect(mine.length).toBeLessThan(all.length)
    // Whatever is about somebody is about one of these.
    const known = new Set(mine.map((one) => one.id))
    const { changes } = await pullAll(client)
    const named = changes.flatMap((one) => (one.data as { candidate_id?: string } | undefined)?.candidate_id ?? [])
    expect(named.filter((person) => !known.has(person))).toEqual([])
    hub.clock.setOffset(2 * 86_400 + 60)
    expect(await jobsOf()).toEqual(['job-01'])
    const gone = (await candidatesOf(client)).filter((one) => one.op === 'delete')
    expect(gone.length).toBeGreaterThan(0)
    const admins = (await findChange(admin, 'job', 'job-01'))?.data as Record<string, unknown>
    await admin.call('POST', '/sandbox/records', {
      json: { records: [{ type: 'job', id: 'job-01', data: { ...admins, status: 'closed' } }] },
    })
    expect(await jobsOf()).toEqual([])
    await admin.call('POST', '/sandbox/records', {
      json: { records: [{ type: 'job', id: 'job-01', data: admins }] },
    })
    expect(await jobsOf()).toEqual(['job-01'])
    hub.clock.setOffset(0)
    expect((await staff.patch(id, { jobs: null })).status).toBe(200)
    expect((await candidatesOf(client)).filter((one) => one.op === 'upsert').length).toBe(all.length)
  })

  it('[ZP-95] a hand-over gives the jobs to a colleague and a delete to whoever leaves them', async () => {
    const from = await staff.joined('from@join', { role: 'hr', jobs: [{ job_id: 'job-01' }, { job_id: 'job-02' }] })
    const to = await staff.joined('to@join', { role: 'hr', jobs: [{ job_id: 'job-03' }] })
    await staff.verify(from.id)
    await staff.verify(to.id)
    const had = new Set((await candidatesOf(from.client)).map((one) => one.id))
    expect(had.size).toBeGreaterThan(0)
    const handOver = (body: object) => admin.call('POST', `/v1/accounts/${from.id}/hand-over`, { json: body })
    expect((await handOver({ to: to.id, job_ids: ['job-03'] })).code).toBe('not_theirs')
    expect((await handOver({ to: 'acc-interviewer' })).code).toBe('cannot_take')
    expect((await handOver({ to: to.id })).as(handOverAnswer).jobs).toBe(2)
    const left = await candidatesOf(from.client)
    expect(new Set(left.filter((one) => one.op === 'delete').map((one) => one.id))).toEqual(had)
    expect(left.filter((one) => one.op === 'upsert')).toEqual([])
    const got = new Set((await candidatesOf(to.client)).filter((one) => one.op === 'upsert').map((one) => one.id))
    expect([...had].filter((id) => !got.has(id))).toEqual([])
  })
})
