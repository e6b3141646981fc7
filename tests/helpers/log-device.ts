import { createPrivateKey, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import canonicalize from 'canonicalize'
import type { LogBody } from '../../electron/shared/domain/sync-records.ts'
import { toBase64, toBase64Url, utf8 } from '../../electron/shared/ledger/bytes.ts'
import { logOrigin, signCheckpoint } from '../../electron/shared/ledger/checkpoint.ts'
import { consistencyProof, leafHash, nodeHash, treeRoot } from '../../electron/shared/ledger/merkle.ts'
import { keyTypes, verifierKey } from '../../electron/shared/ledger/verifier-key.ts'
import { ledgerCrypto } from '../../electron/hub/ledger-crypto.ts'

/** A workstation's view log, just enough of it to be pushed. `pair`: of another one, to sign a second history as that device. */
export const logDevice = (
  id: string,
  actor: { readonly account: string; readonly role: string },
  pair = generateKeyPairSync('ed25519'),
) => {
  const publicKey = Buffer.from(pair.publicKey.export({ format: 'jwk' }).x ?? '', 'base64url')
  const privateKey = createPrivateKey(pair.privateKey.export({ format: 'pem', type: 'pkcs8' }))
  const key = verifierKey(ledgerCrypto.sha256, logOrigin(id), keyTypes.ed25519, publicKey)
  const entries: string[] = []
  const read = (level: number, index: number): Uint8Array =>
    level === 0
      ? leafHash(ledgerCrypto.sha256, utf8(entries[index] ?? ''))
      : nodeHash(ledgerCrypto.sha256, read(level - 1, index * 2), read(level - 1, index * 2 + 1))
  return {
    id,
    pair,
    read,
    logKey: toBase64Url(publicKey),
    entries,
    append: (entry: Readonly<Record<string, unknown>>): void => {
      const whole = {
        v: 1,
        at: 1_800_000_000_000 + entries.length,
        actor: { ...actor, employer: 'emp-beichen', device: id },
        outcome: 'shown',
        nonce: randomBytes(16).toString('base64url'),
        ...entry,
      }
      entries.push(canonicalize(whole) ?? '')
    },
    push: (from: number, subjects: LogBody['subjects'] = {}): LogBody => ({
      from,
      entries: entries.slice(from),
      subjects,
      checkpoint: signCheckpoint(
        { origin: key.name, size: entries.length, root: treeRoot(ledgerCrypto.sha256, read, entries.length) },
        key,
        (message) => new Uint8Array(sign(null, message, privateKey)),
      ),
      consistency:
        from === 0 || from === entries.length
          ? []
          : consistencyProof(ledgerCrypto.sha256, read, from, entries.length).map(toBase64),
    }),
  }
}
