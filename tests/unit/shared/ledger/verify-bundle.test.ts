import canonicalize from 'canonicalize'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { BundleReport } from '../../../../electron/shared/ledger/bundle.ts'
import { toBase64, utf8 } from '../../../../electron/shared/ledger/bytes.ts'
import { signCheckpoint } from '../../../../electron/shared/ledger/checkpoint.ts'
import { cosign } from '../../../../electron/shared/ledger/cosignature.ts'
import { leafHash } from '../../../../electron/shared/ledger/merkle.ts'
import { emptyEdge, growEdge } from '../../../../electron/shared/ledger/tree-edge.ts'
import { formatVerifierKey, keyTypes, verifierKey } from '../../../../electron/shared/ledger/verifier-key.ts'
import { verifyBundle, type BundleOptions } from '../../../../electron/shared/ledger/verify-bundle.ts'
import { nodeCrypto, signerFromSeed } from './node-crypto.ts'

const { sha256 } = nodeCrypto
const origin = 'candor/d1'
const owner = signerFromSeed(new Uint8Array(32).fill(1))
const stranger = signerFromSeed(new Uint8Array(32).fill(2))
const hub = signerFromSeed(new Uint8Array(32).fill(3))
const witness = verifierKey(sha256, 'hub.example', keyTypes.cosignature, hub.publicKey)

const entry = (n: number): string =>
  canonicalize({ v: 1, action: 'view', at: 1_700_000_000_000 + n, nonce: `n${n}` }) ?? ''

const headNote = (entries: readonly string[], signer = owner): string => {
  const edge = growEdge(sha256, emptyEdge)
  for (const text of entries) edge.append(leafHash(sha256, utf8(text)))
  const key = verifierKey(sha256, origin, keyTypes.ed25519, signer.publicKey)
  return signCheckpoint({ origin, size: edge.size, root: edge.root() }, key, signer.sign)
}

const cosigned = (note: string): string =>
  cosign(sha256, note, { name: witness.name, publicKey: hub.publicKey, sign: hub.sign }, 1_700_000_100)

type Parts = { header: object; rows: Array<{ i: number; entry: string }>; tail: object }

const partsOf = (entries: readonly string[], signer = owner, cosignatures: readonly string[] = []): Parts => ({
  header: {
    format: 'candor-ledger/1',
    origin,
    public_key: formatVerifierKey(verifierKey(sha256, origin, keyTypes.ed25519, signer.publicKey)),
    first: 0,
    size: entries.length,
  },
  rows: entries.map((text, i) => ({ i, entry: text })),
  tail: { checkpoint: headNote(entries, signer), cosignatures },
})

const linesOf = ({ header, rows, tail }: Parts): string[] => [header, ...rows, tail].map((line) => JSON.stringify(line))

const check = (parts: Parts, options: BundleOptions = {}): BundleReport =>
  verifyBundle(nodeCrypto, linesOf(parts), options)

const original = Array.from({ length: 20 }, (_, n) => entry(n))
/** The platform's copy of the newest head, and one of somewhat earlier. */
const anchor = headNote(original)
const earlier = headNote(original.slice(0, 13))

