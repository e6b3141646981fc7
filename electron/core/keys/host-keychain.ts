import type { AskHost } from '../host-requests.ts'
import type { KeychainPort } from './keychain-port.ts'

const text = (answer: Awaited<ReturnType<AskHost>>): string => {
  if (typeof answer !== 'string') throw new TypeError('the host answered something else')
  return answer
}

/**
 * The system's key store behind main. Null where it is none, or one that protects nothing: main looks at the backend and at
 * what it writes.
 */
export const hostKeychain = (ask: AskHost) => async (): Promise<KeychainPort | null> => {
  const found = await ask('keychain_backend', '')
  if (typeof found === 'string' || !found.available) return null
  const pass = async (what: 'keychain_wrap' | 'keychain_unwrap', bytes: Uint8Array): Promise<Uint8Array> =>
    Buffer.from(text(await ask(what, Buffer.from(bytes).toString('base64'))), 'base64')
  return {
    backend: found.backend,
    wrap: (bytes) => pass('keychain_wrap', bytes),
    unwrap: (bytes) => pass('keychain_unwrap', bytes),
  }
}
