import canonicalize from 'canonicalize'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { utf8 } from '../../../../electron/shared/ledger/bytes.ts'
import { signCheckpoint } from '../../../../electron/shared/ledger/checkpoint.ts'
import { cosign } from '../../../../electron/shared/ledger/cosignature.ts'
import { leafHash } from '../../../../electron/shared/ledger/merkle.ts'
import { emptyEdge, growEdge } from '../../../../electron/shared/ledger/tree-edge.ts'
import { formatVerifierKey, keyTypes, verifierKey } from '../../../../electron/shared/ledger/verifier-key.ts'
import { verifyBundle } from '../../../../electron/shared/ledger/verify-bundle.ts'
import { nodeCrypto, signerFromSeed } from './node-crypto.ts'
import { jcs, merkleTreeHash, readBundle } from './second-verifier.ts'

const { sha256 } = nodeCrypto
const origin = 'candor/d1'
const owner = signerFromSeed(new Uint8Array(32).fill(1))
const stranger = signerFromSeed(new Uint8Array(32).fill(2))
const hub = signerFromSeed(new Uint8Array(32).fill(3))
const witness = verifierKey(sha256, 'hub.example', keyTypes.cosignature, hub.publicKey)
const runs = 1000

const keyOf = ({ publicKey }: { readonly publicKey: Uint8Array }) =>
  verifierKey(sha256, origin, keyTypes.ed25519, publicKey)

const noteOf = (entries: readonly string[], signer = owner): string => {
  const edge = growEdge(sha256, emptyEdge)
  for (const text of entries) edge.append(leafHash(sha256, utf8(text)))
  return signCheckpoint({ origin, size: edge.size, root: edge.root() }, keyOf(signer), signer.sign)
}

const cosigned = (note: string): string =>
  cosign(sha256, note, { name: witness.name, publicKey: hub.publicKey, sign: hub.sign }, 1_700_000_100)

const bundle = (entries: readonly string[], signer = owner, cosignatures: readonly string[] = []): string[] =>
  [
    {
      format: 'candor-ledger/1',
      origin,
      public_key: formatVerifierKey(keyOf(signer)),
      first: 0,
      size: entries.length,
    },
    ...entries.map((entry, i) => ({ i, entry })),
    { checkpoint: noteOf(entries, signer), cosignatures },
  ].map((line) => JSON.stringify(line))

/** A log of entries of any shape that the form allows, no nonce twice. */
const logs = (minLength: number) =>
  fc
    .array(fc.record({ at: fc.nat(), detail: fc.string({ unit: 'grapheme', maxLength: 12 }) }), {
      minLength,
      maxLength: 40,
    })
    .map((rows) => rows.map((row, n) => canonicalize({ v: 1, action: 'view', ...row, nonce: `n${n}` }) ?? ''))

const changed = (text: string, n: number): string =>
  canonicalize({ ...(JSON.parse(text) as object), at: 1e12 + n }) ?? ''

/** What somebody who holds the log key does, at a place, before signing the whole anew. */
const rewritings: ReadonlyArray<(entries: readonly string[], at: number) => readonly string[]> = [
  (entries, at) => entries.with(at, changed(entries[at] ?? '', at)),
  (entries, at) => entries.toSpliced(at, 1),
  (entries, at) => entries.slice(0, at),
  (entries, at) => entries.toSpliced(at, 0, canonicalize({ v: 1, action: 'view', nonce: 'new' }) ?? ''),
  (entries, at) => {
    const to = (at + 1) % entries.length
    return entries.with(at, entries[to] ?? '').with(to, entries[at] ?? '')
  },
  (entries, at) => [...entries.slice(0, at), ...entries.slice(at).map((text, n) => changed(text, n))],
  (entries) => entries.toReversed(),
  (entries, at) => [...entries.toSpliced(at, 1), canonicalize({ v: 1, action: 'view', nonce: 'pad' }) ?? ''],
  (entries, at) => entries.with(at, entries[(at + 1) % entries.length] ?? ''),
]

/** What somebody without it does to the bytes of the file: one bit, one byte less, one line twice or away. */
const damages: ReadonlyArray<(file: Buffer, at: number, bit: number) => Buffer> = [
  (file, at, bit) => Buffer.from(file.map((byte, n) => (n === at ? byte ^ (1 << bit) : byte))),
  (file, at) => Buffer.concat([file.subarray(0, at), file.subarray(at + 1)]),
  (file, at) => file.subarray(0, at),
]

describe('[ZP-96] of a thousand logs', () => {
  it('none that is honest is refused, by the program or by a second reading of the specifications', () => {
    fc.assert(
      fc.property(logs(1), fc.nat(), (entries, place) => {
        const note = noteOf(entries)
        const lines = bundle(entries, owner, [cosigned(note)])
        const older = noteOf(entries.slice(0, 1 + (place % entries.length)))
        const report = verifyBundle(nodeCrypto, lines, { witnesses: [witness], olderCheckpoints: [older] })
        expect(report).toMatchObject({ verdict: 'valid', completeness: 'proven', size: entries.length })
        const second = readBundle(lines, formatVerifierKey(witness))
        expect(second).toEqual({ size: report.size, root: report.root, cosigned: true })
      }),
      { numRuns: runs },
    )
  })

  it('each that was rewritten and signed anew is found by its witness, and says what is wrong; without one it is never called complete', () => {
    fc.assert(
      fc.property(logs(2), fc.nat(), fc.nat(rewritings.length), (entries, place, kind) => {
        const at = place % entries.length
        const rewrite = rewritings[kind]
        // The last kind keeps every entry and swaps the key.
        const signer = rewrite === undefined ? stranger : owner
        const other = rewrite?.(entries, at) ?? entries
        fc.pre(rewrite === undefined || other.join('\n') !== entries.join('\n'))
        const note = noteOf(entries)
        const kept = [note + cosigned(note)]
        const anchored = verifyBundle(nodeCrypto, bundle(other, signer), { olderCheckpoints: [note] })
        const witnessed = verifyBundle(nodeCrypto, bundle(other, signer, kept), { witnesses: [witness] })
        for (const report of [anchored, witnessed]) {
          expect(report.verdict).not.toBe('valid')
          expect(report.where).toBeTruthy()
          expect(report.completeness).toBe('not_provable')
        }
        expect(verifyBundle(nodeCrypto, bundle(other, signer)).completeness).toBe('not_provable')
      }),
      { numRuns: runs },
    )
  })

  it('each whose file was damaged is refused, or still proves the very same entries', () => {
    fc.assert(
      fc.property(logs(1), fc.nat(), fc.nat(7), fc.nat(damages.length - 1), (entries, place, bit, kind) => {
        const file = Buffer.from(bundle(entries).join('\n'))
        const damaged = damages[kind]?.(file, place % file.length, bit) ?? file
        const lines = damaged.toString('utf8').split('\n')
        const report = verifyBundle(nodeCrypto, lines, { olderCheckpoints: [noteOf(entries)] })
        if (report.verdict !== 'valid') return
        // Nothing that is proven may have changed: the same entries under the same root.
        expect(report.root).toBe(merkleTreeHash(entries).toString('base64'))
        expect(report.entries).toBe(entries.length)
      }),
      { numRuns: runs },
    )
  })

  it('the program writes entries as the second reading of RFC 8785 does', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonicalize(value)).toBe(jcs(value))
      }),
      { numRuns: runs },
    )
  })
})
