import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyPage } from '../../../../electron/core/sync/apply-changes.ts'
import { createKeyPool } from '../../../../electron/core/sync/key-pool.ts'
import { enqueue } from '../../../../electron/core/sync/outbox.ts'
import { getCursor, getDroppedKeys } from '../../../../electron/core/sync/sync-state.ts'
import { dumpStore, monday, openSyncPlace, type SyncPlace } from '../../../helpers/sync-place.ts'
import {
  applicationChange,
  candidateChange,
  change,
  contactOf,
  deletion,
  iso,
  jobChange,
} from '../../../helpers/sync-records.ts'

const day = 86_400_000

type CandidateView = {
  readonly life: string
  readonly lock_reason: string | null
  readonly flags: string
  readonly plain: {
    readonly resume: { readonly basics: Record<string, string>; readonly meta: { cn: object } }
    readonly contact: object | null
  }
}
const candidatesOf = (place: SyncPlace): CandidateView[] => dumpStore(place).candidate as CandidateView[]
const count = (place: SyncPlace, table: string, where = '1'): number =>
  place.store.get<{ n: number }>(`SELECT count(*) AS n FROM ${table} WHERE ${where}`)?.n ?? -1
const asideOf = (place: SyncPlace, why: string) =>
  place.store.all<{ type: string; id: string; problem: string | null }>(
    'SELECT type, id, problem FROM aside_change WHERE why = ? ORDER BY type, id',
    why,
  )

/** A stretch of a platform's life: new people, second thoughts, ends. */
const story = () => [
  jobChange('job-1'),
  candidateChange('c1', 2, { contact: contactOf('a1') }),
  applicationChange('a1', 'c1', 3, { attachment: 'present', attachment_ids: ['f1'] }),
  change('attachment', 'f1', 4, {
    application_id: 'a1',
    candidate_id: 'c1',
    name: '简历.pdf',
    media_type: 'application/pdf',
    size: 10,
    sha256: 'a'.repeat(64),
  }),
  candidateChange('c2', 5, { contact: contactOf('a2', 'a3') }),
  applicationChange('a2', 'c2', 6, { channel: 'searched' }),
  applicationChange('a3', 'c2', 7, { job_id: 'job-2' }),
  jobChange('job-2', 8, { status: 'closed', closed_at: iso(monday - day) }),
  change('consent', 'k1', 9, { candidate_id: 'c1', purpose: 'talent_pool', granted: true }),
  change('hold', 'h1', 10, {
    candidate_id: 'c2',
    until: iso(monday + 30 * day),
    reason: '仲裁',
    by: 'acc-1',
    approver: 'acc-9',
  }),
  change('message', 'm1', 11, { application_id: 'a1', from: 'candidate', text: '您好', at: iso(monday) }),
  candidateChange('c1', 12, { contact: contactOf('a1'), visibility: 'none' }),
  applicationChange('a2', 'c2', 13, { channel: 'searched', stage: 'rejected', decision: 'rejected' }),
  deletion('application', 'a4', 14),
  candidateChange('c5', 15),
  change('weather', 'w1', 16, { any: 1 }),
  deletion('consent', 'k9', 17),
]

