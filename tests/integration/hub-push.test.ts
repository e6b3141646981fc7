import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { ledgerCrypto } from '../../electron/hub/ledger-crypto.ts'
import { sweep } from '../../electron/hub/sweep.ts'
import {
  applicationData,
  candidateData,
  candidateLink,
  discovery,
  disclosure,
  ledgerAnswer,
  me,
  outboxAnswer,
  requestData,
} from '../../electron/shared/domain/sync-records.ts'
import { fromBase64, fromBase64Url, utf8 } from '../../electron/shared/ledger/bytes.ts'
import { parseCheckpoint } from '../../electron/shared/ledger/checkpoint.ts'
import { verifyCosignature } from '../../electron/shared/ledger/cosignature.ts'
import { leafHash, verifyInclusion } from '../../electron/shared/ledger/merkle.ts'
import { parseSignedNote } from '../../electron/shared/ledger/signed-note.ts'
import { keyTypes, verifierKey } from '../../electron/shared/ledger/verifier-key.ts'
import { findChange, pullAll, pushItem } from '../helpers/hub-client.ts'
import { logDevice } from '../helpers/log-device.ts'
import { startSandboxHub, type SandboxHub, type Seat } from '../helpers/sandbox-hub.ts'

let hub: SandboxHub
beforeAll(async () => {
  hub = await startSandboxHub({ seed: 60 })
})
afterAll(() => hub.close())

const enrol = async (seat: Seat, deviceId = `dev-${randomUUID()}`) => {
  const client = await hub.signIn(seat)
  const account = (await client.call('GET', '/v1/me')).as(me)
  const device = logDevice(deviceId, { account: account.id, role: account.role })
  const put = () =>
    client.call('PUT', `/v1/devices/${deviceId}`, {
      json: { name: '工位 3', os: 'linux', app_version: '0.1.0', log_key: device.logKey },
    })
  expect((await put()).status).toBe(200)
  return { client, device, put }
}

/** Everything that the database holds, as text; what lies in clear inside binary columns would be readable too. */
const dump = async (): Promise<string> => {
  const tables = await sql<{ name: string }>`select table_name as name from information_schema.tables
    where table_schema = 'public'`.execute(hub.hub.db)
  const rows = await Promise.all(
    tables.rows.map(({ name }) => sql<Record<string, unknown>>`select * from ${sql.table(name)}`.execute(hub.hub.db)),
  )
  const readable = (value: unknown): unknown =>
    value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : value
  return JSON.stringify(rows.flatMap((one) => one.rows.map((row) => Object.values(row).map(readable))))
}

