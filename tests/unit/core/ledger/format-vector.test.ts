import { createHash, createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { nodeLedgerCrypto, sha256, signerFromSeed } from '../../../../electron/core/ledger/node-ledger-crypto.ts'
import { bundleHeader, bundleTail } from '../../../../electron/shared/ledger/bundle.ts'
import { parseCheckpoint, signCheckpoint } from '../../../../electron/shared/ledger/checkpoint.ts'
import { cosign } from '../../../../electron/shared/ledger/cosignature.ts'
import { parseVerifierKey } from '../../../../electron/shared/ledger/verifier-key.ts'
import { verifyBundle } from '../../../../electron/shared/ledger/verify-bundle.ts'

const document = readFileSync(new URL('../../../../docs/formats.md', import.meta.url), 'utf8')
const vector = document.slice(document.indexOf('### Test vector'))
const lines = (/```jsonl\n([^`]+)\n```/.exec(vector)?.[1] ?? '').split('\n')
const table = new Map(
  [...vector.matchAll(/^\| ([a-z0-9 ]+?) *\| `([^`]+)` *\|$/gm)].map(([, name, value]) => [name, value]),
)
const bytesFrom = (start: number): Uint8Array => Uint8Array.from({ length: 32 }, (_, index) => start + index)

describe('the test vector in docs/formats.md', () => {
  const entries = lines.slice(1, -1).map((line) => (JSON.parse(line) as { entry: string }).entry)
  const { checkpoint, cosignatures } = bundleTail.parse(JSON.parse(lines.at(-1) ?? ''))
  const header = bundleHeader.parse(JSON.parse(lines[0] ?? ''))

  it('is a valid bundle that its witness proves', () => {
    const witness = parseVerifierKey(sha256, table.get('witness key') ?? '')
    expect(verifyBundle(nodeLedgerCrypto, lines, { witnesses: [witness] })).toMatchObject({
      verdict: 'valid',
      size: 3,
      provenTo: 3,
      witnessedAt: 1772413400_000,
    })
  })

  it('has the leaves and the root that plain SHA-256 gives', () => {
    const hash = (...parts: Array<string | Buffer>) => {
      const digest = createHash('sha256')
      for (const part of parts) digest.update(part)
      return digest.digest()
    }
    const [a, b, c] = entries.map((entry) => hash('\0', entry))
    if (a === undefined || b === undefined || c === undefined) throw new Error('three entries')
    expect([a, b, c].map((leaf) => leaf.toString('hex'))).toEqual([0, 1, 2].map((n) => table.get(`leaf ${n}`)))
    const root = hash('\x01', hash('\x01', a, b), c)
    expect(root.toString('hex')).toBe(table.get('root'))
    expect(Buffer.from(parseCheckpoint(checkpoint).root).toString('hex')).toBe(table.get('root'))
  })

  it('is signed by the keys it names, and its subject is that of the key it names', () => {
    const log = signerFromSeed(bytesFrom(0))
    const key = parseVerifierKey(sha256, header.public_key)
    expect(key.publicKey).toEqual(log.publicKey)
    expect(signCheckpoint(parseCheckpoint(checkpoint), key, log.sign)).toBe(checkpoint)
    const hub = signerFromSeed(bytesFrom(32))
    expect(cosignatures).toEqual([cosign(sha256, checkpoint, { name: 'hub.example', ...hub }, 1772413400)])
    const subject = createHmac('sha256', bytesFrom(64)).update('zhaopin\0c-1001').digest('base64url')
    expect(subject).toBe(table.get('subject hash'))
    expect(entries[1]).toContain(subject)
  })
})
