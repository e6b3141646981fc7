import { spawnSync } from 'node:child_process'
import { argon2Sync, createDecipheriv, hkdfSync } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, test, type TestContext } from 'vitest'
import { createKek } from '../../electron/core/keys/kek-file.ts'
import { keyHierarchy } from '../../electron/core/keys/key-hierarchy.ts'
import { applicationIds } from '../../electron/core/store/connection-pragmas.ts'
import { decryptJournal, decryptPages } from '../../electron/core/store/decrypt-pages.ts'
import { homePaths } from '../../electron/core/store/home-paths.ts'
import type { Migration } from '../../electron/core/store/migrate.ts'
import { openDatabase } from '../../electron/core/store/open-store.ts'
import { sqlcipherProgram } from '../../scripts/setup/sqlcipher.mjs'
import { errorCodeOf } from '../helpers/error-code.ts'
import { keptAccount, openKeptAccount } from '../helpers/kept-account.ts'
import { monday } from '../helpers/sync-place.ts'
import { applicationChange, candidateChange, jobChange } from '../helpers/sync-records.ts'
import { retentionHome } from '../helpers/retention-home.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

const passphrase = 'an auditor knows this one'
const account = 'hr@example'
const name = '欧阳不存在'
const phone = '13800138000'
const migrations: readonly Migration[] = [
  { version: 1, name: 'first', up: (connection) => connection.exec('CREATE TABLE person (name TEXT, phone TEXT)') },
]

/** A home with a store of 500 people, as the program makes it; `close` leaves it as a quit does. */
const prepared = async () => {
  const home = temporaryFolder()
  const { kek, homeId } = await createKek({ dir: home, passphrase, kdf: { memory_kib: 64, passes: 2, parallelism: 1 } })
  const keys = keyHierarchy(kek, homeId)
  const path = homePaths(home).account(account).store
  const store = openDatabase({ path, key: keys.storeKey(account), profile: 'store', migrations })
  store.db.transaction(() => {
    for (let index = 0; index < 500; index += 1)
      store.db.run('INSERT INTO person VALUES (?, ?)', `${name}${index}`, phone)
  })
  return { home, path, key: Buffer.from(keys.storeKey(account)), close: () => store.close() }
}

/** The store's key from the passphrase, by `docs/formats.md` and Node's own primitives, with none of the program's code. */
const keyAsAuditor = (home: string): Buffer => {
  const file = JSON.parse(readFileSync(join(home, 'kek.json'), 'utf8'))
  const wrap = file.wraps.find((each: { kind: string }) => each.kind === 'passphrase')
  const bytes = (text: string): Buffer => Buffer.from(text, 'base64url')
  const wrapKey = argon2Sync('argon2id', {
    message: Buffer.from(passphrase.normalize('NFKC')),
    nonce: bytes(wrap.kdf.salt),
    memory: wrap.kdf.memory_kib,
    passes: wrap.kdf.passes,
    parallelism: wrap.kdf.parallelism,
    tagLength: 32,
  })
  const decipher = createDecipheriv('aes-256-gcm', wrapKey, bytes(wrap.nonce))
  decipher.setAAD(Buffer.from(`candor/kek/1|passphrase|${file.home_id}`))
  decipher.setAuthTag(bytes(wrap.tag))
  const kek = Buffer.concat([decipher.update(bytes(wrap.sealed)), decipher.final()])
  return Buffer.from(hkdfSync('sha256', kek, Buffer.from(file.home_id, 'hex'), `candor/1/store/${account}`, 32))
}

const decryptedCopy = (path: string, key: Buffer): string => {
  const copy = join(temporaryFolder(), 'plain.db')
  writeFileSync(copy, Buffer.concat([...decryptPages(readFileSync(path), key)].map(({ bytes }) => bytes)))
  return copy
}

const shell = (path: string, sql: string) => spawnSync(sqlcipherProgram(), [path], { input: sql, encoding: 'utf8' })
const shellVersion = shell(':memory:', 'PRAGMA cipher_version;')
const needShell = (context: TestContext, major: number): void => {
  if (shellVersion.error !== undefined) context.skip('no sqlcipher on this system (Debian: apt-get install sqlcipher)')
  const found = shellVersion.stdout.trim()
  if (Number.parseInt(found, 10) < major)
    context.skip(`sqlcipher ${found} here: it cannot read the format of SQLCipher 4`)
}

const withKey = (path: string, key: Buffer, sql: string) =>
  shell(path, `PRAGMA key = "x'${key.toString('hex')}'"; ${sql}`)
const notADatabase = expect.stringMatching(/file is not a database/)

