import { readFileSync, writeFileSync } from 'node:fs'
import { beforeEach, describe, expect, it } from 'vitest'
import { getCursor, listMissedRecords } from '../../electron/core/sync/sync-state.ts'
import { openPerson } from '../../electron/core/candidates/person.ts'
import { requireCandidate } from '../../electron/core/candidates/candidate-rows.ts'
import { listWaiting, markRejected, removeSent } from '../../electron/core/sync/outbox.ts'
import {
  day,
  enterHubAccount,
  hour,
  monday,
  reopen,
  retentionHome,
  syncPage,
  type RetentionHome,
} from '../helpers/retention-home.ts'
import type { ApplicationId, RecordId } from '../../electron/shared/domain/ids.ts'
import { applicationChange, candidateChange, change, contactOf, iso, jobChange } from '../helpers/sync-records.ts'

let home: RetentionHome
beforeEach(async () => {
  home = await retentionHome()
  await enterHubAccount(home)
})

const account = () => {
  if (home.core.account === null) throw new Error('nobody is signed in')
  return home.core.account
}
const vault = () => {
  if (home.core.vault === null) throw new Error('locked')
  return home.core.vault
}
const row = (id = 'c1') =>
  account().store.reader.get<{ record_id: string; life: string; lock_reason: string; key_slot: string }>(
    'SELECT record_id, life, lock_reason, key_slot FROM candidate WHERE platform_id = ?',
    id,
  )
const dueAt = (): number | undefined =>
  account().store.reader.get<{ at: number }>('SELECT min(due_at) AS at FROM application')?.at
const delivered = [
  jobChange('job-1'),
  candidateChange('c1', 2, { contact: contactOf('a1') }),
  applicationChange('a1', 'c1', 3),
]
const notice = change('deletion_notice', 'n1', 9, { candidate_id: 'c1', reason: 'account' })
const ofLiveKeys = (): string[] =>
  vault()
    .keystore.listLive()
    .map(({ purpose }) => purpose)
    .filter((purpose) => purpose !== 'subject')

