import { describe, expect, it } from 'vitest'
import { actor, day, monday, openTestLedger } from './ledger-fixture.ts'

const page = (ids: readonly string[]) => ids.map((id) => ({ platform: 'zhaopin', id }))

describe('search hits', () => {
  it('are written once an account, subject and day, each with one subject, and nothing is written when nothing is new', () => {
    const { ledger, file } = openTestLedger()
    const first = ledger.searchHits(actor, page(['a', 'b', 'a']), 'job-1')
    expect(first).toHaveLength(2)
    const changes = file.connection.prepare('SELECT total_changes()').pluck()
    const before = changes.get()
    expect(ledger.searchHits(actor, page(['b', 'a']), 'job-1')).toEqual([])
    expect(changes.get()).toBe(before)
    expect(ledger.searchHits(actor, page(['a', 'c']))).toHaveLength(1)
    expect(ledger.searchHits({ ...actor, account: 'acc-2' }, page(['a']))).toHaveLength(1)
    const { items } = ledger.list({ limit: 10 })
    expect(items.map(({ entry }) => entry.action)).toEqual(Array(4).fill('search_hit'))
    expect(items.at(-1)?.entry).toMatchObject({ outcome: 'shown', job: 'job-1' })
    expect(new Set(items.map(({ entry }) => entry.subject?.candidate)).size).toBe(3)
  })

  it('are written again on the next day in Shanghai, whatever day it is elsewhere', () => {
    const { ledger, clock } = openTestLedger()
    // 23:59 and 00:01 in Shanghai: the same day in UTC.
    clock.at = Date.UTC(2026, 2, 2, 15, 59)
    expect(ledger.searchHits(actor, page(['a']))).toHaveLength(1)
    clock.at = Date.UTC(2026, 2, 2, 16, 1)
    expect(ledger.searchHits(actor, page(['a']))).toHaveLength(1)
    // The UTC day changes, the day in Shanghai does not.
    clock.at = Date.UTC(2026, 2, 3, 1)
    expect(ledger.searchHits(actor, page(['a']))).toEqual([])
    clock.at = monday + 2 * day
    expect(ledger.searchHits(actor, page(['a']))).toHaveLength(1)
  })

  it('leave no trace of having been shown when the entries cannot be written', () => {
    const { ledger, file } = openTestLedger()
    ledger.searchHits(actor, page(['a']))
    file.connection.exec("CREATE TRIGGER broken BEFORE INSERT ON entry_202603 BEGIN SELECT RAISE(ABORT, 'no'); END")
    expect(() => ledger.searchHits(actor, page(['b', 'c']))).toThrow(expect.objectContaining({ code: 'E_LEDGER' }))
    file.connection.exec('DROP TRIGGER broken')
    expect(ledger.searchHits(actor, page(['b', 'c']))).toHaveLength(2)
    expect(ledger.verifySelf()).toMatchObject({ verdict: 'valid', size: 3 })
  })
})
