import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { aiEndpoint } from '../../shared/domain/ai.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { OpenVault } from '../context.ts'
import { aad } from '../keys/sealed-columns.ts'
import { openBox, sealBox } from '../keys/sealed-box.ts'
import { writeDurably } from '../store/durable-file.ts'

const moved = z.object({ on: z.boolean(), by: z.string(), at: z.int() })

const enterprise = z.object({
  switch: moved.optional(),
  endpoint: aiEndpoint.optional(),
  /** Goes to the endpoint and nowhere else: not to the page, a log or a message. */
  key: z.string().optional(),
})
export type AiEnterprise = z.infer<typeof enterprise>

const user = moved.extend({
  /** The place that this person agreed to send to; another one is asked for anew. */
  origin: z.string(),
})
export type AiUser = z.infer<typeof user>

const aiFile = z.object({
  version: z.literal(1),
  /** By hub and employer; `local` for the workspace without a hub. */
  enterprises: z.record(z.string(), enterprise),
  /** By account of this home. */
  users: z.record(z.string(), user),
})
type AiFile = z.infer<typeof aiFile>

export type AiSettings = {
  enterprise(name: string): AiEnterprise
  user(account: string): AiUser | undefined
  setEnterprise(name: string, change: AiEnterprise): void
  setUser(account: string, value: AiUser): void
}

export const aiPath = (home: string): string => join(home, 'ai.bin')

const boxName = aad('ai.bin', 'ai', 'home')
const opened = new WeakMap<OpenVault, AiSettings>()

const load = (path: string, vault: OpenVault): AiFile => {
  if (!existsSync(path)) return { version: 1, enterprises: {}, users: {} }
  const plain = openBox(vault.keys.tokenKey(), boxName, readFileSync(path))
  const parsed = aiFile.safeParse(JSON.parse(new TextDecoder().decode(plain)))
  if (!parsed.success) throw new IpcError('E_DAMAGED', 'the settings of the model are damaged', { file: 'ai.bin' })
  return parsed.data
}

/** Switches, endpoint and its key, sealed under the token key; read once an unlocking. @throws IpcError E_DAMAGED, E_SESSION */
export const aiSettingsOf = (vault: OpenVault, home: string): AiSettings => {
  const known = opened.get(vault)
  if (known !== undefined) return known
  const path = aiPath(home)
  let file = load(path, vault)
  const save = (next: AiFile): void => {
    writeDurably(path, sealBox(vault.keys.tokenKey(), boxName, new TextEncoder().encode(JSON.stringify(next))))
    file = next
  }
  const settings: AiSettings = {
    enterprise: (name) => file.enterprises[name] ?? {},
    user: (account) => file.users[account],
    setEnterprise: (name, change) => save({ ...file, enterprises: { ...file.enterprises, [name]: change } }),
    setUser: (account, value) => save({ ...file, users: { ...file.users, [account]: value } }),
  }
  opened.set(vault, settings)
  return settings
}
