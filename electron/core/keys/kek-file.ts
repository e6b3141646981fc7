import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { passphraseWeakness } from '../../shared/domain/passphrase.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { mappingErrors } from '../store/sqlite-error.ts'
import {
  homeState,
  keysMissing,
  kekVersion,
  readKekFile,
  withSum,
  writeKekFile,
  type KekFile,
  type KekWrap,
} from './kek-format.ts'
import type { KeychainPort } from './keychain-port.ts'
import {
  defaultKdfCost,
  keyCheck,
  matchesCheck,
  unwrapWithPassphrase,
  unwrapWithRecovery,
  wrapWithKeychain,
  wrapWithPassphrase,
  wrapWithRecovery,
  type KdfCost,
  type WrapTarget,
} from './kek-wrap.ts'
import { formatRecoveryCode, newRecoverySecret, parseRecoveryCode } from './recovery-code.ts'

/** What opens a home. `kek`: an unlocked vault vouches for itself. */
export type KekSecret =
  { readonly passphrase: string } | { readonly recoveryCode: string } | { readonly kek: Uint8Array }

export type OpenKek = {
  /** 32 bytes; the caller wipes them. */
  readonly kek: Uint8Array
  /** Lower-case hex, 32 digits. */
  readonly homeId: string
  /** How this home opens day by day. */
  readonly mode: 'passphrase' | 'passphrase+keychain'
}

export const assertStrong = (passphrase: string): void => {
  const weakness = passphraseWeakness(passphrase)
  if (weakness !== null) throw new IpcError('E_INPUT', 'this passphrase is too weak', { weakness })
}

const daily = (target: WrapTarget, passphrase: string, keychain: KeychainPort | undefined): Promise<KekWrap> =>
  keychain === undefined ? wrapWithPassphrase(target, passphrase) : wrapWithKeychain(target, passphrase, keychain)

const modeOf = (file: KekFile): OpenKek['mode'] =>
  file.wraps.some((wrap) => wrap.kind === 'passphrase+keychain') ? 'passphrase+keychain' : 'passphrase'

/**
 * Makes the key of a new home with its two wraps and writes `kek.json`. The recovery code is returned once and stored nowhere.
 *
 * @throws IpcError E_CONFLICT when the home has a key, E_KEYS_MISSING when it had one, E_INPUT (`weakness`), E_RUNTIME
 * (a keychain that protects nothing), E_DISK
 */
export const createKek = async (options: {
  readonly dir: string
  readonly passphrase: string
  /** Given: the passphrase opens only together with this key store. */
  readonly keychain?: KeychainPort
  readonly kdf?: KdfCost
}): Promise<OpenKek & { readonly recoveryCode: string }> => {
  const { dir, passphrase, keychain, kdf: cost = defaultKdfCost } = options
  assertStrong(passphrase)
  const state = homeState(dir)
  if (state === 'keys_missing') throw keysMissing('kek.json')
  if (state === 'ready') throw new IpcError('E_CONFLICT', 'this home has a key already')
  const kek = randomBytes(32)
  const homeId = randomBytes(16).toString('hex')
  const secret = newRecoverySecret()
  const target: WrapTarget = { kek, homeId, cost }
  const wraps = [await daily(target, passphrase, keychain), await wrapWithRecovery(target, secret)]
  mappingErrors(() => mkdirSync(dir, { recursive: true, mode: 0o700 }))
  writeKekFile(dir, {
    format: 'candor-kek',
    version: kekVersion,
    home_id: homeId,
    wraps,
    check: keyCheck(kek).toString('base64url'),
  })
  const mode = keychain === undefined ? 'passphrase' : 'passphrase+keychain'
  return { kek, homeId, mode, recoveryCode: formatRecoveryCode(secret) }
}

const unwrap = async (file: KekFile, secret: KekSecret, keychain: KeychainPort | undefined): Promise<Uint8Array> => {
  if ('kek' in secret) return Buffer.from(secret.kek)
  if ('recoveryCode' in secret) {
    const code = parseRecoveryCode(secret.recoveryCode)
    const wrap = file.wraps.find(({ kind }) => kind === 'recovery')
    if (wrap === undefined) throw new IpcError('E_RECOVERY', 'this key file has no recovery code')
    return unwrapWithRecovery(wrap, file.home_id, code)
  }
  const wrap = file.wraps.find(({ kind }) => kind !== 'recovery')
  if (wrap === undefined) throw new IpcError('E_PASSPHRASE', 'this key file opens with the recovery code only')
  return unwrapWithPassphrase(wrap, file.home_id, secret.passphrase, keychain)
}

/**
 * Opens a key file that was read before, from a home or from beside a backup.
 *
 * @throws IpcError E_PASSPHRASE, E_RECOVERY, E_DAMAGED (the key does not fit its own check value)
 */
