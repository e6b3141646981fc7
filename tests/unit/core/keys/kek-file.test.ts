import { argon2Sync, createDecipheriv, createHmac, randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { argon2id } from 'hash-wasm'
import { describe, expect, test } from 'vitest'
import {
  changePassphrase,
  createKek,
  openKek,
  openKekFile,
  recoveryPart,
  renewRecoveryCode,
} from '../../../../electron/core/keys/kek-file.ts'
import { parseKekFile, readKekFile, withSum } from '../../../../electron/core/keys/kek-format.ts'
import type { KeychainPort } from '../../../../electron/core/keys/keychain-port.ts'
import { formatRecoveryCode } from '../../../../electron/core/keys/recovery-code.ts'
import { homePaths } from '../../../../electron/core/store/home-paths.ts'
import { errorCodeOf, rejectionCodeOf } from '../../../helpers/error-code.ts'
import { temporaryFolder } from '../../../helpers/temporary-folder.ts'

const kdf = { memory_kib: 8, passes: 1, parallelism: 1 } as const
const passphrase = '一个足够长的口令 1'
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
const kekPath = (dir: string): string => homePaths(dir).kek

/** A key store that works like the real ones: what it sealed, only it opens. */
const keychain = (backend = 'gnome_libsecret', mark = 'v11'): KeychainPort & { lost: boolean } => {
  const known = new Map<string, Uint8Array>()
  const port = {
    backend,
    lost: false,
    wrap: async (bytes: Uint8Array) => {
      const blob = Buffer.concat([Buffer.from(mark), randomBytes(48)])
      known.set(hex(blob), Buffer.from(bytes))
      return blob
    },
    unwrap: async (blob: Uint8Array) => {
      const found = port.lost ? undefined : known.get(hex(blob))
      if (found === undefined) throw new Error('not mine')
      return found
    },
  }
  return port
}

describe('Argon2id', () => {
  test.each([
    [256, 2, '9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe'],
    [65536, 2, '09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7'],
  ])('the reference implementation’s vector for %i KiB, %i passes', async (memorySize, iterations, expected) => {
    expect(
      await argon2id({
        password: 'password',
        salt: 'somesalt',
        memorySize,
        iterations,
        parallelism: 1,
        hashLength: 32,
      }),
    ).toBe(expected)
  })
})

describe('kek.json', () => {
  test('passphrase and recovery code open the same key', async () => {
    const dir = temporaryFolder()
    const made = await createKek({ dir, passphrase, kdf })
    const byPassphrase = await openKek({ dir, secret: { passphrase } })
    const byCode = await openKek({ dir, secret: { recoveryCode: made.recoveryCode.toLowerCase() } })
    expect(made.kek.length).toBe(32)
    expect([hex(byPassphrase.kek), hex(byCode.kek)]).toEqual([hex(made.kek), hex(made.kek)])
    expect(byCode).toMatchObject({ homeId: made.homeId, mode: 'passphrase' })
    expect(readdirSync(dir)).toEqual(['kek.json'])
  })

  test('neither the key nor a secret lies in the file', async () => {
    const dir = temporaryFolder()
    const { kek, recoveryCode } = await createKek({ dir, passphrase, kdf })
    const text = readFileSync(kekPath(dir), 'utf8')
    for (const secret of [
      hex(kek),
      Buffer.from(kek).toString('base64'),
      Buffer.from(kek).toString('base64url'),
      passphrase,
      recoveryCode,
      recoveryCode.replaceAll('-', ''),
    ]) {
      expect(text).not.toContain(secret)
    }
  })

  test('by default Argon2id takes 64 MiB and three passes, and other tools open the wrap as documented', async () => {
    const dir = temporaryFolder()
    const { kek, homeId } = await createKek({ dir, passphrase })
    const file = readKekFile(dir)
    const wrap = file.wraps.find(({ kind }) => kind === 'passphrase')!
    expect(wrap.kdf).toMatchObject({ name: 'argon2id', memory_kib: 65536, passes: 3, parallelism: 1 })
    const bytes = (text: string): Buffer => Buffer.from(text, 'base64url')
    const key = argon2Sync('argon2id', {
      message: Buffer.from(passphrase.normalize('NFKC')),
      nonce: bytes(wrap.kdf.salt),
      memory: wrap.kdf.memory_kib,
      passes: wrap.kdf.passes,
      parallelism: wrap.kdf.parallelism,
      tagLength: 32,
    })
    const decipher = createDecipheriv('aes-256-gcm', key, bytes(wrap.nonce))
    decipher.setAAD(Buffer.from(`candor/kek/1|passphrase|${homeId}`))
    decipher.setAuthTag(bytes(wrap.tag))
    expect(hex(Buffer.concat([decipher.update(bytes(wrap.sealed)), decipher.final()]))).toBe(hex(kek))
    expect(createHmac('sha256', kek).update('check').digest('base64url')).toBe(file.check)
  })

  test('a wrong passphrase and a wrong code have errors of their own and change nothing', async () => {
    const dir = temporaryFolder()
    await createKek({ dir, passphrase, kdf })
    const before = readFileSync(kekPath(dir))
    expect(await rejectionCodeOf(openKek({ dir, secret: { passphrase: `${passphrase}x` } }))).toBe('E_PASSPHRASE')
    expect(await rejectionCodeOf(openKek({ dir, secret: { passphrase: '' } }))).toBe('E_PASSPHRASE')
    expect(await rejectionCodeOf(openKek({ dir, secret: { recoveryCode: 'nonsense' } }))).toBe('E_RECOVERY')
    const other = formatRecoveryCode(randomBytes(16))
    expect(await rejectionCodeOf(openKek({ dir, secret: { recoveryCode: other } }))).toBe('E_RECOVERY')
    expect(readFileSync(kekPath(dir)).equals(before)).toBe(true)
  })

  test('every single damaged byte is called damage, not a wrong passphrase', async () => {
    const dir = temporaryFolder()
    await createKek({ dir, passphrase, kdf })
    const text = readFileSync(kekPath(dir), 'latin1')
    for (let index = 0; index < text.length; index += 1) {
      const bent = text.slice(0, index) + (text[index] === 'A' ? 'B' : 'A') + text.slice(index + 1)
      if (/\s/.test(text[index]!)) continue
      expect(
        errorCodeOf(() => parseKekFile(bent)),
        `byte ${index}`,
      ).toBe('E_DAMAGED')
    }
    for (const cut of ['', 'x', text.slice(0, 100), '{}', '[]', 'null', '{"format":"candor-kek"}']) {
      writeFileSync(kekPath(dir), cut)
      expect(await rejectionCodeOf(openKek({ dir, secret: { passphrase } }))).toBe('E_DAMAGED')
      expect(readFileSync(kekPath(dir), 'latin1')).toBe(cut)
    }
  })

  test('a newer version is refused as newer, costs out of bounds as damage', async () => {
    const dir = temporaryFolder()
    await createKek({ dir, passphrase, kdf })
    const { sum: _sum, ...file } = readKekFile(dir)
    expect(errorCodeOf(() => parseKekFile(JSON.stringify({ ...file, version: 2, extra: true })))).toBe('E_NEWER')
    const greedy = file.wraps.map((wrap) => ({ ...wrap, kdf: { ...wrap.kdf, memory_kib: 1 << 30 } }))
    expect(errorCodeOf(() => parseKekFile(JSON.stringify(withSum({ ...file, wraps: greedy }))))).toBe('E_DAMAGED')
  })

  test('a wrap moved to another kind or home does not open', async () => {
    const [one, two] = [temporaryFolder(), temporaryFolder()]
    await createKek({ dir: one, passphrase, kdf })
    await createKek({ dir: two, passphrase, kdf })
    const { sum: _sum, ...file } = readKekFile(one)
    const foreign = withSum({ ...file, home_id: readKekFile(two).home_id })
    expect(await rejectionCodeOf(openKekFile(foreign, { passphrase }))).toBe('E_PASSPHRASE')
    const swapped = withSum({ ...file, check: readKekFile(two).check })
    expect(await rejectionCodeOf(openKekFile(swapped, { passphrase }))).toBe('E_DAMAGED')
  })

  test('a missing key file beside anything written under it is never replaced', async () => {
    for (const name of ['ledger.db', 'keys.a', 'keys.b', 'accounts/0123/store.db']) {
      const dir = temporaryFolder()
      mkdirSync(join(dir, 'accounts/0123'), { recursive: true })
      writeFileSync(join(dir, name), 'something')
      expect(await rejectionCodeOf(openKek({ dir, secret: { passphrase } })), name).toBe('E_KEYS_MISSING')
      expect(await rejectionCodeOf(createKek({ dir, passphrase, kdf })), name).toBe('E_KEYS_MISSING')
      expect(readdirSync(dir)).not.toContain('kek.json')
    }
  })

  test('an empty home is not damaged, and an existing key is not overwritten', async () => {
    const dir = temporaryFolder()
    expect(await rejectionCodeOf(openKek({ dir, secret: { passphrase } }))).toBe('E_NOT_FOUND')
    const { kek } = await createKek({ dir, passphrase, kdf })
    expect(await rejectionCodeOf(createKek({ dir, passphrase: 'another long one', kdf }))).toBe('E_CONFLICT')
    expect(hex((await openKek({ dir, secret: { passphrase } })).kek)).toBe(hex(kek))
  })

  test('[ZP-101] a weak passphrase is refused before anything is written', async () => {
    const dir = temporaryFolder()
    expect(await rejectionCodeOf(createKek({ dir, passphrase: 'short', kdf }))).toBe('E_INPUT')
    expect(readdirSync(dir)).toEqual([])
    await createKek({ dir, passphrase, kdf })
    const change = changePassphrase({ dir, secret: { passphrase }, passphrase: '1234567890', kdf })
    expect(await rejectionCodeOf(change)).toBe('E_INPUT')
  })

  test('a changed passphrase opens the same key, the old one no longer does, the code still does', async () => {
    const dir = temporaryFolder()
    const { kek, recoveryCode } = await createKek({ dir, passphrase, kdf })
    await changePassphrase({ dir, secret: { passphrase }, passphrase: 'a new long passphrase', kdf })
    expect(await rejectionCodeOf(openKek({ dir, secret: { passphrase } }))).toBe('E_PASSPHRASE')
    expect(hex((await openKek({ dir, secret: { passphrase: 'a new long passphrase' } })).kek)).toBe(hex(kek))
    expect(hex((await openKek({ dir, secret: { recoveryCode } })).kek)).toBe(hex(kek))
    // Forgotten: the recovery code is enough to set another one.
    await changePassphrase({ dir, secret: { recoveryCode }, passphrase: 'yet another passphrase', kdf })
    expect(hex((await openKek({ dir, secret: { passphrase: 'yet another passphrase' } })).kek)).toBe(hex(kek))
    const wrong = changePassphrase({ dir, secret: { passphrase }, passphrase: 'never set at all', kdf })
    expect(await rejectionCodeOf(wrong)).toBe('E_PASSPHRASE')
  })

  test('a renewed recovery code replaces the old one; an unlocked vault vouches for itself', async () => {
    const dir = temporaryFolder()
    const { kek, recoveryCode } = await createKek({ dir, passphrase, kdf })
    const beside = recoveryPart(readKekFile(dir))
    const renewed = await renewRecoveryCode({ dir, secret: { kek }, kdf })
    expect(await rejectionCodeOf(openKek({ dir, secret: { recoveryCode } }))).toBe('E_RECOVERY')
    expect(hex((await openKek({ dir, secret: renewed })).kek)).toBe(hex(kek))
    expect(hex((await openKek({ dir, secret: { passphrase } })).kek)).toBe(hex(kek))
    expect(await rejectionCodeOf(renewRecoveryCode({ dir, secret: { kek: randomBytes(32) }, kdf }))).toBe(
      'E_PASSPHRASE',
    )
    // What went out with a backup opens with the code of its day and holds no passphrase to try.
    expect(beside.wraps.map(({ kind }) => kind)).toEqual(['recovery'])
    expect(hex((await openKekFile(parseKekFile(JSON.stringify(beside)), { recoveryCode })).kek)).toBe(hex(kek))
    expect(await rejectionCodeOf(openKekFile(beside, { passphrase }))).toBe('E_PASSPHRASE')
  })
})

describe('passphrase and keychain', () => {
  test('both are needed, and the code opens without either', async () => {
    const dir = temporaryFolder()
    const port = keychain()
    const { kek, recoveryCode } = await createKek({ dir, passphrase, keychain: port, kdf })
    const opened = await openKek({ dir, secret: { passphrase }, keychain: port })
    expect([hex(opened.kek), opened.mode]).toEqual([hex(kek), 'passphrase+keychain'])
    expect(await rejectionCodeOf(openKek({ dir, secret: { passphrase } }))).toBe('E_PASSPHRASE')
    const wrong = openKek({ dir, secret: { passphrase: 'not this one at all' }, keychain: port })
    expect(await rejectionCodeOf(wrong)).toBe('E_PASSPHRASE')
    expect(hex((await openKek({ dir, secret: { recoveryCode } })).kek)).toBe(hex(kek))
    expect(readKekFile(dir).wraps[0]).toMatchObject({ kind: 'passphrase+keychain', backend: 'gnome_libsecret' })
  })

  test('a changed or lost key store is said to be that, and is never rewrapped in silence', async () => {
    const dir = temporaryFolder()
    const port = keychain()
    const { kek, recoveryCode } = await createKek({ dir, passphrase, keychain: port, kdf })
    const before = readFileSync(kekPath(dir))
    port.lost = true
    const reason = 'keychain_changed'
    await expect(openKek({ dir, secret: { passphrase }, keychain: port })).rejects.toMatchObject({ data: { reason } })
    const other = keychain('kwallet6')
    await expect(openKek({ dir, secret: { passphrase }, keychain: other })).rejects.toMatchObject({ data: { reason } })
    expect(readFileSync(kekPath(dir)).equals(before)).toBe(true)
    await changePassphrase({ dir, secret: { recoveryCode }, passphrase, keychain: other, kdf })
    expect(hex((await openKek({ dir, secret: { passphrase }, keychain: other })).kek)).toBe(hex(kek))
    await changePassphrase({ dir, secret: { passphrase }, passphrase, keychain: other, mode: 'passphrase', kdf })
    expect(hex((await openKek({ dir, secret: { passphrase } })).kek)).toBe(hex(kek))
  })

  test.each([
    ['basic_text', 'v11'],
    ['unknown', 'v11'],
    ['gnome_libsecret', 'v10'],
    ['kwallet6', 'v10'],
  ])('%s with a %s blob is no key store', async (backend, mark) => {
    const dir = temporaryFolder()
    expect(await rejectionCodeOf(createKek({ dir, passphrase, keychain: keychain(backend, mark), kdf }))).toBe(
      'E_RUNTIME',
    )
    expect(readdirSync(dir)).toEqual([])
  })

  test.each(['dpapi', 'keychain'])('%s marks its genuine blobs v10', async (backend) => {
    const dir = temporaryFolder()
    const port = keychain(backend, 'v10')
    const { kek } = await createKek({ dir, passphrase, keychain: port, kdf })
    expect(hex((await openKek({ dir, secret: { passphrase }, keychain: port })).kek)).toBe(hex(kek))
  })

  test('a half-written key file of a crash is not read', async () => {
    const dir = temporaryFolder()
    const { kek } = await createKek({ dir, passphrase, kdf })
    writeFileSync(`${kekPath(dir)}.new`, '{"format":"candor-kek"')
    expect(hex((await openKek({ dir, secret: { passphrase } })).kek)).toBe(hex(kek))
    await changePassphrase({ dir, secret: { passphrase }, passphrase: 'a new long passphrase', kdf })
    expect(readdirSync(dir)).toEqual(['kek.json'])
    rmSync(kekPath(dir))
    expect(await rejectionCodeOf(openKek({ dir, secret: { passphrase } }))).toBe('E_NOT_FOUND')
  })
})
