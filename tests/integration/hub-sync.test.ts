import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import mammoth from 'mammoth'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import type { z } from 'zod'
import { openapiDocument } from '../../electron/hub/openapi.ts'
import {
  applicationData,
  attachmentData,
  candidateData,
  changeData,
  deviceAuthorization,
  discovery,
  isChangeType,
  me,
  tokenAnswer,
  virtualNumber,
  type Change,
} from '../../electron/shared/domain/sync-records.ts'
import { openapiFile, pullAll, type HubClient } from '../helpers/hub-client.ts'
import { startSandboxHub, type SandboxHub } from '../helpers/sandbox-hub.ts'

let hub: SandboxHub
let hr: HubClient
let headhunter: HubClient
let hrChanges: Change[]
let headhunterChanges: Change[]

beforeAll(async () => {
  hub = await startSandboxHub()
  hr = await hub.signIn('hr')
  headhunter = await hub.signIn('headhunter')
  hrChanges = (await pullAll(hr)).changes
  headhunterChanges = (await pullAll(headhunter)).changes
})
afterAll(() => hub.close())

const upserts = <Z extends z.ZodType>(changes: readonly Change[], type: string, schema: Z) =>
  changes
    .filter((one) => one.type === type && one.op === 'upsert')
    .map((one) => ({ ...one, data: schema.parse(one.data) }))

const token = (form: Record<string, string>) => hub.client.call('POST', '/v1/oauth/token', { form })

describe('contract', () => {
  it('is written from the routes that are served', () => {
    expect(parse(readFileSync(openapiFile, 'utf8'))).toEqual(JSON.parse(JSON.stringify(openapiDocument())))
  })

  it('answers unknown addresses and bad input with a problem and safe headers', async () => {
    const missing = await hub.client.call('GET', '/v1/nothing')
    expect([missing.status, missing.code]).toEqual([404, 'not_found'])
    expect(missing.headers.get('referrer-policy')).toBe('no-referrer')
    expect(missing.headers.get('content-security-policy')).toContain("default-src 'none'")
    const bad = await hr.call('POST', '/v1/outbox', { json: { items: [{ id: 'not a uuid', kind: 'note' }] } })
    expect([bad.status, bad.code]).toEqual([400, 'invalid_request'])
    const garbage = await hr.call('POST', '/v1/outbox', { headers: { 'content-type': 'application/json' } })
    expect(garbage.status).toBe(400)
  })

  it('names itself, its ways to sign in and the witness key', async () => {
    const found = (await hub.client.call('GET', '/.well-known/candor')).as(discovery)
    expect(found).toMatchObject({ protocol: '1', platform: 'hub', auth: ['password', 'device_code'] })
    expect(found.keys).toMatchObject([{ kty: 'OKP', crv: 'Ed25519', x: expect.stringMatching(/^[\w-]{43}$/) }])
  })
})

