import type { KeychainBackend } from '../../shared/ipc/core-messages.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'

/** The part of Electron's `safeStorage` that is used. The synchronous half goes away in Electron 46. */
export type SafeStorage = {
  isEncryptionAvailable?(): boolean
  encryptString?(text: string): Buffer
  decryptString?(box: Buffer): string
  isAsyncEncryptionAvailable?(): Promise<boolean>
  encryptStringAsync?(text: string): Promise<Buffer>
  decryptStringAsync?(box: Buffer): Promise<{ readonly result: string }>
  getSelectedStorageBackend?(): string
}

/** The system's keychain, for the second half of the `passphrase+keychain` wrap. Bytes in base64. */
export type Keychain = {
  backend(): Promise<KeychainBackend>
  /** Throws `E_RUNTIME` where no keychain is there, rather than keep a key in a box that everybody can open. */
  wrap(bytes: string): Promise<string>
  /** Throws `E_RUNTIME` when the box is of another machine, another account or another backend. */
  unwrap(box: string): Promise<string>
}

/** Chromium's stand-ins: a password written in its source (`v10`), or none at all. Those are no keychain. */
const standIns: ReadonlySet<string> = new Set(['basic_text', 'unknown'])
const isStandInBox = (box: Buffer, platform: string): boolean =>
  platform === 'linux' && box.subarray(0, 3).toString('latin1') === 'v10'

const unavailable = (): IpcError => new IpcError('E_RUNTIME', 'this system has no keychain that Candor may rely on')

export const createKeychain = (storage: SafeStorage, platform: string): Keychain => {
  const encrypt = async (text: string): Promise<Buffer> => {
    if (storage.encryptStringAsync) return storage.encryptStringAsync(text)
    if (storage.encryptString) return storage.encryptString(text)
    throw unavailable()
  }
  const decrypt = async (box: Buffer): Promise<string> => {
    if (storage.decryptStringAsync) return (await storage.decryptStringAsync(box)).result
    if (storage.decryptString) return storage.decryptString(box)
    throw unavailable()
  }
  const selected = (): string =>
    platform === 'linux'
      ? (storage.getSelectedStorageBackend?.() ?? 'unknown')
      : platform === 'darwin'
        ? 'keychain'
        : 'dpapi'

  const isAvailable = async (): Promise<boolean> => {
    if (standIns.has(selected())) return false
    const claimed = storage.isAsyncEncryptionAvailable
      ? await storage.isAsyncEncryptionAvailable()
      : (storage.isEncryptionAvailable?.() ?? false)
    // "Available" does not mean safe: the asynchronous calls fall back to a built-in key without a word.
    return claimed && !isStandInBox(await encrypt('probe'), platform)
  }

  const guarded = async (work: () => Promise<string>): Promise<string> => {
    if (!(await isAvailable().catch(() => false))) throw unavailable()
    return work()
  }

  return {
    backend: async () => ({ available: await isAvailable().catch(() => false), backend: selected() }),
    wrap: (bytes) => guarded(async () => (await encrypt(bytes)).toString('base64')),
    unwrap: (box) =>
      guarded(async () => {
        const bytes = Buffer.from(box, 'base64')
        if (isStandInBox(bytes, platform)) throw unavailable()
        return decrypt(bytes).catch(() => {
          throw new IpcError('E_RUNTIME', 'the keychain does not open this box')
        })
      }),
  }
}
