import type { KeyObject } from 'node:crypto'
import { z } from 'zod'
import { me } from '../../shared/domain/sync-records.ts'
import { role } from '../../shared/domain/vocabulary.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { openBox, sealBox } from '../keys/sealed-box.ts'
import { aad, fromSealable, toSealable } from '../keys/sealed-columns.ts'

/** What a backup says of itself, sealed beside it: it binds the two files together and names the account. */
const manifestSchema = z.object({
  version: z.literal(1),
  /** Lower-case hex, 32 digits. */
  backup: z.string().regex(/^[0-9a-f]{32}$/),
  /** Counts the backups of the account in its home. */
  sequence: z.int(),
  /** When it was begun, milliseconds since 1970 UTC. */
  at: z.int(),
  account: z.object({
    id: z.string(),
    name: z.string(),
    role,
    employer: z.string(),
    hub: z.string(),
    local: z.boolean(),
    officer: z.string().optional(),
    agency: z.string().optional(),
    /** The hub's last word about the account. */
    me: me.optional(),
  }),
  /** The device whose log goes on where it was; another one never knew what was destroyed there. */
  device: z.string(),
  store: z.object({ size: z.int(), sha256: z.string(), schema: z.int() }),
  counts: z.object({ candidates: z.int(), applications: z.int() }),
  software: z.string(),
})
export type Manifest = z.infer<typeof manifestSchema>

const nameOf = (backup: string): string => aad('escrow', 'manifest', backup)

export const sealManifest = (key: KeyObject, manifest: Manifest): Buffer =>
  Buffer.from(sealBox(key, nameOf(manifest.backup), toSealable(manifest)))

/**
 * @param file how errors call the escrow
 * @throws IpcError E_DAMAGED when it is not genuine, or of another backup
 */
export const openManifest = (key: KeyObject, backup: string, box: Uint8Array, file: string): Manifest => {
  const damaged = new IpcError('E_DAMAGED', 'the key file beside the backup is damaged', { file, found: 'manifest' })
  let plain: unknown
  try {
    plain = fromSealable(openBox(key, nameOf(backup), box))
  } catch {
    throw damaged
  }
  const parsed = manifestSchema.safeParse(plain)
  if (!parsed.success || parsed.data.backup !== backup) throw damaged
  return parsed.data
}
