import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { applyKey } from '../../electron/core/store/connection-pragmas.ts'
import { findTombstone } from '../../electron/core/ledger/tombstones.ts'
import { beginDestruction, listChosen } from '../../electron/core/retention/begin-destruction.ts'
import { checkStore } from '../../electron/core/cli/check-store.ts'
import { day, monday, reopen, retentionHome, type RetentionHome } from '../helpers/retention-home.ts'
import { rejectionCodeOf } from '../helpers/error-code.ts'

const lin = { name: '林若曦', phone: '13800138000', summary: '八年支付系统经验' }
const account = (home: RetentionHome) => {
  if (home.core.account === null) throw new Error('nobody is signed in')
  return home.core.account
}
const vault = (home: RetentionHome) => {
  if (home.core.vault === null) throw new Error('locked')
  return home.core.vault
}
const actions = async (home: RetentionHome) =>
  (await home.call('ledger.list', { limit: 500 })).items.map(
    (row) => `${row.action} ${row.outcome} ${row.detail ?? ''}`,
  )
const hold = (home: RetentionHome, application: string, until: number): void =>
  void account(home).store.db.run('UPDATE application SET held_until = ? WHERE id = ?', until, application)

describe('the end of a record', () => {
  it('[ZP-74] [D6] [K7] comes by itself, 7 days after its job closed, and not a moment before', async () => {
    const home = await retentionHome()
    const job = await home.newJob()
    const { record } = await home.intake(job, lin)
    await home.call('job.set_status', { id: job, status: 'closed' })
    home.passDays(6)
    home.time.wall += day - 1
    expect(await home.runDue()).toBe(0)
    expect(await home.codeOf('candidate.get', { id: record })).toBe('none')
    home.time.wall += 1
    expect(await home.runDue()).toBe(1)
    expect(await home.codeOf('candidate.get', { id: record })).toBe('E_NOT_FOUND')
    for (const table of [
      'candidate',
      'application',
      'attachment',
      'attachment_chunk',
      'destruction_job',
      'destruction_part',
    ])
      expect([table, home.count(table)]).toEqual([table, 0])
    const [body] = await home.certificates()
    expect(body).toMatchObject({
      scope: 'person',
      reason: 'job_closed',
      clause: 'D6',
      due_at: monday + 7 * day,
      counts: { applications: 1, attachments: 1, resumes: 1, keys: 2 },
      left_behind: 0,
      operator: 'hr',
      policy: { profile: 'direct' },
    })
    expect(body?.limits).toMatch(/not physically destroyed/)
    const left = vault(home)
      .keystore.listLive()
      .map(({ purpose }) => purpose)
    expect(left).toEqual(['subject'])
  })

  it('[D4] a second rejection does not start the 30 days anew, nor does a second closing the 7 days', async () => {
    const home = await retentionHome()
    const job = await home.newJob()
    const { application } = await home.intake(job, lin)
    const due = () => account(home).store.reader.get<{ due_at: number }>('SELECT due_at FROM application')?.due_at
    await home.call('application.set_stage', { id: application, stage: 'rejected' })
    home.passDays(20)
    await home.call('application.set_stage', { id: application, stage: 'rejected' })
    expect(due()).toBe(monday + 30 * day)
    await home.call('job.set_status', { id: job, status: 'closed' })
    home.passDays(2)
    await home.call('job.set_status', { id: job, status: 'filled' })
    await home.call('job.set_status', { id: job, status: 'closed' })
    expect(due()).toBe(monday + 27 * day)
  })

  it('[D5] [ZP-74] a hire locks at once and destroys after 7 days', async () => {
    const home = await retentionHome()
    const { record, application } = await home.intake(await home.newJob(), lin)
    await home.call('application.set_stage', { id: application, stage: 'hired' })
    expect(await home.codeOf('candidate.get', { id: record })).toBe('E_LOCKED')
    expect(await home.codeOf('candidate.reveal', { id: record, field: 'phone', reason: 'contact' })).toBe('E_LOCKED')
    expect(await home.codeOf('note.add', { id: record, text: 'x' })).toBe('E_LOCKED')
    await account(home).indexer.settle()
    const { items } = await home.call('retention.plan', {})
    expect(items).toMatchObject([
      { state: 'locked', label: expect.stringMatching(/^#\d+$/) as string, reason: 'hired' },
    ])
    expect(JSON.stringify(items)).not.toContain('林')
    home.passDays(7)
    expect(await home.runDue()).toBe(1)
    expect(await home.certificates()).toMatchObject([{ reason: 'hired', clause: 'D5' }])
  })

  it('[MM-42] a locked record is read by nobody but the sweeper, search included', async () => {
    const home = await retentionHome()
    const { record, application } = await home.intake(await home.newJob(), lin)
    await account(home).indexer.settle()
    expect((await home.call('candidate.list', { query: '支付系统' })).total).toBe(1)
    await home.call('application.set_stage', { id: application, stage: 'hired' })
    await account(home).indexer.settle()
    expect((await home.call('candidate.list', { query: '支付系统' })).total).toBe(0)
    for (const table of ['list_row', 'document', 'document_text', 'row_application'])
      expect(account(home).index.reader.all(`SELECT * FROM ${table}`)).toEqual([])
    for (const route of ['candidate.get', 'candidate.reveal', 'note.add']) {
      const input = { id: record, field: 'name', reason: 'screening', text: 'x' }
      expect(await home.codeOf(route, input)).toBe('E_LOCKED')
    }
  })

  it('[ZP-104] runs at the start, for days that nobody was there, before anything is shown', async () => {
    const home = await retentionHome()
    const job = await home.newJob()
    const { record } = await home.intake(job, lin)
    await home.call('job.set_status', { id: job, status: 'closed' })
    await home.stop('lock')
    home.time.wall += 30 * day
    const next = await reopen(home.home, home.time, { signIn: false })
    expect(next.overdue).toBe(1)
    const { vault: opened } = next.core
    expect(opened?.keystore.listLive().map(({ purpose }) => purpose)).toEqual(['subject'])
    await next.call('account.resume', { id: 'local' })
    expect(await next.codeOf('candidate.get', { id: record })).toBe('E_NOT_FOUND')
    await next.stop('quit')
  })

  it('[D4] counts anew at the first start with numbers that were shortened meanwhile', async () => {
    const home = await retentionHome()
    const { application } = await home.intake(await home.newJob(), lin)
    await home.call('application.set_stage', { id: application, stage: 'rejected' })
    const { db } = account(home).store
    // As an older release with longer numbers would have left it.
    db.run('UPDATE application SET due_at = due_at + ?', 300 * day)
    db.run("INSERT OR REPLACE INTO sync_state (key, value) VALUES ('deadlines', 'of an older release')")
    await home.stop('quit')
    home.time.wall += 30 * day
    const next = await reopen(home.home, home.time)
    expect(next.overdue).toBe(1)
    expect(await next.certificates()).toMatchObject([{ reason: 'rejected', due_at: monday + 30 * day }])
    await next.stop('quit')
  })
})

describe('a person with two applications', () => {
  it('[ZP-74] loses the application whose job closed, and the record with the last one', async () => {
    const home = await retentionHome()
    const [first, second] = [await home.newJob('甲'), await home.newJob('乙')]
    const { record, application } = await home.intake(first, lin)
    const { db } = account(home).store
    const slot = account(home).keystore.create('application')
    db.run(
      `INSERT INTO application (id, record_id, job_id, channel, evidence_at, stage, at, stage_at, key_slot)
       SELECT 'second', record_id, ?, channel, evidence_at, stage, at, stage_at, ? FROM application`,
      second,
      slot,
    )
    await home.call('note.add', { id: record, job_id: first, text: '甲的备注' })
    await home.call('note.add', { id: record, job_id: second, text: '乙的备注' })
    await home.call('job.set_status', { id: first, status: 'closed' })
    await home.call('job.set_status', { id: second, status: 'open' })
    const recordSlot = db.get<{ key_slot: string }>('SELECT key_slot FROM candidate')?.key_slot ?? ''
    home.passDays(7)
    expect(await home.runDue()).toBe(1)
    const { keystore } = account(home)
    expect([keystore.state(recordSlot), keystore.state(slot)]).toEqual(['live', 'live'])
    const detail = await home.call('candidate.get', { id: record })
    expect(detail.notes.map(({ text }) => text)).toEqual([['乙的备注']])
    expect(home.count('application', `id = '${application}'`)).toBe(0)
    expect(await home.certificates()).toMatchObject([{ scope: 'application', counts: { notes: 1, keys: 1 } }])
    const person = { platform: 'direct', id: `local-${record}` }
    const stone = () => findTombstone(vault(home).ledgerDb.reader, vault(home).keys.tombstoneKey(), person)
    expect(stone()).toBeUndefined()
    await account(home).indexer.settle()
    expect((await home.call('candidate.list', {})).total).toBe(1)
    await home.call('job.set_status', { id: second, status: 'closed' })
    home.passDays(7)
    expect(await home.runDue()).toBe(1)
    expect([keystore.state(recordSlot), keystore.state(slot)]).toEqual(['destroyed', 'destroyed'])
    expect(home.count('candidate')).toBe(0)
    expect(stone()).toMatchObject({ reason: 'job_closed', clause: 'D6', evidenceBefore: monday + 14 * day })
  })

  it('leaves no record behind when both end by two orders that overlap', async () => {
    const home = await retentionHome()
    const first = await home.newJob()
    const { application } = await home.intake(first, lin)
    const { db } = account(home).store
    db.run(
      `INSERT INTO application (id, record_id, job_id, channel, evidence_at, stage, at, stage_at, key_slot)
       SELECT 'second', record_id, job_id, channel, evidence_at, stage, at, stage_at, ? FROM application`,
      account(home).keystore.create('application'),
    )
    // Both intents are in the store before the first of them runs.
    const one = home.call('retention.destroy_now', { application_ids: [application] })
    const two = home.call('retention.destroy_now', { application_ids: ['second' as typeof application] })
    await Promise.all([one, two])
    await home.runDue()
    expect(home.count('candidate')).toBe(0)
    expect(home.count('destruction_job')).toBe(0)
    expect((await home.certificates()).map(({ scope }) => scope).sort()).toEqual(['application', 'person'])
    expect(
      vault(home)
        .keystore.listLive()
        .map(({ purpose }) => purpose),
    ).toEqual(['subject'])
  })
})

describe('a legal hold', () => {
  it('[QY-36] keeps the record, by hand and by time, and no longer than it lasts', async () => {
    const home = await retentionHome()
    const job = await home.newJob()
    const kept = await home.intake(job, lin)
    await home.intake(job, { name: '赵无忌' })
    await home.call('job.set_status', { id: job, status: 'closed' })
    hold(home, kept.application, monday + 20 * day)
    const byHand = home.call('retention.destroy_now', { application_ids: [kept.application] })
    expect(await rejectionCodeOf(byHand)).toBe('E_APPROVAL')
    home.passDays(19)
    expect(await home.runDue()).toBe(1)
    expect(home.count('candidate')).toBe(1)
    const plan = await home.call('retention.plan', {})
    expect(plan.items).toMatchObject([{ application_id: kept.application, state: 'held' }])
    expect(plan.counts).toMatchObject({ held: 1, destroyed: 1 })
    home.passDays(1)
    expect(await home.runDue()).toBe(1)
    expect(home.count('candidate')).toBe(0)
  })

  it('[QY-36] that comes after the intent and before the first key still keeps it', async () => {
    const home = await retentionHome()
    const { record, application } = await home.intake(await home.newJob(), lin)
    const { db } = account(home).store
    beginDestruction(db, listChosen(db, [application], monday), monday, () => 'job')
    db.run('UPDATE application SET held_until = ?', monday + day)
    expect(await home.runDue()).toBe(0)
    expect(home.count('destruction_job')).toBe(0)
    expect(await actions(home)).toContain('destroy_begin denied withdrawn held QY-36')
    expect(await home.codeOf('candidate.get', { id: record })).toBe('none')
  })
})

describe('steps that cannot finish', () => {
  it('a reader that keeps the write-ahead log: tried again, never called done', async () => {
    const home = await retentionHome()
    const job = await home.newJob()
    await home.intake(job, lin)
    const path = home.core.home.account('local').store
    const reader = new Database(path, { readonly: true })
    applyKey(reader, vault(home).keys.storeKey('local'))
    reader.exec('BEGIN')
    reader.prepare('SELECT count(*) FROM candidate').get()
    await home.call('job.set_status', { id: job, status: 'closed' })
    home.passDays(7)
    expect(await home.runDue()).toBe(0)
    expect(home.count('destruction_job', "state = 'keys_gone' AND problem IS NOT NULL AND attempts = 1")).toBe(1)
    expect(await home.certificates()).toEqual([])
    reader.exec('COMMIT')
    reader.close()
    expect(await home.runDue()).toBe(1)
    expect(home.count('destruction_job')).toBe(0)
  })

  it('one that fails keeps nobody else', async () => {
    const home = await retentionHome()
    const job = await home.newJob()
    await home.intake(job, lin)
    const other = await home.intake(job, { name: '赵无忌' })
    const { db } = account(home).store
    await home.call('job.set_status', { id: job, status: 'closed' })
    home.passDays(7)
    // A row of a later release that still points at the first one.
    db.run(
      `INSERT INTO destruction_job (id, platform, platform_id, record_id, reason, clause, due_at, state, started_at)
       VALUES ('odd', 'direct', 'x', 'x', 'requested', 'ZP-84', 0, 'unheard of', 0)`,
    )
    expect(await home.runDue()).toBe(2)
    expect(home.count('destruction_job', "problem = 'unknown state'")).toBe(1)
    expect(home.count('candidate', `record_id = '${other.record}'`)).toBe(0)
  })

  it('cancelled between two candidates: what had no time to go is withdrawn, and the log says so', async () => {
    const home = await retentionHome()
    const job = await home.newJob()
    const people = ['甲一', '乙二', '丙三', '丁四']
    const ids = []
    for (const name of people) ids.push((await home.intake(job, { name })).application)
    await home.call('retention.destroy_now', { application_ids: ids })
    await home.call('retention.cancel', {})
    await home.runDue()
    const gone = (await home.certificates()).length
    expect(gone).toBeGreaterThan(0)
    expect(gone).toBeLessThan(4)
    expect(home.count('candidate')).toBe(4 - gone)
    expect(home.count('destruction_job')).toBe(0)
    const lines = await actions(home)
    expect(lines.filter((line) => line === 'destroy_begin denied withdrawn cancelled')).toHaveLength(4 - gone)
    expect((await checkStore(home.core, true)).ok).toBe(true)
  })

  it('repeated, destroys nothing twice', async () => {
    const home = await retentionHome()
    const { application } = await home.intake(await home.newJob(), lin)
    await home.call('retention.destroy_now', { application_ids: [application] })
    await home.runDue()
    await home.runDue()
    expect(await home.certificates()).toHaveLength(1)
    expect(await rejectionCodeOf(home.call('retention.destroy_now', { application_ids: [application] }))).toBe(
      'E_NOT_FOUND',
    )
    expect((await actions(home)).filter((line) => line.startsWith('destroyed'))).toHaveLength(1)
  })
})

describe('files in quarantine', () => {
  it('[K7] go after 30 days by themselves, key and row', async () => {
    const home = await retentionHome()
    const job = await home.newJob()
    const output = await home.call('intake.add', {
      name: '林若曦.pdf',
      content_base64: 'bm90IGEgZmlsZQ==',
      job_id: job,
    })
    expect(output.result).toBe('quarantined')
    home.passDays(29)
    await home.runDue()
    expect(home.count('quarantine')).toBe(1)
    home.passDays(1)
    await home.runDue()
    expect(home.count('quarantine')).toBe(0)
    expect(vault(home).keystore.listLive()).toEqual([])
    expect(await actions(home)).toContain('destroyed done quarantine D4')
  })
})
