import { createHmac, createSecretKey, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'
import { argon2id } from 'hash-wasm'
import { normalisePassphrase } from '../../shared/domain/passphrase.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { KekWrap } from './kek-format.ts'
import { wrapInKeychain, type KeychainPort } from './keychain-port.ts'
import { openBox, sealBox, nonceLength, tagLength } from './sealed-box.ts'

export type KdfCost = { readonly memory_kib: number; readonly passes: number; readonly parallelism: number }

/** RFC 9106's second recommendation for memory-constrained machines: 64 MiB, three passes, here with one lane. */
export const defaultKdfCost: KdfCost = { memory_kib: 65_536, passes: 3, parallelism: 1 }

type StoredKdf = KekWrap['kdf']

const encode = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url')
const decode = (text: string): Buffer => Buffer.from(text, 'base64url')

/** Argon2id v1.3 (RFC 9106), 32 bytes. Through WebAssembly, because Electron's own crypto library has no Argon2. */
const stretch = async (secret: Uint8Array, kdf: StoredKdf): Promise<Buffer> => {
  const bytes: Uint8Array = await argon2id({
    password: secret,
    salt: decode(kdf.salt),
    memorySize: kdf.memory_kib,
    iterations: kdf.passes,
    parallelism: kdf.parallelism,
    hashLength: 32,
    outputType: 'binary',
  })
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
}

const aadOf = (kind: KekWrap['kind'], homeId: string): string => `candor/kek/1|${kind}|${homeId}`

/** Both halves or nothing: HKDF-SHA-256 over the stretched passphrase and the key store's 32 bytes. */
const combine = (stretched: Uint8Array, half: Uint8Array, homeId: string): Buffer =>
  Buffer.from(
    hkdfSync(
      'sha256',
      Buffer.concat([stretched, half]),
      Buffer.from(homeId, 'hex'),
      'candor/1/passphrase+keychain',
      32,
    ),
  )

const newKdf = (cost: KdfCost): StoredKdf => ({ name: 'argon2id', ...cost, salt: encode(randomBytes(16)) })

const sealKek = (kind: KekWrap['kind'], homeId: string, key: Buffer, kek: Uint8Array) => {
  const box = sealBox(createSecretKey(key), aadOf(kind, homeId), kek)
  key.fill(0)
  return {
    nonce: encode(box.subarray(0, nonceLength)),
    sealed: encode(box.subarray(nonceLength, box.length - tagLength)),
    tag: encode(box.subarray(box.length - tagLength)),
  }
}

/** Null when the key does not fit: a wrong secret and a forged wrap look the same. */
const unsealKek = (wrap: KekWrap, homeId: string, key: Buffer): Buffer | null => {
  const box = Buffer.concat([decode(wrap.nonce), decode(wrap.sealed), decode(wrap.tag)])
  try {
    return Buffer.from(openBox(createSecretKey(key), aadOf(wrap.kind, homeId), box))
  } catch {
    return null
  } finally {
    key.fill(0)
  }
}

const passphraseBytes = (passphrase: string): Buffer => Buffer.from(normalisePassphrase(passphrase), 'utf8')

export type WrapTarget = { readonly kek: Uint8Array; readonly homeId: string; readonly cost: KdfCost }

export const wrapWithPassphrase = async (target: WrapTarget, passphrase: string): Promise<KekWrap> => {
  const kdf = newKdf(target.cost)
  const key = await stretch(passphraseBytes(passphrase), kdf)
  return { kind: 'passphrase', kdf, ...sealKek('passphrase', target.homeId, key, target.kek) }
}

export const wrapWithKeychain = async (
  target: WrapTarget,
  passphrase: string,
  keychain: KeychainPort,
): Promise<KekWrap> => {
  const half = randomBytes(32)
  const blob = await wrapInKeychain(keychain, half)
  const kdf = newKdf(target.cost)
  const key = combine(await stretch(passphraseBytes(passphrase), kdf), half, target.homeId)
  half.fill(0)
  return {
    kind: 'passphrase+keychain',
    kdf,
    ...sealKek('passphrase+keychain', target.homeId, key, target.kek),
    backend: keychain.backend,
    keychain: encode(blob),
  }
}

export const wrapWithRecovery = async (target: WrapTarget, secret: Uint8Array): Promise<KekWrap> => {
  const kdf = newKdf(target.cost)
  const key = await stretch(secret, kdf)
  return { kind: 'recovery', kdf, ...sealKek('recovery', target.homeId, key, target.kek) }
}

const keychainHalf = async (
  wrap: KekWrap & { kind: 'passphrase+keychain' },
  keychain: KeychainPort | undefined,
): Promise<Uint8Array> => {
  const refuse = (reason: string): IpcError =>
    new IpcError('E_PASSPHRASE', 'the key store of this system is needed too; the recovery code opens without it', {
      reason,
      backend: wrap.backend,
    })
  if (keychain === undefined) throw refuse('keychain_needed')
  if (keychain.backend !== wrap.backend) throw refuse('keychain_changed')
  const half = await keychain.unwrap(decode(wrap.keychain)).catch(() => null)
  if (half === null || half.length !== 32) throw refuse('keychain_changed')
  return half
}

/** @throws IpcError E_PASSPHRASE; `reason` in its data says when the key store is at fault and not the passphrase */
export const unwrapWithPassphrase = async (
  wrap: KekWrap,
  homeId: string,
  passphrase: string,
  keychain?: KeychainPort,
): Promise<Buffer> => {
  // Argon2 itself refuses an empty text with an error of its own; no home has one.
  if (passphrase === '') throw new IpcError('E_PASSPHRASE', 'wrong passphrase')
  const half = wrap.kind === 'passphrase+keychain' ? await keychainHalf(wrap, keychain) : null
  const stretched = await stretch(passphraseBytes(passphrase), wrap.kdf)
  const kek = unsealKek(wrap, homeId, half === null ? stretched : combine(stretched, half, homeId))
  if (kek === null) throw new IpcError('E_PASSPHRASE', 'wrong passphrase')
  return kek
}

/** @throws IpcError E_RECOVERY */
export const unwrapWithRecovery = async (wrap: KekWrap, homeId: string, secret: Uint8Array): Promise<Buffer> => {
  const kek = unsealKek(wrap, homeId, await stretch(secret, wrap.kdf))
  if (kek === null) throw new IpcError('E_RECOVERY', 'this recovery code belongs to another home or was replaced')
  return kek
}

/** HMAC-SHA-256(KEK, "check"): whoever holds the right key can say so without opening anything. */
export const keyCheck = (kek: Uint8Array): Buffer => createHmac('sha256', kek).update('check').digest()

export const matchesCheck = (kek: Uint8Array, check: string): boolean => timingSafeEqual(keyCheck(kek), decode(check))
