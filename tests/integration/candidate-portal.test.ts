import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { ledgerCrypto } from '../../electron/hub/ledger-crypto.ts'
import { sweep } from '../../electron/hub/sweep.ts'
import type { LogLine } from '../../electron/hub/service/log-line.ts'
import { candidateLink, disclosure, me } from '../../electron/shared/domain/sync-records.ts'
import { fromBase64 } from '../../electron/shared/ledger/bytes.ts'
import { logOrigin } from '../../electron/shared/ledger/checkpoint.ts'
import { treeRoot, verifyConsistency } from '../../electron/shared/ledger/merkle.ts'
import { findChange, pushItem } from '../helpers/hub-client.ts'
import { logDevice } from '../helpers/log-device.ts'
import { startSandboxHub, type SandboxHub, type Seat } from '../helpers/sandbox-hub.ts'

let hub: SandboxHub
const lines: LogLine[] = []
beforeAll(async () => {
  hub = await startSandboxHub({ seed: 60, log: (line) => lines.push(line) })
})
afterAll(() => hub.close())

const person = 'cand-000005'
const hour = 3_600_000

const enrol = async (seat: Seat) => {
  const client = await hub.signIn(seat)
  const account = (await client.call('GET', '/v1/me')).as(me)
  const id = `dev-${randomUUID()}`
  const device = logDevice(id, { account: account.id, role: account.role })
  await client.call('PUT', `/v1/devices/${id}`, {
    json: { name: '工位 3', os: 'linux', app_version: '0.1.0', log_key: device.logKey },
  })
  return { client, device, account }
}

const makeLink = async (candidateId = person, more: object = {}) => {
  const hr = await hub.signIn('hr')
  const made = (await hr.call('POST', '/v1/candidate-links', { json: { candidate_id: candidateId, ...more } })).as(
    candidateLink,
  )
  const path = new URL(made.link).pathname
  const token = path.split('/').at(-1) ?? ''
  return { ...made, hr, path, token }
}

const read = async (path: string, language = 'zh-CN') => (await hub.client.call('GET', `${path}?lang=${language}`)).text

const submit = async (path: string, form: Record<string, string>): Promise<string> => {
  const answer = await hub.client.call('POST', path, { form })
  expect(answer.status).toBe(303)
  return (await hub.client.call('GET', (answer.headers.get('location') ?? '').split('#')[0] ?? '')).text
}

const subject = { platform: 'zhaopin', candidate: 'subject-of-person' }
const pushLooks = async (seat: Seat, looks: ReadonlyArray<Readonly<Record<string, unknown>>>, candidateId = person) => {
  const { client, device } = await enrol(seat)
  for (const look of looks) device.append({ subject, job: 'job-01', ...look })
  expect((await pushItem(client, 'log', device.push(0, { [subject.candidate]: candidateId }))).status).toBe('accepted')
  return { client, device }
}