describe('an honest bundle', () => {
  it('is valid, and complete only as far as something outside confirms it', () => {
    expect(check(partsOf(original))).toMatchObject({
      verdict: 'valid',
      completeness: 'not_provable',
      provenTo: 0,
      size: 20,
    })
    expect(check(partsOf(original), { olderCheckpoints: [anchor] })).toMatchObject({
      verdict: 'valid',
      completeness: 'proven',
      provenTo: 20,
    })
    expect(check(partsOf(original), { olderCheckpoints: [earlier] })).toMatchObject({ verdict: 'valid', provenTo: 13 })
  })

  it('counts cosignatures of witnesses that are known, over this head or an earlier one', () => {
    const line = partsOf(original, owner, [cosigned(anchor)])
    expect(check(line)).toMatchObject({ verdict: 'valid', completeness: 'not_provable' })
    expect(check(line, { witnesses: [witness] })).toMatchObject({
      verdict: 'valid',
      completeness: 'proven',
      provenTo: 20,
      witnessedAt: 1_700_000_100_000,
    })
    const note = partsOf(original, owner, [earlier + cosigned(earlier)])
    expect(check(note, { witnesses: [witness] })).toMatchObject({ verdict: 'valid', provenTo: 13 })
  })

  it('of an empty log proves nothing, not even with an anchor of size 0', () => {
    expect(check(partsOf([]), { olderCheckpoints: [headNote([])] })).toMatchObject({
      verdict: 'valid',
      completeness: 'not_provable',
    })
  })

  it('may begin behind a cut, with the roots to its left', () => {
    for (const first of [1, 6, 8, 13, 19]) {
      const edge = growEdge(sha256, emptyEdge)
      for (const text of original.slice(0, first)) edge.append(leafHash(sha256, utf8(text)))
      const parts = partsOf(original)
      const header = { ...parts.header, first, range: edge.snapshot().peaks.map(toBase64) }
      const cut = { ...parts, header, rows: parts.rows.slice(first) }
      expect(check(cut, { olderCheckpoints: [anchor, earlier] })).toMatchObject({
        verdict: 'valid',
        entries: 20 - first,
        size: 20,
        provenTo: 20,
      })
      // A head from before the cut can no longer be looked at, and is then no proof either.
      expect(check(cut, { olderCheckpoints: [headNote(original.slice(0, first - 1))] }).provenTo).toBe(0)
      expect(check({ ...cut, header: { ...header, range: [] } }).verdict).toBe('malformed')
      const wrongRange = header.range.with(0, toBase64(sha256(utf8('x'))))
      expect(check({ ...cut, header: { ...header, range: wrongRange } }).verdict).toBe('root_mismatch')
    }
  })

  it('of many entries keeps every earlier head in reach', () => {
    const many = Array.from({ length: 9000 }, (_, n) => entry(n))
    const heads = [1, 4095, 4096, 4097, 8192, 8999].map((size) => headNote(many.slice(0, size)))
    const report = check(partsOf(many), { olderCheckpoints: heads })
    expect(report).toMatchObject({ verdict: 'valid', provenTo: 8999 })
  })
})

/** What somebody with the log key could do: change the entries and sign the new tree. */
const rewritings: Readonly<Record<string, (entries: readonly string[], at: number) => string[]>> = {
  drop: (entries, at) => entries.filter((_, index) => index !== at),
  edit: (entries, at) => entries.with(at, entry(1000 + at)),
  swap: (entries, at) => {
    const next = (at + 1) % entries.length
    return entries.with(at, entries[next] ?? '').with(next, entries[at] ?? '')
  },
  insert: (entries, at) => entries.toSpliced(at, 0, entry(1000)),
  truncate: (entries, at) => entries.slice(0, at),
  reorder: (entries) => entries.toReversed(),
  fork: (entries, at) => [...entries.slice(0, at), ...entries.slice(at).map((_, index) => entry(2000 + index))],
  'drop and pad': (entries, at) => [...entries.filter((_, index) => index !== at), entry(3000)],
}

describe('[ZP-96] a log that was rewritten and signed anew with its own key', () => {
  it.each(Object.entries(rewritings))(
    '%s: is always found with an anchor and never called complete without',
    (_n, rewrite) => {
      for (let at = 0; at < original.length; at++) {
        const parts = partsOf(rewrite(original, at))
        const report = check(parts, { olderCheckpoints: [anchor] })
        expect(report.verdict, `at ${at}`).not.toBe('valid')
        expect(report.completeness).toBe('not_provable')
        expect(
          check(
            {
              ...parts,
              tail: { checkpoint: headNote(rewrite(original, at)), cosignatures: [anchor + cosigned(anchor)] },
            },
            { witnesses: [witness] },
          ).verdict,
        ).not.toBe('valid')
        const alone = check(parts)
        expect(alone.completeness, `at ${at}`).toBe('not_provable')
      }
    },
  )

  it('with another key does not fit an anchor of the old one', () => {
    const parts = partsOf(original, stranger)
    expect(check(parts)).toMatchObject({ verdict: 'valid', completeness: 'not_provable' })
    expect(check(parts, { olderCheckpoints: [anchor] }).verdict).toBe('foreign_anchor')
  })
})

