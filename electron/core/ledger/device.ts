import { createCipheriv, createDecipheriv } from 'node:crypto'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { toHex, utf8 } from '../../shared/ledger/bytes.ts'
import { logOrigin } from '../../shared/ledger/checkpoint.ts'
import { formatVerifierKey, keyTypes, verifierKey, type VerifierKey } from '../../shared/ledger/verifier-key.ts'
import type { WritableDb } from '../store/database.ts'
import { sha256, signerFromSeed } from './node-ledger-crypto.ts'

/** This device as the log knows it. */
export type LedgerDevice = {
  readonly deviceId: string
  readonly key: VerifierKey
  /** Plain Ed25519 with the log key, 64 bytes. */
  sign(message: Uint8Array): Uint8Array
}

const aad = (deviceId: string): Uint8Array => utf8(`candor-ledger-key|${deviceId}`)

/** AES-256-GCM: nonce 12 ‖ ciphertext 32 ‖ tag 16, bound to the device id. */
const seal = (key: Uint8Array, deviceId: string, nonce: Uint8Array, seed: Uint8Array): Uint8Array => {
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(aad(deviceId))
  return Buffer.concat([nonce, cipher.update(seed), cipher.final(), cipher.getAuthTag()])
}

const unseal = (key: Uint8Array, deviceId: string, box: Uint8Array): Buffer => {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, box.subarray(0, 12))
    decipher.setAAD(aad(deviceId))
    decipher.setAuthTag(box.subarray(-16))
    return Buffer.concat([decipher.update(box.subarray(12, -16)), decipher.final()])
  } catch {
    throw new IpcError('E_LEDGER', 'the log key does not open', { found: 'log_key' })
  }
}

/**
 * The device row, made at the first opening: a random device id and an Ed25519 log key whose seed lies sealed under a key that
 * the caller derives. Both are never changed: a new machine begins a new log.
 */
export const openDevice = (
  db: WritableDb,
  sealKey: Uint8Array,
  now: number,
  randomBytes: (length: number) => Uint8Array,
): LedgerDevice => {
  type Row = { readonly device_id: string; readonly verifier_key: string; readonly sealed_seed: Uint8Array }
  const row = db.get<Row>('SELECT device_id, verifier_key, sealed_seed FROM device WHERE id = 1')
  const deviceId = row?.device_id ?? toHex(randomBytes(16))
  const seed = row === undefined ? randomBytes(32) : unseal(sealKey, deviceId, row.sealed_seed)
  const signer = signerFromSeed(seed)
  const key = verifierKey(sha256, logOrigin(deviceId), keyTypes.ed25519, signer.publicKey)
  if (row === undefined) {
    db.run(
      'INSERT INTO device (id, device_id, verifier_key, sealed_seed, created_at) VALUES (1, ?, ?, ?, ?)',
      deviceId,
      formatVerifierKey(key),
      seal(sealKey, deviceId, randomBytes(12), seed),
      now,
    )
  } else if (row.verifier_key !== formatVerifierKey(key)) {
    throw new IpcError('E_LEDGER', 'the log key is not the one that the log names', { found: 'log_key' })
  }
  seed.fill(0)
  return { deviceId, key, sign: signer.sign }
}