describe('what the platform ends', () => {
  it('[D8] [ZP-85] an order to delete locks on receipt, destroys within 72 hours, and tells the platform', async () => {
    await syncPage(home, delivered)
    await syncPage(home, [notice])
    expect(row()).toMatchObject({ life: 'locked', lock_reason: 'deletion_notice' })
    expect(await home.codeOf('candidate.get', { id: row()?.record_id })).toBe('E_LOCKED')
    expect(account().index.reader.get('SELECT 1 FROM list_row')).toBeUndefined()
    expect(dueAt()).toBe(monday + 72 * hour)
    home.time.wall += 72 * hour
    expect(await home.runDue()).toBe(1)
    expect(row()).toBeUndefined()
    expect(ofLiveKeys()).toEqual([])
    const place = { store: account().store.db, keystore: account().keystore, asideKey: vault().keys.asideKey() }
    const [item] = listWaiting(place, 10)
    const [certificate] = await home.certificates()
    expect(item).toMatchObject({
      kind: 'destruction',
      body: {
        candidate_id: 'c1',
        reason: 'deletion_notice',
        certificate_id: certificate?.id,
        certificate: { body: certificate },
      },
    })
  })

  it('[D7] [D8] of several ends the earliest counts, whichever came first', async () => {
    await syncPage(home, delivered)
    await syncPage(home, [change('lifecycle', 'l1', 5, { subject: 'entitlement', id: 'zhaopin', event: 'ended' })])
    expect(dueAt()).toBe(monday + 7 * day)
    home.passDays(1)
    const withdrawn = { candidate_id: 'c1', purpose: 'purpose', granted: false }
    await syncPage(home, [change('consent', 'k1', 6, withdrawn)])
    expect(row()?.lock_reason).toBe('consent_withdrawn')
    expect(dueAt()).toBe(monday + 4 * day)
    home.passDays(1)
    await syncPage(home, [change('lifecycle', 'l2', 7, { subject: 'entitlement', id: 'zhaopin', event: 'ended' })])
    await syncPage(home, [change('deletion_notice', 'n1', 8, { candidate_id: 'c1', reason: 'x' })])
    expect(row()?.lock_reason).toBe('consent_withdrawn')
    expect(dueAt()).toBe(monday + 4 * day)
  })

  it('[ZP-82] what was destroyed comes back by no page that repeats it, only by a later delivery, as somebody new', async () => {
    await syncPage(home, delivered)
    const before = row()
    await syncPage(home, [notice])
    home.time.wall += 72 * hour
    await home.runDue()
    const again = [
      jobChange('job-1'),
      candidateChange('c1', 20, { contact: contactOf('a1') }),
      applicationChange('a1', 'c1', 21),
    ]
    for (const changes of [delivered, again]) {
      await syncPage(home, changes)
      expect(row()).toBeUndefined()
      expect(home.count('aside_change', "candidate_id = 'c1' AND why = 'waiting'")).toBe(0)
    }
    home.time.wall += day
    const later = { evidence_at: iso(monday + 4 * day), at: iso(monday + 4 * day) }
    const anew = [candidateChange('c1', 30, { contact: contactOf('a2') }), applicationChange('a2', 'c1', 31, later)]
    await syncPage(home, anew)
    expect(row()).toMatchObject({ life: 'live' })
    expect(row()?.record_id).not.toBe(before?.record_id)
    expect(row()?.key_slot).not.toBe(before?.key_slot)
    // Who looked must still be told of a person who came back, longer than of one who is gone (K17).
    await home.stop('quit')
    const next = await reopen(home.home, home.time)
    expect(next.core.vault?.ledgerDb.reader.all('SELECT 1 FROM subject WHERE until IS NOT NULL')).toEqual([])
    await next.stop('quit')
  })

  it('[QY-36] a hold of the platform keeps, and nothing is kept longer than the hold', async () => {
    await syncPage(home, delivered)
    const until = { until: iso(monday + 10 * day), reason: '诉讼', by: 'acc-1', approver: 'acc-2' }
    await syncPage(home, [change('hold', 'h1', 8, { candidate_id: 'c1', ...until }), notice])
    home.passDays(9)
    expect(await home.runDue()).toBe(0)
    expect(row()?.life).toBe('locked')
    home.passDays(1)
    expect(await home.runDue()).toBe(1)
    expect(home.count('legal_hold')).toBe(0)
  })
})

describe('two applications of one person', () => {
  it('[ZP-28] with the application that disclosed a contact goes the contact', async () => {
    const second = applicationChange('a2', 'c1', 5, { job_id: 'job-2' })
    await syncPage(home, [...delivered, jobChange('job-2', 4), second])
    const person = () =>
      openPerson(
        account().store.reader,
        account().keystore,
        requireCandidate(account().store.reader, row()?.record_id ?? ''),
      )
    expect(person().contact).toMatchObject({ phone: '13800138000' })
    await syncPage(home, [
      change('message', 'm1', 6, { application_id: 'a1', from: 'candidate', text: '您好', at: iso(monday) }),
      change('message', 'm2', 7, { application_id: 'a2', from: 'candidate', text: '在吗', at: iso(monday) }),
    ])
    expect(home.count('message')).toBe(2)
    await syncPage(home, [jobChange('job-1', 8, { status: 'closed', closed_at: iso(monday) })])
    home.passDays(7)
    expect(await home.runDue()).toBe(1)
    expect(row()).toMatchObject({ life: 'live' })
    expect(person().contact).toBeNull()
    expect(home.count('message', "application_id = 'a1'")).toBe(0)
    expect(home.count('message', "application_id = 'a2'")).toBe(1)
    // The next page must not stumble over what the keys left behind.
    await syncPage(home, [candidateChange('c1', 9)])
  })
})

