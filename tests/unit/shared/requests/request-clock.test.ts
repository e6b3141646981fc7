import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nextStep, type StepFacts } from '../../../../electron/shared/requests/next-step.ts'
import { requestClockOf } from '../../../../electron/shared/requests/request-clock.ts'
import { addWorkingDays, createWorkingCalendar } from '../../../../electron/shared/retention/working-days.ts'
import { requestKind } from '../../../../electron/shared/domain/sync-atoms.ts'

const day = 86_400_000
/** 2026-09-28 09:00 in Asia/Shanghai, before the holidays of October. */
const start = Date.UTC(2026, 8, 28, 1)
const calendar = createWorkingCalendar([
  {
    year: 2026,
    off: ['2026-10-01', '2026-10-02', '2026-10-05', '2026-10-06', '2026-10-07'],
    work: ['2026-10-10'],
  } as never,
])
const days = { answer: 15, warn: 10 }
const times = (more: object = {}) => ({ received_at: start, hub_due_at: null, freezes: [], closed_at: null, ...more })

describe('[ZP-91] the clock of a request', () => {
  it('counts worked days alone: holidays are passed over, a Saturday that is worked counts', () => {
    // 29, 30 September, 8, 9, 10 (Saturday), 12–16, 19–23 October.
    expect(requestClockOf(calendar, times(), days, start)).toMatchObject({
      due_at: Date.UTC(2026, 9, 23, 1),
      warn_at: Date.UTC(2026, 9, 16, 1),
      level: 'calm',
    })
  })

  it('is never later than the hub says, and never later than the law', () => {
    const due = addWorkingDays(calendar, start, 15).at
    fc.assert(
      fc.property(fc.integer({ min: -5, max: 60 }), (offset) => {
        const clock = requestClockOf(calendar, times({ hub_due_at: start + offset * day }), days, start)
        expect(clock.due_at).toBe(Math.min(due, start + offset * day))
        expect(clock.warn_at ?? 0).toBeLessThanOrEqual(clock.due_at ?? 0)
      }),
      { numRuns: 60 },
    )
  })

  it('[QY-44] stands still in a dispute: whatever was used before stays used, and the rest comes after', () => {
    const span = fc.tuple(fc.integer({ min: 0, max: 14 }), fc.integer({ min: 1, max: 90 }))
    fc.assert(
      fc.property(span, ([before, length]) => {
        const from = start + before * day
        const to = from + length * day
        const stopped = requestClockOf(calendar, times({ freezes: [{ from }] }), days, to)
        expect(stopped.level).toBe('stopped')
        expect(stopped.due_at).toBeUndefined()
        // However long it lasts, nothing more is used.
        expect(requestClockOf(calendar, times({ freezes: [{ from }] }), days, to + 400 * day).used).toBe(stopped.used)
        const on = requestClockOf(calendar, times({ freezes: [{ from, to }] }), days, to)
        expect(on.used).toBe(stopped.used)
        expect(on.due_at).toBe(addWorkingDays(calendar, to, 15 - stopped.used).at)
        expect(on.due_at ?? 0).toBeGreaterThanOrEqual(addWorkingDays(calendar, start, 15).at)
      }),
      { numRuns: 100 },
    )
  })

  it('goes on from calm to warning to alarm and never back while time passes', () => {
    const order = ['calm', 'warn', 'alarm']
    let last = 0
    for (let hour = 0; hour < 40 * 24; hour += 1) {
      const level = order.indexOf(requestClockOf(calendar, times(), days, start + hour * 3_600_000).level)
      expect(level).toBeGreaterThanOrEqual(last)
      last = level
    }
    expect(last).toBe(2)
  })
})

describe('the next step', () => {
  it('never hands anything over, destroys or answers before it is known who asks and every copy is found', () => {
    const facts: fc.Arbitrary<StepFacts> = fc.record({
      kind: fc.constantFrom(...requestKind.options),
      state: fc.constantFrom('open' as const, 'closed' as const),
      identity: fc.constantFrom('open' as const, 'verified' as const, 'failed' as const),
      disputed: fc.boolean(),
      searched: fc.boolean(),
      carriedOut: fc.boolean(),
      here: fc.boolean(),
    })
    const before = new Set(['resolve_dispute', 'check_identity', 'refuse_identity', 'search', 'none'])
    fc.assert(
      fc.property(facts, (one) => {
        const step = nextStep(one)
        const known = one.identity === 'verified' && one.searched && !one.disputed && one.state === 'open'
        expect(before.has(step)).toBe(!known)
        if (one.disputed && one.state === 'open') expect(step).toBe('resolve_dispute')
        if (step === 'destroy') expect(one.here).toBe(true)
      }),
    )
  })
})