/** The three files of a home with forty candidates and three entries in the log, as a quit leaves them. */
const homeOfThree = async () => {
  const home = temporaryFolder()
  const opened = await openKeptAccount(home, passphrase, () => monday)
  const ids = Array.from({ length: 40 }, (_, index) => String(index))
  opened.apply([
    jobChange('job-1'),
    ...ids.map((id) => candidateChange(`cand-${id}`)),
    ...ids.map((id) => applicationChange(`app-${id}`, `cand-${id}`)),
  ])
  await opened.indexer.settle()
  const before = opened.vault.ledger.size()
  opened.vault.ledger.append(
    opened.actor,
    ['1', '2', '3'].map((id) => ({
      action: 'view',
      outcome: 'shown',
      subject: { platform: 'zhaopin', id: `cand-${id}` },
    })),
  )
  const { account: pathsOf, ledger } = homePaths(home)
  const { keys } = opened.vault
  const [store, index] = [keys.storeKey(keptAccount), keys.indexKey(keptAccount)]
  const files = [
    {
      path: pathsOf(keptAccount).store,
      key: Buffer.from(store),
      counts: { sql: 'SELECT count(*), min(platform_id) FROM candidate;', rows: ['40|cand-0'] },
    },
    {
      path: pathsOf(keptAccount).index,
      key: Buffer.from(index),
      counts: {
        sql: "SELECT count(*) FROM list_row WHERE city = '上海'; SELECT count(*) FROM document_text WHERE text LIKE '%八年经验%';",
        rows: ['40', '40'],
      },
    },
    {
      path: ledger,
      key: Buffer.from(keys.ledgerKey()),
      counts: {
        sql: 'SELECT count(*), sum(entry LIKE \'%"action":"view"%\') FROM entry_202603;',
        rows: [`${before + 3}|3`],
      },
    },
  ]
  await opened.close()
  return files
}

/** Bits of entropy a byte. */
const entropy = (bytes: Buffer): number => {
  const counts = new Array<number>(256).fill(0)
  for (const byte of bytes) counts[byte]! += 1
  return counts.reduce(
    (sum, count) => (count === 0 ? sum : sum - (count / bytes.length) * Math.log2(count / bytes.length)),
    0,
  )
}

