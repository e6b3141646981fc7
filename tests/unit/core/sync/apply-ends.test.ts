import { describe, expect, it } from 'vitest'
import { enqueue } from '../../../../electron/core/sync/outbox.ts'
import { dumpStore, monday, openSyncPlace, type SyncPlace } from '../../../helpers/sync-place.ts'
import { applicationChange, candidateChange, change, deletion, iso, jobChange } from '../../../helpers/sync-records.ts'
import { asideOf, candidatesOf, count } from './place-views.ts'

const day = 86_400_000

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
