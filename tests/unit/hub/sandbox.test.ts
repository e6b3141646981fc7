import { describe, expect, it } from 'vitest'
import { latestEnd, type ApplicationJson, type JobJson } from '../../../electron/hub/candidate-portal/record-end.ts'
import { readPortalRules } from '../../../electron/hub/portal-rules.ts'
import { escapeHtml } from '../../../electron/hub/html.ts'
import { rateLimit } from '../../../electron/hub/rate-limit.ts'
import { fieldsOfChannel } from '../../../electron/hub/records/contact-rules.ts'
import { jobDrafts } from '../../../electron/hub/sandbox/extras.ts'
import { makeCandidate } from '../../../electron/hub/sandbox/make-candidate.ts'
import { channelsOf, platforms, settingOf, type RecruitingPlatform } from '../../../electron/hub/sandbox/settings.ts'
import { seal, unseal } from '../../../electron/hub/keys/seal.ts'
import { hashPassword, verifyPassword } from '../../../electron/hub/keys/secrets.ts'
import { applicationData, candidateData, type CandidateData } from '../../../electron/shared/domain/sync-records.ts'

const now = Date.parse('2026-11-22T02:00:00Z')

describe('sandbox people', () => {
  it('are the same each time, and their records fit the protocol', () => {
    for (let index = 0; index < 200; index += 1) {
      const one = makeCandidate(index, now)
      expect(makeCandidate(index, now).drafts).toEqual(one.drafts)
      for (const draft of one.drafts) {
        if (draft.type === 'candidate') candidateData.parse({ ...(draft.data as object), contact: undefined })
        if (draft.type === 'application') applicationData.parse(draft.data)
      }
    }
  })

  it('cover every channel of every platform and every setting', () => {
    const seen = new Set<string>()
    const settings = new Set<string>()
    const maimai = []
    for (let index = 0; index < 460; index += 1) {
      const [candidate, application] = makeCandidate(index, now).drafts
      const { platform } = candidate?.data as { platform: RecruitingPlatform }
      seen.add(`${platform} ${(application?.data as { channel: string }).channel}`)
      if (platform === 'maimai') maimai.push(candidate?.data as Partial<CandidateData>)
      settings.add(settingOf(index, platform))
    }
    expect(maimai.some((one) => one.allow_call === true && one.virtual_number)).toBe(true)
    expect(maimai.some((one) => one.public_fields?.includes('name'))).toBe(true)
    for (const platform of platforms)
      for (const channel of channelsOf[platform]) expect(seen).toContain(`${platform} ${channel}`)
    expect(settings.size).toBe(16)
  })

  it('one person is on four platforms under one number', () => {
    const group = [0, 1, 2, 3].map((index) => makeCandidate(50 + index, now))
    expect(new Set(group.map((one) => one.person.phone)).size).toBe(1)
    expect(new Set(group.map((one) => (one.drafts[0]?.data as { platform: string }).platform)).size).toBe(4)
  })

  it('none is past their time when the sandbox starts', () => {
    const jobs = new Map(jobDrafts(now).map((job) => [job.id, { ...(job.data as JobJson), changedAt: now }]))
    const numbers = readPortalRules().of(undefined).retention
    for (let index = 0; index < 460; index += 1) {
      const applications = makeCandidate(index, now).drafts.filter((one) => one.type === 'application')
      for (const { data } of applications) {
        expect(latestEnd([data as ApplicationJson], jobs, numbers) ?? Infinity).toBeGreaterThan(now)
      }
    }
  })

  it('never date anything after now', () => {
    for (let index = 0; index < 460; index += 1) {
      for (const { data } of makeCandidate(index, now).drafts) {
        const at = (data as { at?: string }).at
        if (at !== undefined) expect(Date.parse(at)).toBeLessThanOrEqual(now)
      }
    }
  })
})

describe('contact rules', () => {
  it('[ZP-21] [ZP-30] a delivery tells everything, a download the name only', () => {
    expect(fieldsOfChannel('zhaopin', 'delivered', 'client', [])).toEqual(['name', 'phone', 'email', 'wechat'])
    expect(fieldsOfChannel('zhaopin', 'downloaded', 'client', [])).toEqual(['name'])
    expect(fieldsOfChannel('zhaopin', 'searched', 'client', ['phone'])).toEqual([])
  })

  it('[ZP-28] an exchange tells what was told', () => {
    expect(fieldsOfChannel('zhaopin', 'exchanged', 'client', ['wechat'])).toEqual(['wechat'])
    expect(fieldsOfChannel('zhaopin', 'exchanged', 'headhunter', ['wechat'])).toEqual([])
  })
})

describe('portal', () => {
  const numbers = readPortalRules().of(undefined).retention
  const closed = Date.parse('2026-11-01T00:00:00Z')
  const jobs = new Map<string, JobJson>([
    ['j', { title: 't', status: 'closed', closed_at: new Date(closed).toISOString(), changedAt: closed }],
  ])
  const application: ApplicationJson = {
    job_id: 'j',
    channel: 'delivered',
    evidence_at: '2026-10-01T00:00:00Z',
    at: '2026-11-10T00:00:00Z',
  }

  it('the shorter of two clocks wins, the last application counts', () => {
    expect(latestEnd([{ ...application, decision: 'rejected' }], jobs, numbers)).toBe(
      Date.parse('2026-11-08T00:00:00Z'),
    )
    expect(latestEnd([{ ...application, decision: 'rejected' }], new Map(), numbers)).toBe(
      Date.parse('2026-12-10T00:00:00Z'),
    )
    expect(latestEnd([application, { ...application, job_id: 'open' }], jobs, numbers)).toBe(undefined)
  })

  it('[ZP-91] takes its deadlines from the profiles', () => {
    const { requestWorkdays, poolDays, retention } = readPortalRules().of('zhaopin')
    expect(requestWorkdays).toEqual({ value: 15, clause: 'ZP-91' })
    expect(poolDays).toEqual({ value: 180, clause: 'D10' })
    expect(retention.rejected_days).toEqual({ value: 30, clause: 'D4' })
  })

  it('escapes', () => {
    expect(escapeHtml(`<a href="x" b='y'>&`)).toBe('&#60;a href=&#34;x&#34; b=&#39;y&#39;&#62;&#38;')
  })
})

describe('secrets', () => {
  it('a box opens only with its key at its place', () => {
    const key = new Uint8Array(32).fill(7)
    const box = seal(key, 'here', Buffer.from('text'))
    expect(Buffer.from(unseal(key, 'here', box)).toString()).toBe('text')
    expect(() => unseal(key, 'there', box)).toThrow()
    expect(() => unseal(new Uint8Array(32), 'here', box)).toThrow()
  })

  it('a password is checked against its hash', async () => {
    const stored = await hashPassword('correct horse')
    expect(await verifyPassword('correct horse', stored)).toBe(true)
    expect(await verifyPassword('correct horsf', stored)).toBe(false)
    expect(await verifyPassword('', 'damaged')).toBe(false)
  })

  it('tries are counted in windows and forgotten after a success', () => {
    let time = 0
    const limit = rateLimit({ limit: 2, windowSeconds: 60, now: () => time })
    expect([limit.take('a'), limit.take('a'), limit.take('a'), limit.take('b')]).toEqual([0, 0, 60, 0])
    time = 45_000
    expect(limit.take('a')).toBe(15)
    time = 60_000
    expect(limit.take('a')).toBe(0)
    limit.take('a')
    limit.clear('a')
    expect(limit.take('a')).toBe(0)
  })
})
