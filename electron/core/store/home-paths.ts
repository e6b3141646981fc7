import { createHash } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryEnding } from './durable-file.ts'

export type AccountPaths = { readonly dir: string; readonly store: string; readonly index: string }

/** Every place in a home that keys and databases live in. */
export type HomePaths = {
  readonly home: string
  readonly kek: string
  readonly keysA: string
  readonly keysB: string
  readonly ledger: string
  readonly lock: string
  readonly accounts: string
  account(id: string): AccountPaths
}

/** A folder name that says nothing about the account and is legal everywhere: 32 hex digits of a hash. */
export const accountFolder = (id: string): string =>
  createHash('sha256').update(`candor/account/${id}`).digest('hex').slice(0, 32)

export const homePaths = (home: string): HomePaths => {
  const accounts = join(home, 'accounts')
  return {
    home,
    kek: join(home, 'kek.json'),
    keysA: join(home, 'keys.a'),
    keysB: join(home, 'keys.b'),
    ledger: join(home, 'ledger.db'),
    lock: join(home, 'home.lock'),
    accounts,
    account: (id) => {
      const dir = join(accounts, accountFolder(id))
      return { dir, store: join(dir, 'store.db'), index: join(dir, 'index.db') }
    },
  }
}

/** Names of the account folders that exist; their ids cannot be read back from them. */
export const listAccountFolders = (paths: HomePaths): string[] =>
  existsSync(paths.accounts)
    ? readdirSync(paths.accounts, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => entry.name)
    : []

/**
 * Databases that were written under this home's keys. `index.db` is not among them: it can be rebuilt, so it never makes a
 * missing key file an error by itself.
 */
export const listStoreFiles = (paths: HomePaths): string[] =>
  [paths.ledger, ...listAccountFolders(paths).map((name) => join(paths.accounts, name, 'store.db'))].filter((path) =>
    existsSync(path),
  )

export type HomeFile = { readonly path: string; readonly kind: 'keys' | 'database' | 'journal' | 'lock' | 'temporary' }

const databaseFiles = (path: string): HomeFile[] => [
  { path, kind: 'database' },
  { path: `${path}-wal`, kind: 'journal' },
  { path: `${path}-shm`, kind: 'journal' },
  // What SQLite puts beside a file while it is being made.
  ...['', '-journal', '-wal', '-shm'].map((ending): HomeFile => ({
    path: path + temporaryEnding + ending,
    kind: 'temporary',
  })),
]

/** Every file that this part of the program may write in a home, existing or not; for `candor paths`. */
export const listHomeFiles = (paths: HomePaths): HomeFile[] => [
  ...[paths.kek, paths.keysA, paths.keysB].flatMap((path): HomeFile[] => [
    { path, kind: 'keys' },
    { path: path + temporaryEnding, kind: 'temporary' },
  ]),
  ...databaseFiles(paths.ledger),
  { path: paths.lock, kind: 'lock' },
  ...listAccountFolders(paths).flatMap((name) =>
    ['store.db', 'index.db'].flatMap((file) => databaseFiles(join(paths.accounts, name, file))),
  ),
]
