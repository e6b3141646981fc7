import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { putAside } from '../../electron/core/sync/aside.ts'
import type { CandidateDetail } from '../../electron/shared/domain/views.ts'
import { openChatPlace, type ChatPlace } from '../helpers/chat-place.ts'
import { day, minute } from '../helpers/policy-place.ts'
import { candidateChange, change, deletion } from '../helpers/sync-records.ts'

/** What a candidate tells in a chat upgrades that one field, and nothing that anybody else types upgrades anything (ZP-28). */
let at: ChatPlace

beforeEach(async () => {
  at = await openChatPlace()
  // Found in a search and greeted: without contact, as the platform sends such people.
  at.put('z', 'greeted', { contact: undefined })
  await at.enterAs('hr')
})
afterEach(() => at.close())

const states = (detail: CandidateDetail) =>
  Object.fromEntries(detail.why.map(({ field, state, rule }) => [field, `${state} ${rule}`]))
const reveal = (field: string) =>
  at.core.router.call('candidate.reveal', { id: at.idOf('z'), job_id: 'job-1', field, reason: 'contact' })
const valueOf = async (field: string): Promise<unknown> => {
  const answer = await reveal(field)
  return answer.ok ? (answer.data as { value: string }).value : [answer.error.code, answer.error.data.rule].join(' ')
}
const thread = () => at.core.call('message.thread', { application_id: 'app-z' as never })
const text = async () => JSON.stringify(await thread())
const candidateSays = async (words: string, more: Record<string, unknown> = {}, id = `m${Math.random()}`) => {
  at.wall += minute
  at.say(id, 'app-z', words, more)
  await at.sync()
  return id
}

describe('a value that the candidate types', () => {
  it('[ZP-28] upgrades that one field, with the message as its evidence, and no other', async () => {
    const before = states(await at.open('z'))
    expect(before).toMatchObject({ phone: 'absent NOT_DISCLOSED', wechat: 'absent NOT_DISCLOSED' })
    await candidateSays('可以的，我的手机是 138 0013 8000', {}, 'told-1')
    const after = await at.open('z')
    expect(states(after)).toEqual({ ...before, phone: 'reveal REVEAL_LOGGED' })
    expect(after.phone).toBe('138****8000')
    expect(await valueOf('phone')).toBe('13800138000')
    for (const field of ['wechat', 'email', 'name']) expect(await valueOf(field)).toContain('E_CHANNEL')
    // The list says the same, and the thread never says the number.
    const [row] = (await at.core.call('candidate.list', {})).items
    expect(row?.phone).toBe('138****8000')
    expect(await text()).not.toContain('8000"')
    expect(await text()).not.toMatch(/138 ?0013/)
    expect((await thread()).messages.at(-1)).toMatchObject({ id: 'told-1', told: ['phone'], possible: [] })
    expect((await at.core.call('ledger.export', {})).bundle).toContain('told_in_chat ZP-28')
  })

  it('[ZP-28] counts only while its evidence is here: gone with the message', async () => {
    await candidateSays('微信：lin_rx88', {}, 'told-1')
    expect(await valueOf('wechat')).toBe('lin_rx88')
    at.hub.put(deletion('message', 'told-1', 1_000_000))
    await at.sync()
    expect(await valueOf('wechat')).toContain('E_CHANNEL')
  })

  it('[ZP-28] outlives what the platform sends anew of the person', async () => {
    await candidateSays('邮箱 lin@mail.example')
    at.hub.put(candidateChange('z', 7, { virtual_number: true }))
    await at.sync()
    expect(await valueOf('email')).toBe('lin@mail.example')
  })

  it('[ZP-28] [ZP-22] is not for a headhunter to have where the platform keeps it from them', async () => {
    await candidateSays('邮箱 lin@mail.example，电话 13800138000')
    await at.core.call('account.sign_out', {})
    await at.enterAs('headhunter')
    const detail = await at.open('z')
    expect(states(detail)).toMatchObject({ phone: 'VN VIRTUAL_NUMBER', email: 'absent HEADHUNTER_LIMIT' })
    for (const field of ['phone', 'email']) expect(await valueOf(field)).toContain('E_')
    expect(JSON.stringify([detail, await thread()])).not.toMatch(/13800138000|lin@mail/)
  })
})

