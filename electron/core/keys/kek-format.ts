import canonicalize from 'canonicalize'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { writeDurably } from '../store/durable-file.ts'
import { homePaths, listStoreFiles } from '../store/home-paths.ts'
import { mapSqliteError, mappingErrors } from '../store/sqlite-error.ts'

/** `kek.json`, version 1; described byte by byte in `docs/formats.md`. */
export const kekVersion = 1

const base64url = (length: number) =>
  z.base64url().refine((text) => Buffer.from(text, 'base64url').length === length, `must be ${length} bytes`)

/** Bounds keep a planted file from taking all memory or hours of time. */
const kdf = z.strictObject({
  name: z.literal('argon2id'),
  memory_kib: z.int().min(8).max(1_048_576),
  passes: z.int().min(1).max(64),
  parallelism: z.int().min(1).max(16),
  salt: base64url(16),
})

const sealing = { kdf, nonce: base64url(12), sealed: base64url(32), tag: base64url(16) }

const wrap = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('passphrase'), ...sealing }),
  z.strictObject({
    kind: z.literal('passphrase+keychain'),
    ...sealing,
    backend: z.string().min(1).max(64),
    /** 32 random bytes as the key store sealed them. */
    keychain: z.base64url().min(1).max(16_384),
  }),
  z.strictObject({ kind: z.literal('recovery'), ...sealing }),
])
export type KekWrap = z.infer<typeof wrap>

const kekFile = z.strictObject({
  format: z.literal('candor-kek'),
  version: z.literal(kekVersion),
  home_id: z.string().regex(/^[0-9a-f]{32}$/),
  wraps: z.array(wrap).min(1).max(8),
  check: base64url(32),
  sum: z.string().regex(/^[0-9a-f]{64}$/),
})
export type KekFile = z.infer<typeof kekFile>

/** SHA-256 of the canonical JSON (RFC 8785) without `sum`: tells a damaged file from a wrong passphrase. Not a secret. */
const sumOf = (file: Omit<KekFile, 'sum'>): string =>
  createHash('sha256')
    .update(canonicalize(file) ?? '')
    .digest('hex')

export const withSum = (file: Omit<KekFile, 'sum'>): KekFile => ({ ...file, sum: sumOf(file) })

const damaged = (reason: string): IpcError =>
  new IpcError('E_DAMAGED', 'kek.json is damaged', { file: 'kek.json', reason })

/** @throws IpcError E_NEWER for a version that this program does not know, E_DAMAGED for everything else that does not fit */
export const parseKekFile = (text: string): KekFile => {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw damaged('not_json')
  }
  const head = z.object({ format: z.literal('candor-kek'), version: z.int() }).safeParse(json)
  if (!head.success) throw damaged('not_a_kek_file')
  if (head.data.version > kekVersion) {
    throw new IpcError('E_NEWER', 'written by a newer Candor', { found: head.data.version, known: kekVersion })
  }
  const parsed = kekFile.safeParse(json)
  if (!parsed.success) throw damaged('shape')
  const { sum, ...rest } = parsed.data
  if (sum !== sumOf(rest)) throw damaged('sum')
  return parsed.data
}

/** `new`: nothing here yet. `keys_missing`: something was written under a key whose file is gone. */
export const homeState = (home: string): 'new' | 'ready' | 'keys_missing' => {
  const paths = homePaths(home)
  if (existsSync(paths.kek)) return 'ready'
  return existsSync(paths.keysA) || existsSync(paths.keysB) || listStoreFiles(paths).length > 0 ? 'keys_missing' : 'new'
}

export const keysMissing = (file: string): IpcError =>
  new IpcError('E_KEYS_MISSING', 'a store lies here, but its key file does not', { file })

/** @throws IpcError E_KEYS_MISSING, E_NOT_FOUND (an empty home), E_DAMAGED, E_NEWER, E_DISK */
export const readKekFile = (home: string): KekFile => {
  let text: string
  try {
    text = readFileSync(homePaths(home).kek, 'utf8')
  } catch (error) {
    const state = homeState(home)
    if (state === 'keys_missing') throw keysMissing('kek.json')
    if (state === 'new') throw new IpcError('E_NOT_FOUND', 'this home has not been set up')
    throw mapSqliteError(error)
  }
  return parseKekFile(text)
}

export const writeKekFile = (home: string, file: Omit<KekFile, 'sum'>): void => {
  mappingErrors(() => writeDurably(homePaths(home).kek, Buffer.from(JSON.stringify(withSum(file), null, 2) + '\n')))
}