export const openKekFile = async (file: KekFile, secret: KekSecret, keychain?: KeychainPort): Promise<OpenKek> => {
  const kek = await unwrap(file, secret, keychain)
  if (!matchesCheck(kek, file.check)) {
    kek.fill(0)
    if ('kek' in secret) throw new IpcError('E_PASSPHRASE', 'this key belongs to another home')
    throw new IpcError('E_DAMAGED', 'kek.json is damaged', { file: 'kek.json', reason: 'check' })
  }
  return { kek, homeId: file.home_id, mode: modeOf(file) }
}

/** @throws IpcError those of `openKekFile`, and E_KEYS_MISSING, E_NOT_FOUND (a home never set up), E_NEWER, E_DISK */
export const openKek = async (options: {
  readonly dir: string
  readonly secret: KekSecret
  readonly keychain?: KeychainPort
}): Promise<OpenKek> => openKekFile(readKekFile(options.dir), options.secret, options.keychain)

/** Replaces the wraps of some kinds by one new wrap; the key itself and all other wraps stay. */
const replaceWrap = (dir: string, file: KekFile, wrap: KekWrap): void => {
  const { sum: _sum, ...rest } = file
  const others = file.wraps.filter(({ kind }) => (kind === 'recovery') !== (wrap.kind === 'recovery'))
  writeKekFile(dir, { ...rest, wraps: wrap.kind === 'recovery' ? [...others, wrap] : [wrap, ...others] })
}

/**
 * Rewraps the key under a new passphrase; nothing else is encrypted anew. With `mode` it also changes whether the
 * system's key store is needed (`passphrase+keychain` wants `keychain`).
 *
 * @throws IpcError those of `openKek`, E_INPUT (`weakness`), E_RUNTIME; the old passphrase then still opens
 */
export const changePassphrase = async (options: {
  readonly dir: string
  readonly secret: KekSecret
  readonly passphrase: string
  readonly keychain?: KeychainPort
  readonly mode?: OpenKek['mode']
  readonly kdf?: KdfCost
}): Promise<void> => {
  const { dir, secret, passphrase, keychain, kdf: cost = defaultKdfCost } = options
  assertStrong(passphrase)
  const file = readKekFile(dir)
  const { kek, homeId, mode: current } = await openKekFile(file, secret, keychain)
  const withKeychain = (options.mode ?? current) === 'passphrase+keychain'
  try {
    if (withKeychain && keychain === undefined) {
      throw new IpcError('E_RUNTIME', 'this setting needs the key store of the system', { backend: 'none' })
    }
    replaceWrap(dir, file, await daily({ kek, homeId, cost }, passphrase, withKeychain ? keychain : undefined))
  } finally {
    kek.fill(0)
  }
}

/** Makes a new recovery code and ends the old one for this home; key files beside older backups keep theirs. */
export const renewRecoveryCode = async (options: {
  readonly dir: string
  readonly secret: KekSecret
  readonly keychain?: KeychainPort
  readonly kdf?: KdfCost
}): Promise<{ readonly recoveryCode: string }> => {
  const { dir, secret, keychain, kdf: cost = defaultKdfCost } = options
  const file = readKekFile(dir)
  const { kek, homeId } = await openKekFile(file, secret, keychain)
  const recoverySecret = newRecoverySecret()
  try {
    replaceWrap(dir, file, await wrapWithRecovery({ kek, homeId, cost }, recoverySecret))
  } finally {
    kek.fill(0)
  }
  return { recoveryCode: formatRecoveryCode(recoverySecret) }
}

/**
 * Writes the key file of a new home from one that travelled with a backup: its recovery code stays, and a passphrase comes beside it.
 *
 * @throws IpcError E_INPUT (`weakness`), E_CONFLICT, E_KEYS_MISSING, E_DISK
 */
export const adoptKek = async (options: {
  readonly dir: string
  readonly file: KekFile
  readonly kek: Uint8Array
  readonly passphrase: string
  readonly kdf?: KdfCost
}): Promise<void> => {
  const { dir, file, kek, passphrase, kdf: cost = defaultKdfCost } = options
  assertStrong(passphrase)
  const state = homeState(dir)
  if (state === 'keys_missing') throw keysMissing('kek.json')
  if (state === 'ready') throw new IpcError('E_CONFLICT', 'this home has a key already')
  const { sum: _sum, ...rest } = recoveryPart(file)
  const wrap = await wrapWithPassphrase({ kek, homeId: file.home_id, cost }, passphrase)
  writeKekFile(dir, { ...rest, wraps: [wrap, ...rest.wraps] })
}

/** The key file that may travel with a backup: only the recovery wrap, so that no passphrase can be tried on it. */
export const recoveryPart = (file: KekFile): KekFile => {
  const { sum: _sum, ...rest } = file
  return withSum({ ...rest, wraps: file.wraps.filter(({ kind }) => kind === 'recovery') })
}
