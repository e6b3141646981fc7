import { describe, expect, it } from 'vitest'
import { nodeLedgerCrypto, sha256, signerFromSeed } from '../../../../electron/core/ledger/node-ledger-crypto.ts'
import { toBase64 } from '../../../../electron/shared/ledger/bytes.ts'
import { cosign } from '../../../../electron/shared/ledger/cosignature.ts'
import { findDisclosureProblem } from '../../../../electron/shared/ledger/disclosure.ts'
import { emptyEdge, type TreeEdge } from '../../../../electron/shared/ledger/tree-edge.ts'
import { keyTypes, parseVerifierKey, verifierKey } from '../../../../electron/shared/ledger/verifier-key.ts'
import { verifyBundle } from '../../../../electron/shared/ledger/verify-bundle.ts'
import { verifyLogPush } from '../../../../electron/shared/ledger/verify-log-push.ts'
import type { Ledger } from '../../../../electron/core/ledger/ledger.ts'
import { actor, bundleOf, monday, openTestLedger, view } from './ledger-fixture.ts'

const hub = signerFromSeed(new Uint8Array(32).fill(3))
const witness = verifierKey(sha256, 'hub.example', keyTypes.cosignature, hub.publicKey)
const seconds = monday / 1000

/** The hub's side: verifies a push against the edge it holds, and cosigns. */
const witnessAll = (ledger: Ledger, from: TreeEdge, limit?: number): TreeEdge => {
  const key = parseVerifierKey(sha256, ledger.verifierKey)
  let edge = from
  for (;;) {
    const push = ledger.pendingPush(limit)
    if (push === null) return edge
    edge = verifyLogPush(nodeLedgerCrypto, key, edge, push)
    const line = cosign(sha256, push.checkpoint, { name: witness.name, ...hub }, seconds)
    ledger.acceptCosignature(line, edge.size, hub.publicKey)
  }
}

const entries = (count: number) => Array.from({ length: count }, (_, index) => view(`c${index % 4}`))

describe('the witness', () => {
  it('can follow the log push by push and gets the mapping of the subjects pushed', () => {
    const { ledger } = openTestLedger()
    ledger.append(actor, entries(25))
    const first = ledger.pendingPush(10)
    expect(first).toMatchObject({ from: 0, consistency: [] })
    expect(first?.entries).toHaveLength(10)
    expect(first?.subjects).toEqual(
      Object.fromEntries(['c0', 'c1', 'c2', 'c3'].map((id) => [ledger.subjectHash('zhaopin', id), id])),
    )
    const edge = witnessAll(ledger, emptyEdge, 10)
    expect(edge.size).toBe(25)
    expect(ledger.pushedSize()).toBe(25)
    expect(ledger.pendingPush()).toBeNull()
    ledger.append(actor, entries(3))
    expect(witnessAll(ledger, edge).size).toBe(28)
    expect(ledger.lastCosigned()).toMatchObject({ size: 28, witness: 'hub.example', at: monday })
  })

  it('is believed only with its own signature over the very head that was pushed', () => {
    const { ledger } = openTestLedger()
    ledger.append(actor, entries(5))
    const push = ledger.pendingPush()
    const line = cosign(sha256, push?.checkpoint ?? '', { name: witness.name, ...hub }, seconds)
    const other = signerFromSeed(new Uint8Array(32).fill(4))
    expect(() => {
      ledger.acceptCosignature(line, 5, other.publicKey)
    }).toThrow(expect.objectContaining({ code: 'E_LEDGER' }))
    expect(() => {
      ledger.acceptCosignature(line, 4, hub.publicKey)
    }).toThrow(expect.objectContaining({ code: 'E_LEDGER' }))
    expect(() => {
      ledger.acceptCosignature('— nonsense', 5, hub.publicKey)
    }).toThrow(expect.objectContaining({ code: 'E_LEDGER' }))
    expect(ledger.pushedSize()).toBe(0)
    ledger.acceptCosignature((push?.checkpoint ?? '') + line, 5, hub.publicKey)
    expect(ledger.pushedSize()).toBe(5)
  })

  it('shows by its head whether an old folder was put back or the log was rewritten', () => {
    const { ledger } = openTestLedger()
    ledger.append(actor, entries(5))
    const root = toBase64(ledger.root())
    expect(ledger.compareHead(5, root)).toBe('same')
    ledger.append(actor, entries(2))
    expect(ledger.compareHead(5, root)).toBe('ahead')
    expect(ledger.compareHead(9, root)).toBe('behind')
    expect(ledger.compareHead(4, root)).toBe('conflict')
  })
})

