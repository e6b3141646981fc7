import { describe, expect, it } from 'vitest'
import { aboutNobody, receiveRequest } from '../../electron/core/requests/receive-request.ts'
import {
  day,
  enterHubAccount,
  hour,
  monday,
  retentionHome,
  syncPage,
  type RetentionHome,
} from '../helpers/retention-home.ts'
import { applicationChange, candidateChange, change, contactOf, iso, jobChange } from '../helpers/sync-records.ts'

/** Requests that nobody typed in at the desk: from the hub, and from whatever else takes them in. */

const person = { name: '林若曦', phone: '13800138000', summary: '支付系统' }
const get = (home: RetentionHome, id: string) => home.call('request.get', { id })

describe('a request that something other than a person takes in', () => {
  it('[ZP-91] such as a mailbox, lies on the desk with its clock from its receipt, sealed, and without a person until one is named', async () => {
    const home = await retentionHome()
    const { record } = await home.intake(await home.newJob(), person)
    const { account, vault, profiles } = home.core
    if (account === null || vault === null) throw new Error('nobody is signed in')
    const { store, keystore, outbox } = account
    const desk = { store: store.db, keystore, asideKey: vault.keys.asideKey(), profiles, ledger: vault.ledger, outbox }
    const mail = {
      via: 'mail',
      kind: 'delete',
      requester: 'self',
      kinship: null,
      about: aboutNobody,
      receivedAt: monday - 2 * day,
      words: { source: '2026-02-28 来信', detail: '我是林若曦，请删除，电话 13800138000' },
    } as const
    const { id, entries: drafts } = store.db.transaction(() => receiveRequest(desk, mail, monday))
    expect(drafts).toMatchObject([{ action: 'request', outcome: 'done', detail: 'received delete self mail' }])
    expect(JSON.stringify(drafts)).not.toMatch(/林若曦|138/u)
    const view = await get(home, id)
    expect(view).toMatchObject({ via: 'mail', identity: 'open', received_at: monday - 2 * day, step: 'check_identity' })
    expect(view.record_id).toBeUndefined()
    expect(view.detail).not.toContain('13800138000')
    await home.call('request.link', { id, record_id: record })
    expect((await get(home, id)).detail).not.toContain('林若曦')
    await home.call('request.note_proof', { id, kind: 'identity' })
    await home.call('request.verify', { id, verdict: 'verified' })
    await home.call('request.search', { id })
    await home.call('request.destroy', { id })
    await home.runDue()
    expect(home.count('candidate')).toBe(0)
  })
})

describe('how whoever asks would be reached', () => {
  it('[WZ-41] is kept sealed with the words of a request, masked at the desk, and shown by an entry of its own', async () => {
    const home = await retentionHome()
    const { record } = await home.intake(await home.newJob(), person)
    const added = await home.call('request.add', {
      kind: 'access',
      via: 'phone',
      record_id: record,
      contact: '13900000009，周末打',
      detail: '想知道谁看过',
    })
    const view = await get(home, added.id)
    expect(view.contact).toBeDefined()
    expect(JSON.stringify(view)).not.toContain('13900000009')
    // An address in words is no contact that a rule knows: nothing of it is shown either.
    const other = await home.call('request.add', { kind: 'access', via: 'post', contact: '成都市某街 1 号' })
    expect((await get(home, other.id)).contact).not.toMatch(/成都|街|1/u)
    const entries = async () =>
      (await home.call('ledger.list', { limit: 50 })).items.filter(({ action }) => action === 'reveal')
    expect(await entries()).toEqual([])
    expect(await home.call('request.reveal_contact', added)).toEqual({ contact: '13900000009，周末打' })
    expect(await entries()).toMatchObject([{ outcome: 'shown', detail: 'contact' }])
    const row = home.core.account?.store.reader.get<{ sealed: Uint8Array }>(
      'SELECT sealed FROM subject_request WHERE id = ?',
      added.id,
    )
    expect(Buffer.from(row?.sealed ?? []).includes('13900000009')).toBe(false)
  })
})