describe('outbox', () => {
  it('takes an item once, whatever is repeated, and refuses what it cannot read without losing the rest', async () => {
    const { client } = await enrol('hr')
    const body = { candidate_id: 'cand-000001', at: '2026-11-20T08:00:00Z', text: '电话沟通顺畅' }
    const id = randomUUID()
    expect((await pushItem(client, 'note', body, id)).status).toBe('accepted')
    expect((await pushItem(client, 'note', body, id)).status).toBe('duplicate')
    const mixed = await client.call('POST', '/v1/outbox', {
      json: {
        items: [
          { id: randomUUID(), kind: 'from_the_future', at: '2026-11-20T08:00:00Z', body: {} },
          { id: randomUUID(), kind: 'note', at: '2026-11-20T08:00:00Z', body: { text: 1 } },
          { id: randomUUID(), kind: 'note', at: '2026-11-20T08:00:00Z', body: { ...body, candidate_id: 'nobody' } },
          { id: randomUUID(), kind: 'note', at: '2026-11-20T08:00:00Z', body: { ...body, candidate_id: 'a\u0000' } },
          { id: randomUUID(), kind: 'note', at: '2026-11-20T08:00:00Z', body },
        ],
      },
    })
    expect(mixed.as(outboxAnswer).results.map((one) => one.code ?? one.status)).toEqual([
      'unknown_kind',
      'invalid',
      'not_found',
      'invalid_request',
      'accepted',
    ])
    const notes = (await pullAll(client)).changes.filter((one) => one.type === 'note')
    expect(notes.filter(({ data }) => (data as { text?: string }).text === body.text)).toHaveLength(2)
  })

  it('moves stages and closes jobs, for hr only', async () => {
    const { client } = await enrol('hr')
    expect((await pushItem(client, 'stage', { application_id: 'app-000001', stage: 'rejected' })).status).toBe(
      'accepted',
    )
    const moved = await findChange(client, 'application', 'app-000001')
    expect(applicationData.parse(moved?.data)).toMatchObject({ stage: 'rejected', decision: 'rejected' })
    expect((await pushItem(client, 'job', { job_id: 'job-13', status: 'filled' })).status).toBe('accepted')
    expect((await findChange(client, 'job', 'job-13'))?.data).toMatchObject({
      status: 'filled',
      closed_at: expect.any(String),
    })
    const { client: headhunter } = await enrol('headhunter')
    expect((await pushItem(headhunter, 'stage', { application_id: 'app-000001', stage: 'hired' })).code).toBe('role')
  })

  it('is followed, in a sandbox, by whoever is invited to apply: once by delivering, then by saying so', async () => {
    const client = await hub.signIn('hr')
    const { changes } = await pullAll(client)
    const applications = changes.flatMap(({ type, id, data }) =>
      type === 'application' && data !== undefined ? [{ id, ...applicationData.parse(data) }] : [],
    )
    const answers = (people: ReadonlySet<string>) => applications.filter(({ candidate_id }) => people.has(candidate_id))
    const people = new Set(
      changes.flatMap(({ type, data, id }) => {
        const person = type === 'candidate' && data !== undefined ? candidateData.parse(data) : undefined
        return person === undefined || person.do_not_contact === true || Number(id.slice(5)) % 3 === 2 ? [] : [id]
      }),
    )
    const found = answers(people).find(({ channel }) => channel === 'searched' || channel === 'recommended')
    if (found === undefined) throw new Error('nobody of the seed was only found')
    const invite = () =>
      pushItem(client, 'invitation_to_apply', {
        candidate_id: found.candidate_id,
        job_id: found.job_id,
        text: '欢迎投递',
      })
    const ofJob = async () =>
      (await pullAll(client)).changes.flatMap(({ type, id, data }) => {
        if (type !== 'application' || data === undefined) return []
        const application = applicationData.parse(data)
        const same = application.candidate_id === found.candidate_id && application.job_id === found.job_id
        return same && id !== found.id ? [{ id, ...application }] : []
      })
    expect(await invite()).toMatchObject({ status: 'accepted' })
    const [delivered, ...others] = await ofJob()
    expect(others).toEqual([])
    expect(delivered).toMatchObject({ channel: 'delivered', stage: 'new', evidence: `dlv-${delivered?.id}` })
    expect(await invite()).toMatchObject({ status: 'accepted' })
    expect(await ofJob()).toHaveLength(1)
    const said = (await pullAll(client)).changes.filter(
      ({ type, data }) => type === 'message' && (data as { application_id?: string }).application_id === delivered?.id,
    )
    expect(said).toHaveLength(2)
    expect(
      await pushItem(client, 'invitation_to_apply', { candidate_id: found.candidate_id, job_id: 'job-none' }),
    ).toMatchObject({ status: 'rejected', code: 'not_found' })
  })

  it('[ZP-28] what a recruiter writes discloses nothing', async () => {
    const { client } = await enrol('hr')
    const id = randomUUID()
    const body = {
      application_id: 'app-000001',
      from: 'candidate',
      text: '电话 13800138000',
      at: '2026-11-20T08:00:00Z',
      disclosed: ['phone'],
    }
    expect((await pushItem(client, 'message', body, id)).status).toBe('accepted')
    expect((await findChange(client, 'message', id))?.data).toEqual(
      expect.objectContaining({ from: 'acc-hr', text: '电话 13800138000' }),
    )
    expect((await findChange(client, 'message', id))?.data).not.toHaveProperty('disclosed')
  })
})