describe('what is not plainly the candidate’s own', () => {
  it('[ZP-28] upgrades nothing when somebody here typed it, nor when the candidate repeats it', async () => {
    await at.core.call('message.send', {
      application_id: 'app-z' as never,
      text: '我的电话 13900139000，您方便时打给我',
    })
    await at.sync()
    expect(await valueOf('phone')).toContain('E_CHANNEL')
    at.wall += minute
    at.say('colleague', 'app-z', '或加微信 hr_lin88', { from: 'acc-other', disclosed: ['phone', 'wechat'] })
    at.wall += minute
    at.say('model', 'app-z', '电话 13700137000', { from: 'ai', disclosed: ['phone'] })
    await at.sync()
    await candidateSays('好的，13900139000 我记下了')
    for (const field of ['phone', 'wechat']) expect(await valueOf(field)).toContain('E_CHANNEL')
    const { messages } = await thread()
    expect(messages.map(({ told }) => told)).toEqual([[], [], [], []])
    for (const { id, author } of messages) {
      if (author === 'candidate') continue
      const input = { id, field: 'phone', index: 0, own: true }
      expect(await at.core.codeOf('message.confirm_contact', input)).toBe('E_NOT_FOUND')
    }
  })

  it('[ZP-28] is the same whichever of the two messages arrives first', async () => {
    const ours = Date.now() + at.wall
    await candidateSays('好的，13900139000 我记下了')
    at.say('ours', 'app-z', '我的电话 13900139000', { from: 'acc-other', at: new Date(ours).toISOString() })
    await at.sync()
    expect(await valueOf('phone')).toContain('E_CHANNEL')
  })

  it('[ZP-28] waits for a human: two numbers, or somebody else’s', async () => {
    const id = await candidateSays('打我 13800138000 或我爱人 13900139000')
    expect(await valueOf('phone')).toContain('E_CHANNEL')
    const { messages } = await thread()
    expect(messages.at(-1)?.possible).toEqual([
      { field: 'phone', index: 0, pattern: '138****8000' },
      { field: 'phone', index: 1, pattern: '139****9000' },
    ])
    await at.core.call('message.confirm_contact', { id, field: 'phone', index: 0, own: true })
    expect(await valueOf('phone')).toBe('13800138000')
    expect((await thread()).messages.at(-1)).toMatchObject({ told: ['phone'], possible: [] })
    // What a human said stands, whatever arrives afterwards.
    at.say('late', 'app-z', '您的电话是 13800138000 吗', { from: 'acc-other', at: new Date(Date.now()).toISOString() })
    await at.sync()
    expect(await valueOf('phone')).toBe('13800138000')
  })

  it('[ZP-28] is put away when a human says that it is not theirs', async () => {
    const id = await candidateSays('这是我同事的微信 other_88')
    await at.core.call('message.confirm_contact', { id, field: 'wechat', index: 0, own: false })
    expect((await thread()).messages.at(-1)).toMatchObject({ told: [], possible: [] })
    expect(await valueOf('wechat')).toContain('E_CHANNEL')
  })

  it('[ZP-28] is told where the platform says so, of one value at once', async () => {
    await candidateSays('这是我老婆手机 13800138000，也是我的', { disclosed: ['phone', 'nonsense'] })
    expect(await valueOf('phone')).toBe('13800138000')
  })
})

describe('messages of before', () => {
  it('that were only kept aside are taken up, with what they told', async () => {
    const account = at.core.core.account
    const { vault } = at.core.core
    if (account === null || vault === null) throw new Error('nobody is signed in')
    const place = { store: account.store.db, keystore: account.keystore, asideKey: vault.keys.asideKey() }
    putAside(place, {
      type: 'message',
      id: 'old-1',
      rev: 3,
      at: Date.now() - day,
      why: 'stored',
      applicationId: 'app-z',
      data: {
        application_id: 'app-z',
        from: 'candidate',
        text: '我的电话 13800138000',
        at: new Date(Date.now() - day).toISOString(),
      },
    })
    await at.sync()
    expect((await thread()).messages).toMatchObject([{ id: 'old-1', author: 'candidate', told: ['phone'] }])
    expect(account.store.reader.all(`SELECT 1 FROM aside_change WHERE type = 'message'`)).toEqual([])
    expect(await valueOf('phone')).toBe('13800138000')
  })

  it('wait for their application and come with it', async () => {
    at.say('early', 'app-y', '您好')
    await at.sync()
    expect(at.core.core.account?.store.reader.all('SELECT 1 FROM message')).toEqual([])
    at.put('y', 'delivered')
    await at.sync()
    expect(at.core.core.account?.store.reader.all('SELECT id FROM message')).toEqual([{ id: 'early' }])
    at.hub.put(
      change('message', 'early', 1, {
        application_id: 'app-z',
        from: 'candidate',
        text: '挪走',
        at: new Date().toISOString(),
      }),
    )
    await at.sync()
    expect(await text()).not.toContain('挪走')
  })
})

describe('what crosses to the window', () => {
  it('[LG-15] names the person by the card, and holds no contact and no account of anybody', async () => {
    const values = ['林若曦', '13800138000', 'lin@mail.example', 'lin_rx', 'acc-hr', 'acc-other']
    at.put('y', 'delivered')
    for (const [index, words] of [
      '我叫林若曦',
      '138 0013 8000',
      'lin@mail.example',
      '微信lin_rx',
      '名字：林 若 曦',
    ].entries())
      at.say(`y${index}`, 'app-y', `您好，${words}。`)
    at.say('y9', 'app-y', '已记下 13800138000，林若曦', { from: 'acc-other' })
    await at.sync()
    const list = await at.core.call('message.list', {})
    const whole = await at.core.call('message.thread', { application_id: 'app-y' as never })
    for (const value of values) expect([value, JSON.stringify([list, whole]).includes(value)]).toEqual([value, false])
    const card = [
      'application_id',
      'channel',
      'city',
      'company',
      'job_id',
      'job_status',
      'job_title',
      'name',
      'platform',
    ]
    expect(Object.keys(whole.head).sort()).toEqual([...card, 'record_id', 'title', 'years'].sort())
    expect(list.items.map(({ name }) => name)).toEqual(['林**'])
  })

  it('is nothing of a conversation that a rule closes: it is counted, not shown, and not opened', async () => {
    await candidateSays('您好')
    at.hub.put(candidateChange('z', 8, { visibility: 'none' }))
    await at.sync()
    expect(await at.core.call('message.list', {})).toMatchObject({ items: [] })
    expect(await at.core.codeOf('message.thread', { application_id: 'app-z' })).toBe('E_LOCKED')
    expect(await at.core.codeOf('message.mark_read', { application_id: 'app-z' })).toBe('E_LOCKED')
    expect(await at.core.call('message.counts', {})).toEqual({ unread: 0, threads: 0 })
  })
})