/** What somebody without the log key could do to the file. */
const mutateFile = (parts: Parts, kind: number, at: number, other: number): Parts => {
  const { rows } = parts
  const row = rows[at] ?? { i: 0, entry: '' }
  const renumber = (list: Parts['rows']): Parts['rows'] => list.map(({ entry: text }, i) => ({ i, entry: text }))
  const resize = (list: Parts['rows']): Parts => ({
    ...parts,
    header: { ...parts.header, size: list.length },
    rows: list,
  })
  const kinds: Array<() => Parts> = [
    () => ({ ...parts, rows: rows.toSpliced(at, 1) }),
    () => resize(renumber(rows.toSpliced(at, 1))),
    () => ({ ...parts, rows: rows.with(at, { ...row, entry: row.entry.replace('"view"', '"viex"') }) }),
    () => ({ ...parts, rows: renumber(rows.with(at, rows[other] ?? row).with(other, row)) }),
    () => resize(rows.slice(0, at)),
    () => ({ ...parts, rows: rows.slice(0, at) }),
    () => resize(renumber(rows.toSpliced(at, 0, row))),
    () => ({ ...parts, rows: rows.with(at, { ...row, i: row.i + 1 }) }),
    () => ({ ...parts, rows: rows.with(at, { ...row, entry: row.entry.replace('{', '{ ') }) }),
    () => ({ ...parts, header: { ...parts.header, origin: 'candor/d2' } }),
    () => ({ ...parts, tail: { checkpoint: anchor.replace('\n20\n', '\n21\n') } }),
    () => ({ ...parts, tail: { checkpoint: headNote(original, stranger) } }),
    () => ({ ...parts, tail: {} }),
    () => ({ ...parts, header: { ...parts.header, format: 'candor-ledger/2' } }),
    () => ({ ...parts, header: { ...parts.header, size: 21 } }),
    () => ({ ...parts, rows: rows.with(at, { ...row, entry: '[]' }) }),
  ]
  return kinds[kind % kinds.length]?.() ?? parts
}

describe('[ZP-96] a file that was changed without the log key', () => {
  it('is never valid', () => {
    fc.assert(
      fc.property(fc.nat(15), fc.nat(19), fc.nat(19), (kind, at, other) => {
        fc.pre(kind !== 3 || at !== other)
        const report = check(mutateFile(partsOf(original), kind, at, other))
        expect(report.verdict).not.toBe('valid')
        expect(report.where).toBeTruthy()
        expect(report.completeness).toBe('not_provable')
      }),
      { numRuns: 500 },
    )
  })

  it('names what is wrong and where', () => {
    const at = (kind: number) => check(mutateFile(partsOf(original), kind, 7, 9))
    expect(at(0)).toMatchObject({ verdict: 'wrong_index', where: 'entry 7' })
    expect(at(5)).toMatchObject({ verdict: 'cut', where: 'entry 7' })
    expect(at(8)).toMatchObject({ verdict: 'bad_entry', where: 'entry 7' })
    expect(at(2)).toMatchObject({ verdict: 'root_mismatch' })
  })

  it('is refused for one nonce twice, even when the log key signed it', () => {
    const twice = canonicalize({ v: 1, action: 'view', at: 5, nonce: 'n3' }) ?? ''
    expect(check(partsOf([...original, twice]))).toMatchObject({ verdict: 'duplicate_nonce', where: 'entry 20' })
  })

  it('is refused for entries that are not canonical JSON, even when the log key signed them', () => {
    for (const text of [
      '{"v":1,"nonce":"x"}',
      '{"nonce":"x","v":1.0}',
      '{"nonce":"\\u0061","v":1}',
      'null',
      '{',
      '{"v":1}',
    ]) {
      expect(check(partsOf([text])).verdict, text).toBe('bad_entry')
    }
  })

  it('is refused when a known witness did not make the cosignature, or lines follow the last', () => {
    const other = cosign(sha256, earlier, { name: witness.name, publicKey: hub.publicKey, sign: hub.sign }, 5)
    expect(check(partsOf(original, owner, [other]), { witnesses: [witness] }).verdict).toBe('bad_cosignature')
    expect(check(partsOf(original, owner, ['— x']), { witnesses: [witness] }).verdict).toBe('bad_cosignature')
    const lines = linesOf(partsOf(original))
    expect(verifyBundle(nodeCrypto, [...lines, ''])).toMatchObject({ verdict: 'valid' })
    expect(verifyBundle(nodeCrypto, [...lines, '{}'])).toMatchObject({ verdict: 'malformed', where: 'line 23' })
    expect(verifyBundle(nodeCrypto, [])).toMatchObject({ verdict: 'malformed' })
    expect(verifyBundle(nodeCrypto, ['not json'])).toMatchObject({ verdict: 'malformed', where: 'line 1' })
    expect(verifyBundle(nodeCrypto, lines.slice(0, -1))).toMatchObject({ verdict: 'cut' })
  })
})
