import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ledgerCrypto } from '../../../../electron/hub/ledger-crypto.ts'
import { fromBase64Url, toBase64 } from '../../../../electron/shared/ledger/bytes.ts'
import { logOrigin } from '../../../../electron/shared/ledger/checkpoint.ts'
import type { Disclosure } from '../../../../electron/shared/ledger/disclosure.ts'
import { consistencyProof } from '../../../../electron/shared/ledger/merkle.ts'
import { formatVerifierKey, keyTypes, verifierKey } from '../../../../electron/shared/ledger/verifier-key.ts'
import { browserMemory } from '../../../../src/portal/browser-memory.ts'
import { browserCrypto } from '../../../../src/portal/browser-crypto.ts'
import { compareVisits } from '../../../../src/portal/compare-visits.ts'
import { logDevice } from '../../../helpers/log-device.ts'

/** A browser's own storage, just enough of it. */
const storage = (limit = Infinity) => {
  const kept = new Map<string, string>()
  return {
    kept,
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => {
      if (kept.size >= limit) throw new DOMException('full', 'QuotaExceededError')
      kept.set(name, value)
    },
  }
}

const origin = logOrigin('dev-1')
type Device = ReturnType<typeof logDevice>
const deviceOf = (size: number, pair?: Device['pair']): Device => {
  const device = logDevice('dev-1', { account: 'a', role: 'hr' }, pair)
  for (let i = 0; i < size; i += 1) device.append({ action: 'view' })
  return device
}
const grown = (device: Device, by: number): Device => {
  for (let i = 0; i < by; i += 1) device.append({ action: 'view' })
  return device
}
/** Every second row is the person's; proofs of rows are not looked at here. */
const disclosed = (device: Device, own = (i: number): boolean => i % 2 === 0): Disclosure => ({
  logs: [
    {
      origin,
      public_key: formatVerifierKey(
        verifierKey(ledgerCrypto.sha256, origin, keyTypes.ed25519, fromBase64Url(device.logKey)),
      ),
      checkpoint: device.push(0).checkpoint,
      cosignatures: [],
      rows: device.entries.flatMap((entry, i) => (own(i) ? [{ i, entry, proof: [] }] : [])),
    },
  ],
})
const proofsOf = (device: Device) => async (_origin: string, from: number, to: number) =>
  consistencyProof(ledgerCrypto.sha256, device.read, from, to).map(toBase64)
const noProof = () => Promise.reject(new Error('answered 404'))

const visit = (
  where: ReturnType<typeof storage> | undefined,
  disclosure: Disclosure,
  askProof: (origin: string, from: number, to: number) => Promise<readonly string[]>,
  { link = 'link-1', now = 5000 } = {},
) => compareVisits(browserCrypto, browserMemory(where), { link, disclosure, now }, askProof)

describe('two visits of one browser', () => {
  it('[ZP-32] takes every honest growth for one, and says since when it compares', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 40 }), fc.nat({ max: 40 }), async (size, by) => {
        const browser = storage()
        const device = deviceOf(size)
        expect(await visit(browser, disclosed(device), noProof, { now: 7 })).toEqual({
          verdict: 'continues',
          since: null,
          kept: true,
        })
        expect(await visit(browser, disclosed(grown(device, by)), proofsOf(device), { now: 9 })).toEqual({
          verdict: 'continues',
          since: 7,
          kept: true,
        })
      }),
      { numRuns: 60 },
    )
  })

  it('[ZP-32] finds a log that was rewritten with new hashes and the same key, whatever proof the server gives', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 30 }), fc.nat({ max: 30 }), async (size, by) => {
        const browser = storage()
        const device = deviceOf(size)
        await visit(browser, disclosed(device), noProof)
        const rewritten = deviceOf(size + by, device.pair)
        const kept = [...browser.kept]
        for (const proof of [proofsOf(rewritten), proofsOf(grown(device, by)), async () => [], async () => ['#']]) {
          expect(await visit(browser, disclosed(rewritten), proof)).toMatchObject({
            verdict: 'broken',
            what: 'rewritten',
            where: origin,
            before: { size },
            now: size + by,
          })
        }
        // What was seen stays the measure: the next visit finds it again.
        expect([...browser.kept]).toEqual(kept)
      }),
      { numRuns: 40 },
    )
  })

  it('finds a log that was cut, and one that is signed by another key', async () => {
    const browser = storage()
    const device = deviceOf(6)
    await visit(browser, disclosed(device), noProof)
    expect(await visit(browser, disclosed(deviceOf(5, device.pair)), noProof)).toMatchObject({
      what: 'shrunk',
      before: { size: 6 },
      now: 5,
    })
    expect(await visit(browser, disclosed(deviceOf(9)), noProof)).toMatchObject({ what: 'otherKey' })
  })

  it('does not call a growth good that nobody proves', async () => {
    const browser = storage()
    const device = deviceOf(3)
    await visit(browser, disclosed(device), noProof)
    expect(await visit(browser, disclosed(grown(device, 2)), noProof)).toMatchObject({ what: 'unproven', now: 5 })
    expect(await visit(browser, disclosed(device), proofsOf(device))).toMatchObject({ verdict: 'continues' })
  })

  it('finds a row, or a whole log, that was shown before and is left out now', async () => {
    const browser = storage()
    const device = deviceOf(6)
    await visit(browser, disclosed(device), noProof)
    grown(device, 2)
    const hiding = disclosed(device, (i) => i % 2 === 0 && i !== 2)
    expect(await visit(browser, hiding, proofsOf(device))).toMatchObject({ what: 'missing', where: origin, now: 8 })
    expect(await visit(browser, { logs: [] }, noProof)).toMatchObject({ what: 'missing', now: null })
    // Somebody else's page in the same browser shows other rows of the same log.
    const other = disclosed(device, (i) => i === 1)
    expect(await visit(browser, other, proofsOf(device), { link: 'link-2' })).toMatchObject({ verdict: 'continues' })
  })

  it('says that nothing is kept where the browser keeps nothing, and takes damaged memory for none', async () => {
    const device = deviceOf(3)
    expect(await visit(undefined, disclosed(device), noProof)).toMatchObject({ verdict: 'continues', kept: false })
    expect(await visit(storage(0), disclosed(device), noProof)).toMatchObject({ verdict: 'continues', kept: false })
    const browser = storage()
    browser.setItem(`candor-head ${origin}`, '{"size":"9"')
    browser.setItem('candor-rows link-1', '{"x":{"size":1}}')
    expect(await visit(browser, disclosed(device), noProof)).toMatchObject({ since: null, kept: true })
  })

  it('keeps sizes, hashes and times, and nothing that stands in a log', async () => {
    const browser = storage()
    const device = deviceOf(4)
    await visit(browser, disclosed(device), noProof, { link: createHash('sha256').update('token').digest('base64url') })
    const kept = JSON.stringify([...browser.kept])
    for (const { nonce, at } of device.entries.map((one) => JSON.parse(one) as { nonce: string; at: number })) {
      expect(kept).not.toContain(nonce)
      expect(kept).not.toContain(String(at))
    }
    expect(kept).not.toContain('token')
  })
})
