import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { OpenAccount, OpenVault } from '../../electron/core/context.ts'
import { homePaths } from '../../electron/core/store/home-paths.ts'
import { decryptJournal, decryptPages } from '../../electron/core/store/decrypt-pages.ts'
import { decodeKey, slotLength } from '../../electron/core/keys/slot-format.ts'
import { openBox } from '../../electron/core/keys/sealed-box.ts'
import { aad } from '../../electron/core/keys/sealed-columns.ts'
import { erasureRegistry } from '../../electron/core/retention/erasure-registry.ts'
import type { RetentionHome } from './retention-home.ts'
import { encodeGbk } from '../fixtures/resumes/encode-gbk.ts'

/** Something to look through: where it was found, and its bytes. */
export type Haystack = { readonly where: string; readonly bytes: Buffer }
/** Something to look for, by its name. */
export type Needle = { readonly name: string; readonly bytes: Buffer }

/** Every file below a folder, relative to it. */
export const listFiles = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort()

export const rawFiles = (folder: string): Haystack[] =>
  listFiles(folder).map((name) => ({ where: name, bytes: readFileSync(join(folder, name)) }))

/** Every page and every journal frame, old ones included, of the three databases: read with the keys, without SQLite. */
export const decryptedPages = (folder: string, keys: OpenVault['keys'], account: string): Haystack[] => {
  const paths = homePaths(folder)
  const files = [
    { name: 'store', path: paths.account(account).store, key: keys.storeKey(account) },
    { name: 'index', path: paths.account(account).index, key: keys.indexKey(account) },
    { name: 'ledger', path: paths.ledger, key: keys.ledgerKey() },
  ]
  return files.flatMap(({ name, path, key }) => {
    const file = readFileSync(path)
    const journal = existsSync(`${path}-wal`) ? readFileSync(`${path}-wal`) : Buffer.alloc(0)
    return [
      // One piece, so that what runs over the end of a page is found where pages follow each other.
      { where: `${name} pages`, bytes: Buffer.concat([...decryptPages(file, key)].map((page) => page.bytes)) },
      {
        where: `${name} journal`,
        bytes: Buffer.concat([...decryptJournal(journal, file, key)].map((page) => page.bytes)),
      },
    ]
  })
}

const percent = (bytes: Buffer): string => [...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')
const escapes = (text: string): string =>
  Array.from({ length: text.length }, (_, i) => `\\u${text.charCodeAt(i).toString(16).padStart(4, '0')}`).join('')

/** The part of a base64 text that does not depend on what stands before and after, for each of the three alignments. */
const base64Middles = (bytes: Buffer): string[] =>
  [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replaceAll('=', '')
    return text.slice(shift === 0 ? 0 : shift + 1, text.length - 2)
  })

/** A text in every form in which it might lie somewhere. */
export const needlesOf = (text: string): Needle[] => {
  const utf8 = Buffer.from(text)
  const texts: Array<readonly [string, string]> = [
    ...base64Middles(utf8).map((middle): readonly [string, string] => ['base64', middle]),
    ['hex', utf8.toString('hex')],
    ['HEX', utf8.toString('hex').toUpperCase()],
    ['percent', percent(utf8)],
    ['PERCENT', percent(utf8).toUpperCase()],
    ['json', escapes(text)],
  ]
  return [
    { name: `${text} (utf-8)`, bytes: utf8 },
    { name: `${text} (utf-16)`, bytes: Buffer.from(text, 'utf16le') },
    { name: `${text} (gbk)`, bytes: encodeGbk(text) },
    ...texts.map(([form, encoded]) => ({ name: `${text} (${form})`, bytes: Buffer.from(encoded, 'latin1') })),
  ]
}

/** `needle in place` for every hit. */
export const findHits = (needles: readonly Needle[], haystacks: readonly Haystack[]): string[] =>
  haystacks.flatMap(({ where, bytes }) =>
    needles.filter((needle) => bytes.includes(needle.bytes)).map(({ name }) => `${name} in ${where}`),
  )

const account = (home: RetentionHome): OpenAccount => {
  if (home.core.account === null) throw new Error('nobody is signed in')
  return home.core.account
}
const vault = (home: RetentionHome): OpenVault => {
  if (home.core.vault === null) throw new Error('locked')
  return home.core.vault
}

/** How the additional data of each sealed column name their row. */
const rowNames: Readonly<Record<string, string>> = {
  candidate: 'record_id',
  attachment_chunk: "attachment_id || '/' || seq",
  purpose: "record_id || '/' || job_id",
  pool_member: "record_id || '/' || pool",
  aside_change: "type || '/' || id",
  correction: "record_id || '/' || field",
}

export type Sealed = { readonly table: string; readonly column: string; readonly name: string; readonly box: Buffer }

/** Every sealed column of every row, as it lies in the store. */
export const listSealed = (home: RetentionHome): Sealed[] =>
  Object.entries(erasureRegistry.store).flatMap(([table, columns]) =>
    Object.entries(columns)
      .filter(([, holding]) => holding === 'sealed')
      .flatMap(([column]) =>
        account(home)
          .store.reader.all<{ name: string; box: Uint8Array }>(
            `SELECT ${rowNames[table] ?? 'id'} AS name, ${column} AS box FROM ${table} WHERE ${column} IS NOT NULL`,
          )
          .map(({ name, box }) => ({ table, column, name, box: Buffer.from(box) })),
      ),
  )

/** Tries every key there is, as somebody with the passphrase would. */
export const openSealed = (home: RetentionHome, sealed: readonly Sealed[]): Haystack[] => {
  const { keystore } = account(home)
  const asideKey = vault(home).keys.asideKey()
  const sensitiveKey = vault(home).keys.sensitiveKey()
  const keys: Array<(place: string, box: Buffer) => Uint8Array> = [
    (place, box) => openBox(asideKey, place, box),
    ...keystore.listLive().map(
      ({ slot }) =>
        (place: string, box: Buffer) =>
          keystore.open(slot, place, box),
    ),
  ]
  return sealed.flatMap(({ table, column, name, box }) => {
    for (const open of keys) {
      try {
        const opened = open(aad(table, column, name), box)
        const inner =
          column === 'sealed_fields' ? openBox(sensitiveKey, aad(table, `${column}/inner`, name), opened) : opened
        return [{ where: `${table}.${column}`, bytes: Buffer.from(inner) }]
      } catch {
        // Another key's.
      }
    }
    return []
  })
}

/** The raw bytes of every record key, taken from the key file as the holder of the keystore's own key can. */
export const rawKeys = (home: RetentionHome, spared: ReadonlySet<string>): Needle[] => {
  const bytes = readFileSync(join(home.home, 'keys.a'))
  return vault(home)
    .keystore.listLive()
    .filter(({ slot, purpose }) => purpose !== 'subject' && !spared.has(slot))
    .flatMap(({ slot, purpose }) => {
      const at = bytes.indexOf(Buffer.from(slot, 'hex'))
      const entry = bytes.subarray(at, at + slotLength)
      const key = decodeKey(vault(home).keys.keystoreKey(), entry)
      return [
        { name: `${purpose} key`, bytes: key },
        { name: `${purpose} key in hex`, bytes: Buffer.from(key.toString('hex')) },
        // nonce, sealed key and tag, as they lay in the slot
        { name: `${purpose} key, sealed`, bytes: Buffer.from(entry.subarray(32, 32 + 60)) },
      ]
    })
}
