import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { day, jobOf, minute, openPolicyPlace, type PolicyPlace } from '../helpers/policy-place.ts'
import { change, contactOf } from '../helpers/sync-records.ts'

/** What stands behind an account, what a headhunter holds, and what a record may be used for: each through the contract. */
let at: PolicyPlace

beforeEach(async () => {
  at = await openPolicyPlace()
})
afterEach(() => at.close())

describe('gates of an account', () => {
  it('[ZP-43] a headhunter without a licence, or with one that has ended, meets nobody; a month before, a date is shown', async () => {
    at.put('z', 'delivered')
    await at.enterAs('headhunter')
    expect(await at.refusal('candidate.list', {})).toBe('none')
    at.hub.say('headhunter', { licence_until: new Date(Date.now() + 20 * day).toISOString().slice(0, 10) })
    await at.sync()
    expect((await at.core.call('system.state', {})).licence_ends_at).toBeGreaterThan(Date.now())
    at.hub.say('headhunter', { licence_until: '2020-01-01' })
    await at.sync()
    expect(await at.refusal('candidate.list', {})).toBe('E_UNVERIFIED LICENCE_OVER ZP-43 RENEW_LICENCE')
    at.hub.say('headhunter', { licence_until: undefined })
    await at.sync()
    expect(await at.refusal('candidate.list', {})).toBe('E_UNVERIFIED LICENCE_MISSING ZP-43 RENEW_LICENCE')
    expect(await at.refusal('retention.run', {})).toBe('none')
  })

  it('[ZP-39] employment that is not proved any more ends the access inside the next sync, and brings nothing new', async () => {
    at.put('z', 'delivered')
    await at.enterAs('hr')
    at.hub.say('hr', { verification: { real_name: true, employment: false, caller: true } })
    at.put('later', 'delivered')
    await at.sync().catch(() => undefined)
    await at.core.core.changing
    expect(await at.refusal('candidate.list', {})).toBe('E_UNVERIFIED EMPLOYMENT_MISSING ZP-39 VERIFY_ACCOUNT')
    await at.sync().catch(() => undefined)
    expect(
      at.core.core.account?.store.reader.get("SELECT 1 FROM candidate WHERE platform_id = 'later'"),
    ).toBeUndefined()
  })

  it('[ZP-37] a restricted account sees nothing and keeps its duties', async () => {
    at.put('z', 'delivered')
    await at.enterAs('hr')
    at.hub.say('hr', { status: 'restricted' })
    await at.sync().catch(() => undefined)
    await at.core.core.changing
    expect(await at.refusal('candidate.list', {})).toBe('E_UNVERIFIED ACCOUNT_RESTRICTED ZP-37 PLATFORM_LIFTS')
    expect(await at.refusal('retention.run', {})).toBe('none')
    expect(await at.refusal('ledger.export', {})).toBe('none')
  })

  it('[ZP-37] a restricted account answers requests to their end, by number and without any content of a person', async () => {
    at.put('z', 'delivered')
    await at.enterAs('hr')
    const record_id = at.idOf('z')
    const { name, phone } = contactOf('app-z')
    const { id } = await at.core.call('request.add', {
      kind: 'delete',
      via: 'phone',
      record_id,
      detail: `${name} 来电`,
    })
    at.hub.say('hr', { status: 'restricted' })
    await at.sync().catch(() => undefined)
    await at.core.core.changing
    const { account } = await at.core.call('system.state', {})
    expect([account?.role, account?.duties_of]).toEqual(['unverified', 'hr'])
    const seen: unknown[] = [
      await at.core.call('request.list', {}),
      await at.core.call('request.get', { id }),
      await at.core.call('request.search', { id }),
      await at.core.call('request.letter', { id, language: 'zh-CN' }),
    ]
    expect(seen[0]).toMatchObject({ items: [{ id, label: expect.stringMatching(/^#/u) }] })
    for (const secret of [name, phone]) expect(JSON.stringify(seen)).not.toContain(secret)
    expect(await at.refusal('package.make', { record_id })).toBe('E_UNVERIFIED ACCOUNT_RESTRICTED ZP-37 PLATFORM_LIFTS')
    await at.core.call('request.note_proof', { id, kind: 'identity' })
    await at.core.call('request.verify', { id, verdict: 'verified' })
    await at.core.call('request.destroy', { id })
    await at.core.core.account?.retention.runDue()
    expect((await at.core.call('request.get', { id })).certificates).toHaveLength(1)
    await at.core.call('request.answer', { id, outcome: 'done' })
    await at.sync().catch(() => undefined)
    expect(at.hub.sent.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['destruction', 'request_answer']))
    at.hub.say('hr', { status: 'active' })
  })
})

describe('what a headhunter holds', () => {
  it('[ZP-22] ends with the hub: without it there is nothing to see, and with it all is back', async () => {
    at.put('z', 'delivered')
    await at.enterAs('headhunter')
    expect((await at.open('z')).id).toBe(at.idOf('z'))
    at.hub.down = true
    at.wall = 11 * minute
    expect(await at.refusal('candidate.get', { id: at.idOf('z') })).toBe('E_LEASE HUB_NEEDED ZP-22 SYNC')
    expect(await at.refusal('candidate.list', { query: '工程' })).toBe('E_LEASE HUB_NEEDED ZP-22 SYNC')
    const { items } = await at.core.call('candidate.list', {})
    expect(items.flatMap((row) => Object.keys(row)).filter((key) => ['name', 'city', 'company'].includes(key))).toEqual(
      [],
    )
    at.hub.down = false
    await at.sync()
    expect((await at.open('z')).id).toBe(at.idOf('z'))
  })

  it('[ZP-22] is written when the hub has taken it, and not at all otherwise', async () => {
    at.put('z', 'delivered')
    await at.enterAs('headhunter')
    const note = { id: at.idOf('z'), job_id: 'job-1', text: '沟通顺畅，建议面试' }
    await at.core.call('note.add', note as never)
    expect(at.hub.sent.filter((item) => item.kind === 'note')).toHaveLength(1)
    expect((await at.open('z')).notes).toHaveLength(1)
    const notes = () => at.core.core.account?.store.reader.get<{ n: number }>('SELECT count(*) AS n FROM note')?.n
    at.hub.refuses.set('note', 'forbidden')
    expect(await at.core.codeOf('note.add', note)).toBe('E_ROLE')
    at.hub.refuses.clear()
    at.hub.down = true
    expect(await at.core.codeOf('note.add', note)).toBe('E_HUB_UNREACHABLE')
    expect([notes(), at.core.core.account?.store.reader.get('SELECT 1 FROM outbox')]).toEqual([1, undefined])
    at.hub.down = false
  })
})

describe('another purpose', () => {
  it('[ZP-08] [MM-04] [WZ-28] needs a basis of its own, is sealed, told to the hub, and ends with its job', async () => {
    at.put('z', 'delivered')
    at.put('w', 'delivered', { platform: 'wanzhou' })
    at.put('m', 'delivered', { platform: 'maimai' })
    await at.enterAs('hr')
    const clauses = { z: 'ZP-08', w: 'WZ-28', m: 'MM-04' }
    for (const [id, clause] of Object.entries(clauses)) {
      const get = { id: at.idOf(id), job_id: 'job-2' }
      expect(await at.refusal('candidate.get', get)).toBe(`E_PURPOSE OTHER_PURPOSE ${clause} NEW_PURPOSE`)
      expect(await at.core.codeOf('purpose.add', { ...get, legal_basis: 'consent', reference: '' })).toBe('E_INPUT')
    }
    const get = { id: at.idOf('z'), job_id: 'job-2' }
    await at.core.call('purpose.add', { ...get, legal_basis: 'consent', reference: '2026-11-20 电话同意' } as never)
    const detail = await at.open('z', 'job-2')
    expect(detail.purposes).toMatchObject([{ job_id: 'job-2', legal_basis: 'consent', job_title: '测试工程师' }])
    expect(JSON.stringify(detail)).not.toContain('电话同意')
    await at.sync()
    expect(at.hub.sent.find((item) => item.kind === 'consent')?.body).toMatchObject({
      purpose: 'purpose',
      scope: 'job:job-2',
    })
    at.hub.put(jobOf('job-2', { status: 'closed' }, 2))
    await at.sync()
    expect(await at.refusal('candidate.get', get)).toBe('E_PURPOSE OTHER_PURPOSE ZP-08 NEW_PURPOSE')
    expect(await at.core.codeOf('purpose.add', { ...get, legal_basis: 'contract', reference: 'x-1' })).toBe(
      'E_CONFLICT',
    )
  })

  it('[ZP-85] ends when the person withdraws it, and the record stays for its own job', async () => {
    at.put('z', 'delivered')
    await at.enterAs('hr')
    const get = { id: at.idOf('z'), job_id: 'job-2' }
    await at.core.call('purpose.add', { ...get, legal_basis: 'consent', reference: '2026-11-20' } as never)
    at.hub.put(change('consent', 'k', 1, { candidate_id: 'z', purpose: 'purpose', granted: false, scope: 'job:job-2' }))
    await at.sync()
    expect(await at.core.codeOf('candidate.get', get)).toBe('E_PURPOSE')
    expect(await at.core.codeOf('candidate.get', { ...get, job_id: 'job-1' })).toBe('none')
  })

  it('is never there for a card from a search', async () => {
    at.put('z', 'searched')
    await at.enterAs('hr')
    const input = { id: at.idOf('z'), job_id: 'job-2', legal_basis: 'contract', reference: 'x-1' }
    expect(await at.refusal('purpose.add', input)).toBe('E_PURPOSE OTHER_PURPOSE ZP-08')
  })

  it('[MM-28] what was delivered to a job is for its members; a colleague without it does not even list the person', async () => {
    at.hub.put(
      jobOf('job-3', { owner_id: 'acc-other' }),
      jobOf('job-4', { owner_id: 'acc-other', members: ['acc-hr'] }),
    )
    at.put('m', 'delivered', { platform: 'maimai' }, 'job-3')
    at.put('n', 'delivered', { platform: 'maimai' }, 'job-4')
    await at.enterAs('hr')
    const colleague = 'E_PURPOSE NOT_JOB_MEMBER MM-28 JOB_MEMBERSHIP'
    expect(await at.refusal('candidate.get', { id: at.idOf('m'), job_id: 'job-3' })).toBe(colleague)
    expect(await at.refusal('candidate.reveal', { id: at.idOf('m'), field: 'name', reason: 'contact' })).toBe(colleague)
    const { items } = await at.core.call('candidate.list', {})
    expect(items.map((row) => row.id)).toEqual([at.idOf('n')])
    const detail = await at.open('n', 'job-4')
    expect(detail.why.find((why) => why.field === 'name')?.state).toBe('reveal')
    expect(detail.attachment).toBe('none')
    at.hub.put(jobOf('job-3', { owner_id: 'acc-other', members: ['acc-hr'] }, 2))
    await at.sync()
    expect(await at.core.codeOf('candidate.get', { id: at.idOf('m'), job_id: 'job-3' })).toBe('none')
  })

  it('[LG-09] [WZ-12] a service that has ended leaves deliveries alone', async () => {
    at.put('found', 'searched', { platform: 'lagou' })
    at.put('sent', 'delivered', { platform: 'lagou' })
    await at.enterAs('hr')
    expect(await at.core.codeOf('candidate.get', { id: at.idOf('found') })).toBe('none')
    at.hub.say('hr', { entitlements: [{ kind: 'recruiting', platform: 'lagou', until: '2020-01-01T00:00:00Z' }] })
    await at.sync()
    expect(await at.refusal('candidate.get', { id: at.idOf('found') })).toBe(
      'E_CHANNEL ENTITLEMENT_OVER LG-09 RENEW_ENTITLEMENT',
    )
    expect(await at.core.codeOf('candidate.get', { id: at.idOf('sent') })).toBe('none')
    const { items, total } = await at.core.call('candidate.list', {})
    expect([items.map((row) => row.id), total]).toEqual([[at.idOf('sent')], 1])
  })

  it('[ZP-27] a service agreement that has ended closes what was searched; destruction, requests and the log go on', async () => {
    at.put('found', 'searched')
    at.put('sent', 'delivered')
    await at.enterAs('hr')
    expect(await at.core.codeOf('candidate.get', { id: at.idOf('found') })).toBe('none')
    at.hub.say('hr', { entitlements: [{ kind: 'recruiting', platform: 'zhaopin', until: '2020-01-01T00:00:00Z' }] })
    await at.sync()
    expect(await at.refusal('candidate.get', { id: at.idOf('found') })).toBe(
      'E_CHANNEL ENTITLEMENT_OVER ZP-27 RENEW_ENTITLEMENT',
    )
    const { items } = await at.core.call('candidate.list', {})
    expect(items.map((row) => row.id)).toEqual([at.idOf('sent')])
    for (const [route, input] of [
      ['candidate.get', { id: at.idOf('sent') }],
      ['ledger.export', {}],
      ['request.list', {}],
      ['retention.plan', {}],
    ] as const)
      expect([route, await at.core.codeOf(route, input)]).toEqual([route, 'none'])
    // A service that runs again opens it again.
    at.hub.say('hr', { entitlements: [{ kind: 'recruiting', platform: 'zhaopin', until: '2099-01-01T00:00:00Z' }] })
    await at.sync()
    expect(await at.core.codeOf('candidate.get', { id: at.idOf('found') })).toBe('none')
  })

  it('[WZ-39] a minor who lives on own income is opened where the platform counts that, and nowhere else', async () => {
    const birth = new Date(Date.now() - 17 * 366 * day).toISOString().slice(0, 7)
    at.put('w', 'delivered', { platform: 'wanzhou', birth_month: birth, self_supporting: true })
    at.put('z', 'delivered', { birth_month: birth, self_supporting: true })
    await at.enterAs('hr')
    expect(await at.core.codeOf('candidate.get', { id: at.idOf('w') })).toBe('none')
    expect(await at.refusal('candidate.get', { id: at.idOf('z') })).toBe(
      'E_MINOR GUARDIAN_MISSING ZP-04 GUARDIAN_CONSENT',
    )
    at.hub.put(change('consent', 'g', 1, { candidate_id: 'z', purpose: 'guardian', granted: true }))
    await at.sync()
    expect(await at.core.codeOf('candidate.get', { id: at.idOf('z') })).toBe('none')
  })

  it('[ZP-102] [MM-33] [D16] somebody who works abroad sees nobody before the record and a consent of the person, and then its fields alone', async () => {
    at.put('z', 'delivered')
    at.put('l', 'delivered', { platform: 'lagou' })
    at.hub.say('hr', { overseas: true })
    await at.enterAs('hr')
    const open = () => at.refusal('candidate.get', { id: at.idOf('z') })
    expect(await open()).toBe('E_REGION OVERSEAS ZP-102 CROSS_BORDER_RECORD')
    at.hub.put(change('consent', 'x', 1, { candidate_id: 'z', purpose: 'cross_border', granted: true }))
    await at.sync()
    expect(await open()).toBe('E_REGION OVERSEAS ZP-102 CROSS_BORDER_RECORD')
    const record = {
      recipient: '北辰海外总部',
      contact: 'privacy@beichen.example',
      purpose: '用人部门面试',
      method: '工作站在线查看',
      types: ['name', 'body'],
      rights_path: '经境内个人信息保护负责人转达',
      policy_url: 'https://beichen.example/privacy',
      assessment: 'PIA-2026-07',
    }
    at.hub.say('hr', { overseas: true, cross_border: record })
    await at.sync()
    expect(await open()).toBe('none')
    const detail = await at.open('z')
    expect(detail.why.find(({ field }) => field === 'phone')).toMatchObject({
      state: 'absent',
      rule: 'OVERSEAS',
      lift: 'CROSS_BORDER_RECORD',
    })
    // Where the platform's rules say no, no record and no consent changes that.
    expect(await at.refusal('candidate.get', { id: at.idOf('l') })).toBe('E_REGION OVERSEAS D16')
    // Taken back under an id of its own, as the person's page does.
    at.hub.put(change('consent', 'y', 2, { candidate_id: 'z', purpose: 'cross_border', granted: false }))
    await at.sync()
    expect(await open()).toBe('E_REGION OVERSEAS ZP-102 CROSS_BORDER_CONSENT')
  })
})
