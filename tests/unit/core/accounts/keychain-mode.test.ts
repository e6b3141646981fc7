import { randomBytes, createCipheriv, createDecipheriv } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createHostRequests } from '../../../../electron/core/host-requests.ts'
import type { CorePort } from '../../../../electron/core/core-port.ts'
import { hostKeychain } from '../../../../electron/core/keys/host-keychain.ts'
import { createKeychain, type SafeStorage } from '../../../../electron/main/keys/keychain.ts'
import type { FromCore, ToCore } from '../../../../electron/shared/ipc/core-messages.ts'
import { IpcError } from '../../../../electron/shared/ipc/ipc-error.ts'
import { openCoreHome, passphrase, type CoreHome } from '../../../helpers/core-home.ts'
import { temporaryFolder } from '../../../helpers/temporary-folder.ts'

/** The system's key store is the only thing that is not real here: a box that opens on the machine that made it. */
const machine = (backend: string): SafeStorage => {
  const key = randomBytes(32)
  return {
    isEncryptionAvailable: () => true,
    getSelectedStorageBackend: () => backend,
    encryptString: (text) => {
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', key, nonce)
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([Buffer.from('v11'), nonce, cipher.getAuthTag(), sealed])
    },
    decryptString: (box) => {
      const decipher = createDecipheriv('aes-256-gcm', key, box.subarray(3, 15))
      decipher.setAuthTag(box.subarray(15, 31))
      return Buffer.concat([decipher.update(box.subarray(31)), decipher.final()]).toString('utf8')
    },
  }
}

/** Core's requests answered by main's own keychain, over a port that passes nothing but messages. */
const keychainOn = (storage: SafeStorage, asked: string[] = []) => {
  const main = createKeychain(storage, 'linux')
  let listener: ((message: ToCore, ports: readonly unknown[]) => void) | undefined
  const answer = async (message: Extract<FromCore, { kind: 'host_request' }>): Promise<ToCore> => {
    asked.push(message.what)
    try {
      const value =
        message.what === 'keychain_backend'
          ? await main.backend()
          : message.what === 'keychain_wrap'
            ? await main.wrap(message.value)
            : await main.unwrap(message.value)
      return { kind: 'host_answer', id: message.id, ok: true, value }
    } catch (error) {
      const own = error instanceof IpcError ? error : new IpcError('E_INTERNAL', 'x')
      return { kind: 'host_answer', id: message.id, ok: false, error: own.toShape() }
    }
  }
  const port: CorePort = {
    kind: 'node',
    send: (message) => {
      const copy = structuredClone(message)
      if (copy.kind === 'host_request') void answer(copy).then((done) => listener?.(structuredClone(done), []))
    },
    onMessage: (next) => {
      listener = next
    },
    onClosed: () => undefined,
  }
  return hostKeychain(createHostRequests(port))
}

const reopen = async (core: CoreHome, storage?: SafeStorage): Promise<CoreHome> => {
  await core.stop('quit')
  return openCoreHome(core.home, storage === undefined ? {} : { keychain: keychainOn(storage) })
}

describe('a vault that opens with passphrase and key store together', () => {
  it('opens on its own machine only; elsewhere the recovery code opens it', async () => {
    const own = machine('gnome_libsecret')
    let core = openCoreHome(temporaryFolder(), { keychain: keychainOn(own) })
    const { recovery_code: code } = await core.call('vault.create', { passphrase, keychain: true })
    await core.call('account.start_local', { name: 'hr', employer: 'x', officer: 'y' })
    core = await reopen(core, own)
    expect(await core.codeOf('vault.unlock', { passphrase: 'Rote Wälder rauschen 8 mal' })).toBe('E_PASSPHRASE')
    expect(await core.codeOf('vault.unlock', { passphrase })).toBe('none')
    core = await reopen(core, machine('gnome_libsecret'))
    expect(await core.codeOf('vault.unlock', { passphrase })).not.toBe('none')
    core = await reopen(core, machine('kwallet6'))
    expect(await core.codeOf('vault.unlock', { passphrase })).not.toBe('none')
    // The command line has no key store.
    core = await reopen(core)
    expect(await core.codeOf('vault.unlock', { passphrase })).not.toBe('none')
    expect(await core.codeOf('vault.unlock', { recovery_code: code })).toBe('none')
    expect((await core.call('system.state', {})).accounts).toHaveLength(1)
    await core.stop('quit')
  })

  it('keeps its mode when the passphrase or the code changes', async () => {
    const own = machine('gnome_libsecret')
    const next = 'Blaue Berge schweigen 9 mal'
    let core = openCoreHome(temporaryFolder(), { keychain: keychainOn(own) })
    await core.call('vault.create', { passphrase, keychain: true })
    await core.call('vault.change_passphrase', { passphrase, next })
    await core.call('vault.new_recovery_code', { passphrase: next })
    core = await reopen(core)
    expect(await core.codeOf('vault.unlock', { passphrase: next })).not.toBe('none')
    core = await reopen(core, own)
    expect(await core.codeOf('vault.unlock', { passphrase: next })).toBe('none')
    await core.stop('quit')
  })

  it('is not made where the system has none worth the name', async () => {
    for (const keychain of [keychainOn(machine('basic_text')), () => Promise.resolve(null)]) {
      const core = openCoreHome(temporaryFolder(), { keychain })
      expect(await core.codeOf('vault.create', { passphrase, keychain: true })).toBe('E_RUNTIME')
      expect((await core.call('system.state', {})).phase).toBe('notice')
      await core.stop('quit')
    }
  })

  it('is never asked for by a vault that has only a passphrase', async () => {
    const asked: string[] = []
    const core = openCoreHome(temporaryFolder(), { keychain: keychainOn(machine('gnome_libsecret'), asked) })
    await core.call('vault.create', { passphrase })
    await core.stop('quit')
    expect(asked).toEqual([])
  })
})