describe('pages', () => {
  it('[ZP-19] end in the same state in any order, in any cut, and however often they come', () => {
    const clean = openSyncPlace()
    clean.apply(story())
    clean.settle()
    const expected = dumpStore(clean)
    expect(expected).toMatchObject({ candidate: { length: 2 }, application: { length: 3 }, attachment: { length: 1 } })
    fc.assert(
      fc.property(
        fc.shuffledSubarray(story(), { minLength: story().length }),
        fc.integer({ min: 1, max: 6 }),
        fc.array(fc.nat(), { maxLength: 8 }),
        (order, size, again) => {
          const place = openSyncPlace()
          const changes = [...order, ...again.map((index) => order[index % order.length])]
          for (let at = 0; at < changes.length; at += size) place.apply(changes.slice(at, at + size))
          place.settle()
          expect(dumpStore(place)).toEqual(expected)
          place.close()
        },
      ),
      { numRuns: 60 },
    )
  })

  it('are applied whole with their cursor, or not at all', () => {
    const place = openSyncPlace()
    place.apply([jobChange('job-1')], 'one')
    const before = dumpStore(place)
    const broken = {
      ...place,
      keystore: {
        ...place.keystore,
        seal: () => {
          throw new Error('the disk is gone')
        },
      },
    }
    expect(() =>
      openSyncPlaceLike(broken).apply([candidateChange('c1'), applicationChange('a1', 'c1')], 'two'),
    ).toThrow('the disk is gone')
    expect(getCursor(place.store)).toBe('one')
    expect(dumpStore(place)).toEqual(before)
  })

  it('keep a record that cannot be read, and everything else of its page', () => {
    const place = openSyncPlace()
    const counts = place.apply([
      'nonsense',
      { type: 'job', id: 'j9', op: 'upsert', rev: 1, at: 'yesterday' },
      change('job', 'j8', 1, { title: 7 }),
      change('application', 'a9', 1, { ...(applicationChange('a9', 'c9').data as object), channel: 'telepathy' }),
      jobChange('job-1'),
    ])
    expect(counts).toMatchObject({ jobs: 1, invalid: 3, unknown: 1 })
    expect(asideOf(place, 'unknown')).toEqual([{ type: 'application', id: 'a9', problem: 'channel: invalid_value' }])
    expect(JSON.stringify(asideOf(place, 'invalid'))).not.toContain('nonsense')
    place.apply([change('job', 'j8', 2, jobChange('x').data as Record<string, unknown>)])
    expect(asideOf(place, 'invalid').map((row) => row.type)).toEqual(['?', '?'])
  })

  it('let a deletion beat every revision up to its own', () => {
    const place = openSyncPlace()
    place.apply([deletion('candidate', 'c1', 5)])
    place.apply([candidateChange('c1', 4), applicationChange('a1', 'c1', 3)])
    expect(count(place, 'candidate')).toBe(0)
    place.apply([candidateChange('c1', 6)])
    expect(count(place, 'candidate')).toBe(1)
  })
})

/** The same place with something replaced. */
const openSyncPlaceLike = (place: SyncPlace): Pick<SyncPlace, 'apply'> => {
  const pool = createKeyPool(place.keystore)
  return { apply: (changes, cursor = null) => applyPage(place, pool, { changes, cursor }, place.clock.now()) }
}

