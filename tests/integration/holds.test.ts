import { describe, expect, it } from 'vitest'
import { beginDestruction, listChosen } from '../../electron/core/retention/begin-destruction.ts'
import type { RecordId } from '../../electron/shared/domain/ids.ts'
import {
  change,
  deletion,
  applicationChange,
  candidateChange,
  contactOf,
  iso,
  jobChange,
} from '../helpers/sync-records.ts'
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

/** Legal holds in a workspace without a hub: one owner, and the officer whom that owner named. */

const person = { name: '林若曦', phone: '13800138000' }
const officer = '沈清'

const keystore = (home: RetentionHome) => {
  if (home.core.account === null) throw new Error('nobody is signed in')
  return home.core.account.keystore
}

const start = async () => {
  const home = await retentionHome()
  const job = await home.newJob()
  const { record, application } = await home.intake(job, person)
  const other = await home.intake(await home.newJob(), { name: '赵无忌', phone: '13900139000' })
  return { home, job, record, application, other }
}

const hold = async (home: RetentionHome, record: RecordId, until: number, reason = '劳动仲裁'): Promise<string> => {
  const { id } = await home.call('hold.request', { id: record, until, reason })
  await home.call('hold.decide', { id, status: 'granted', officer })
  return id
}

const entries = async (home: RetentionHome, action: string): Promise<string[]> => {
  const { items } = await home.call('ledger.list', { limit: 500 })
  return items.filter((row) => row.action === action).map((row) => `${row.outcome} ${row.detail ?? ''}`)
}

