import { describe, expect, it } from 'vitest'
import {
  countCertificates,
  getCertificate,
  insertCertificate,
  listCertificates,
} from '../../../../electron/core/ledger/certificates.ts'
import { nodeLedgerCrypto } from '../../../../electron/core/ledger/node-ledger-crypto.ts'
import { destroyTombstones, findTombstone, insertTombstone } from '../../../../electron/core/ledger/tombstones.ts'
import { verifyBundle } from '../../../../electron/shared/ledger/verify-bundle.ts'
import { actor, bundleOf, day, monday, openTestLedger, view } from './ledger-fixture.ts'

const year = 365 * day

describe('subject keys', () => {
  it('outlive the data until their time is over, then the rows are anonymous and the tree stays whole', () => {
    const { ledger, keystore, db } = openTestLedger()
    ledger.append(actor, [view('a'), view('b'), view('a')])
    const hash = ledger.subjectHash('zhaopin', 'a')
    const [slotA = ''] = ledger.listSubjectSlots()
    ledger.endSubject('zhaopin', 'a', monday + year)
    expect(keystore.due.get(slotA)).toBe(monday + year)
    expect(ledger.expireSubjects(monday + year - 1)).toBe(0)
    expect(ledger.list({ subject: { platform: 'zhaopin', id: 'a' }, limit: 9 }).items).toHaveLength(2)
    expect(ledger.subjectHash('zhaopin', 'a')).toBe(hash)

    expect(ledger.expireSubjects(monday + year)).toBe(1)
    expect(keystore.state(slotA)).toBe('destroyed')
    expect(db.all("SELECT * FROM subject WHERE candidate = 'a'")).toEqual([])
    expect(ledger.list({ subject: { platform: 'zhaopin', id: 'a' }, limit: 9 }).items).toEqual([])
    expect(ledger.list({ subject: { platform: 'zhaopin', id: 'b' }, limit: 9 }).items).toHaveLength(1)
    expect(ledger.pendingPush()?.subjects).toEqual({ [ledger.subjectHash('zhaopin', 'b')]: 'b' })
    expect(ledger.verifySelf()).toMatchObject({ verdict: 'valid', size: 3 })
    // The same person later is somebody new to the log.
    expect(ledger.subjectHash('zhaopin', 'a')).not.toBe(hash)
    expect(ledger.expireSubjects(monday + 9 * year)).toBe(0)
  })

  it('are never shortened, and live again for a candidate who delivers anew', () => {
    const { ledger } = openTestLedger()
    ledger.append(actor, [view('a')])
    ledger.endSubject('zhaopin', 'a', monday + 3 * year)
    ledger.endSubject('zhaopin', 'a', monday + year)
    expect(ledger.expireSubjects(monday + 2 * year)).toBe(0)
    ledger.reviveSubject('zhaopin', 'a')
    expect(ledger.expireSubjects(monday + 4 * year)).toBe(0)
    ledger.endSubject('zhaopin', 'nobody', monday)
    expect(ledger.listSubjectSlots()).toHaveLength(1)
  })
})

describe('truncation', () => {
  it('[ZP-103] [MM-34] drops no month younger than six months, and none with approvals or requests younger than three years', () => {
    const { ledger, clock, reopen } = openTestLedger()
    ledger.append(actor, [view('a'), view('b'), view('c')])
    clock.at = Date.UTC(2026, 3, 15)
    ledger.append(actor, [view('a'), view('a', { action: 'approve', outcome: 'done' })])
    clock.at = Date.UTC(2026, 4, 15)
    ledger.append(actor, [view('a')])
    // March is over six whole months old only in October.
    clock.at = Date.UTC(2026, 8, 30, 15)
    expect(ledger.truncate(actor)).toBe(0)
    const older = ledger.checkpoint()
    clock.at = Date.UTC(2026, 9, 1)
    expect(ledger.truncate(actor)).toBe(1)
    expect(ledger.truncate(actor)).toBe(0)
    // April holds an approval; May would be old enough but stands behind it.
    clock.at = Date.UTC(2029, 3, 29)
    expect(ledger.truncate(actor)).toBe(0)

    const again = reopen()
    const { items } = again.list({ limit: 20 })
    expect(items.map(({ i }) => i)).toEqual([6, 5, 4, 3])
    expect(items[0]?.entry).toMatchObject({ action: 'truncated', detail: 'first=3' })
    expect(again.verifySelf()).toMatchObject({ verdict: 'valid', size: 7, entries: 4 })
    const report = verifyBundle(nodeLedgerCrypto, bundleOf(again), { olderCheckpoints: [older] })
    expect(report).toMatchObject({ verdict: 'valid', provenTo: 6, size: 7 })
    expect(again.consistencyProof(2, 7)).toEqual(ledger.consistencyProof(2, 7))
    expect(again.count({ platform: 'zhaopin', id: 'a' })).toBe(3)

    clock.at = Date.UTC(2029, 4, 1)
    expect(again.truncate(actor)).toBe(2)
    expect(again.verifySelf()).toMatchObject({ verdict: 'valid', size: 8, entries: 2 })
  })

  it('never drops what the witness has not seen', () => {
    const { ledger, clock } = openTestLedger()
    ledger.append(actor, [view('a'), view('b')])
    clock.at = Date.UTC(2026, 3, 15)
    ledger.append(actor, [view('a')])
    ledger.markPushed(1)
    clock.at = Date.UTC(2028, 0, 1)
    expect(ledger.truncate(actor)).toBe(0)
    ledger.markPushed(2)
    expect(ledger.truncate(actor)).toBe(1)
  })

  it('leaves nothing to give back to a witness that lost what was dropped, and says so', () => {
    const { ledger, clock } = openTestLedger()
    ledger.append(actor, [view('a'), view('b')])
    clock.at = Date.UTC(2026, 3, 15)
    ledger.append(actor, [view('a')])
    expect(ledger.pendingPush(9, 0)?.entries).toHaveLength(3)
    ledger.markPushed(3)
    expect(ledger.pendingPush()).toBe(null)
    expect(ledger.pendingPush(9, 1)).toMatchObject({ from: 1, entries: { length: 2 } })
    clock.at = Date.UTC(2028, 0, 1)
    expect(ledger.truncate(actor)).toBe(1)
    const lost = expect.objectContaining({ code: 'E_LEDGER', data: { found: 'dropped' } }) as Error
    expect(() => ledger.pendingPush(9, 1)).toThrow(lost)
    expect(ledger.pendingPush(9, 2)?.from).toBe(2)
  })
})

