import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyPage } from '../../../../electron/core/sync/apply-changes.ts'
import { createKeyPool } from '../../../../electron/core/sync/key-pool.ts'
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
import { asideOf, candidatesOf, count } from './place-views.ts'

const day = 86_400_000

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

  it('[ZP-78] [MM-40] are overwritten by a correction; the old value is not kept', () => {
    const place = openSyncPlace()
    place.apply([candidateChange('c1'), applicationChange('a1', 'c1')])
    place.apply([candidateChange('c1', 2, { resume: { basics: { name: '林某', label: '架构师' } } })])
    expect(candidatesOf(place)[0]?.plain.resume.basics).toEqual({ name: '林某', label: '架构师' })
    expect(JSON.stringify(dumpStore(place))).not.toContain('八年经验')
  })

  it('that were destroyed here come back only with later evidence, and not with one of the future', () => {
    const place = openSyncPlace({ tombstones: new Map([['c1', monday - day]]) })
    place.apply([candidateChange('c1'), applicationChange('a1', 'c1', 1, { evidence_at: iso(monday - day) })])
    expect(count(place, 'candidate')).toBe(0)
    place.settle()
    expect(count(place, 'aside_change')).toBe(0)
    place.apply([candidateChange('c1'), applicationChange('a3', 'c1', 2, { evidence_at: iso(monday + 400 * day) })])
    expect(count(place, 'candidate')).toBe(0)
    place.settle()
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