describe('the store file, read by others', () => {
  test('[ZP-93] [WZ-30] [MM-35] with the passphrase and the documentation an auditor reads every row', async () => {
    const { home, path, key, close } = await prepared()
    close()
    const found = keyAsAuditor(home)
    expect(found.equals(key)).toBe(true)
    const copy = decryptedCopy(path, found)
    const reader = new DatabaseSync(copy, { readOnly: true })
    expect(reader.prepare('SELECT count(*) AS n, min(name) AS name FROM person').get()).toEqual({
      n: 500,
      name: `${name}0`,
    })
    expect(reader.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' })
    reader.close()
  })

  test('another program reads the decrypted pages', async (context) => {
    needShell(context, 3)
    const { path, key, close } = await prepared()
    close()
    const { stdout, stderr } = shell(decryptedCopy(path, key), 'PRAGMA integrity_check; SELECT count(*) FROM person;')
    expect([stdout.trim(), stderr]).toEqual(['ok\n500', ''])
  })

  test('SQLCipher 4 reads store, index and log with their raw keys, and not without', async (context) => {
    needShell(context, 4)
    const files = await homeOfThree()
    for (const { path, key, counts } of files) {
      const read = withKey(path, key, `PRAGMA cipher_integrity_check; PRAGMA integrity_check; ${counts.sql}`)
      // The first check is silent when every page's HMAC is right.
      expect([read.stdout.trim().split('\n'), read.stderr]).toEqual([['ok', 'ok', ...counts.rows], ''])
      const others = files.filter((other) => other.path !== path).map((other) => other.key)
      for (const wrong of [Buffer.alloc(32), ...others])
        expect(withKey(path, wrong, counts.sql)).toMatchObject({ stdout: 'ok\n', stderr: notADatabase })
      expect(shell(path, counts.sql)).toMatchObject({ stdout: '', stderr: notADatabase })
    }
  })

  test('[ZP-82] SQLCipher 4 reads a backup with the raw key of its store, and not without', async (context) => {
    needShell(context, 4)
    const home = await retentionHome()
    await home.intake(await home.newJob(), { name })
    const { account, vault } = home.core
    if (account === null || vault === null) throw new Error('nobody is signed in')
    const path = join(temporaryFolder(), 'backup')
    await account.backups.once(path)
    const sql = 'PRAGMA cipher_integrity_check; PRAGMA integrity_check; SELECT count(*) FROM candidate;'
    const read = withKey(path, Buffer.from(vault.keys.storeKey('local')), sql)
    expect([read.stdout.trim().split('\n'), read.stderr]).toEqual([['ok', 'ok', '1'], ''])
    expect(withKey(path, Buffer.alloc(32), sql).stderr).toEqual(notADatabase)
  })

  test('SQLCipher 4 notices one flipped bit in any of them', async (context) => {
    needShell(context, 4)
    for (const { path, key } of await homeOfThree()) {
      const file = readFileSync(path)
      const page = Math.floor(file.length / 4096 / 2)
      file[page * 4096 + 2000]! ^= 1
      writeFileSync(path, file)
      expect(withKey(path, key, 'PRAGMA cipher_integrity_check;').stdout).toBe(
        `ok\nHMAC verification failed for page ${page + 1}\n`,
      )
    }
  })

  test('a file that SQLCipher 4 has written opens here', (context) => {
    needShell(context, 4)
    const path = join(temporaryFolder(), 'theirs.db')
    const key = Buffer.alloc(32, 5)
    const { stderr } = withKey(
      path,
      key,
      `PRAGMA application_id = ${applicationIds.store}; PRAGMA user_version = 1;
       CREATE TABLE person (name TEXT, phone TEXT); INSERT INTO person VALUES ('${name}', '${phone}');`,
    )
    expect(stderr).toBe('')
    expect(errorCodeOf(() => openDatabase({ path, key: Buffer.alloc(32), profile: 'store', migrations }))).toBe(
      'E_DAMAGED',
    )
    const store = openDatabase({ path, key, profile: 'store', migrations })
    expect(store.reader.all('SELECT * FROM person')).toEqual([{ name, phone }])
    store.close()
  })

  test('[ZP-93] [WZ-30] [MM-35] without the key, file and journal are noise; with it they are not', async () => {
    const { path, key, close } = await prepared()
    const [file, journal] = [readFileSync(path), readFileSync(`${path}-wal`)]
    expect(journal.length).toBeGreaterThan(32 + 4096)
    const frames = [...decryptJournal(journal, file, key)]
    close()
    const settled = readFileSync(path)
    const texts = [name, phone, 'person', 'CREATE TABLE', 'SQLite format 3'].flatMap((text) => [
      Buffer.from(text, 'utf8'),
      Buffer.from(text, 'utf16le'),
    ])
    for (const bytes of [file, journal, settled]) {
      for (const text of texts) expect(bytes.includes(text)).toBe(false)
    }
    expect(entropy(settled)).toBeGreaterThan(7.9)
    // The same search finds everything once the pages are decrypted, so it would have found it above.
    const plain = readFileSync(decryptedCopy(path, key))
    for (const text of [name, phone, 'CREATE TABLE']) {
      expect(plain.includes(Buffer.from(text))).toBe(true)
      expect(frames.some(({ bytes }) => bytes.includes(Buffer.from(text)))).toBe(true)
    }
    expect(entropy(plain)).toBeLessThan(7)
  })

  test('a wrong key or one flipped bit in any page is noticed', async () => {
    const { path, key, close } = await prepared()
    close()
    const file = readFileSync(path)
    const all = (bytes: Buffer, with_: Buffer) => errorCodeOf(() => [...decryptPages(bytes, with_)])
    expect(all(file, key)).toBe('none')
    expect(all(file, Buffer.alloc(32))).toBe('E_DAMAGED')
    for (let at = 0; at < file.length; at += 1021) {
      const bent = Buffer.from(file)
      bent[at]! ^= 1
      expect(all(bent, key)).toBe('E_DAMAGED')
    }
    expect(all(file.subarray(0, file.length - 1), key)).toBe('E_DAMAGED')
  })

  test('a deleted row leaves no byte in any decrypted page or frame', async () => {
    const { path, key, close } = await prepared()
    close()
    const store = openDatabase({ path, key, profile: 'store', migrations })
    const gone = `${name}7${'x'.repeat(6000)}`
    store.db.run('INSERT INTO person VALUES (?, ?)', gone, phone)
    const has = (): boolean => {
      const [file, journal] = [readFileSync(path), readFileSync(`${path}-wal`)]
      return [...decryptPages(file, key), ...decryptJournal(journal, file, key)].some(({ bytes }) =>
        bytes.includes(Buffer.from('x'.repeat(100))),
      )
    }
    expect(has()).toBe(true)
    store.db.run('DELETE FROM person WHERE name = ?', gone)
    store.connection.pragma('wal_checkpoint(TRUNCATE)')
    expect(has()).toBe(false)
    store.close()
  })
})