describe('view log', () => {
  it('cosigns what continues, answers a repetition alike, and tells the size', async () => {
    const { client, device } = await enrol('hr')
    device.append({ action: 'sign_in', outcome: 'done' })
    device.append({ action: 'view', subject: { platform: 'zhaopin', candidate: 'hash-a' }, job: 'job-01' })
    const first = await pushItem(client, 'log', device.push(0, { 'hash-a': 'cand-000005' }))
    expect(first).toMatchObject({ status: 'accepted', size: 2 })
    device.append({
      action: 'reveal',
      subject: { platform: 'zhaopin', candidate: 'hash-a' },
      fields: ['phone'],
      reason: 'interview',
    })
    const body = device.push(2)
    const second = await pushItem(client, 'log', body)
    expect(second).toMatchObject({ status: 'accepted', size: 3 })
    const jwk = z
      .object({ kid: z.string(), x: z.string() })
      .parse((await client.call('GET', '/.well-known/candor')).as(discovery).keys[0])
    const witness = verifierKey(ledgerCrypto.sha256, jwk.kid, keyTypes.cosignature, fromBase64Url(jwk.x))
    const time = verifyCosignature(
      ledgerCrypto,
      parseSignedNote(body.checkpoint).text,
      second.cosignature ?? '',
      witness,
    )
    expect(Math.abs(time * 1000 - Date.now())).toBeLessThan(60_000)
    // The answer was lost and the entries come again in a new item.
    expect(await pushItem(client, 'log', body)).toMatchObject({ status: 'accepted', size: 3 })
    expect((await client.call('GET', '/v1/me')).as(me).log?.size).toBe(3)
  })

  it('refuses a log that was rewritten or cut, and tells the administrator', async () => {
    const { client, device } = await enrol('hr')
    for (let row = 0; row < 3; row += 1) device.append({ action: 'view', job: 'job-01', detail: `row ${row}` })
    expect((await pushItem(client, 'log', device.push(0))).status).toBe('accepted')
    const honest = [...device.entries]
    device.entries[1] = (device.entries[1] ?? '').replace('row 1', 'row x')
    device.append({ action: 'view', job: 'job-02' })
    expect((await pushItem(client, 'log', device.push(3))).code).toBe('log_conflict')
    device.entries.splice(0, 4, ...honest.slice(0, 1))
    device.append({ action: 'view', job: 'job-03' })
    expect((await pushItem(client, 'log', device.push(1))).code).toBe('log_conflict')
    const notices = (await pullAll(await hub.signIn('admin'))).changes.filter((one) =>
      one.id.startsWith('log-conflict-'),
    )
    expect(notices).toHaveLength(2)
    expect((await pullAll(client)).changes.some((one) => one.id.startsWith('log-conflict-'))).toBe(false)
    device.entries.splice(0, 9, ...honest)
    device.append({ action: 'view', job: 'job-04' })
    expect(await pushItem(client, 'log', device.push(3))).toMatchObject({ status: 'accepted', size: 4 })
  })

  it('refuses another key for a known device, and a log without a device', async () => {
    const { client, device } = await enrol('hr')
    const other = logDevice(device.id, { account: 'acc-hr', role: 'hr' })
    const again = await client.call('PUT', `/v1/devices/${device.id}`, {
      json: { name: 'x', os: 'y', app_version: 'z', log_key: other.logKey },
    })
    expect(again.code).toBe('log_key_fixed')
    expect((await pushItem(await hub.signIn('hr'), 'log', device.push(0))).code).toBe('device_unknown')
  })

  it('shows its rows to administrator and officer, by candidate', async () => {
    const admin = await hub.signIn('admin')
    const { rows } = (await admin.call('GET', '/v1/ledger?candidate=cand-000005')).as(ledgerAnswer)
    expect(rows.map((row) => row.action).toSorted()).toEqual(['reveal', 'view'])
    expect((await (await hub.signIn('hr')).call('GET', '/v1/ledger')).code).toBe('role')
  })
})

describe('the candidate', () => {
  it('[ZP-32] sees who looked, when, why and which fields, with proofs that hold', async () => {
    const hr = await hub.signIn('hr')
    const made = (await hr.call('POST', '/v1/candidate-links', { json: { candidate_id: 'cand-000005' } })).as(
      candidateLink,
    )
    const path = new URL(made.link).pathname
    const page = await hub.client.call('GET', path)
    expect(page.status).toBe(200)
    for (const words of ['北辰科技', '林晓', '招聘专员', '查看了手机号', '约面试', '已核对：2 条'])
      expect(page.text).toContain(words)
    expect(page.text.match(/<script[^>]*>/g)).toEqual([expect.stringContaining(' src="/portal/verify-')])
    expect(page.headers.get('referrer-policy')).toBe('no-referrer')
    const person = hub.client.withToken(path.split('/').at(-1) ?? '')
    const [log, ...others] = (await person.call('GET', '/v1/candidate/views')).as(disclosure).logs
    expect(others).toEqual([])
    const head = parseCheckpoint(log?.checkpoint ?? '')
    expect(log?.rows).toHaveLength(2)
    for (const row of log?.rows ?? []) {
      const claim = {
        index: row.i,
        size: head.size,
        leaf: leafHash(ledgerCrypto.sha256, utf8(row.entry)),
        root: head.root,
        proof: row.proof.map(fromBase64),
      }
      expect(verifyInclusion(ledgerCrypto.sha256, claim)).toBe(true)
    }
    const filed = await person.call('POST', '/v1/candidate/requests', {
      json: { kind: 'delete', detail: '不再找工作' },
    })
    const { id } = filed.as(z.object({ id: z.string() }))
    const request = requestData.parse((await findChange(hr, 'request', id))?.data)
    expect(request).toMatchObject({ candidate_id: 'cand-000005', kind: 'delete', requester: 'self' })
    const form = await hub.client.call('POST', `${path}/consents`, {
      form: { purpose: 'talent_pool', granted: 'false' },
    })
    expect(form.status).toBe(303)
    const [next = ''] = (form.headers.get('location') ?? '').split('#')
    expect((await hub.client.call('GET', next)).text).toContain('已记录您的撤回：进入人才库')
    expect((await hr.call('DELETE', `/v1/candidate-links/${made.id}`)).status).toBe(204)
    expect((await hub.client.call('GET', path)).status).toBe(401)
  })
})

