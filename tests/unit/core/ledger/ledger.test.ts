import { describe, expect, it } from 'vitest'
import canonicalize from 'canonicalize'
import { listCertificates } from '../../../../electron/core/ledger/certificates.ts'
import { createEntryWriter } from '../../../../electron/core/ledger/entry-form.ts'
import { nodeLedgerCrypto, sha256 } from '../../../../electron/core/ledger/node-ledger-crypto.ts'
import type { EntryDraft } from '../../../../electron/shared/domain/ledger-entry.ts'
import { ledgerEntry } from '../../../../electron/shared/domain/ledger-entry.ts'
import { ledgerAction } from '../../../../electron/shared/domain/vocabulary.ts'
import { fromBase64, toBase64, toHex, utf8 } from '../../../../electron/shared/ledger/bytes.ts'
import { verifyCheckpoint } from '../../../../electron/shared/ledger/checkpoint.ts'
import { leafHash, verifyConsistency, verifyInclusion } from '../../../../electron/shared/ledger/merkle.ts'
import { emptyEdge, growEdge } from '../../../../electron/shared/ledger/tree-edge.ts'
import { parseVerifierKey } from '../../../../electron/shared/ledger/verifier-key.ts'
import { actor, day, openTestLedger, view } from './ledger-fixture.ts'

const rootOf = (texts: readonly string[]): string => {
  const edge = growEdge(sha256, emptyEdge)
  for (const text of texts) edge.append(leafHash(sha256, utf8(text)))
  return toHex(edge.root())
}

describe('appending', () => {
  it('[ZP-61] writes who did what when, for which job, on which device, with the clause that decided', () => {
    const { ledger, clock } = openTestLedger()
    const logged: readonly EntryDraft['action'][] = [
      'sign_in',
      'search',
      'view',
      'reveal',
      'call',
      'copy',
      'download',
      'export',
      'print',
      'share',
      'approve',
      'destroyed',
    ]
    ledger.append(
      actor,
      logged.map((action) => view('c1', { action })),
    )
    const { items } = ledger.list({ limit: 50 })
    expect(items.map(({ entry }) => entry.action).toReversed()).toEqual(logged)
    for (const { entry, canonical } of items) {
      expect(entry).toMatchObject({
        v: 1,
        at: clock.at,
        actor,
        job: 'job-1',
        fields: ['name', 'phone'],
        policy: { profile: 'zhaopin', version: '1', clause: 'ZP-21' },
        outcome: 'shown',
        subject: { platform: 'zhaopin', candidate: ledger.subjectHash('zhaopin', 'c1') },
      })
      expect(Buffer.from(entry.nonce, 'base64url')).toHaveLength(16)
      expect(canonicalize(JSON.parse(canonical))).toBe(canonical)
    }
  })

  it('gives the RFC 6962 root of the canonical texts at every size, also after a restart', () => {
    const fixture = openTestLedger()
    const texts: string[] = []
    for (const count of [1, 2, 5, 1, 8, 16, 1]) {
      const drafts = Array.from({ length: count }, (_, index) => view(`c${index}`))
      const appended = fixture.ledger.append(actor, drafts)
      expect(appended.map(({ i }) => i)).toEqual(drafts.map((_, index) => texts.length + index))
      texts.push(...appended.map(({ canonical }) => canonical))
      expect(fixture.ledger.size()).toBe(texts.length)
      expect(toHex(fixture.ledger.root())).toBe(rootOf(texts))
      expect(toHex(fixture.reopen().root())).toBe(rootOf(texts))
    }
  })

  it('proves every entry and every pair of sizes from what is stored', () => {
    const { ledger } = openTestLedger()
    const texts = ledger.append(
      actor,
      Array.from({ length: 37 }, (_, index) => view(`c${index}`)),
    )
    const roots = Array.from({ length: 38 }, (_, size) =>
      fromBase64(Buffer.from(rootOf(texts.slice(0, size).map((t) => t.canonical)), 'hex').toString('base64')),
    )
    for (const size of [1, 8, 9, 31, 32, 37]) {
      const root = roots[size] ?? utf8('')
      for (let index = 0; index < size; index++) {
        const leaf = leafHash(sha256, utf8(texts[index]?.canonical ?? ''))
        const proof = ledger.inclusionProof(index, size).map(fromBase64)
        expect(verifyInclusion(sha256, { index, size, leaf, root, proof })).toBe(true)
      }
      for (let older = 0; older <= size; older++) {
        const proof = ledger.consistencyProof(older, size).map(fromBase64)
        const oldRoot = roots[older] ?? utf8('')
        expect(verifyConsistency(sha256, { oldSize: older, oldRoot, newSize: size, newRoot: root, proof })).toBe(true)
      }
    }
  })

  it('signs a checkpoint that its own verifier key accepts', () => {
    const { ledger, reopen } = openTestLedger()
    ledger.append(actor, [view('c1')])
    const key = parseVerifierKey(sha256, ledger.verifierKey)
    expect(key.name).toBe(`candor/${ledger.deviceId}`)
    const head = verifyCheckpoint(nodeLedgerCrypto, ledger.checkpoint(), key)
    expect(head).toMatchObject({ origin: ledger.origin, size: 1 })
    expect(toBase64(head.root)).toBe(toBase64(ledger.root()))
    expect(reopen().verifierKey).toBe(ledger.verifierKey)
    expect(reopen().checkpoint()).toBe(ledger.checkpoint())
  })
})