describe('a legal hold', () => {
  it('[QY-36] needs reason, end and somebody else, keeps that record only, and ends by itself: what is overdue goes at once', async () => {
    const { home, job, record, other } = await start()
    for (const missing of [
      { id: record, until: monday + day },
      { id: record, reason: '仲裁' },
      { id: record, until: monday + day, reason: '  ' },
    ])
      expect(await home.codeOf('hold.request', missing)).toBe('E_INPUT')
    const { id } = await home.call('hold.request', { id: record, until: monday + 30 * day, reason: '劳动仲裁' })
    // Asked for is not granted: nothing is kept yet.
    expect(home.count('application', 'held_until IS NOT NULL')).toBe(0)
    await home.call('hold.decide', { id, status: 'granted', officer })
    await home.call('job.set_status', { id: job, status: 'closed' })
    const second = home.core.account?.store.reader.get<{ job_id: string }>(
      `SELECT job_id FROM application WHERE record_id = '${other.record}'`,
    )
    await home.call('job.set_status', { id: second?.job_id as never, status: 'closed' })
    home.passDays(8)
    expect(await home.runDue()).toBe(1)
    expect(home.count('candidate')).toBe(1)
    expect(await home.codeOf('candidate.get', { id: record })).toBe('none')
    expect((await home.call('retention.plan', {})).items).toMatchObject([{ record_id: record, state: 'held' }])
    expect((await home.call('hold.list', {})).items).toMatchObject([
      { id, record_id: record, state: 'active', until: monday + 30 * day, approver: officer, reason: '劳动仲裁' },
    ])
    home.passDays(21)
    expect(await home.runDue()).toBe(0)
    home.time.wall += day
    expect(await home.runDue()).toBe(1)
    expect(home.count('candidate')).toBe(0)
    expect(home.count('legal_hold')).toBe(0)
    expect(home.count('approval')).toBe(0)
    expect(await entries(home, 'hold')).toEqual([`done asked until ${iso(monday + 30 * day)}`])
    expect(await entries(home, 'approve')).toEqual([`done hold until ${iso(monday + 30 * day)} at_workstation`])
  })

  it('[QY-36] overdue by its end runs before anything is shown at the next unlock', async () => {
    const { home, job, record } = await start()
    await hold(home, record, monday + 20 * day)
    await home.call('job.set_status', { id: job, status: 'closed' })
    home.passDays(10)
    expect(await home.runDue()).toBe(0)
    await home.stop('quit')
    home.time.wall += 10 * day
    const next = await reopen(home.home, home.time)
    expect(next.overdue).toBe(1)
    expect(next.count('candidate', `record_id = '${record}'`)).toBe(0)
    await next.stop('quit')
  })

  it('[QY-36] is released with a reason, and what is overdue goes at once', async () => {
    const { home, job, record } = await start()
    const id = await hold(home, record, monday + 60 * day)
    await home.call('job.set_status', { id: job, status: 'closed' })
    home.passDays(10)
    await home.runDue()
    expect(await home.codeOf('hold.release', { id })).toBe('E_INPUT')
    await home.call('hold.release', { id, reason: '案件已结' })
    await home.runDue()
    expect(home.count('candidate', `record_id = '${record}'`)).toBe(0)
    expect((await home.certificates()).map(({ reason }) => reason)).toEqual(['job_closed'])
    expect(await entries(home, 'hold')).toContain('done released')
    expect(await home.codeOf('hold.release', { id, reason: 'x' })).toBe('E_NOT_FOUND')
  })

  it('[QY-36] that was released before anything was due stays in the list with who, when and why', async () => {
    const { home, record } = await start()
    const id = await hold(home, record, monday + 60 * day)
    home.time.wall += day
    await home.call('hold.release', { id, reason: '误登记，电话 13800138000' })
    const { items } = await home.call('hold.list', {})
    expect(items).toMatchObject([{ state: 'released', until: monday + day, may_release: false }])
    expect(items[0]?.release_reason).toBe('误登记，电话 ***********')
    expect(await home.codeOf('hold.release', { id, reason: 'x' })).toBe('E_CONFLICT')
    expect(home.count('application', `held_until > ${monday + day}`)).toBe(0)
  })

  it('[QY-36] of two the longer counts, and the end of one leaves the other', async () => {
    const { home, job, record } = await start()
    const long = await hold(home, record, monday + 60 * day)
    const short = await hold(home, record, monday + 20 * day)
    await home.call('job.set_status', { id: job, status: 'closed' })
    home.passDays(10)
    await home.call('hold.release', { id: long, reason: '撤诉' })
    expect(await home.runDue()).toBe(0)
    expect(home.count('candidate', `record_id = '${record}'`)).toBe(1)
    await home.call('hold.release', { id: short, reason: '撤诉' })
    await home.runDue()
    expect(home.count('candidate', `record_id = '${record}'`)).toBe(0)
  })

  it('[QY-36] is approved by nobody who asked, by nobody unnamed, and not twice', async () => {
    const { home, record } = await start()
    const { id } = await home.call('hold.request', { id: record, until: monday + 5 * day, reason: '仲裁' })
    for (const name of [undefined, 'hr', '别人', '沈 清 明'])
      expect(await home.codeOf('hold.decide', { id, status: 'granted', officer: name })).toBe('E_APPROVAL')
    expect(await home.codeOf('hold.request', { id: record, until: monday + 5 * day, reason: '仲裁' })).toBe(
      'E_CONFLICT',
    )
    expect(home.count('legal_hold')).toBe(0)
    expect((await home.call('hold.list', {})).items).toMatchObject([{ state: 'pending', may_decide: true }])
    await home.call('hold.decide', { id, status: 'refused', officer: ' 沈清 ' })
    expect(await home.codeOf('hold.decide', { id, status: 'granted', officer })).toBe('E_CONFLICT')
    expect((await home.call('hold.list', {})).items).toMatchObject([{ state: 'refused', may_decide: false }])
    expect(home.count('legal_hold')).toBe(0)
    // Each of the attempts stands in the log.
    expect((await entries(home, 'approve')).filter((line) => line.startsWith('denied'))).toHaveLength(4)
  })

  it('[QY-36] is refused where the owner named nobody else, with the rule and what would lift it', async () => {
    const { home, record } = await start()
    for (const name of ['hr', ' H R ', '本人', 'Myself']) {
      await home.call('account.name_officer', { officer: name })
      const asked = home.call('hold.request', { id: record, until: monday + day, reason: '仲裁' })
      await expect(asked).rejects.toMatchObject({
        code: 'E_APPROVAL',
        data: { rule: 'HOLD_APPROVER', clause: 'QY-36', lift: 'NAME_OFFICER' },
      })
    }
    expect((await home.call('hold.list', {})).second).toEqual({ kind: 'none' })
    await home.call('account.name_officer', { officer })
    await hold(home, record, monday + day)
    expect(home.count('legal_hold')).toBe(1)
  })

  it('[QY-36] [D11] ends after now and within the days that the rules name, whoever shortens it', async () => {
    const { home, record } = await start()
    const longest = monday + 1095 * day
    for (const until of [monday, monday - day, 0, longest + 1])
      expect(await home.codeOf('hold.request', { id: record, until, reason: '仲裁' })).toBe('E_INPUT')
    const { id } = await home.call('hold.request', { id: record, until: longest, reason: '仲裁' })
    // Whoever approves may shorten, never lengthen.
    await home.call('hold.decide', { id, status: 'granted', officer, until: longest + 900 * day })
    expect(home.count('legal_hold', `until = ${longest}`)).toBe(1)
    const next = await home.call('hold.request', { id: record, until: monday + 9 * day, reason: '仲裁' })
    await home.call('hold.decide', { id: next.id, status: 'granted', officer, until: monday + 3 * day })
    expect(home.count('legal_hold', `until = ${monday + 3 * day}`)).toBe(1)
  })

  it('[QY-36] that was asked for long ago is not granted after its own end', async () => {
    const { home, record } = await start()
    const { id } = await home.call('hold.request', { id: record, until: monday + day, reason: '仲裁' })
    home.time.wall += 2 * day
    expect(await home.codeOf('hold.decide', { id, status: 'granted', officer })).toBe('E_INPUT')
    expect(home.count('legal_hold')).toBe(0)
  })

  it('[QY-36] raised after the keys are gone is refused, and a request from before keeps nothing', async () => {
    const { home, record } = await start()
    const { id } = await home.call('hold.request', { id: record, until: monday + 9 * day, reason: '仲裁' })
    const slot = home.core.account?.store.reader.get<{ key_slot: string }>(
      `SELECT key_slot FROM candidate WHERE record_id = '${record}'`,
    )
    keystore(home).destroy(slot?.key_slot ?? '')
    expect(await home.codeOf('hold.decide', { id, status: 'granted', officer })).toBe('E_CONFLICT')
    expect(await home.codeOf('hold.request', { id: record, until: monday + 9 * day, reason: '仲裁' })).toBe(
      'E_CONFLICT',
    )
    expect(home.count('legal_hold')).toBe(0)
  })

  it('[QY-36] keeps words about the person sealed, masked, and out of the log', async () => {
    const { home, record } = await start()
    await hold(home, record, monday + 9 * day, '林若曦 诉讼，联系 13800138000 与 lin@mail.example')
    const { items } = await home.call('hold.list', {})
    expect(items[0]?.reason).toBe('*** 诉讼，联系 *********** 与 ****************')
    const log = JSON.stringify(await home.call('ledger.list', { limit: 500 }))
    for (const word of ['林若曦', '13800138000', '诉讼']) expect(log).not.toContain(word)
    const page = (table: string) =>
      JSON.stringify(home.core.account?.store.reader.all(`SELECT * FROM ${table}`), (_key, value: unknown) =>
        value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : value,
      )
    for (const table of ['approval', 'legal_hold', 'typed_reason']) expect(page(table)).not.toContain('诉讼')
  })

  it('[QY-36] stops a destruction that somebody orders by hand, and one whose intent is written already', async () => {
    const { home, record, application } = await start()
    await hold(home, record, monday + 9 * day)
    await expect(home.call('retention.destroy_now', { application_ids: [application] })).rejects.toMatchObject({
      code: 'E_APPROVAL',
      data: { rule: 'HOLD' },
    })
    expect(home.count('candidate', `record_id = '${record}'`)).toBe(1)
  })
})