describe('a request that the hub brings', () => {
  it('[ZP-108] [MM-50] [WZ-41] says where to turn in the words of the platform that the person came by, in letters and beside its rules', async () => {
    const platforms = ['zhaopin', 'lagou', 'wanzhou', 'maimai'] as const
    const home = await retentionHome()
    await enterHubAccount(home)
    await syncPage(
      home,
      platforms.flatMap((platform) => [
        jobChange('job-1', 1, {}),
        candidateChange(`c-${platform}`, 1, { platform }),
        applicationChange(`a-${platform}`, `c-${platform}`),
        change('request', `req-${platform}`, 1, {
          candidate_id: `c-${platform}`,
          kind: 'explain',
          requester: 'self',
          received_at: iso(monday - day),
          due_at: iso(monday + 20 * day),
          detail: '',
        }),
      ]),
    )
    const texts = new Set<string>()
    for (const platform of platforms) {
      const id = `req-${platform}`
      const { complaint, numbers } = await home.call('policy.get', { platform })
      const workdays = numbers.find(({ path }) => path === 'requests.workdays')?.value
      expect((await get(home, id)).clock.of).toBe(workdays)
      await home.call('request.answer', { id, outcome: 'refused', reason: '缘由' })
      expect((await home.call('request.letter', { id, language: 'zh-CN' })).text).toContain(complaint.zh)
      expect((await home.call('request.letter', { id, language: 'en-US' })).text).toContain(complaint.en)
      texts.add(complaint.zh)
    }
    expect(texts.size).toBe(4)
  })

  const requested = (rev: number, more: object = {}) =>
    change('request', 'req-1', rev, {
      candidate_id: 'c-1',
      kind: 'copy',
      requester: 'self',
      received_at: iso(monday - day),
      due_at: iso(monday + 20 * day),
      detail: '我的电话 13800138000',
      ...more,
    })

  it('is known once, counts from its receipt, and is answered there', async () => {
    const home = await retentionHome()
    await enterHubAccount(home)
    await syncPage(home, [
      jobChange('job-1', 1, {}),
      candidateChange('c-1', 1, { contact: contactOf('a-1') }),
      applicationChange('a-1', 'c-1'),
      requested(2),
    ])
    await syncPage(home, [requested(3, { due_at: iso(monday + 10 * day) })])
    const { items } = await home.call('request.list', {})
    expect(items).toMatchObject([{ id: 'req-1', via: 'portal', kind: 'copy', received_at: monday - day }])
    expect(items[0]?.clock.due_at).toBe(monday + 10 * day)
    const view = await get(home, 'req-1')
    // A link is made for one person, so whoever asks by it for themselves is known.
    expect(view).toMatchObject({ identity: 'verified', proofs: [{ kind: 'identity', how: 'portal' }] })
    expect(view.detail).not.toContain('13800138000')
    await home.call('request.search', { id: 'req-1' })
    expect((await get(home, 'req-1')).step).toBe('package')
    await home.call('request.carry_out', { id: 'req-1' })
    home.time.wall += hour
    await home.call('request.answer', { id: 'req-1', outcome: 'done' })
    expect(home.count('outbox', "kind = 'request_answer'")).toBe(1)
    await syncPage(home, [requested(4)])
    expect((await home.call('request.list', {})).items).toEqual([])
  })

  it('of somebody who is not here is kept all the same, without words after 30 days', async () => {
    const home = await retentionHome()
    await enterHubAccount(home)
    await syncPage(home, [requested(2)])
    const view = await get(home, 'req-1')
    expect(view.record_id).toBeUndefined()
    expect(view.detail).toBe('我的电话 ***********')
    await home.call('request.answer', { id: 'req-1', outcome: 'refused', reason: '查无此人' })
    home.passDays(31)
    await home.runDue()
    expect(home.count('subject_request', "sealed = x''")).toBe(1)
  })
})