describe('destruction', () => {
  const certificate = (candidateId: string) => ({
    certificate_id: randomUUID(),
    candidate_id: candidateId,
    reason: 'rejected',
    destroyed_at: '2026-11-20T08:00:00Z',
    held: { resumes: 1 },
  })

  it('[ZP-93] nothing of a person lies in clear in the database', async () => {
    const { client } = await enrol('hr')
    const people = (await pullAll(client)).changes.filter((one) => one.type === 'candidate')
    // The dump does see binary columns: what is not sealed is found.
    await hub.hub.db
      .insertInto('attachment_bytes')
      .values({
        employer_id: 'control',
        id: 'control',
        candidate_id: 'control',
        sealed: Buffer.from('张三丰 13800000000'),
      })
      .execute()
    const text = await dump()
    expect(text).toContain('张三丰 13800000000')
    let checked = 0
    for (const one of people) {
      const { contact } = candidateData.parse(one.data)
      for (const value of [contact?.name, contact?.phone, contact?.email]) {
        if (value === undefined) continue
        checked += 1
        expect(text).not.toContain(value)
      }
    }
    expect(checked).toBeGreaterThan(60)
  })

  it('ends the hub’s copy with the last device’s certificate, keys first, and takes no record back', async () => {
    const one = await enrol('hr')
    const two = await enrol('hr')
    await pullAll(one.client)
    await pullAll(two.client)
    // Devices of the tests before hold the person too; only these two are left.
    await hub.hub.db.deleteFrom('holding').where('device_id', 'not in', [one.device.id, two.device.id]).execute()
    const id = 'cand-000009'
    const before = await findChange(two.client, 'candidate', id)
    expect(before?.op).toBe('upsert')
    expect((await pushItem(one.client, 'destruction', certificate(id))).status).toBe('accepted')
    expect((await findChange(two.client, 'candidate', id))?.op).toBe('upsert')
    await hub.hub.db.deleteFrom('holding').where('device_id', '=', one.device.id).execute()
    expect((await pushItem(two.client, 'destruction', certificate(id))).status).toBe('accepted')
    const key = await hub.hub.db
      .selectFrom('record_key')
      .selectAll()
      .where('candidate_id', '=', id)
      .executeTakeFirstOrThrow()
    expect(key.wrapped).toBe(null)
    const rows = await hub.hub.db
      .selectFrom('record')
      .selectAll()
      .where('candidate_id', '=', id)
      .where('sealed', 'is not', null)
      .execute()
    expect(rows).toEqual([])
    const back = await two.client.call('POST', '/sandbox/records', {
      json: { records: [{ type: 'candidate', id, data: before?.data }] },
    })
    expect(back.as(z.object({ written: z.number() })).written).toBe(0)
    expect((await pushItem(two.client, 'note', { candidate_id: id, at: '2026-11-20T08:00:00Z', text: 'x' })).code).toBe(
      'not_found',
    )
  })

  it('a deleted person is taken back from everybody who holds them', async () => {
    const { client } = await enrol('hr')
    const { cursor } = await pullAll(client)
    expect((await client.call('DELETE', '/sandbox/candidates/cand-000013')).status).toBe(204)
    const { changes } = await pullAll(client, 1000, cursor)
    expect(changes).toContainEqual(expect.objectContaining({ type: 'candidate', id: 'cand-000013', op: 'delete' }))
  })

  it('[ZP-74] keeps the same clocks itself: what is past its time goes three days later', async () => {
    const { client } = await enrol('hr')
    await pushItem(client, 'stage', { application_id: 'app-000029', stage: 'rejected' })
    await hub.hub.db
      .deleteFrom('record')
      .where('type', '=', 'application')
      .where('candidate_id', '=', 'cand-000029')
      .where('id', '<>', 'app-000029')
      .execute()
    const state = async () =>
      (
        await hub.hub.db
          .selectFrom('record_key')
          .select('destroyed_at')
          .where('candidate_id', '=', 'cand-000029')
          .executeTakeFirstOrThrow()
      ).destroyed_at
    hub.clock.setOffset(86_400 * 32)
    await sweep(hub.hub)
    expect(await state()).toBe(null)
    hub.clock.setOffset(86_400 * 34)
    await sweep(hub.hub)
    expect(await state()).not.toBe(null)
    hub.clock.setOffset(0)
  })
})
