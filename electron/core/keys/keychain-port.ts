import { IpcError } from '../../shared/ipc/ipc-error.ts'

/** The operating system's key store, which only main can reach; core gets it as a port. */
export type KeychainPort = {
  wrap(bytes: Uint8Array): Promise<Uint8Array>
  unwrap(bytes: Uint8Array): Promise<Uint8Array>
  /** What the system calls it: `gnome_libsecret`, `kwallet6`, …; `keychain` on macOS, `dpapi` on Windows. */
  readonly backend: string
}

/** Backends that keep nothing secret from another program or another person with the disk. */
const worthless: ReadonlySet<string> = new Set(['', 'basic_text', 'basic', 'unknown', 'none'])

/** Where Chromium writes `v10` before ciphertexts of the real key store; on Linux it marks the key built into the program. */
const v10IsGenuine: ReadonlySet<string> = new Set(['keychain', 'dpapi'])

/** @throws IpcError E_RUNTIME; the caller offers the passphrase alone instead. */
export const assertKeychain = (keychain: KeychainPort): void => {
  if (worthless.has(keychain.backend)) {
    throw new IpcError('E_RUNTIME', 'this system has no key store that protects a key', { backend: keychain.backend })
  }
}

/** Wraps bytes, and refuses a blob that was sealed with a key everybody knows although the backend sounded good. */
export const wrapInKeychain = async (keychain: KeychainPort, bytes: Uint8Array): Promise<Uint8Array> => {
  assertKeychain(keychain)
  const blob = await keychain.wrap(bytes)
  const head = Buffer.from(blob.subarray(0, 3)).toString('latin1')
  if (blob.length < bytes.length || (head === 'v10' && !v10IsGenuine.has(keychain.backend))) {
    throw new IpcError('E_RUNTIME', 'the key store answered with a key that everybody knows', {
      backend: keychain.backend,
    })
  }
  return blob
}
