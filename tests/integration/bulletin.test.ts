import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { syncOnce } from '../../electron/core/accounts/session.ts'
import { newHome, type CoreHome } from '../helpers/core-home.ts'
import { startSandboxHub, type SandboxHub } from '../helpers/sandbox-hub.ts'
import type { HubClient } from '../helpers/hub-client.ts'

/** A platform without candidates: its posts, its consultations and whoever answers them, at a real hub. */
const hour = 3_600_000
const day = 24 * hour
const folder = mkdtempSync(join(tmpdir(), 'candor-bulletin-'))
let hub: SandboxHub
let core: CoreHome
let platform: HubClient

const iso = (ms: number): string => new Date(ms).toISOString()
const put = async (type: string, id: string, data: Record<string, unknown>): Promise<void> => {
  const answer = await platform.call('POST', '/sandbox/records', { json: { records: [{ type, id, data }] } })
  expect(answer.status).toBe(200)
}
const sync = async (): Promise<void> => {
  await syncOnce(core.core)
  await core.core.account?.retention.runDue()
}
const ask = async (thread: string, id: string, text: string, more: Record<string, unknown> = {}): Promise<void> => {
  await put('consultation', id, {
    alias: '考友 0001',
    thread_id: thread,
    text,
    at: iso(Date.now()),
    from: 'user',
    ...more,
  })
  await sync()
}
const entries = async () => (await core.call('ledger.list', { limit: 200 })).items
const news = (): number => core.events.filter(({ data }) => (data as { kind?: string }).kind === 'post_changed').length

