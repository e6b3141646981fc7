import { beforeEach, describe, expect, it } from 'vitest'
import { createHomeClock, type HomeClock } from '../../../../electron/core/accounts/home-clock.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const start = Date.UTC(2026, 2, 2, 1)

let wall: number
let run: number
/** Both clocks go on together, as they should. */
const pass = (span: number): void => {
  wall += span
  run += span
}
const open = (mark: number, heldFrom: number | null = null, offsetSeconds = 0): HomeClock => {
  const clock = createHomeClock({ wall: () => wall, monotonic: () => run, offsetSeconds })
  clock.anchor(mark, heldFrom)
  return clock
}

beforeEach(() => {
  wall = start
  run = 5_000
})

describe('a clock that goes as it should', () => {
  it('is the wall clock, over days in which the program was closed, without a word', () => {
    for (const away of [0, hour, day, 30 * day, 31 * day]) {
      wall = start + away
      const clock = open(start)
      pass(hour)
      expect(clock.now()).toBe(start + away + hour)
      expect(clock.held()).toBe(false)
      expect(clock.takeEvents()).toEqual([])
    }
  })

  it('believes the first moment of a new home, whatever it is', () => {
    for (const year of [1970, 2026, 2038]) {
      wall = Date.UTC(year, 0, 2)
      const clock = open(0)
      expect(clock.now()).toBe(Date.UTC(year, 0, 2))
      expect(clock.held()).toBe(false)
    }
  })

  it('may sleep: up to 31 days at once while it runs are believed', () => {
    const clock = open(start)
    wall += 31 * day
    expect(clock.now()).toBe(start + 31 * day)
    expect(clock.takeEvents()).toEqual([])
  })
})

describe('a clock that was set back', () => {
  it.each([400 * day, 10 * 365 * day, start - 86_400_000])(
    '[ZP-104] by %d ms before the start: time stays where it was known to be and goes on with the program',
    (back) => {
      wall = start - back
      const clock = open(start)
      expect(clock.now()).toBe(start)
      expect(clock.takeEvents()).toEqual(['back'])
      pass(10 * day)
      expect(clock.now()).toBe(start + 10 * day)
      expect(clock.takeEvents()).toEqual([])
    },
  )

  it('[ZP-104] while it runs: nothing is postponed, and it is told once', () => {
    const clock = open(start)
    pass(day)
    clock.now()
    wall -= 400 * day
    pass(6 * day)
    expect(clock.now()).toBe(start + 7 * day)
    pass(minute)
    expect(clock.now()).toBe(start + 7 * day + minute)
    expect(clock.takeEvents()).toEqual(['back'])
  })

  it('does not make a case of minutes', () => {
    wall = start - 4 * minute
    const clock = open(start)
    expect(clock.now()).toBe(start)
    expect(clock.takeEvents()).toEqual([])
  })

  it('frozen, it goes on all the same', () => {
    const clock = open(start)
    run += 3 * hour
    expect(clock.now()).toBe(start + 3 * hour)
  })
})

describe('a clock that was set far ahead', () => {
  const ahead = 400 * day

  it('is held: time goes on from where it was, at the pace of the program', () => {
    wall = start + ahead
    const clock = open(start)
    expect(clock.held()).toBe(true)
    expect(clock.now()).toBe(start)
    expect(clock.takeEvents()).toEqual(['ahead'])
    pass(2 * day)
    expect(clock.now()).toBe(start + 2 * day)
    expect(clock.held()).toBe(true)
  })

  it('is held as well when it happens while the program runs', () => {
    const clock = open(start)
    pass(hour)
    clock.now()
    wall += 31 * day + hour + minute
    expect(clock.now()).toBe(start + hour)
    expect(clock.held()).toBe(true)
    expect(clock.takeEvents()).toEqual(['ahead'])
  })

  it('is believed after 72 hours of running time, counted over restarts', () => {
    wall = start + ahead
    let mark = start
    let heldFrom: number | null = null
    const seen: string[] = []
    for (let session = 0; session < 8; session += 1) {
      run = session
      const clock = open(mark, heldFrom)
      expect(clock.held()).toBe(true)
      pass(9 * hour - minute)
      mark = clock.now()
      expect(mark).toBeLessThan(start + 72 * hour)
      heldFrom = clock.heldFrom()
      seen.push(...clock.takeEvents())
      wall += 15 * hour
    }
    const clock = open(mark, heldFrom)
    pass(9 * hour)
    expect(clock.held()).toBe(false)
    expect(clock.now()).toBe(wall)
    expect([...seen, ...clock.takeEvents()]).toEqual(['ahead', 'believed'])
  })

  it('is believed at once when a hub says the same', () => {
    wall = start + ahead
    const clock = open(start)
    clock.confirm(start + ahead - 2 * hour)
    expect(clock.held()).toBe(false)
    expect(clock.now()).toBe(start + ahead)
    expect(clock.takeEvents()).toEqual(['ahead', 'believed'])
  })

  it('is not believed because a hub says something else', () => {
    wall = start + ahead
    const clock = open(start)
    clock.confirm(start + hour)
    expect(clock.held()).toBe(true)
    expect(clock.now()).toBe(start)
  })

  it('is free again once somebody sets it right', () => {
    wall = start + ahead
    const clock = open(start)
    pass(hour)
    clock.now()
    wall = start + hour
    pass(hour)
    expect(clock.held()).toBe(false)
    expect(clock.now()).toBe(start + 2 * hour)
  })
})

describe('the offset that tests and the sandbox add', () => {
  it('counts as the wall clock at the start', () => {
    const clock = open(start, null, 400 * 86_400)
    expect(clock.held()).toBe(true)
    expect(open(start, null, 8 * 86_400).now()).toBe(start + 8 * day)
  })

  it('moves on at once, by any number of days, and never back', () => {
    const clock = open(start)
    clock.setOffset(100 * 86_400)
    expect(clock.now()).toBe(start + 100 * day)
    clock.setOffset(50 * 86_400)
    expect(clock.now()).toBe(start + 100 * day)
    expect(clock.offsetSeconds()).toBe(100 * 86_400)
    expect(clock.held()).toBe(false)
  })
})

it('[ZP-104] never goes back, whatever the wall clock does', () => {
  const clock = open(start)
  let before = clock.now()
  const jumps = [day, -400 * day, 5 * day, 1000 * day, -2000 * day, 20 * day, 0, -minute, 31 * day, 4000 * day]
  for (const jump of [...jumps, ...jumps.toReversed()]) {
    wall += jump
    run += minute
    const at = clock.now()
    expect(at).toBeGreaterThanOrEqual(before + minute)
    before = at
  }
})
