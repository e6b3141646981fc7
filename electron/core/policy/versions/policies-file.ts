import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { updateSource } from '../../../shared/domain/policy-views.ts'
import { platform } from '../../../shared/domain/vocabulary.ts'
import { IpcError } from '../../../shared/ipc/ipc-error.ts'
import type { KeyHierarchy } from '../../keys/key-hierarchy.ts'
import { openBox, sealBox } from '../../keys/sealed-box.ts'
import { aad } from '../../keys/sealed-columns.ts'
import { writeDurably } from '../../store/durable-file.ts'

const time = z.int()
const document = z.record(z.string(), z.unknown())

/** A stricter profile that a hub or platform sent, as it came (`docs/sync-protocol.md`, `profile`). */
const hubOffer = z.object({
  account: z.string(),
  id: z.string(),
  platform,
  version: z.string(),
  effective_at: time,
  received_at: time,
  document,
})
export type HubOffer = z.infer<typeof hubOffer>

const policiesFile = z.object({
  version: z.literal(1),
  /** Profiles that came with the program, first seen when; the last one of a platform is the newest. */
  shipped: z.array(z.object({ platform, revision: z.string(), at: time })).default([]),
  /** What was in force from when, and why it changed; the last one of a platform holds now. */
  in_force: z
    .array(z.object({ platform, revision: z.string(), at: time, source: updateSource, version: z.string() }))
    .default([]),
  offers: z.array(hubOffer).default([]),
  /** As it was written, and what was read of it then. */
  enterprise: z.array(z.object({ platform, text: z.string(), document, at: time })).default([]),
  /** Whole documents by revision, for what is named above. */
  documents: z.record(z.string(), document).default({}),
})
export type PoliciesValues = z.infer<typeof policiesFile>

export const policiesPath = (home: string): string => join(home, 'policies.bin')

const boxName = aad('policies.bin', 'policies', 'home')

export const noPolicies: PoliciesValues = policiesFile.parse({ version: 1 })

/** Which rules were in force when, sealed: nobody loosens a rule by editing a file. @throws IpcError E_DAMAGED */
export const readPolicies = (home: string, keys: KeyHierarchy): PoliciesValues => {
  const path = policiesPath(home)
  if (!existsSync(path)) return noPolicies
  const plain = openBox(keys.tokenKey(), boxName, readFileSync(path))
  const parsed = policiesFile.safeParse(JSON.parse(new TextDecoder().decode(plain)))
  if (!parsed.success) throw new IpcError('E_DAMAGED', 'the record of the rules is damaged', { file: 'policies.bin' })
  return parsed.data
}

/** Durable when it returns. @throws IpcError E_DISK */
export const writePolicies = (home: string, keys: KeyHierarchy, values: PoliciesValues): void => {
  writeDurably(policiesPath(home), sealBox(keys.tokenKey(), boxName, new TextEncoder().encode(JSON.stringify(values))))
}