describe('sign-in', () => {
  it('tells who signed in, and refuses a missing or invented token', async () => {
    expect((await hr.call('GET', '/v1/me')).as(me)).toMatchObject({
      role: 'hr',
      employer: { name: '北辰科技' },
      officer_named: true,
      verification: { real_name: true, employment: true, caller: true },
    })
    expect((await headhunter.call('GET', '/v1/me')).as(me).agency?.name).toBe('恒达猎头')
    for (const client of [hub.client, hub.client.withToken('invented')]) {
      expect((await client.call('GET', '/v1/me')).code).toBe('invalid_token')
    }
  })

  it('rotates refresh tokens and ends the session when an old one comes back', async () => {
    const first = await hub.signIn('officer')
    const second = (await token({ grant_type: 'refresh_token', refresh_token: first.refresh })).as(tokenAnswer)
    expect((await first.call('GET', '/v1/me')).status).toBe(401)
    const renewed = hub.client.withToken(second.access_token)
    expect((await renewed.call('GET', '/v1/me')).status).toBe(200)
    expect((await token({ grant_type: 'refresh_token', refresh_token: first.refresh })).code).toBe('invalid_grant')
    expect((await renewed.call('GET', '/v1/me')).status).toBe(401)
  })

  it('revokes', async () => {
    const client = await hub.signIn('officer')
    expect((await hub.client.call('POST', '/v1/oauth/revoke', { form: { token: client.refresh } })).status).toBe(200)
    expect((await client.call('GET', '/v1/me')).status).toBe(401)
  })

  it('signs in by device code once the phone agrees, and only once', async () => {
    const grant = (await hub.client.call('POST', '/v1/oauth/device_authorization', { form: {} })).as(
      deviceAuthorization,
    )
    const poll = () =>
      token({ grant_type: 'urn:ietf:params:oauth:grant-type:device_code', device_code: grant.device_code })
    expect((await poll()).code).toBe('authorization_pending')
    expect((await poll()).code).toBe('slow_down')
    const page = await hub.client.call('GET', new URL(grant.verification_uri_complete ?? '').pathname)
    expect(page.text).toContain(grant.user_code)
    const confirm = (password: string) =>
      hub.client.call('POST', '/device', {
        form: { user_code: grant.user_code, account: 'hr@sandbox', password, decision: 'grant' },
      })
    expect((await confirm('wrong')).text).toContain('账号或密码不对')
    expect((await poll()).code).not.toBe(undefined)
    expect((await confirm(hub.passwordOf('hr'))).text).toContain('已确认')
    const answer = (await poll()).as(tokenAnswer)
    expect((await hub.client.withToken(answer.access_token).call('GET', '/v1/me')).as(me).role).toBe('hr')
    expect((await poll()).code).toBe('invalid_grant')
  })

  it('limits tries and says how long to wait', async () => {
    const guess = () => token({ grant_type: 'password', username: 'guessed@sandbox', password: 'x' })
    const answers = []
    for (let tries = 0; tries < 11; tries += 1) answers.push(await guess())
    const last = answers.at(-1)
    expect(answers.slice(0, 10).every((one) => one.code === 'invalid_grant')).toBe(true)
    expect([last?.status, last?.code]).toEqual([429, 'rate_limited'])
    expect(Number(last?.headers.get('retry-after'))).toBeGreaterThan(0)
  })

  it('dates its answers by its own clock, and moving it signs nobody out', async () => {
    hub.clock.setOffset(86_400 * 200)
    const answer = await hr.call('GET', '/v1/me')
    hub.clock.setOffset(0)
    expect(answer.status).toBe(200)
    expect(Date.parse(answer.headers.get('date') ?? '') - Date.now()).toBeGreaterThan(86_400_000 * 199)
  })
})