describe('candidates', () => {
  it('exist as a pair with an application or not at all', () => {
    const place = openSyncPlace()
    place.apply([candidateChange('c1')])
    place.apply([applicationChange('a2', 'c2')])
    expect(count(place, 'candidate')).toBe(0)
    expect(count(place, 'application')).toBe(0)
    expect(asideOf(place, 'waiting')).toHaveLength(2)
    place.clock.at += day - 1
    expect(place.settle()).toBe(0)
    place.apply([applicationChange('a1', 'c1')])
    expect(candidatesOf(place)).toHaveLength(1)
    place.clock.at += 2
    expect(place.settle()).toBe(1)
    expect(asideOf(place, 'waiting')).toEqual([])
    place.apply([applicationChange('a2', 'c2'), candidateChange('c2')])
    expect(candidatesOf(place)).toHaveLength(2)
  })

  it('[ZP-13] keep nothing outside the schema, and the sync report counts what was dropped', () => {
    const place = openSyncPlace()
    const resume = {
      basics: { name: '林某', blood_type: 'A', phone: '13800138000' },
      work: [{ name: 'x', boss: '王' }],
      astrology: {},
      meta: { cn: { wechat: 'lin_rx', 生肖: '虎' } },
    }
    place.apply([candidateChange('c1', 1, { resume }), applicationChange('a1', 'c1')])
    expect(getDroppedKeys(place.store)).toEqual({
      'basics.blood_type': 1,
      'basics.phone': 1,
      'work[].boss': 1,
      astrology: 1,
      'meta.cn.wechat': 1,
      'meta.cn.(other)': 1,
    })
    expect(JSON.stringify(candidatesOf(place))).not.toMatch(/13800138000|lin_rx|生肖|boss|astrology/)
    place.apply([candidateChange('c1', 1, { resume })])
    expect(getDroppedKeys(place.store).astrology).toBe(1)
  })

  it('[MM-27] keep only the parts that the platform’s own list names', () => {
    const place = openSyncPlace()
    place.apply([
      candidateChange('c1', 1, {
        platform: 'maimai',
        birth_month: '1990-01',
        resume: {
          basics: { name: '林某', url: 'https://page.example', image: 'x' },
          work: [{ name: '星河科技' }],
          meta: { cn: { city: '上海', political_status: '群众', id_number: '11010119900101001X' } },
        },
      }),
      applicationChange('a1', 'c1'),
    ])
    expect(candidatesOf(place)[0]?.plain.resume).toMatchObject({
      basics: { name: '林某' },
      work: [{ name: '星河科技' }],
      meta: { cn: { city: '上海', birth_month: '1990-01' } },
    })
    expect(JSON.stringify(candidatesOf(place))).not.toMatch(/page\.example|群众|11010119900101001X/)
    expect(getDroppedKeys(place.store)).toMatchObject({ 'meta.cn.political_status': 1, 'meta.cn.id_number': 1 })
  })

  it('[QY-09] never come from a platform without candidates, and nothing of them is kept', () => {
    const place = openSyncPlace()
    place.apply([applicationChange('a1', 'c1')])
    place.apply([candidateChange('c1', 1, { platform: 'qingyun' })])
    expect(count(place, 'candidate')).toBe(0)
    expect(asideOf(place, 'invalid')).toMatchObject([{ type: 'candidate', id: 'c1' }])
    expect(JSON.stringify(dumpStore(place))).not.toContain('林某')
  })

  it('[ZP-04] are discarded below the age limit, with a report that holds nothing of them', () => {
    const place = openSyncPlace()
    place.apply([
      candidateChange('c1', 1, { birth_month: '2010-04', contact: contactOf('a1') }),
      applicationChange('a1', 'c1'),
    ])
    const dump = dumpStore(place)
    expect(dump).toMatchObject({
      candidate: [],
      application: [],
      outbox: [{ kind: 'incident', body: { title: 'minor_found', platform: 'zhaopin', candidate_id: 'c1' } }],
    })
    expect(JSON.stringify(dump)).not.toMatch(/林|2010|138/)
    expect(count(place, 'pending_entry', `canonical LIKE '%"incident"%minor_found%'`)).toBe(1)
  })

  it('[MM-47] count as minors by each platform’s own limit', () => {
    const place = openSyncPlace()
    const seventeen = { birth_month: '2009-01' }
    place.apply([candidateChange('c1', 1, { ...seventeen, platform: 'maimai' }), applicationChange('a1', 'c1')])
    place.apply([candidateChange('c2', 1, { ...seventeen, platform: 'zhaopin' }), applicationChange('a2', 'c2')])
    expect(dumpStore(place).candidate).toMatchObject([{ platform_id: 'c2' }])
  })

  it('[ZP-78] are overwritten by a correction; the old value is not kept', () => {
    const place = openSyncPlace()
    place.apply([candidateChange('c1'), applicationChange('a1', 'c1')])
    place.apply([candidateChange('c1', 2, { resume: { basics: { name: '林某', label: '架构师' } } })])
    expect(candidatesOf(place)[0]?.plain.resume.basics).toEqual({ name: '林某', label: '架构师' })
    expect(JSON.stringify(dumpStore(place))).not.toContain('八年经验')
  })

  it('that were destroyed here come back only with later evidence', () => {
    const place = openSyncPlace({ tombstones: new Map([['c1', monday - day]]) })
    place.apply([candidateChange('c1'), applicationChange('a1', 'c1', 1, { evidence_at: iso(monday - day) })])
    expect(count(place, 'candidate')).toBe(0)
    place.settle()
    expect(count(place, 'aside_change')).toBe(0)
    place.apply([candidateChange('c1'), applicationChange('a2', 'c1', 2, { evidence_at: iso(monday - day + 1) })])
    expect(dumpStore(place)).toMatchObject({ candidate: { length: 1 }, application: [{ id: 'a2' }] })
  })
})

