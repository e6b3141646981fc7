import { createHmac } from 'node:crypto'
import { withPlainDigits } from '../../shared/text/digits.ts'
import { normaliseText } from '../../shared/text/normalise-text.ts'
import type { ReadableDb, WritableDb } from '../store/database.ts'

/** Who said that a person is not to be contacted: the person, to somebody here, or the platform for them. */
export type NoContactSource = 'here' | 'hub'

/** Somebody, by what tells them again: the platform's id, and whatever ways to reach them are known. */
export type NoContactSubject = {
  readonly platform: string
  readonly id: string
  readonly contacts: ReadonlyArray<readonly [kind: 'phone' | 'email' | 'wechat', value: string | undefined]>
}

export type NoContactList = {
  has(subject: NoContactSubject): boolean
  /** Milliseconds since 1970 UTC. */
  note(subject: NoContactSubject, source: NoContactSource, at: number): void
  forget(subject: NoContactSubject, source: NoContactSource): void
}

const plain = (kind: 'phone' | 'email' | 'wechat', value: string): string => {
  const folded = normaliseText(value).text.trim().toLowerCase()
  if (kind !== 'phone') return folded
  return withPlainDigits(folded)
    .replace(/\D/gu, '')
    .replace(/^(?:00)?86(?=1\d{10}$)/u, '')
}

/** Prefixed, because tombstones are hashed with the same key. */
const hashOf = (key: Uint8Array, ...parts: readonly string[]): string =>
  createHmac('sha256', key)
    .update(['no_contact', ...parts].join('\0'))
    .digest('base64url')

const hashesOf = (key: Uint8Array, { platform, id, contacts }: NoContactSubject): string[] => [
  hashOf(key, 'id', platform, id),
  ...contacts.flatMap(([kind, value]) => {
    const text = value === undefined ? '' : plain(kind, value)
    // Short ones are shared by too many to tell anybody.
    return text.length < 5 ? [] : [hashOf(key, kind, text)]
  }),
]

/**
 * People who asked not to be contacted, as keyed hashes in the log's database, which no restore takes back: they outlive every
 * record, so that whoever comes in again comes in with the wish (MM-17). `key` is that of tombstones.
 */
export const createNoContactList = (
  db: { readonly reader: ReadableDb; readonly db: WritableDb },
  key: () => Uint8Array,
): NoContactList => ({
  // In most homes nobody is on the list, and a page holds hundreds of people.
  has: (subject) =>
    db.reader.get('SELECT 1 FROM no_contact LIMIT 1') !== undefined &&
    hashesOf(key(), subject).some(
      (hash) => db.reader.get('SELECT 1 FROM no_contact WHERE hash = ? LIMIT 1', hash) !== undefined,
    ),
  note: (subject, source, at) => {
    const hashes = hashesOf(key(), subject)
    const known = hashes.every(
      (hash) => db.reader.get('SELECT 1 FROM no_contact WHERE hash = ? AND source = ?', hash, source) !== undefined,
    )
    if (known) return
    db.db.transaction(() => {
      for (const hash of hashes) {
        db.db.run('INSERT OR IGNORE INTO no_contact (hash, source, at) VALUES (?, ?, ?)', hash, source, at)
      }
    })
  },
  forget: (subject, source) => {
    if (db.reader.get('SELECT 1 FROM no_contact LIMIT 1') === undefined) return
    const hashes = hashesOf(key(), subject)
    db.db.transaction(() => {
      for (const hash of hashes) db.db.run('DELETE FROM no_contact WHERE hash = ? AND source = ?', hash, source)
    })
  },
})