describe('cards', () => {
  const card = [
    jobChange('job-1'),
    candidateChange('c1', 2),
    applicationChange('a1', 'c1', 3, { channel: 'recommended', evidence: undefined }),
    change('consent', 'k1', 4, { candidate_id: 'c1', purpose: 'talent_pool', granted: true }),
  ]

  it('[D2] are gone without a trace 24 hours after the last sync, and the next one brings them back', async () => {
    await syncPage(home, [...card, candidateChange('c2', 5), applicationChange('a2', 'c2', 6)])
    home.time.wall += day - 1
    await home.runDue()
    expect(row('c1')).toBeDefined()
    home.time.wall += 1
    await home.runDue()
    expect(row('c1')).toBeUndefined()
    expect(row('c2')).toMatchObject({ life: 'live' })
    for (const [table, where] of [
      ['candidate', "platform_id = 'c1'"],
      ['application', "id = 'a1'"],
      ['consent', 'TRUE'],
      ['seen_rev', "id IN ('c1', 'a1', 'k1')"],
    ] as const)
      expect([table, home.count(table, where)]).toEqual([table, 0])
    expect(account().index.reader.all('SELECT 1 FROM list_row')).toHaveLength(1)
    expect(ofLiveKeys()).toEqual(['candidate', 'application'])
    expect(await home.certificates()).toEqual([])
    expect(vault().ledgerDb.reader.all('SELECT 1 FROM tombstone')).toEqual([])
    // Told to begin anew; a run that is under way would only write its own cursor again.
    expect(listMissedRecords(account().store.reader)).toEqual(['cards'])
    expect(getCursor(account().store.reader)).toBe('c')
    await syncPage(home, card)
    expect(row('c1')).toMatchObject({ life: 'live' })
    expect(home.count('consent')).toBe(1)
  })

  it('[D2] take nobody’s work along: a stage that waits for the hub goes on waiting', async () => {
    await syncPage(home, card)
    await home.call('application.set_stage', { id: 'a1' as ApplicationId, stage: 'interview' })
    home.time.wall += day
    await home.runDue()
    expect(row('c1')).toBeUndefined()
    const place = { store: account().store.db, keystore: account().keystore, asideKey: vault().keys.asideKey() }
    expect(listWaiting(place, 10)).toMatchObject([
      { kind: 'stage', body: { application_id: 'a1', stage: 'interview' } },
    ])
  })

  it('[D2] wait, showing nothing, until the hub has the words about them, and go then', async () => {
    await syncPage(home, card)
    const record = row('c1')?.record_id as RecordId
    await home.call('note.add', { id: record, text: '说得清楚' })
    await home.call('scorecard.give', { id: record, marks: { fit: 4 }, recommendation: 'yes', text: '可以' })
    home.time.wall += day + 1
    await home.runDue()
    expect(row('c1')).toBeDefined()
    expect(await home.codeOf('candidate.get', { id: record })).not.toBe('none')
    // Its line is there, with what stands of every application, and nothing of the person.
    const { items } = await home.call('candidate.list', {})
    const plain = ['application', 'applications', 'due', 'id', 'life', 'platform', 'why']
    expect(items.map((item) => Object.keys(item).sort())).toEqual([plain])
    expect(items[0]?.why?.map(({ state }) => state)).toEqual(['absent', 'absent', 'absent'])
    const { db } = account().store
    const place = { store: db, keystore: account().keystore, asideKey: vault().keys.asideKey() }
    const [note, scorecard, ...more] = listWaiting(place, 10)
    expect([note?.kind, scorecard?.kind, more]).toEqual(['note', 'scorecard', []])
    removeSent(db, note?.id ?? '')
    await home.runDue()
    expect(row('c1')).toBeDefined()
    markRejected(db, scorecard?.id ?? '', 'gone')
    await home.runDue()
    expect(row('c1')).toBeUndefined()
    expect(home.count('outbox')).toBe(0)
  })

  it('[D2] that a run is just bringing are not taken away under it', async () => {
    await syncPage(home, card)
    home.time.wall += 2 * day
    const { db } = account().store
    // A page of the run that follows two days offline; its end, which would say so, has not come.
    db.run('UPDATE candidate SET checked_at = ?', home.core.clock.now())
    await home.runDue()
    expect(row('c1')).toBeDefined()
  })

  it('[QY-36] under a legal hold stay', async () => {
    const until = { until: iso(monday + 3 * day), reason: '诉讼', by: 'acc-1', approver: 'acc-2' }
    await syncPage(home, [...card, change('hold', 'h1', 8, { candidate_id: 'c1', ...until })])
    home.passDays(2)
    await home.runDue()
    expect(row('c1')).toBeDefined()
    home.passDays(1)
    await home.runDue()
    expect(row('c1')).toBeUndefined()
  })
})