beforeAll(async () => {
  hub = await startSandboxHub({ seed: 4 })
  core = await newHome(folder)
  await core.call('account.sign_in', { hub: hub.url, account: 'hr@sandbox', password: hub.passwordOf('hr') })
  platform = await hub.signIn('hr')
  await sync()
})
afterAll(async () => {
  await core.stop('quit')
  await hub.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('the board', () => {
  it('[QY-06] filters announcements and positions by exam type and region that were chosen by hand', async () => {
    const { items, exam_types, regions } = await core.call('post.list', {})
    expect(items.length).toBeGreaterThan(10)
    expect(items.map((one) => one.published_at)).toEqual(items.map((one) => one.published_at).sort((a, b) => b - a))
    for (const exam_type of exam_types) {
      for (const region of regions) {
        const wanted = items.filter((one) => one.exam_type === exam_type && one.region === region)
        expect((await core.call('post.list', { exam_type, region })).items).toEqual(wanted)
      }
    }
    expect((await core.call('post.list', { kind: 'position' })).items.every(({ kind }) => kind === 'position')).toBe(
      true,
    )
  })

  it('[QY-11] shows published figures with their source and their day', async () => {
    const { items } = await core.call('post.list', { kind: 'position' })
    const told = items.find(({ id }) => id === 'pos-1')
    expect(told?.figures?.source).toBe('省人事考试网')
    expect(Object.fromEntries(told?.figures?.items.map(({ name, value }) => [name, value]) ?? [])).toEqual({
      报名人数: 143,
      审核通过: 118,
      去年进面最低分: 128,
    })
    expect(told?.figures?.at).toBeLessThan(Date.now())
  })

  it('[QY-12] keeps nothing of anybody behind a figure, whatever comes with it', async () => {
    await put('position', 'pos-nosy', {
      title: '综合岗',
      figures: { 报名人数: 3 },
      applicants: [{ name: '端木雪琪', phone: '13900009999' }],
      scores: { 端木雪琪: 141 },
    })
    await sync()
    expect(
      core.core.account?.store.reader.get<{ data: string }>("SELECT data FROM post WHERE id = 'pos-nosy'")?.data,
    ).toBe(JSON.stringify({ title: '综合岗', figures: { 报名人数: 3 } }))
    const items = (await core.call('post.list', {})).items
    expect(JSON.stringify(items)).not.toMatch(/端木雪琪|13900009999|141\b/u)
  })

  it('[QY-15] [QY-31] tells quietly, by a count alone, that a followed post changed, and not of others', async () => {
    await core.call('post.mark', { kind: 'announcement', id: 'ann-2', followed: true })
    const before = news()
    await put('announcement', 'ann-3', { title: '改了，没有人关注' })
    await sync()
    expect(news()).toBe(before)
    await put('announcement', 'ann-2', { title: '江城区公告更正（示例）', exam_type: '事业单位', region: '江城区' })
    await sync()
    expect(core.events.findLast(({ name }) => name === 'notice.due')?.data).toEqual({ kind: 'post_changed', count: 1 })
    await sync()
    expect(news()).toBe(before + 1)
    const { desktop } = core.core.settings.get()
    core.core.settings.set({ desktop: { ...desktop, notices: { ...desktop.notices, post_changed: 'off' } } })
    await put('announcement', 'ann-2', { title: '江城区公告再次更正（示例）' })
    await sync()
    expect(news()).toBe(before + 1)
    core.core.settings.set({ desktop })
  })

  it('[QY-29] dismisses single ones and sorts by what is followed only while that is switched on, on this device alone', async () => {
    const requests: string[] = []
    const fetched = globalThis.fetch
    globalThis.fetch = (...request) => {
      requests.push(String(request[0]))
      return fetched(...request)
    }
    try {
      await core.call('post.mark', { kind: 'position', id: 'pos-2', dismissed: true })
      expect((await core.call('post.list', {})).items.map(({ id }) => id)).not.toContain('pos-2')
      expect((await core.call('post.list', { scope: 'dismissed' })).items.map(({ id }) => id)).toEqual(['pos-2'])
      await core.call('post.mark', { kind: 'announcement', id: 'ann-4', followed: true })
      const plain = (await core.call('post.list', {})).items.map(({ id }) => id)
      await core.call('post.recommend', { on: true })
      const near = await core.call('post.list', {})
      expect(near.items[0]).toMatchObject({ exam_type: '事业单位', region: '示范市' })
      expect(near.items.map(({ id }) => id)).not.toEqual(plain)
      expect([...near.items.map(({ id }) => id)].sort()).toEqual([...plain].sort())
      await core.call('post.recommend', { on: false })
      expect((await core.call('post.list', {})).items.map(({ id }) => id)).toEqual(plain)
      await core.call('post.mark', { kind: 'position', id: 'pos-2', dismissed: false })
      expect((await core.call('post.list', {})).items.map(({ id }) => id)).toContain('pos-2')
    } finally {
      globalThis.fetch = fetched
    }
    expect(requests).toEqual([])
  })

  it('[QY-30] offers the last day to apply as a calendar file and reads no calendar', async () => {
    const [one] = (await core.call('post.list', { kind: 'position' })).items.filter(({ id }) => id === 'pos-1')
    const { ics, file_name: name } = await core.call('post.calendar', { kind: 'position', id: 'pos-1' })
    expect(name).toMatch(/^deadline-\d{4}-\d{2}-\d{2}\.ics$/u)
    const lines = ics.replaceAll('\r\n ', '').split('\r\n')
    expect(lines).toContain(`SUMMARY:报名截止 · ${one?.title}`)
    const starts = lines.find((line) => line.startsWith('DTSTART:'))?.slice(8) ?? ''
    const at = Date.parse(starts.replace(/(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/u, '$1-$2-$3T$4:$5:$6Z'))
    expect(Math.floor((at + 8 * hour) / day)).toBe(Math.floor(((one?.apply_until ?? 0) + 8 * hour) / day))
    expect(at).toBeLessThanOrEqual(one?.apply_until ?? 0)
    expect(await core.codeOf('post.calendar', { kind: 'position', id: 'none' })).toBe('E_NOT_FOUND')
  })

  it('shows the employer’s own posts beside its jobs on other platforms', async () => {
    const { items, elsewhere } = await core.call('post.list', { scope: 'own' })
    expect(items.map(({ id }) => id).sort()).toEqual(['ann-4', 'pos-7', 'pos-8'])
    expect(elsewhere.length).toBeGreaterThan(0)
    expect((await core.call('post.list', {})).elsewhere).toEqual([])
  })

  it('[QY-05] is read by whoever is not signed in, without what an account marked', async () => {
    await core.call('post.mark', { kind: 'announcement', id: 'ann-1', followed: true })
    const signedIn = (await core.call('post.list', {})).items.length
    await core.call('account.sign_out', {})
    const { items, elsewhere } = await core.call('post.list', { scope: 'all' })
    expect(items.length).toBe(signedIn)
    expect(items.some((one) => one.followed || one.dismissed)).toBe(false)
    expect(elsewhere).toEqual([])
    expect(await core.codeOf('post.mark', { kind: 'announcement', id: 'ann-1', followed: true })).toBe('E_SESSION')
    expect((await core.call('post.calendar', { kind: 'position', id: 'pos-1' })).ics).toContain('BEGIN:VEVENT')
    await core.call('account.sign_in', { hub: hub.url, account: 'hr@sandbox', password: hub.passwordOf('hr') })
  })
})

describe('the consultation desk', () => {
  it('[QY-22] knows whoever asks by an alias alone, and no way leads from there to a candidate', async () => {
    await ask('t-alias', 'alias-1', '数据岗要求三年经验吗？', {
      name: '端木雪琪',
      user_id: 'u-77',
      profile: { phone: '13900009999', avatar: 'x' },
      rating: 5,
    })
    const talk = await core.call('consult.thread', { id: 't-alias' })
    expect(Object.keys(talk.thread).sort()).toEqual(['alias', 'at', 'id', 'messages', 'unread', 'waiting'])
    expect(talk.messages).toMatchObject([{ author: 'user', text: '数据岗要求三年经验吗？', hidden: [] }])
    expect(JSON.stringify(talk)).not.toMatch(/端木|u-77|13900009999|rating/u)
    const [job] = (await core.call('job.list', {})).items
    const content_base64 = Buffer.from('考友 0001\n数据岗').toString('base64')
    const file = { name: '考友.txt', content_base64, job_id: job?.id as never }
    const { platform: where } = await core.call('consult.desk', {})
    expect(await core.codeOf('intake.add', { ...file, platform: where as never })).toBe('E_CHANNEL')
    for (const route of ['candidate.get', 'note.add', 'pool.add', 'message.send'])
      expect(await core.codeOf(route, { id: 't-alias', application_id: 't-alias', text: 'x', pool: 'x' })).not.toBe(
        'none',
      )
    expect(core.core.account?.store.reader.all('SELECT 1 FROM candidate WHERE platform_id LIKE ?', 't-alias%')).toEqual(
      [],
    )
  })

  it('[QY-24] stops an answer with a phone, WeChat, ID, bank or payment word, and enters that without the words', async () => {
    await ask('t-words', 'words-1', '怎么报名？')
    const stopped = {
      phone: ['打 13800138000 找我', '留个手 机 号吧', '１３８００１３８０００'],
      wechat: ['加微.信聊', 'VX: dream_2026', '可以加我吗'],
      id: ['把身份证拍给我', '号码 110101199003077213'],
      bank: ['卡号 6222 0200 0000 0000 008 发我', '给个银行卡'],
      payment: ['先转账 200', '用支付宝付定金'],
    }
    const before = (await entries()).length
    for (const text of Object.values(stopped).flat())
      expect([text, await core.codeOf('consult.reply', { threads: ['t-words'], text })]).toEqual([text, 'E_CHANNEL'])
    const made = (await entries()).slice(0, (await entries()).length - before)
    expect(made.filter((row) => JSON.stringify(row).includes('rule CONSULT_SENSITIVE'))).toHaveLength(12)
    expect(JSON.stringify(await entries())).not.toMatch(/13800138000|dream_2026|身份证|转账/u)
    const { messages } = await core.call('consult.thread', { id: 't-words' })
    expect(messages).toHaveLength(1)
    expect(
      await core.codeOf('consult.reply', { threads: ['t-words'], text: '在官网按公告报名即可，缴费以官网为准。' }),
    ).toBe('none')
  })

  it('[QY-24] hides an incoming text of such a kind, keeps none of it, and enters that', async () => {
    const before = JSON.stringify(await entries()).split('rule CONSULT_SENSITIVE').length
    await ask('t-in', 'in-1', '我的手机号是 13900139000，身份证 110101199003077213', { topic: '13900139000' })
    const { messages, thread } = await core.call('consult.thread', { id: 't-in' })
    expect(messages).toMatchObject([{ author: 'user', hidden: ['phone', 'id'] }])
    expect(messages[0]).not.toHaveProperty('text')
    expect(thread).not.toHaveProperty('topic')
    const after = JSON.stringify(await entries())
    expect(after.split('rule CONSULT_SENSITIVE').length).toBe(before + 1)
    expect(after).not.toContain('13900139000')
  })

  it('[QY-25] writes to nobody first and to no two at once', async () => {
    await ask('t-two', 'two-1', '请问有培训吗？')
    expect(await core.codeOf('consult.reply', { threads: ['t-two', 't-words'], text: '您好' })).toBe('E_ROLE')
    await ask('t-first', 'first-1', '欢迎咨询', { from: 'institution' })
    expect(await core.codeOf('consult.reply', { threads: ['t-first'], text: '您好' })).toBe('E_CHANNEL')
    expect(await core.codeOf('consult.reply', { threads: ['nobody'], text: '您好' })).toBe('E_NOT_FOUND')
    const { refusal } = await core.call('consult.thread', { id: 't-first' })
    expect(refusal).toEqual({ rule: 'CONSULT_FIRST', clause: 'QY-25' })
  })

  it('sends an answer, which comes back as said by the institution and once', async () => {
    const { id } = await core.call('consult.reply', { threads: ['t-two'], text: '没有培训，祝考试顺利。' })
    await sync()
    await sync()
    const { messages } = await core.call('consult.thread', { id: 't-two' })
    expect(messages).toMatchObject([
      { author: 'user' },
      { id, author: 'institution', state: 'sent', text: '没有培训，祝考试顺利。' },
    ])
  })

  it('[QY-20] is closed from the day on which a certificate has ended', async () => {
    const end = async (until: string) =>
      hub.hub.db
        .updateTable('institution_certificate')
        .set({ until })
        .where('name', '=', '人力资源服务许可证')
        .execute()
    await end('2020-01-01')
    await sync()
    const desk = await core.call('consult.desk', {})
    expect(desk).toMatchObject({ refusal: { rule: 'CONSULT_CERTIFICATE' }, certificates: [{ over: true }] })
    expect(await core.codeOf('consult.reply', { threads: ['t-two'], text: '您好' })).toBe('E_APPROVAL')
    await end('2099-12-31')
    await sync()
    expect((await core.call('consult.desk', {})).refusal).toBeUndefined()
  })

  it('[QY-17] lets a filed identity answer, removes it at once when its owner cancels, and takes a new application', async () => {
    const desk = await core.call('consult.desk', {})
    expect(desk.filing.status).toBe('approved')
    expect(desk.filing.at).toBeLessThan(Date.now())
    expect((await core.call('filing.cancel', {})).status).toBe('cancelled')
    expect((await core.call('consult.desk', {})).refusal).toEqual({ rule: 'CONSULT_FILING', clause: 'QY-17' })
    expect(await core.codeOf('consult.reply', { threads: ['t-two'], text: '您好' })).toBe('E_APPROVAL')
    expect(await core.codeOf('filing.cancel', {})).toBe('E_CONFLICT')
    expect((await core.call('filing.apply', {})).status).toBe('pending')
    expect(await core.codeOf('consult.reply', { threads: ['t-two'], text: '您好' })).toBe('E_APPROVAL')
  })

  it('[QY-21] forgets a talk after the days that the profile gives it', async () => {
    const { chat_days: days } = await core.call('consult.desk', {})
    expect(days).toBe(180)
    const rows = () => core.core.account?.store.reader.all("SELECT id FROM consultation WHERE thread_id = 't-in'")
    expect(rows()).toHaveLength(1)
    core.core.account?.store.db.run(
      "UPDATE consultation SET at = ? WHERE thread_id = 't-in'",
      Date.now() - days * day - 1,
    )
    await core.core.account?.retention.runDue()
    expect(rows()).toEqual([])
    expect((await core.call('consult.thread', { id: 't-two' })).messages.length).toBeGreaterThan(0)
    // What is older than that is not taken in again.
    await ask('t-old', 'old-1', '很久以前', { at: iso(Date.now() - (days + 1) * day) })
    expect(await core.codeOf('consult.thread', { id: 't-old' })).toBe('E_NOT_FOUND')
  })

  it('[QY-17] [QY-37] has no column for a paper of anybody', async () => {
    const columns = await hub.hub.db.introspection.getTables()
    const filing = columns.find(({ name }) => name === 'filing')?.columns.map(({ name }) => name)
    const certificates = columns.find(({ name }) => name === 'institution_certificate')?.columns.map(({ name }) => name)
    expect(filing?.sort()).toEqual(['account_id', 'at', 'employer_id', 'status'])
    expect(certificates?.sort()).toEqual(['employer_id', 'name', 'until'])
  })
})

describe('a candidate of a platform without candidates', () => {
  it('[QY-09] is refused by the hub’s rules and by its database', async () => {
    const { platform: where } = await core.call('consult.desk', {})
    const data = { platform: where, visibility: 'public', blocked_employers: [], resume: {} }
    const answer = await platform.call('POST', '/sandbox/records', {
      json: { records: [{ type: 'candidate', id: 'cand-qy', data }] },
    })
    expect([answer.status, answer.code]).toEqual([400, 'no_candidates_here'])
    const row = { employer_id: 'emp-beichen', type: 'candidate', id: 'cand-qy', rev: 1, at: 1, deleted: false }
    await expect(
      hub.hub.db
        .insertInto('record')
        .values({ ...row, platform: where ?? '' })
        .execute(),
    ).rejects.toThrow(/record_without_private_resumes/u)
    await sync()
    expect((await core.call('candidate.facets', {})).platform.map(({ value }) => value)).not.toContain(where)
  })
})