describe('the text of an entry', () => {
  it('is what a general RFC 8785 implementation writes, for every combination of members', () => {
    const parts: EntryDraft[] = [
      { action: 'view', outcome: 'shown' },
      { action: 'stage', outcome: 'done', job: 'J"\\\u20ac\u0007', detail: 'from=new to=interview' },
      { action: 'reveal', outcome: 'denied', subject: { platform: 'maimai', id: 'x' }, reason: 'contact' },
      view('c', { detail: 'count=3' }),
      view('c', { fields: [] }),
    ]
    const withAgency = { ...actor, agency: 'a"g' }
    for (const draft of parts) {
      for (const who of [actor, withAgency]) {
        const { subject, ...plain } = draft
        const expected = canonicalize({
          v: 1,
          ...plain,
          at: 12,
          actor: who,
          nonce: 'n',
          ...(subject === undefined ? {} : { subject: { platform: subject.platform, candidate: 'h' } }),
        })
        const text = createEntryWriter(12, who)(draft, 'n', 'h')
        expect(text).toBe(expected)
        expect(ledgerEntry.parse(JSON.parse(text))).toBeTruthy()
      }
    }
  })

  it('holds no platform id of a candidate, only the keyed hash', () => {
    const { ledger, keystore } = openTestLedger()
    const [entry] = ledger.append(actor, [view('platform-id-4711')])
    expect(entry?.canonical).not.toContain('4711')
    const [slot] = ledger.listSubjectSlots()
    const expected = keystore.hmac(slot ?? '', utf8('zhaopin\0platform-id-4711'))
    expect(ledger.subjectHash('zhaopin', 'platform-id-4711')).toBe(Buffer.from(expected).toString('base64url'))
    expect(entry?.canonical).toContain(ledger.subjectHash('zhaopin', 'platform-id-4711'))
    expect(ledger.subjectHash('maimai', 'platform-id-4711')).not.toBe(ledger.subjectHash('zhaopin', 'platform-id-4711'))
  })

  const secret = '张三丰'
  it.each([
    ['a name in the detail', view('c', { detail: secret })],
    ['a phone in the detail', view('c', { detail: 'to=13800138000' })],
    ['a phone with spaces in the detail', view('c', { detail: '138 0013 8000' })],
    ['a phone with its country code in the detail', view('c', { detail: '+86-13800138000' })],
    ['an identity number in the detail', view('c', { detail: 'id=11010519491231002X' })],
    ['an address in the detail', view('c', { detail: 'a@b.cn' })],
    ['a name among the fields', view('c', { fields: [secret] })],
    ['a phone among the fields', view('c', { fields: ['13800138000'] })],
    ['a phone as a job', view('c', { job: '13800138000' })],
    ['a name as the clause', view('c', { policy: { profile: 'zhaopin', version: '1', clause: secret } })],
    ['a name as the platform', view('c', { subject: { platform: secret, id: 'c' } })],
    ['typed words as a reason', { ...view('c'), reason: secret }],
    ['a member of its own', { ...view('c'), name: secret }],
    ['a member of its own in the subject', { ...view('c'), subject: { platform: 'zhaopin', id: 'c', name: secret } }],
    ['a detail that is too long', view('c', { detail: 'a'.repeat(201) })],
    ['an unknown action', { ...view('c'), action: 'peek' }],
  ])('is refused with %s, and the refusal does not repeat it', (_name, draft) => {
    const { ledger } = openTestLedger()
    const bad = draft as EntryDraft
    for (const attempt of [() => ledger.append(actor, [view('c'), bad]), () => ledger.prepareEntries(actor, [bad])]) {
      expect(attempt).toThrow(expect.objectContaining({ code: 'E_LEDGER' }))
      expect(attempt).not.toThrow(secret)
    }
    expect(ledger.size()).toBe(0)
  })

  it('takes counts, times and hashes in the detail', () => {
    const { ledger } = openTestLedger()
    const details = [
      'rows=50',
      'until=1800000000000',
      `root=${toBase64(sha256(utf8('x')))}`,
      'first=0',
      '',
      'a_b:c/d;e,f',
    ]
    ledger.append(
      actor,
      details.map((detail) => view('c', { detail })),
    )
    expect(ledger.size()).toBe(details.length)
  })
})

