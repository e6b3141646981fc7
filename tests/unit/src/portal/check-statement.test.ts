import { generateKeyPairSync, sign } from 'node:crypto'
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ledgerCrypto } from '../../../../electron/hub/ledger-crypto.ts'
import { toBase64 } from '../../../../electron/shared/ledger/bytes.ts'
import { cosign } from '../../../../electron/shared/ledger/cosignature.ts'
import type { Disclosure } from '../../../../electron/shared/ledger/disclosure.ts'
import { inclusionProof, leafHash, nodeHash } from '../../../../electron/shared/ledger/merkle.ts'
import { formatVerifierKey, keyTypes, verifierKey } from '../../../../electron/shared/ledger/verifier-key.ts'
import { utf8 } from '../../../../electron/shared/ledger/bytes.ts'
import { logOrigin } from '../../../../electron/shared/ledger/checkpoint.ts'
import { fromBase64Url } from '../../../../electron/shared/ledger/bytes.ts'
import { browserCrypto } from '../../../../src/portal/browser-crypto.ts'
import { checkStatement, type ShownRow } from '../../../../src/portal/check-statement.ts'
import { logDevice } from '../../../helpers/log-device.ts'
import { buildPortalScript } from '../../../../scripts/portal-script.mjs'

const witnessPair = generateKeyPairSync('ed25519')
const witnessPublic = Buffer.from(witnessPair.publicKey.export({ format: 'jwk' }).x ?? '', 'base64url')
const witness = verifierKey(ledgerCrypto.sha256, 'candor-hub', keyTypes.cosignature, witnessPublic)
const stamp = 1_800_000_100

/** A log of `size` entries of which every second one is the person's, as the hub would disclose it. */
const disclosed = (size: number): { readonly found: Disclosure; readonly shown: ShownRow[] } => {
  const device = logDevice('dev-1', { account: 'a', role: 'hr' })
  for (let i = 0; i < size; i += 1) device.append({ action: 'view' })
  const { checkpoint } = device.push(0)
  const read = (level: number, index: number): Uint8Array =>
    level === 0
      ? leafHash(ledgerCrypto.sha256, utf8(device.entries[index] ?? ''))
      : nodeHash(ledgerCrypto.sha256, read(level - 1, index * 2), read(level - 1, index * 2 + 1))
  const origin = logOrigin('dev-1')
  const rows = device.entries.flatMap((entry, i) =>
    i % 2 === 0 ? [{ i, entry, proof: inclusionProof(ledgerCrypto.sha256, read, i, size).map(toBase64) }] : [],
  )
  const cosignature = cosign(
    ledgerCrypto.sha256,
    checkpoint,
    {
      name: 'candor-hub',
      publicKey: witnessPublic,
      sign: (message) => new Uint8Array(sign(null, message, witnessPair.privateKey)),
    },
    stamp,
  )
  const key = verifierKey(ledgerCrypto.sha256, origin, keyTypes.ed25519, fromBase64Url(device.logKey))
  return {
    found: { logs: [{ origin, public_key: formatVerifierKey(key), checkpoint, cosignatures: [cosignature], rows }] },
    shown: rows.map(({ i, entry }) => ({
      place: `${origin} ${i}`,
      time: new Date((JSON.parse(entry) as { at: number }).at).toISOString(),
    })),
  }
}
const check = (found: Disclosure, shown: readonly ShownRow[]) => checkStatement(browserCrypto, found, witness, shown)

describe('the check in the candidate’s browser', () => {
  it('[ZP-32] accepts every honest statement, and says since when the witness vouches for it', () => {
    for (const size of [1, 2, 3, 7, 8, 33]) {
      const { found, shown } = disclosed(size)
      expect(check(found, shown)).toEqual({ verdict: 'valid', rows: Math.ceil(size / 2), logs: 1, witnessed: stamp })
    }
    expect(check({ logs: [] }, [])).toEqual({ verdict: 'valid', rows: 0, logs: 0, witnessed: null })
  })

  it('finds any changed character of an entry, a proof, a checkpoint or a key', () => {
    const { found, shown } = disclosed(9)
    const text = JSON.stringify(found)
    const parts = found.logs.flatMap((log) => [
      log.checkpoint,
      log.public_key,
      ...log.rows.flatMap((row) => [row.entry, ...row.proof]),
    ])
    fc.assert(
      fc.property(fc.constantFrom(...parts), fc.nat(), fc.constantFrom('A', 'b', '7'), (part, at, letter) => {
        const place = at % part.length
        fc.pre(part[place] !== letter && part[place] !== '\n')
        const changed = part.slice(0, place) + letter + part.slice(place + 1)
        const forged = JSON.parse(text.replace(JSON.stringify(part), () => JSON.stringify(changed))) as Disclosure
        try {
          expect(check(forged, shown)).toMatchObject({ verdict: 'invalid' })
        } catch (error) {
          // What cannot even be read is no good statement either.
          expect(error).toBeInstanceOf(SyntaxError)
        }
      }),
      { numRuns: 200 },
    )
  })

  it('finds a page that hides a row, shows one more, or moves one in time', () => {
    const { found, shown } = disclosed(6)
    const [first, ...others] = shown
    expect(check(found, others)).toMatchObject({ verdict: 'invalid', what: 'hidden' })
    expect(check(found, [...shown, { place: 'candor/dev-1 5', time: '' }])).toMatchObject({ what: 'shown' })
    expect(check(found, [{ ...first!, time: '2020-01-01T00:00:00.000Z' }, ...others])).toMatchObject({ what: 'time' })
  })

  it('does not take another’s cosignature for the witness’s', () => {
    const { found, shown } = disclosed(4)
    const [log] = found.logs
    expect(check({ logs: [{ ...log!, cosignatures: [] }] }, shown)).toMatchObject({ verdict: 'valid', witnessed: null })
  })

  it('is what lies in resources', async () => {
    expect(readFileSync('resources/portal/verify.js', 'utf8')).toBe(await buildPortalScript())
  })
})