describe('contacts', () => {
  it('[ZP-26] are kept with their evidence only, and wait sealed for it no longer than the run', () => {
    const place = openSyncPlace()
    place.apply([
      candidateChange('c1', 1, { contact: contactOf('a9') }),
      applicationChange('a1', 'c1', 1, { channel: 'searched' }),
    ])
    expect(candidatesOf(place)[0]?.plain.contact).toBeNull()
    expect(asideOf(place, 'waiting')).toMatchObject([{ type: 'contact', id: 'c1' }])
    place.settle()
    expect(JSON.stringify(dumpStore(place))).not.toContain('13800138000')
  })

  it('join their record when the evidence arrives on a later page', () => {
    const place = openSyncPlace()
    place.apply([
      candidateChange('c1', 1, { contact: contactOf('a2') }),
      applicationChange('a1', 'c1', 1, { channel: 'searched' }),
    ])
    place.apply([applicationChange('a2', 'c1')])
    expect(candidatesOf(place)[0]?.plain.contact).toEqual(contactOf('a2'))
    expect(asideOf(place, 'waiting')).toEqual([])
  })

  it('[ZP-30] of a download are the name alone, whatever was sent', () => {
    const place = openSyncPlace()
    place.apply([
      candidateChange('c1', 1, { contact: contactOf('a1') }),
      applicationChange('a1', 'c1', 1, { channel: 'downloaded' }),
    ])
    expect(candidatesOf(place)[0]?.plain.contact).toEqual({ name: '林若曦', evidence: ['a1'] })
    expect(JSON.stringify(dumpStore(place))).not.toContain('13800138000')
  })

  it('without any evidence are dropped', () => {
    const place = openSyncPlace()
    place.apply([candidateChange('c1', 1, { contact: contactOf() }), applicationChange('a1', 'c1')])
    expect(candidatesOf(place)[0]?.plain.contact).toBeNull()
    expect(count(place, 'aside_change')).toBe(0)
  })
})

describe('what the candidate hides', () => {
  it('[ZP-14] from our firm is locked unless it was delivered, and the block list is not kept', () => {
    const place = openSyncPlace()
    place.apply([
      candidateChange('c1'),
      applicationChange('a1', 'c1', 1, { channel: 'greeted' }),
      candidateChange('c2'),
      applicationChange('a2', 'c2', 1, { channel: 'delivered' }),
    ])
    const blocked = { blocked_employers: ['别家公司', ' 星河 科技'] }
    place.apply([candidateChange('c1', 2, blocked), candidateChange('c2', 2, blocked)])
    expect(dumpStore(place).candidate).toMatchObject([
      { platform_id: 'c1', life: 'locked', lock_reason: 'blocked_employer' },
      { platform_id: 'c2', life: 'live', flags: JSON.stringify({ blocked: true }) },
    ])
    expect(JSON.stringify(dumpStore(place))).not.toContain('别家公司')
  })

  it('[ZP-24] from everybody is locked, due within 72 hours', () => {
    const place = openSyncPlace()
    place.apply([candidateChange('c1'), applicationChange('a1', 'c1', 1, { channel: 'searched' })])
    place.apply([candidateChange('c1', 2, { visibility: 'none' })])
    expect(dumpStore(place)).toMatchObject({
      candidate: [{ life: 'locked', lock_reason: 'hidden' }],
      application: [{ due_at: monday + 3 * day, due_clause: 'D8' }],
    })
    expect(count(place, 'pending_entry', `canonical LIKE '%"action":"lock"%'`)).toBe(1)
  })

  it('[ZP-25] from headhunters stays with the employer and leaves the headhunter', () => {
    const hidden = candidateChange('c1', 2, { visibility: 'hidden_from_headhunters' })
    const lifeFor = (role: 'hr' | 'headhunter') => {
      const place = openSyncPlace({ viewer: { role } })
      place.apply([candidateChange('c1'), applicationChange('a1', 'c1', 1, { channel: 'searched' })])
      place.apply([hidden])
      return candidatesOf(place)[0]?.life
    }
    expect(lifeFor('hr')).toBe('live')
    expect(lifeFor('headhunter')).toBe('locked')
  })

  it('before it ever came is not kept at all', () => {
    const place = openSyncPlace()
    place.apply([
      candidateChange('c1', 1, { visibility: 'none' }),
      applicationChange('a1', 'c1', 1, { channel: 'searched' }),
    ])
    place.settle()
    expect(dumpStore(place)).toMatchObject({ candidate: [], application: [], aside: [] })
  })

  it('[ZP-63] as insights goes at once when they are switched off', () => {
    const place = openSyncPlace()
    place.apply([candidateChange('c1', 1, { insights: { active: '21:00' } }), applicationChange('a1', 'c1')])
    expect(count(place, 'aside_change', `type = 'insights'`)).toBe(1)
    place.apply([candidateChange('c1', 2, { insights: { active: '21:00' }, insights_opt_out: true })])
    expect(count(place, 'aside_change', `type = 'insights'`)).toBe(0)
  })
})

