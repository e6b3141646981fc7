import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { closingMark } from '../../shared/domain/closing.ts'
import { me } from '../../shared/domain/sync-records.ts'
import { permissionName, role } from '../../shared/domain/vocabulary.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { KeyHierarchy } from '../keys/key-hierarchy.ts'
import { aad } from '../keys/sealed-columns.ts'
import { openBox, sealBox } from '../keys/sealed-box.ts'
import { writeDurably } from '../store/durable-file.ts'

/** An account of this home as it is remembered between sessions. */
const registeredAccount = z.object({
  /** Names the account's folder and keys. */
  id: z.string(),
  name: z.string(),
  role,
  employer: z.string(),
  /** Empty in a local workspace. */
  hub: z.string(),
  local: z.boolean(),
  officer: z.string().optional(),
  agency: z.string().optional(),
  refresh_token: z.string().optional(),
  me: me.optional(),
  /** The rules that this person accepted last, with their confidentiality (WZ-31, WZ-32). */
  accepted: z.object({ rules: z.string(), at: z.int() }).optional(),
  /** Notices of the hub that this person has answered. */
  answered_notices: z.array(z.string()).optional(),
  /** What the account allowed itself, where that is not what it begins with (ZP-06). */
  permissions: z.partialRecord(permissionName, z.boolean()).optional(),
  /** Whether scores are shown and order lists; left out = yes (ZP-88). */
  scores: z.boolean().optional(),
  /** On its way out of this home: cancelled, or its workspace is being closed. */
  closing: closingMark.optional(),
  /** When a permission last served its purpose. */
  permission_used: z.partialRecord(permissionName, z.int()).optional(),
})
export type RegisteredAccount = z.infer<typeof registeredAccount>

const registryFile = z.object({
  version: z.literal(1),
  accounts: z.array(registeredAccount),
  current: z.string().nullable(),
})
type RegistryFile = z.infer<typeof registryFile>

export type AccountRegistry = {
  list(): readonly RegisteredAccount[]
  get(id: string): RegisteredAccount | undefined
  put(account: RegisteredAccount): void
  /** The account that was signed in last; null after a sign-out. */
  current(): RegisteredAccount | undefined
  setCurrent(id: string | null): void
}

export const registryPath = (home: string): string => join(home, 'accounts.bin')

const boxName = aad('accounts.bin', 'accounts', 'home')

/** Accounts and their refresh tokens, sealed under the token key; read and written whole. @throws IpcError E_DAMAGED */
export const openAccountRegistry = (home: string, keys: KeyHierarchy): AccountRegistry => {
  const path = registryPath(home)
  const load = (): RegistryFile => {
    if (!existsSync(path)) return { version: 1, accounts: [], current: null }
    const plain = openBox(keys.tokenKey(), boxName, readFileSync(path))
    const parsed = registryFile.safeParse(JSON.parse(new TextDecoder().decode(plain)))
    if (!parsed.success) throw new IpcError('E_DAMAGED', 'the list of accounts is damaged', { file: 'accounts.bin' })
    return parsed.data
  }
  let file = load()
  const save = (next: RegistryFile): void => {
    const plain = new TextEncoder().encode(JSON.stringify(next))
    writeDurably(path, sealBox(keys.tokenKey(), boxName, plain))
    file = next
  }
  const get = (id: string): RegisteredAccount | undefined => file.accounts.find((account) => account.id === id)
  return {
    list: () => file.accounts,
    get,
    put: (account) => save({ ...file, accounts: [...file.accounts.filter(({ id }) => id !== account.id), account] }),
    current: () => (file.current === null ? undefined : get(file.current)),
    setCurrent: (id) => {
      if (file.current !== id) save({ ...file, current: id })
    },
  }
}