describe('the stored rows', () => {
  it('[ZP-96] refuse to be changed, removed or replaced', () => {
    const { ledger, file } = openTestLedger()
    ledger.append(
      actor,
      Array.from({ length: 9 }, (_, index) => view(`c${index}`)),
    )
    ledger.checkpoint()
    const table = 'entry_202603'
    for (const sql of [
      `UPDATE ${table} SET entry = '{}' WHERE i = 3`,
      `DELETE FROM ${table} WHERE i = 3`,
      `INSERT OR REPLACE INTO ${table} (i, leaf, entry) VALUES (3, x'00', '{}')`,
      `REPLACE INTO ${table} (i, leaf, entry) VALUES (8, x'00', '{}')`,
      'UPDATE node SET hash = zeroblob(32)',
      'DELETE FROM node',
      "UPDATE checkpoint SET note = ''",
      'DELETE FROM checkpoint',
    ]) {
      expect(() => file.connection.exec(sql), sql).toThrow('append only')
    }
    expect(ledger.verifySelf().verdict).toBe('valid')
  })

  it('lie in one table a month, in the order of their indexes even when the clock goes back', () => {
    const { ledger, clock, file, reopen } = openTestLedger()
    ledger.append(actor, [view('a'), view('b')])
    clock.at += 31 * day
    ledger.append(actor, [view('c')])
    clock.at -= 40 * day
    ledger.append(actor, [view('d')])
    const tables = file.connection
      .prepare(
        "SELECT name FROM sqlite_master WHERE name LIKE 'entry\\_2%' ESCAPE '\\' AND type = 'table' ORDER BY name",
      )
      .pluck()
      .all()
    expect(tables).toEqual(['entry_202603', 'entry_202604'])
    expect(
      reopen()
        .list({ limit: 10 })
        .items.map(({ i }) => i),
    ).toEqual([3, 2, 1, 0])
    expect(ledger.verifySelf().verdict).toBe('valid')
  })
})

describe('listing', () => {
  it('pages newest first, all or one subject, across months and the subject index', () => {
    const { ledger, clock } = openTestLedger()
    for (let round = 0; round < 3; round++) {
      ledger.append(
        actor,
        Array.from({ length: 900 }, (_, index) => view(`c${index % 3}`)),
      )
      clock.at += 31 * day
    }
    for (const subject of [undefined, { platform: 'zhaopin', id: 'c1' }]) {
      const seen: number[] = []
      let cursor: string | null = null
      do {
        const page = ledger.list({ limit: 400, cursor, ...(subject === undefined ? {} : { subject }) })
        seen.push(...page.items.map(({ i }) => i))
        cursor = page.nextCursor
      } while (cursor !== null)
      const expected = Array.from({ length: 2700 }, (_, index) => 2699 - index)
      expect(seen).toEqual(subject === undefined ? expected : expected.filter((i) => i % 3 === 1))
      expect(ledger.count(subject)).toBe(expected.length / (subject === undefined ? 1 : 3))
    }
    ledger.append(actor, [view('c1')])
    expect(ledger.list({ subject: { platform: 'zhaopin', id: 'c1' }, limit: 2 }).items.map(({ i }) => i)).toEqual([
      2700, 2698,
    ])
    expect(ledger.list({ subject: { platform: 'zhaopin', id: 'nobody' }, limit: 2 })).toEqual({
      items: [],
      nextCursor: null,
    })
    expect(ledger.listSubjectSlots()).toHaveLength(3)
  })

  it('refuses a cursor that it never gave', () => {
    const { ledger, db } = openTestLedger()
    const refused = expect.objectContaining({ code: 'E_INPUT' })
    expect(() => ledger.list({ limit: 1, cursor: 'x' })).toThrow(refused)
    expect(() => listCertificates(db, { limit: 1, cursor: 'x|y' })).toThrow(refused)
  })

  it('knows every action of the vocabulary', () => {
    const { ledger } = openTestLedger()
    ledger.append(
      actor,
      ledgerAction.options.map((action) => ({ action, outcome: 'done' })),
    )
    expect(ledger.list({ limit: 100 }).items).toHaveLength(ledgerAction.options.length)
  })
})