describe('ends', () => {
  const withTwo = () => {
    const place = openSyncPlace()
    place.apply([
      jobChange('job-1'),
      candidateChange('c1'),
      applicationChange('a1', 'c1'),
      candidateChange('c2', 1, { platform: 'lagou' }),
      applicationChange('a2', 'c2'),
    ])
    return place
  }
  const lives = (place: SyncPlace) =>
    place.store.all('SELECT platform_id AS id, life, lock_reason AS reason FROM candidate ORDER BY platform_id')
  const live = { life: 'live', reason: null }

  it('[QY-40] lock on a deletion notice, also when the record comes after its notice', () => {
    const place = withTwo()
    const notice = (id: string) => change('deletion_notice', `n-${id}`, 9, { candidate_id: id, reason: 'user' })
    place.apply([notice('c1'), notice('c3')])
    place.apply([candidateChange('c3'), applicationChange('a3', 'c3')])
    expect(lives(place)).toEqual([
      { id: 'c1', life: 'locked', reason: 'deletion_notice' },
      { id: 'c2', ...live },
      { id: 'c3', life: 'locked', reason: 'deletion_notice' },
    ])
  })

  it('[ZP-85] lock when consent to the purpose is withdrawn, and not for another purpose', () => {
    const place = withTwo()
    place.apply([
      change('consent', 'k1', 9, { candidate_id: 'c1', purpose: 'purpose', granted: false }),
      change('consent', 'k2', 9, { candidate_id: 'c2', purpose: 'ai', granted: false }),
    ])
    expect(lives(place)).toEqual([
      { id: 'c1', life: 'locked', reason: 'consent_withdrawn' },
      { id: 'c2', ...live },
    ])
  })

  it('[ZP-87] lock when the candidate’s account is gone', () => {
    const place = withTwo()
    place.apply([change('lifecycle', 'l1', 9, { subject: 'candidate', id: 'c1', event: 'cancelled' })])
    expect(lives(place)).toEqual([
      { id: 'c1', life: 'locked', reason: 'candidate_gone' },
      { id: 'c2', ...live },
    ])
  })

  it('[ZP-105] lock everything of a platform that ceased, and nothing of another', () => {
    const place = withTwo()
    place.apply([change('lifecycle', 'l1', 9, { subject: 'platform', id: 'lagou', event: 'ceased' })])
    expect(lives(place)).toEqual([
      { id: 'c1', ...live },
      { id: 'c2', life: 'locked', reason: 'platform_ceased' },
    ])
  })

  it('[ZP-81] lock everything when our own account is cancelled, due within a working day', () => {
    const place = withTwo()
    place.apply([change('lifecycle', 'l1', 9, { subject: 'account', id: 'acc-2', event: 'cancelled' })])
    expect(count(place, 'candidate', `life = 'locked'`)).toBe(0)
    place.apply([change('lifecycle', 'l2', 9, { subject: 'account', id: 'acc-1', event: 'cancelled' })])
    expect(count(place, 'candidate', `lock_reason = 'account_cancelled'`)).toBe(2)
    expect(count(place, 'application', `due_at <= ${monday + day}`)).toBe(2)
  })

  it('[ZP-74] start the clock of every application when the job closes', () => {
    const place = withTwo()
    place.apply([jobChange('job-1', 2, { status: 'closed', closed_at: iso(monday) })])
    expect(count(place, 'application', `due_at = ${monday + 7 * day} AND due_clause = 'D6'`)).toBe(2)
  })

  it('take the person along with the last application only', () => {
    const place = withTwo()
    place.apply([applicationChange('a9', 'c1', 2, { job_id: 'job-9' })])
    place.apply([deletion('application', 'a1', 3)])
    expect(count(place, 'candidate', `life = 'locked'`)).toBe(0)
    expect(count(place, 'application', `id = 'a1' AND decision = 'withdrawn'`)).toBe(1)
    place.apply([deletion('application', 'a9', 3)])
    expect(lives(place)[0]).toEqual({ id: 'c1', life: 'locked', reason: 'candidate_gone' })
  })

  it('[QY-36] wait for a legal hold, which nobody approves for themselves', () => {
    const place = withTwo()
    const hold = { candidate_id: 'c1', until: iso(monday + 9 * day), reason: '仲裁', by: 'acc-1', approver: 'acc-1' }
    place.apply([change('hold', 'h1', 9, hold)])
    expect(count(place, 'legal_hold')).toBe(0)
    expect(asideOf(place, 'invalid')).toMatchObject([{ type: 'hold', id: 'h1' }])
    place.apply([change('hold', 'h1', 10, { ...hold, approver: 'acc-9' })])
    expect(count(place, 'application', `held_until = ${monday + 9 * day}`)).toBe(1)
    place.apply([deletion('hold', 'h1', 11)])
    expect(count(place, 'application', 'held_until IS NOT NULL')).toBe(0)
  })

  it('never unlock: a locked record takes nothing new, and who delivers again is remembered for later', () => {
    const place = withTwo()
    place.apply([deletion('candidate', 'c1', 5)])
    const before = candidatesOf(place)[0]
    place.apply([
      candidateChange('c1', 6, { resume: { basics: { name: '新' } } }),
      applicationChange('a7', 'c1', 7, { evidence_at: iso(monday + 1) }),
    ])
    expect(candidatesOf(place)[0]).toEqual(before)
    expect(count(place, 'application', `id = 'a7'`)).toBe(0)
    expect(count(place, 'sync_state', `key = 'missed_records'`)).toBe(1)
  })

  it('[ZP-80] take an attachment’s copy when the candidate deletes or declines it', () => {
    const place = openSyncPlace()
    const file = (id: string, application: string) =>
      change('attachment', id, 1, {
        application_id: application,
        candidate_id: 'c1',
        name: '简历.pdf',
        media_type: 'application/pdf',
        size: 3,
        sha256: 'b'.repeat(64),
      })
    const present = { attachment: 'present' }
    place.apply([
      candidateChange('c1'),
      applicationChange('a1', 'c1', 1, present),
      applicationChange('a2', 'c1', 1, present),
    ])
    place.apply([file('f1', 'a1'), file('f2', 'a2')])
    expect(count(place, 'attachment')).toBe(2)
    place.apply([deletion('attachment', 'f1', 2), applicationChange('a2', 'c1', 2, { attachment: 'declined' })])
    expect(count(place, 'attachment')).toBe(0)
    expect(JSON.stringify(asideOf(place, 'waiting'))).toBe('[]')
  })
})