describe('a hold at a hub', () => {
  const delivered = [
    jobChange('job-1'),
    candidateChange('c1', 2, { contact: contactOf('a1') }),
    applicationChange('a1', 'c1', 3),
  ]
  const open = async (): Promise<RetentionHome> => {
    const home = await retentionHome()
    await enterHubAccount(home)
    await syncPage(home, delivered)
    return home
  }
  const held = (until: number, more = {}) => ({
    until: iso(until),
    reason: '诉讼',
    by: 'acc-1',
    approver: 'acc-2',
    ...more,
  })
  const asked = (more = {}) => ({
    kind: 'hold',
    candidate_id: 'c1',
    job_id: 'job-1',
    reason: '仲裁 林若曦',
    account_id: 'acc-1',
    status: 'pending',
    until: iso(monday + 9 * day),
    ...more,
  })

  it('[QY-36] leaves a locked record locked', async () => {
    const home = await open()
    await syncPage(home, [change('deletion_notice', 'n1', 9, { candidate_id: 'c1', reason: 'x' })])
    await syncPage(home, [change('hold', 'h1', 10, { candidate_id: 'c1', ...held(monday + 30 * day) })])
    const record = home.core.account?.store.reader.get<{ record_id: string }>('SELECT record_id FROM candidate')
    expect(await home.codeOf('candidate.get', { id: record?.record_id })).toBe('E_LOCKED')
    expect((await home.call('hold.list', {})).items).toMatchObject([
      { label: expect.stringMatching(/^#\d+$/u) as string },
    ])
    home.time.wall += 72 * hour
    expect(await home.runDue()).toBe(0)
    expect(await home.codeOf('candidate.get', { id: record?.record_id })).toBe('E_LOCKED')
    expect((await home.call('candidate.list', {})).total).toBe(0)
  })

  it('[QY-36] [D11] lasts no longer than the rules let it, whatever the platform says', async () => {
    const home = await open()
    await syncPage(home, [change('hold', 'h1', 10, { candidate_id: 'c1', ...held(Date.UTC(9990, 0)) })])
    expect(home.count('legal_hold', `until <= ${monday + 1095 * day}`)).toBe(1)
  })

  it('[QY-36] that is granted comes as an approval, a hold, or both, and ends once', async () => {
    const home = await open()
    await syncPage(home, [change('approval', 'apr-9', 10, asked())])
    expect((await home.call('hold.list', {})).items).toMatchObject([
      { id: 'apr-9', state: 'pending', may_decide: false, reason: '仲裁 ***' },
    ])
    await syncPage(home, [change('approval', 'apr-9', 11, asked({ status: 'granted', by: 'acc-2' }))])
    expect((await home.call('hold.list', {})).items).toMatchObject([{ id: 'apr-9', state: 'active' }])
    await syncPage(home, [change('hold', 'apr-9', 12, { candidate_id: 'c1', ...held(monday + 5 * day) })])
    expect((await home.call('hold.list', {})).items).toMatchObject([{ state: 'active', until: monday + 5 * day }])
    // A repeated approval does not bring back what was released.
    home.time.wall += day
    const over = { candidate_id: 'c1', ...held(monday + day, { released_by: 'acc-2', release_reason: '撤诉' }) }
    await syncPage(home, [change('hold', 'apr-9', 13, over)])
    await syncPage(home, [change('approval', 'apr-9', 14, asked({ status: 'granted', by: 'acc-2' }))])
    expect((await home.call('hold.list', {})).items).toMatchObject([{ state: 'released', until: monday + day }])
    expect(home.count('application', `held_until > ${monday + day}`)).toBe(0)
    await syncPage(home, [deletion('hold', 'apr-9', 15)])
    expect(home.count('legal_hold')).toBe(0)
    expect(home.count('typed_reason')).toBe(0)
  })

  it('[QY-36] approved by who asked for it is no hold, by whatever way it comes', async () => {
    const home = await open()
    const counts = await syncPage(home, [
      change('approval', 'apr-9', 11, asked({ status: 'granted', by: 'acc-1' })),
      change('approval', 'apr-8', 12, asked({ status: 'granted' })),
      change('hold', 'h1', 13, { candidate_id: 'c1', ...held(monday + 9 * day, { approver: 'acc-1' }) }),
    ])
    expect(counts.invalid).toBe(3)
    expect(home.count('legal_hold')).toBe(0)
  })

  it('[QY-36] that comes when the keys are gone is entered as too late, and keeps nothing', async () => {
    const home = await open()
    const slot = home.core.account?.store.reader.get<{ key_slot: string }>('SELECT key_slot FROM candidate')
    keystore(home).destroy(slot?.key_slot ?? '')
    await syncPage(home, [
      change('hold', 'h1', 13, { candidate_id: 'c1', ...held(monday + 9 * day) }),
      change('approval', 'apr-9', 14, asked()),
    ])
    expect(home.count('legal_hold') + home.count('approval')).toBe(0)
    expect(await entries(home, 'hold')).toEqual(['denied too late', 'denied too late'])
  })

  it('[QY-36] stops a destruction whose intent is written and whose keys are not gone', async () => {
    const home = await open()
    const application = home.core.account?.store.reader.get<{ id: string }>('SELECT id FROM application')
    // The runner is busy elsewhere when the hold arrives.
    home.core.account?.store.db.run("UPDATE job SET status = 'closed', status_at = 1")
    const { db } = home.core.account?.store ?? {}
    if (db === undefined) throw new Error('nobody is signed in')
    db.transaction(() => beginDestruction(db, listChosen(db, [application?.id ?? ''], monday), monday, () => 'job'))
    await syncPage(home, [change('hold', 'h1', 13, { candidate_id: 'c1', ...held(monday + 9 * day) })])
    expect(await home.runDue()).toBe(0)
    expect(home.count('destruction_job')).toBe(0)
    expect(home.count('candidate')).toBe(1)
  })
})