describe('an account that nobody is signed in to', () => {
  it('[ZP-104] has its overdue work done at unlock as well', async () => {
    await syncPage(home, [...delivered, notice])
    const slots = vault()
      .keystore.listLive()
      .filter(({ purpose }) => purpose !== 'subject')
    expect(slots).toHaveLength(2)
    await home.call('account.resume', { id: 'local' })
    await home.stop('lock')
    home.time.wall += 4 * day
    const next = await reopen(home.home, home.time, { signIn: false })
    expect(next.overdue).toBe(1)
    for (const { slot } of slots) expect(next.core.vault?.keystore.state(slot)).toBe('destroyed')
    expect(next.core.account).toBeNull()
    await next.stop('quit')
  })

  it('whose store is damaged keeps its keys and nobody else from the vault', async () => {
    await syncPage(home, delivered)
    const { store } = home.core.home.account('hub-account')
    await home.call('account.resume', { id: 'local' })
    const job = await home.newJob()
    await home.intake(job, { name: '赵无忌' })
    await home.call('job.set_status', { id: job, status: 'closed' })
    await home.stop('quit')
    const whole = readFileSync(store)
    writeFileSync(store, Buffer.concat([whole.subarray(0, 4096), Buffer.alloc(whole.length - 4096, 7)]))
    home.time.wall += 7 * day
    const next = await reopen(home.home, home.time)
    expect(next.overdue).toBe(1)
    const purposes = next.core.vault?.keystore.listLive().map(({ purpose }) => purpose) ?? []
    expect(purposes.filter((purpose) => purpose !== 'subject')).toEqual(['candidate', 'application'])
    await next.stop('quit')
  })
})

describe('a conversation', () => {
  it('[ZP-83] [ZP-28] [D9] ends 180 days after its last message, while the application stays', async () => {
    const message = (id: string, rev: number, at: number) => ({
      ...change('message', id, rev, {
        application_id: 'a1',
        from: 'candidate',
        text: '加我微信 chat_lin88',
        at: iso(at),
      }),
      at: iso(at),
    })
    await syncPage(home, delivered)
    await syncPage(home, [message('m1', 6, monday)])
    home.passDays(10)
    await syncPage(home, [message('m2', 7, monday + 10 * day)])
    /** Somebody works on the job, so that it never counts as closed. */
    const keepBusy = (rev: number) => syncPage(home, [jobChange('job-1', rev, { salary: String(rev) })])
    for (const [turn, days] of [27, 27, 27, 27, 27, 27, 17].entries()) {
      home.passDays(days)
      account().store.db.run('UPDATE job SET last_activity_at = ?', home.core.clock.now())
      account().store.db.run('UPDATE application SET due_at = ?', home.core.clock.now() + 90 * day)
      await keepBusy(10 + turn)
      await home.runDue()
    }
    expect(home.count('message')).toBe(2)
    const told = () => {
      const { reader } = account().store
      return openPerson(reader, account().keystore, requireCandidate(reader, row()?.record_id ?? '')).chat ?? []
    }
    expect(told().map(({ field, value }) => [field, value])).toContainEqual(['wechat', 'chat_lin88'])
    home.passDays(1)
    await home.runDue()
    expect(home.count('message')).toBe(0)
    // What was told in it has lost its evidence (ZP-28).
    expect(told()).toEqual([])
    expect(row()).toMatchObject({ life: 'live' })
  })
})