describe('our own writes', () => {
  it('are not undone by the hub’s older word while they are on their way', () => {
    const place = openSyncPlace()
    place.apply([jobChange('job-1'), candidateChange('c1'), applicationChange('a1', 'c1')])
    place.store.run(`UPDATE application SET stage = 'interview', stage_at = 5 WHERE id = 'a1'`)
    place.store.run(`UPDATE job SET status = 'closed', status_at = 6 WHERE id = 'job-1'`)
    const queue = (id: string, draft: Parameters<typeof enqueue>[1]) => {
      enqueue(place, { ...draft, id }, monday)
    }
    queue('11111111-1111-4111-8111-111111111111', {
      kind: 'stage',
      id: '',
      body: { application_id: 'a1', stage: 'interview' },
      applicationId: 'a1',
    })
    queue('22222222-2222-4222-8222-222222222222', { kind: 'job', id: '', body: { job_id: 'job-1', status: 'closed' } })
    place.apply([applicationChange('a1', 'c1', 2, { stage: 'reviewed' }), jobChange('job-1', 2, { title: '新名' })])
    expect(dumpStore(place)).toMatchObject({
      application: [{ stage: 'interview', rev: 2 }],
      job: [{ status: 'closed', title: '新名' }],
    })
    place.store.run('DELETE FROM outbox')
    place.apply([applicationChange('a1', 'c1', 3, { stage: 'offer' }), jobChange('job-1', 3, { status: 'open' })])
    expect(dumpStore(place)).toMatchObject({ application: [{ stage: 'offer' }], job: [{ status: 'open' }] })
  })

  it('of this home are not overwritten by a platform: own intake stays as it is', () => {
    const place = openSyncPlace()
    place.apply([candidateChange('c1'), applicationChange('a1', 'c1')])
    place.store.run(`UPDATE candidate SET origin = 'local'`)
    const before = candidatesOf(place)
    place.apply([candidateChange('c1', 2, { visibility: 'none', resume: { basics: {} } })])
    expect(candidatesOf(place)).toEqual(before)
  })
})