describe('a bundle', () => {
  it('is valid, carries the cosignature of this head or of the last one, and says what is proven', () => {
    const { ledger } = openTestLedger()
    ledger.append(actor, entries(20))
    const check = (witnesses = [witness]) => verifyBundle(nodeLedgerCrypto, bundleOf(ledger), { witnesses })
    expect(check()).toMatchObject({ verdict: 'valid', size: 20, completeness: 'not_provable' })
    const edge = witnessAll(ledger, emptyEdge)
    expect(check()).toMatchObject({ verdict: 'valid', completeness: 'proven', provenTo: 20, witnessedAt: monday })
    expect(check([])).toMatchObject({ completeness: 'not_provable' })
    ledger.append(actor, entries(3))
    expect(check()).toMatchObject({ verdict: 'valid', size: 23, completeness: 'proven', provenTo: 20 })
    witnessAll(ledger, edge)
    expect(check()).toMatchObject({ verdict: 'valid', provenTo: 23 })
    expect(ledger.verifySelf({ witnesses: [witness] })).toMatchObject({ verdict: 'valid', provenTo: 23 })
    // The keys that were met when the hub cosigned are remembered.
    expect(ledger.verifySelf()).toMatchObject({ verdict: 'valid', completeness: 'proven', provenTo: 23 })
    expect(ledger.verifySelf({ witnesses: [] })).toMatchObject({ completeness: 'not_provable' })
  })
})

describe('the check of the own file', () => {
  const damaged = (sql: readonly string[]) => {
    const { ledger, file, reopen } = openTestLedger()
    ledger.append(actor, entries(20))
    ledger.checkpoint()
    ledger.append(actor, entries(3))
    for (const table of ['entry_202603', 'node']) {
      for (const trigger of ['no_update', 'no_delete']) file.connection.exec(`DROP TRIGGER ${table}_${trigger}`)
    }
    for (const statement of sql) file.connection.exec(statement)
    return reopen().verifySelf()
  }

  it('finds what somebody with the key of the file changed', () => {
    const edit = "UPDATE entry_202603 SET entry = replace(entry, 'shown', 'denied') WHERE i = 7"
    expect(damaged([edit])).toMatchObject({ verdict: 'rewritten', where: 'entry 7' })
    expect(damaged(['UPDATE entry_202603 SET leaf = zeroblob(32) WHERE i = 7']).verdict).toBe('rewritten')
    expect(damaged(['DELETE FROM entry_202603 WHERE i = 7'])).toMatchObject({
      verdict: 'wrong_index',
      where: 'entry 7',
    })
    expect(damaged(['UPDATE node SET hash = zeroblob(32) WHERE level = 4']).verdict).toBe('root_mismatch')
    expect(
      damaged(['DELETE FROM entry_202603 WHERE i >= 15', 'DELETE FROM node WHERE level > 3 OR idx > 0']),
    ).toMatchObject({
      verdict: 'cut',
      where: 'checkpoint 20',
    })
    expect(damaged([]).verdict).toBe('valid')
  })
})

describe('a disclosure', () => {
  it('holds all rows of one candidate, each provable on its own, and nobody else’s', () => {
    const { ledger } = openTestLedger()
    ledger.append(actor, entries(21))
    const log = ledger.disclose({ platform: 'zhaopin', id: 'c1' })
    expect(log.rows.map(({ i }) => i)).toEqual([1, 5, 9, 13, 17])
    expect(findDisclosureProblem(nodeLedgerCrypto, log)).toBeUndefined()
    const others = ['c0', 'c2', 'c3'].map((id) => ledger.subjectHash('zhaopin', id))
    for (const hash of others) expect(JSON.stringify(log)).not.toContain(hash)
    const [row] = log.rows
    const changed = {
      ...log,
      rows: [{ i: 1, entry: row?.entry.replace('shown', 'denied') ?? '', proof: row?.proof ?? [] }],
    }
    expect(findDisclosureProblem(nodeLedgerCrypto, changed)).toBe(1)
    expect(findDisclosureProblem(nodeLedgerCrypto, { ...log, origin: 'candor/x' })).toBe('checkpoint')
  })

  it('proves one entry for a certificate', () => {
    const { ledger } = openTestLedger()
    ledger.append(actor, entries(21))
    const { i, entry, proof, origin, publicKey, checkpoint, cosignatures } = ledger.proveEntry(9)
    const log = {
      origin,
      public_key: publicKey,
      checkpoint,
      cosignatures: [...cosignatures],
      rows: [{ i, entry, proof: [...proof] }],
    }
    expect(findDisclosureProblem(nodeLedgerCrypto, log)).toBeUndefined()
    expect(() => ledger.proveEntry(21)).toThrow(expect.objectContaining({ code: 'E_NOT_FOUND' }))
  })
})