describe('pull', () => {
  it('sends records that fit their schemas, in the order of revisions, the same in small pages', async () => {
    for (const one of hrChanges) {
      if (!isChangeType(one.type)) throw new Error(`unknown type ${one.type}`)
      if (one.op === 'upsert') changeData[one.type].parse(one.data)
    }
    expect(hrChanges.map((one) => one.rev)).toEqual(hrChanges.map((one) => one.rev).toSorted((a, b) => a - b))
    const paged = await pullAll(hr, 37)
    expect(paged.changes.map((one) => one.id)).toEqual(hrChanges.map((one) => one.id))
    expect((await pullAll(hr, 1000, paged.cursor)).changes).toEqual([])
  })

  it('has at least 12 jobs and 400 candidates of four platforms in every state', () => {
    const candidates = upserts(hrChanges, 'candidate', candidateData)
    const applications = upserts(hrChanges, 'application', applicationData)
    expect(upserts(hrChanges, 'job', changeData.job).length).toBeGreaterThanOrEqual(12)
    expect(candidates.length).toBeGreaterThanOrEqual(400)
    expect(new Set(candidates.map((one) => one.data.platform))).toEqual(
      new Set(['zhaopin', 'lagou', 'wanzhou', 'maimai']),
    )
    expect(new Set(applications.map((one) => one.data.stage)).size).toBe(7)
    expect(new Set(applications.map((one) => one.data.channel)).size).toBe(11)
    expect(new Set(applications.map((one) => one.data.attachment)).size).toBe(4)
    expect(candidates.some((one) => one.data.birth_month === undefined)).toBe(true)
    expect(candidates.some((one) => one.data.guardian_consent === false)).toBe(true)
    expect(candidates.some((one) => one.data.ai_refused)).toBe(true)
    expect(candidates.some((one) => one.data.do_not_contact)).toBe(true)
    expect(candidates.some((one) => one.data.visibility === 'none')).toBe(true)
  })

  it('[ZP-26] sends a contact only with its evidence, and the resume repeats none of it', () => {
    const channels = new Map(
      upserts(hrChanges, 'application', applicationData).map((one) => [one.id, one.data.channel]),
    )
    const bare = upserts(hrChanges, 'candidate', candidateData).filter((one) => one.data.contact === undefined)
    expect(bare.length).toBeGreaterThan(50)
    for (const { data } of bare) {
      expect(data.resume.basics).not.toHaveProperty('phone')
      expect(data.resume.meta.cn.wechat).toBe(undefined)
    }
    for (const { data } of upserts(hrChanges, 'candidate', candidateData)) {
      for (const id of data.contact?.evidence ?? []) {
        expect(['searched', 'recommended', 'greeted']).not.toContain(channels.get(id))
      }
    }
  })

  it('[ZP-28] an exchanged value is the one that was told, and no other', () => {
    const messages = new Map(
      upserts(hrChanges, 'message', changeData.message).map(
        (one) => [one.data.application_id, one.data.disclosed ?? []] as const,
      ),
    )
    const told = upserts(hrChanges, 'application', applicationData).filter((one) => one.data.channel === 'exchanged')
    expect(told.length).toBeGreaterThan(5)
    const people = new Map(upserts(hrChanges, 'candidate', candidateData).map((one) => [one.id, one.data]))
    for (const { id, data } of told) {
      const contact = people.get(data.candidate_id)?.contact
      if (contact?.evidence.length !== 1 || contact.evidence[0] !== id) continue
      const { evidence: _evidence, ...values } = contact
      expect(Object.keys(values).toSorted()).toEqual([...(messages.get(id) ?? [])].toSorted())
    }
  })

  it('[ZP-25] headhunters get nobody who hides from them or from the employer, and [ZP-22] no phone', () => {
    const seen = upserts(headhunterChanges, 'candidate', candidateData)
    expect(seen.length).toBeGreaterThan(100)
    for (const { data } of seen) {
      expect(data.visibility).toBe('public')
      expect(data.blocked_employers).not.toContain('北辰科技')
      expect(Object.keys(data.contact ?? {})).not.toContain('phone')
      expect(Object.keys(data.contact ?? {})).not.toContain('email')
    }
    const ids = new Set(seen.map((one) => one.id))
    for (const { data } of upserts(headhunterChanges, 'application', applicationData)) {
      expect(ids.has(data.candidate_id)).toBe(true)
      expect(['downloaded', 'emailed']).not.toContain(data.channel)
    }
  })

  it('[ZP-14] does not send who hides from this employer unless they applied', () => {
    const channels = Map.groupBy(upserts(hrChanges, 'application', applicationData), (one) => one.data.candidate_id)
    const hiding = upserts(hrChanges, 'candidate', candidateData).filter((one) =>
      one.data.blocked_employers.includes('北辰科技'),
    )
    expect(hiding.length).toBeGreaterThan(0)
    for (const { id } of hiding) {
      const mine = channels.get(id)?.map((one) => one.data.channel) ?? []
      expect(mine.some((channel) => !['searched', 'recommended', 'greeted'].includes(channel))).toBe(true)
    }
  })

  it('[ZP-09] an unverified account gets no candidate at all', async () => {
    const { changes } = await pullAll(await hub.signIn('unverified'))
    expect(new Set(changes.map((one) => one.type))).not.toContain('candidate')
    expect(new Set(changes.map((one) => one.type))).not.toContain('application')
    expect(changes.some((one) => one.type === 'job')).toBe(true)
  })

  it('the officer gets no contacts', async () => {
    const { changes } = await pullAll(await hub.signIn('officer'))
    expect(upserts(changes, 'candidate', candidateData).some((one) => one.data.contact !== undefined)).toBe(false)
  })

  it('ends cursors that are not its own', async () => {
    const answer = await hr.call('GET', `/v1/changes?cursor=${Buffer.from('other.1.5').toString('base64url')}`)
    expect([answer.status, answer.code]).toEqual([409, 'cursor_expired'])
  })

  it('[ZP-25] takes a card back from a headhunter when the person hides', async () => {
    const one = upserts(headhunterChanges, 'candidate', candidateData)[0]
    if (one === undefined) throw new Error('no candidate')
    const { cursor } = await pullAll(headhunter)
    const { contact: _contact, ...data } = one.data
    await hr.call('POST', '/sandbox/records', {
      json: { records: [{ type: 'candidate', id: one.id, data: { ...data, visibility: 'hidden_from_headhunters' } }] },
    })
    const { changes } = await pullAll(headhunter, 1000, cursor)
    expect(changes).toMatchObject([{ type: 'candidate', id: one.id, op: 'delete' }])
  })
})

