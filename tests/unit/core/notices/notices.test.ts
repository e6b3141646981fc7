import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isQuiet, mayTell } from '../../../../electron/core/notices/announce.ts'
import { desktopSettings, notice, noticeKind } from '../../../../electron/shared/domain/desktop.ts'

/** 22:30 in China. */
const late = Date.UTC(2026, 10, 26, 14, 30)

describe('[ZP-51] what is told', () => {
  const said = {
    new_applications: { kind: 'new_applications', count: 3, jobs: [{ title: '产品经理', count: 3 }] },
    interview_soon: { kind: 'interview_soon', job_title: '产品经理', starts_at: late },
    destruction_soon: { kind: 'destruction_soon', count: 2 },
    request_due: { kind: 'request_due', count: 2, late: 1 },
    incident_due: { kind: 'incident_due', count: 2, late: 1, ends_at: late },
    post_changed: { kind: 'post_changed', count: 2 },
    access_stopped: { kind: 'access_stopped', ends_at: late },
    approvals: { kind: 'approvals', waiting: 2, decided: 0 },
    mention: { kind: 'mention', count: 1, jobs: [{ title: '产品经理', count: 1 }] },
  } as const

  it.each(noticeKind.options)('holds counts, job titles and times alone: %s', (kind) => {
    expect(notice.parse(said[kind])).toEqual(said[kind])
    for (const key of ['name', 'candidate', 'phone', 'email', 'record_id', 'text', 'label']) {
      expect([key, notice.safeParse({ ...said[kind], [key]: '端木雪琪' }).success]).toEqual([key, false])
    }
  })

  it.each(noticeKind.options)('has a switch of its own: %s', (kind) => {
    const settings = desktopSettings.parse({ notices: { [kind]: 'off' } })
    expect(noticeKind.options.filter((one) => !mayTell(settings, one, late))).toEqual([kind])
  })

  it('waits for the end of the quiet hours, past midnight too', () => {
    const night = { from: 22 * 60, until: 8 * 60 }
    expect(isQuiet(night, late)).toBe(true)
    expect(isQuiet(night, late - 31 * 60_000)).toBe(false)
    expect(isQuiet(night, late + 9.5 * 3_600_000)).toBe(false)
    expect(isQuiet({ from: 12 * 60, until: 14 * 60 }, late)).toBe(false)
    expect(isQuiet(null, late)).toBe(false)
    const settings = desktopSettings.parse({ quiet: night })
    expect(noticeKind.options.filter((kind) => mayTell(settings, kind, late))).toEqual(['incident_due'])
  })

  it('is quiet for as many minutes as the hours have', () => {
    const minuteOfDay = fc.integer({ min: 0, max: 1439 })
    fc.assert(
      fc.property(minuteOfDay, minuteOfDay, (from, until) => {
        const quiet = Array.from({ length: 1440 }, (_, i) => isQuiet({ from, until }, late + i * 60_000)).filter(
          Boolean,
        )
        expect(quiet.length).toBe((until - from + 1440) % 1440)
      }),
      { numRuns: 50 },
    )
  })
})