describe('tombstones', () => {
  const key = new Uint8Array(32).fill(5)
  const ref = { platform: 'zhaopin', id: 'platform-4711' }
  const tombstone = {
    destroyedAt: monday,
    reason: 'rejected' as const,
    clause: 'ZP-79',
    evidenceBefore: monday,
    until: monday + year,
  }

  it('are found by the candidate only with the key, and hold nothing of the candidate', () => {
    const { db } = openTestLedger()
    insertTombstone(db, key, ref, tombstone)
    expect(findTombstone(db, key, ref)).toEqual({ platform: 'zhaopin', ...tombstone })
    expect(findTombstone(db, new Uint8Array(32), ref)).toBeUndefined()
    expect(findTombstone(db, key, { ...ref, platform: 'maimai' })).toBeUndefined()
    expect(JSON.stringify(db.all('SELECT * FROM tombstone'))).not.toContain('4711')
  })

  it('only move forward, and go when their time is over', () => {
    const { db } = openTestLedger()
    insertTombstone(db, key, ref, tombstone)
    const later = {
      ...tombstone,
      reason: 'requested' as const,
      destroyedAt: monday + day,
      evidenceBefore: monday + day,
      until: monday + year + day,
    }
    insertTombstone(db, key, ref, later)
    insertTombstone(db, key, ref, tombstone)
    expect(findTombstone(db, key, ref)).toEqual({ platform: 'zhaopin', ...later })
    expect(destroyTombstones(db, monday + year)).toBe(0)
    expect(destroyTombstones(db, monday + year + day)).toBe(1)
    expect(findTombstone(db, key, ref)).toBeUndefined()
  })
})

describe('certificates', () => {
  it('are kept as first written and listed newest first', () => {
    const { db } = openTestLedger()
    for (let n = 0; n < 5; n++)
      insertCertificate(db, {
        id: `id${n}`,
        at: monday + (n % 3),
        subjectHash: 'h',
        kind: 'single',
        reason: 'hired',
        json: `{"n":${n}}`,
      })
    insertCertificate(db, { id: 'id0', at: 0, subjectHash: 'x', kind: 'single', reason: 'hired', json: '{}' })
    expect(getCertificate(db, 'id0')).toEqual({
      id: 'id0',
      at: monday,
      subjectHash: 'h',
      kind: 'single',
      reason: 'hired',
      json: '{"n":0}',
    })
    expect(getCertificate(db, 'none')).toBeUndefined()
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = listCertificates(db, { limit: 2, ...(cursor === undefined ? {} : { cursor }) })
      seen.push(...page.items.map(({ id }) => id))
      cursor = page.nextCursor ?? undefined
    } while (cursor !== undefined)
    expect(seen).toEqual(['id2', 'id4', 'id1', 'id3', 'id0'])
    expect(countCertificates(db)).toBe(5)
  })
})

describe('the clock mark', () => {
  it('only goes forward and survives a restart', () => {
    const { ledger, reopen } = openTestLedger()
    expect(ledger.clockMark()).toBe(0)
    ledger.raiseClockMark(monday)
    ledger.raiseClockMark(monday - day)
    expect(reopen().clockMark()).toBe(monday)
    expect(ledger.lastEntryAt()).toBe(0)
    ledger.append(actor, [view('a')])
    expect(reopen().lastEntryAt()).toBe(monday)
  })
})