describe('the page of a candidate', () => {
  it('[ZP-32] says in both languages who looked, why, what was refused and by which rule', async () => {
    const at = hub.clock.now()
    await pushLooks('hr', [
      { at: at - hour, action: 'view' },
      { at: at - hour + 1, action: 'reveal', fields: ['phone', 'email'], reason: 'interview' },
      { at: at - hour + 2, action: 'stage', outcome: 'done', detail: 'message chat' },
    ])
    await pushLooks('headhunter', [
      {
        at: at - 5,
        action: 'download',
        outcome: 'denied',
        policy: { profile: 'zhaopin', version: '2026 V3', clause: 'ZP-22' },
        detail: 'rule HEADHUNTER_LIMIT',
      },
    ])
    const { path } = await makeLink()
    const zh = await read(path)
    for (const words of [
      '北辰科技',
      '林晓 · 招聘专员',
      '查看了手机号、邮箱',
      '理由：约面试',
      '在沟通中发消息',
      '被拒绝：下载简历',
      '猎头',
      '依据：智联招聘隐私政策 1.1.2(1) 猎头 (ZP-22)',
      '当时提示操作者：“猎头账号不显示此项”',
      '已核对：4 条记录均在 2 台设备',
      'lang="zh-CN"',
    ])
      expect(zh).toContain(words)
    const en = await read(path, 'en-US')
    for (const words of [
      'Looked at: mobile number, e-mail',
      'Reason: arranging an interview',
      'Wrote a message in the chat',
      'Refused: Downloaded the resume',
      'Zhaopin privacy policy',
      'What the person was told: “This is not shown to headhunters”',
      'Checked: 4 records stand',
      'lang="en-US"',
    ])
      expect(en).toContain(words)
    expect((await hub.client.call('GET', path, { headers: { 'accept-language': 'en-GB,zh;q=0.5' } })).text).toContain(
      'Who has seen my resume',
    )
  })

  it('[ZP-32] shows a look that was taken offline at its true time, and when it was delivered', async () => {
    const at = hub.clock.now() - 30 * hour
    await pushLooks('hr', [{ at, action: 'print', subject: { ...subject, candidate: 'late' } }], 'cand-000006')
    const { device, client } = await enrol('hr')
    device.append({ at, action: 'view', subject: { ...subject, candidate: 'late-2' } })
    await pushItem(client, 'log', device.push(0, { 'late-2': 'cand-000006' }))
    const { path } = await makeLink('cand-000006')
    const page = await read(path)
    expect(page).toContain(`<time datetime="${new Date(at).toISOString()}">`)
    expect(page).toContain('当时设备没有同步')
  })

  it('says until when copies are kept by the numbers of the profile, and that a hold keeps them longer', async () => {
    const { path, hr } = await makeLink('cand-000007')
    expect(await read(path)).toMatch(/招聘进行中|最晚 .* 销毁/u)
    const until = new Date(hub.clock.now() + 90 * 24 * hour).toISOString()
    await hr.call('POST', '/sandbox/records', {
      json: {
        records: [
          {
            type: 'hold',
            id: 'hold-p',
            data: { candidate_id: 'cand-000007', until, reason: '诉讼', by: 'a', approver: 'b' },
          },
        ],
      },
    })
    const held = await read(path)
    expect(held).toContain('依法保留至')
    expect(held).not.toContain('诉讼')
  })

  it('[ZP-91] files a request of every kind once, shows its state, its answer and where to complain', async () => {
    const { path, hr } = await makeLink('cand-000008')
    for (const kind of ['access', 'copy', 'correct', 'delete', 'withdraw', 'restrict', 'port', 'explain']) {
      const page = await submit(`${path}/requests?lang=zh-CN`, { kind, requester: 'self', detail: `说明 ${kind}` })
      expect(page).toContain('请求已送达，最晚')
      expect(page).toContain(`您的说明：说明 ${kind}`)
    }
    const row = await hub.hub.db
      .selectFrom('record')
      .select(['id', 'data'])
      .where('type', '=', 'request')
      .where('candidate_id', '=', 'cand-000008')
      .orderBy('rev', 'desc')
      .executeTakeFirstOrThrow()
    const answer = { request_id: row.id, outcome: 'refused', text: '法定保存期内 <b>', at: new Date().toISOString() }
    expect((await pushItem(hr, 'request_answer', answer)).status).toBe('accepted')
    const page = await read(path)
    expect(page).toContain('答复：未予办理')
    expect(page).toContain('法定保存期内 &#60;b&#62;')
    expect(page).toContain('12315')
  })

  it('grants and withdraws every consent by itself', async () => {
    const { path } = await makeLink('cand-000009')
    expect(await submit(`${path}/consents`, { purpose: 'talent_pool', granted: 'true' })).toContain(
      '已记录您的同意：进入人才库',
    )
    const page = await read(path)
    expect(page).toContain('您同意进入人才库，保留至')
    expect(page).toContain('撤回：进入人才库')
    expect(page).toContain('同意背景调查')
    expect(await submit(`${path}/consents`, { purpose: 'talent_pool', granted: 'false' })).toContain(
      '已记录您的撤回：进入人才库',
    )
    expect(await read(path)).not.toContain('您同意进入人才库，保留至')
  })

  it('[ZP-79] lists certificates of destruction, gives the signed document and no other person’s', async () => {
    const { client } = await enrol('hr')
    const id = 'CD-2026-1120-0001'
    const body = {
      certificate_id: id,
      candidate_id: 'cand-000010',
      reason: 'rejected',
      destroyed_at: '2026-11-20T08:00:00Z',
      certificate: { body: { id }, signature: 's' },
    }
    expect((await pushItem(client, 'destruction', body)).status).toBe('accepted')
    const { path } = await makeLink('cand-000010')
    const page = await read(path)
    for (const words of ['销毁证明', '不合适', id]) expect(page).toContain(words)
    const file = await hub.client.call('GET', `${path}/certificates/${id}`)
    expect(JSON.parse(file.text)).toEqual(body.certificate)
    expect(file.headers.get('content-disposition')).toBe('attachment')
    const other = await makeLink('cand-000011')
    expect((await hub.client.call('GET', `${other.path}/certificates/${id}`)).status).toBe(404)
  })

  it('gives the proofs as a file', async () => {
    const { path } = await makeLink()
    const file = await hub.client.call('GET', `${path}/proofs`)
    expect(file.as(disclosure).logs.length).toBe(2)
  })

  it('[ZP-32] proves that a log only grew since it was seen, to those whom it names and to nobody else', async () => {
    const { client, device } = await enrol('hr')
    const other = { ...subject, candidate: 'grown' }
    for (let i = 0; i < 21; i += 1) device.append({ action: 'view', subject: other })
    await pushItem(client, 'log', device.push(0, { grown: 'cand-000020' }))
    const { token } = await makeLink('cand-000020')
    const ask = (origin: string, from: number, to: number, bearer = token) =>
      hub.client.withToken(bearer).call('GET', `/v1/candidate/growth?origin=${origin}&from=${from}&to=${to}`)
    const origin = logOrigin(device.id)
    const rootOf = (size: number) => treeRoot(ledgerCrypto.sha256, device.read, size)
    for (const [from, to] of [
      [1, 21],
      [8, 21],
      [13, 20],
      [21, 21],
    ] as const) {
      const { consistency } = (await ask(origin, from, to)).as(z.object({ consistency: z.array(z.string()) }))
      const claim = { oldSize: from, oldRoot: rootOf(from), newSize: to, newRoot: rootOf(to) }
      expect(verifyConsistency(ledgerCrypto.sha256, { ...claim, proof: consistency.map(fromBase64) })).toBe(true)
    }
    for (const [from, to] of [
      [21, 22],
      [9, 8],
      [-1, 3],
      [0.5, 3],
    ] as const)
      expect((await ask(origin, from, to)).status).toBe(400)
    const stranger = await makeLink('cand-000021')
    for (const answer of [
      await ask(origin, 1, 21, stranger.token),
      await ask('candor/dev-nobody', 1, 2),
      await ask(device.id, 1, 2),
    ])
      expect([answer.status, answer.code]).toEqual([404, 'not_found'])
    expect((await ask(origin, 1, 21, 'x'.repeat(43))).status).toBe(401)
  })

  it('escapes what others wrote', async () => {
    const { path, hr } = await makeLink()
    const job = await findChange(hr, 'job', 'job-01')
    const title = '<img src=x onerror=alert(1)>'
    await hr.call('POST', '/sandbox/records', {
      json: { records: [{ type: 'job', id: 'job-01', data: { ...(job?.data as object), title } }] },
    })
    const page = await read(path)
    expect(page).not.toContain('<img')
    expect(page).toContain('&#60;img')
  })
})

