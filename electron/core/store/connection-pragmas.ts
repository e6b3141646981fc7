import type Database from 'better-sqlite3'
import { IpcError } from '../../shared/ipc/ipc-error.ts'

/** The one place that names the cipher: AES-256-CBC with HMAC-SHA-512 pages, as SQLCipher 4 writes them. */
export const storeCipher = { name: 'sqlcipher', legacy: 4 } as const

export type StoreProfile = 'store' | 'index' | 'ledger'

/** "CDst", "CDix", "CDlg" as big-endian numbers: what `application_id` of each kind of file says. */
export const applicationIds: Readonly<Record<StoreProfile, number>> = {
  store: 0x43447374,
  index: 0x43446978,
  ledger: 0x43446c67,
}

/** `PRAGMA key` text for a raw key, as bytes: a string could never be wiped. */
const rawKeyLiteral = (key: Uint8Array): Buffer => {
  const literal = Buffer.alloc(3 + key.length * 2)
  literal.write("x'", 'latin1')
  for (const [index, byte] of key.entries()) {
    literal[2 + index * 2] = '0123456789abcdef'.charCodeAt(byte >> 4)
    literal[3 + index * 2] = '0123456789abcdef'.charCodeAt(byte & 15)
  }
  literal.write("'", literal.length - 1, 'latin1')
  return literal
}

/** Cipher, format and key, in this order and before anything else touches the file. */
export const applyKey = (connection: Database.Database, key: Uint8Array): void => {
  if (key.length !== 32) throw new TypeError('a store key has 32 bytes')
  connection.pragma(`cipher = '${storeCipher.name}'`)
  connection.pragma(`legacy = ${storeCipher.legacy}`)
  const cipher = connection.pragma('cipher', { simple: true })
  const legacy = Number(connection.pragma('legacy', { simple: true }))
  if (cipher !== storeCipher.name || legacy !== storeCipher.legacy) refuse('cipher')
  const literal = rawKeyLiteral(key)
  try {
    if (connection.key(literal) !== 0) refuse('key')
  } finally {
    literal.fill(0)
  }
}

const refuse = (pragma: string): never => {
  throw new IpcError('E_RUNTIME', 'the database engine does not take a setting that the promise needs', { pragma })
}

type Setting = { readonly name: string; readonly value: string | number; readonly expected: string | number }

const settings = (profile: StoreProfile, inMemory: boolean): readonly Setting[] => [
  { name: 'journal_mode', value: 'WAL', expected: inMemory ? 'memory' : 'wal' },
  // The log must be on the disk before the screen shows; rows of the others can be fetched or built again.
  profile === 'ledger'
    ? { name: 'synchronous', value: 'FULL', expected: 2 }
    : { name: 'synchronous', value: 'NORMAL', expected: 1 },
  { name: 'secure_delete', value: 'ON', expected: 1 },
  // Spills of sorts and temporary tables would lie on the disk in clear (the codec does not cover them).
  { name: 'temp_store', value: 'MEMORY', expected: 2 },
  { name: 'foreign_keys', value: 'ON', expected: 1 },
  { name: 'trusted_schema', value: 'OFF', expected: 0 },
  { name: 'cell_size_check', value: 'ON', expected: 1 },
  // Negative: kibibytes. An encrypted page costs its decryption again each time the cache loses it.
  profile === 'ledger'
    ? { name: 'cache_size', value: -8192, expected: -8192 }
    : { name: 'cache_size', value: -65536, expected: -65536 },
  { name: 'wal_autocheckpoint', value: 1000, expected: 1000 },
]

/**
 * Sets what every connection must have and reads each value back, because an engine that ignores a pragma says nothing.
 *
 * @throws IpcError E_RUNTIME naming the pragma that did not stick
 */
export const applyPragmas = (connection: Database.Database, profile: StoreProfile, inMemory: boolean): void => {
  for (const { name, value, expected } of settings(profile, inMemory)) {
    connection.pragma(`${name} = ${value}`)
    if (connection.pragma(name, { simple: true }) !== expected) refuse(name)
  }
}
