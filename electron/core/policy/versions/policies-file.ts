import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { updateSource } from '../../../shared/domain/policy-views.ts'
import { platform } from '../../../shared/domain/vocabulary.ts'
import { IpcError } from '../../../shared/ipc/ipc-error.ts'
import type { KeyHierarchy } from '../../keys/key-hierarchy.ts'
import { openBox, sealBox } from '../../keys/sealed-box.ts'
import { aad } from '../../keys/sealed-columns.ts'
import { getPoliciesMark, setPoliciesMark } from '../../ledger/policies-mark.ts'
import { writeDurably } from '../../store/durable-file.ts'
import type { OpenDatabase } from '../../store/open-store.ts'
import type { PolicyKeeping } from './policy-book.ts'

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

const policiesValues = z.object({
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
export type PoliciesValues = z.infer<typeof policiesValues>

const policiesFile = policiesValues.extend({
  version: z.literal(1),
  /** The how-manieth file of this home; 0 in one of a release that did not count. */
  counter: z.int().nonnegative().default(0),
})

export const policiesPath = (home: string): string => join(home, 'policies.bin')

const boxName = aad('policies.bin', 'policies', 'home')

export const noPolicies: PoliciesValues = policiesValues.parse({})

const damaged = (message: string): IpcError => new IpcError('E_DAMAGED', message, { file: 'policies.bin' })
const outdated = (): IpcError => damaged('the record of the rules is missing or older than the log knows')

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

const parseFile = (keys: KeyHierarchy, bytes: Uint8Array) => {
  const plain = openBox(keys.tokenKey(), boxName, bytes)
  const parsed = policiesFile.safeParse(JSON.parse(new TextDecoder().decode(plain)))
  if (!parsed.success) throw damaged('the record of the rules is damaged')
  const { version: _format, counter, ...values } = parsed.data
  return { counter, values }
}

/**
 * Which rules were in force when, sealed: nobody loosens a rule by editing a file. Nor by taking the file away or putting an
 * older one in its place: the log, which nothing rolls back, knows the newest one by counter and hash. The file is written
 * first, so that a kill between the two leaves a file that is one ahead; the log follows it.
 *
 * @throws IpcError E_DAMAGED for a file that is not the one that the log knows; E_DISK
 */
export const keepPolicies = (home: string, keys: KeyHierarchy, { db, reader }: OpenDatabase): PolicyKeeping => {
  const path = policiesPath(home)
  const bytesNow = (): Uint8Array | null => (existsSync(path) ? readFileSync(path) : null)
  return {
    read: () => {
      const mark = getPoliciesMark(reader)
      const bytes = bytesNow()
      if (bytes === null) {
        if (mark !== null) throw outdated()
        return noPolicies
      }
      const { counter, values } = parseFile(keys, bytes)
      const known = mark?.counter ?? 0
      if (counter === known + 1) setPoliciesMark(db, { counter, sha256: sha256(bytes) })
      else if (counter !== known || (mark !== null && mark.sha256 !== sha256(bytes))) throw outdated()
      return values
    },
    write: (values) => {
      const before = bytesNow()
      const counter = (getPoliciesMark(reader)?.counter ?? 0) + 1
      const text = JSON.stringify({ version: 1, counter, ...values })
      const bytes = sealBox(keys.tokenKey(), boxName, new TextEncoder().encode(text))
      writeDurably(path, bytes)
      try {
        setPoliciesMark(db, { counter, sha256: sha256(bytes) })
      } catch (error) {
        // The caller goes on with the old rules, and so does whoever starts the program next.
        if (before === null) rmSync(path, { force: true })
        else writeDurably(path, before)
        throw error
      }
    },
  }
}