describe('a link', () => {
  it('says the same when it is unknown, expired, revoked or ended by the person', async () => {
    const unknown = await hub.client.call('GET', '/c/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA')
    const revoked = await makeLink()
    await revoked.hr.call('DELETE', `/v1/candidate-links/${revoked.id}`)
    const ended = await makeLink()
    expect((await hub.client.call('POST', `${ended.path}/end`, { form: {} })).text).toContain('此链接已停用')
    const expired = await makeLink(person, { expires_at: new Date(hub.clock.now() + 1000).toISOString() })
    hub.clock.setOffset(2)
    const answers = await Promise.all([revoked, ended, expired].map(({ path }) => hub.client.call('GET', path)))
    hub.clock.setOffset(0)
    const shape = (one: typeof unknown) => [one.status, one.text, [...one.headers].filter(([name]) => name !== 'date')]
    for (const answer of answers) expect(shape(answer)).toEqual(shape(unknown))
    expect(unknown.status).toBe(401)
    expect(unknown.text).toContain('此链接打不开')
  })

  it('is never in a line of the server’s log, and its page gives it to nobody', async () => {
    const { path, token } = await makeLink()
    const page = await hub.client.call('GET', path)
    expect(JSON.stringify(lines)).not.toContain(token)
    expect(lines.some((line) => line.event === 'request' && line.route === '/c/:token')).toBe(true)
    expect(page.headers.get('referrer-policy')).toBe('no-referrer')
    expect(page.headers.get('cache-control')).toBe('no-store')
    const policy = page.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toContain('unsafe')
  })

  it('stops whoever tries many, and whoever files without end', async () => {
    const tries = await Promise.all(Array.from({ length: 40 }, () => hub.client.call('GET', `/c/${randomUUID()}`)))
    const last = tries.find((one) => one.status === 429)
    expect(Number(last?.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(last?.text).toContain('请求太多')
    const { path } = await makeLink('cand-000012')
    expect((await hub.client.call('GET', path)).status).toBe(200)
    const filed = []
    for (let count = 0; count < 21; count += 1) {
      filed.push((await hub.client.call('POST', `${path}/requests`, { form: { kind: 'access' } })).status)
    }
    expect(filed.filter((status) => status === 303).length).toBe(20)
    expect(filed.at(-1)).toBe(429)
  })
})

describe('until when copies are kept', () => {
  let alone: SandboxHub
  beforeAll(async () => {
    alone = await startSandboxHub({ seed: 60 })
  })
  afterAll(() => alone.close())

  it('[ZP-106] counts by the stricter profile that the hub sends, from its day on, and never by a longer one', async () => {
    const id = 'cand-000030'
    const hr = await alone.signIn('hr')
    const made = (await hr.call('POST', '/v1/candidate-links', { json: { candidate_id: id } })).as(candidateLink)
    const path = new URL(made.link).pathname
    const read = async () => (await alone.client.call('GET', `${path}?lang=zh-CN`)).text
    const { data: known } = (await findChange(hr, 'candidate', id)) ?? {}
    const { platform } = known as { platform: string }
    const applications = await alone.hub.db
      .selectFrom('record')
      .select(['id', 'data'])
      .where('type', '=', 'application')
      .where('candidate_id', '=', id)
      .execute()
    const put = (records: object[]) => hr.call('POST', '/sandbox/records', { json: { records } })
    const decidedAt = new Date(alone.clock.now() - hour).toISOString()
    await put(
      applications.map((row) => ({
        type: 'application',
        id: row.id,
        data: { ...(row.data as object), stage: 'rejected', decision: 'rejected', at: decidedAt },
      })),
    )
    const dayOf = (days: number): string =>
      new Intl.DateTimeFormat('zh-CN', {
        timeZone: 'Asia/Shanghai',
        year: 'numeric',
        month: 'long',
        day: 'numeric',
      }).format(Date.parse(decidedAt) + days * 24 * hour)
    const profile = (name: string, effective: string, document: object, of = platform) => ({
      type: 'profile',
      id: name,
      data: { platform: of, version: name, effective_from: effective, document },
    })
    const days = (value: number) => ({ retention: { rejected_days: [value, 'D4'] } })
    const before = await read()
    expect(before).toContain(`最晚 ${dayOf(30)} 销毁`)
    const laterDay = new Date(alone.clock.now() + 60 * 24 * hour).toISOString()
    const others = platform === 'zhaopin' ? 'lagou' : 'zhaopin'
    await put([
      profile('longer', '2026-01-01', days(90)),
      profile('no-deadline', '2026-01-01', { retention: { rejected_days: [0, 'D4'] } }),
      profile('nonsense', '2026-01-01', { retention: 'none', requests: [1] }),
      profile('later', laterDay, days(2)),
      profile('others', '2026-01-01', days(1), others),
    ])
    expect(await read()).toContain(`最晚 ${dayOf(30)} 销毁`)
    await put([profile('now', '2026-01-01', { ...days(10), requests: { workdays: [7, 'D13'] } })])
    const page = await read()
    expect(page).toContain(`最晚 ${dayOf(10)} 销毁`)
    expect(page).toContain('7 个工作日')
    // The hub ends its own copy by the same day, three days after the devices at the latest.
    alone.clock.setOffset(3600 * 24 * 12)
    await sweep(alone.hub)
    expect(await read()).toContain(`最晚 ${dayOf(10)} 销毁`)
    alone.clock.setOffset(3600 * 24 * 14)
    await sweep(alone.hub)
    const over = await read()
    expect(over).not.toContain('最晚')
    expect(over).toContain('已销毁')
  })
})