describe('attachments', () => {
  const of = (suffix: string) => {
    const found = upserts(hrChanges, 'attachment', attachmentData).find((one) => one.data.name.endsWith(suffix))
    if (found === undefined) throw new Error(`no ${suffix}`)
    const person = upserts(hrChanges, 'candidate', candidateData).find((one) => one.id === found.data.candidate_id)
    return { ...found, school: person?.data.resume.education[0]?.institution ?? '' }
  }

  it('are true PDFs whose Chinese text can be read, with hash, ETag and ranges', async () => {
    const pdf = of('.pdf')
    const whole = await hr.call('GET', `/v1/attachments/${pdf.id}`)
    expect(createHash('sha256').update(whole.bytes).digest('hex')).toBe(pdf.data.sha256)
    expect(whole.bytes.length).toBe(pdf.data.size)
    expect(whole.headers.get('etag')).toBe(`"${pdf.data.sha256}"`)
    const folder = mkdtempSync(join(tmpdir(), 'candor-pdf-'))
    writeFileSync(join(folder, 'a.pdf'), whole.bytes)
    const text = execFileSync('pdftotext', [join(folder, 'a.pdf'), '-'], { encoding: 'utf8' })
    rmSync(folder, { recursive: true })
    expect(text).toContain('工作经历')
    expect(text).toContain(pdf.school)
    const part = await hr.call('GET', `/v1/attachments/${pdf.id}`, { headers: { range: 'bytes=10-19' } })
    expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 10-19/${pdf.data.size}`])
    expect(part.bytes).toEqual(whole.bytes.subarray(10, 20))
    const tail = await hr.call('GET', `/v1/attachments/${pdf.id}`, { headers: { range: 'bytes=-7' } })
    expect(tail.bytes).toEqual(whole.bytes.subarray(-7))
    const beyond = await hr.call('GET', `/v1/attachments/${pdf.id}`, { headers: { range: `bytes=${pdf.data.size}-` } })
    expect([beyond.status, beyond.code]).toEqual([416, 'range'])
    const same = await hr.call('GET', `/v1/attachments/${pdf.id}`, {
      headers: { 'if-none-match': `"${pdf.data.sha256}"` },
    })
    expect(same.status).toBe(304)
  })

  it('are true DOCX files', async () => {
    const docx = of('.docx')
    const { bytes } = await hr.call('GET', `/v1/attachments/${docx.id}`)
    expect((await mammoth.extractRawText({ buffer: bytes })).value).toContain(docx.school)
  })

  it('are not there for whoever may not know the person', async () => {
    const unverified = await hub.signIn('unverified')
    expect((await unverified.call('GET', `/v1/attachments/${of('.pdf').id}`)).code).toBe('not_found')
  })
})

describe('virtual numbers', () => {
  const call = (client: HubClient, id: string) =>
    client.call('POST', '/v1/virtual-numbers', { json: { candidate_id: id, job_id: 'job-01' } })

  it('[ZP-22] a headhunter reaches people by virtual number, but not who refuses', async () => {
    const people = upserts(headhunterChanges, 'candidate', candidateData).slice(1)
    const open = people.find(
      (one) => one.data.virtual_number && one.data.allow_call !== false && !one.data.do_not_contact,
    )
    const shut = people.find((one) => !one.data.virtual_number || one.data.do_not_contact)
    expect((await call(headhunter, open?.id ?? '')).as(virtualNumber).number).toMatch(/^95013\d{8}$/)
    expect((await call(headhunter, shut?.id ?? '')).code).toBe('candidate_declined')
    expect((await call(await hub.signIn('unverified'), open?.id ?? '')).code).toBe('caller_unverified')
  })
})
