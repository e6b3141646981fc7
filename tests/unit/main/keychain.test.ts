import { describe, expect, it } from 'vitest'
import { createKeychain } from '../../../electron/main/keys/keychain.ts'
import type { SafeStorage } from '../../../electron/main/keys/keychain.ts'

const flip = (text: string, prefix: string): Buffer => Buffer.from(prefix + [...text].reverse().join(''))
const unflip = (box: Buffer): string => [...box.toString().slice(3)].reverse().join('')

const synchronous = (prefix: string, backend: string, available = true): SafeStorage => ({
  isEncryptionAvailable: () => available,
  encryptString: (text) => flip(text, prefix),
  decryptString: unflip,
  getSelectedStorageBackend: () => backend,
})

const asynchronous = (prefix: string, backend: string, available = true): SafeStorage => ({
  ...synchronous('!!!', backend, false),
  isAsyncEncryptionAvailable: () => Promise.resolve(available),
  encryptStringAsync: (text) => Promise.resolve(flip(text, prefix)),
  decryptStringAsync: (box) => Promise.resolve({ result: unflip(box) }),
})

describe('the keychain', () => {
  it.each([
    ['synchronous', synchronous('v11', 'gnome_libsecret')],
    ['asynchronous', asynchronous('v11', 'gnome_libsecret')],
  ])('wraps and unwraps with the %s calls', async (_name, storage) => {
    const keychain = createKeychain(storage, 'linux')
    expect(await keychain.backend()).toEqual({ available: true, backend: 'gnome_libsecret' })
    const box = await keychain.wrap('a2V5')
    expect(Buffer.from(box, 'base64').toString()).toBe('v115V2a')
    expect(await keychain.unwrap(box)).toBe('a2V5')
  })

  it.each([
    ['basic_text', synchronous('v10', 'basic_text')],
    ['basic_text that claims another prefix', synchronous('v11', 'basic_text')],
    ['the built-in key of the asynchronous calls', asynchronous('v10', 'gnome_libsecret')],
    ['an unknown backend', asynchronous('v11', 'unknown')],
    ['a keychain that is not there', synchronous('v11', 'gnome_libsecret', false)],
    ['an Electron without the calls', {}],
  ])('takes %s for no keychain', async (_name, storage) => {
    const keychain = createKeychain(storage, 'linux')
    expect((await keychain.backend()).available).toBe(false)
    await expect(keychain.wrap('a2V5')).rejects.toMatchObject({ code: 'E_RUNTIME' })
    await expect(keychain.unwrap('djExNVYyYQ==')).rejects.toMatchObject({ code: 'E_RUNTIME' })
  })

  it('refuses a box that was made with the built-in key, even where a keychain is there now', async () => {
    const keychain = createKeychain(asynchronous('v11', 'gnome_libsecret'), 'linux')
    await expect(keychain.unwrap(flip('a2V5', 'v10').toString('base64'))).rejects.toMatchObject({ code: 'E_RUNTIME' })
  })

  it('hides what the system says about a box that does not open', async () => {
    const storage = {
      ...synchronous('v11', 'kwallet6'),
      decryptString: () => {
        throw new Error('secret detail')
      },
    }
    const failure = createKeychain(storage, 'linux').unwrap('djExNVYyYQ==')
    await expect(failure).rejects.toMatchObject({ code: 'E_RUNTIME' })
    await expect(failure).rejects.not.toThrow(/secret/)
  })

  it('does not mistake the prefix that Windows and macOS use too', async () => {
    for (const platform of ['win32', 'darwin']) {
      expect((await createKeychain(asynchronous('v10', ''), platform).backend()).available).toBe(true)
    }
  })
})
