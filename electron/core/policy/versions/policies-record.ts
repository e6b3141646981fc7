import { z } from 'zod'
import { updateSource } from '../../../shared/domain/policy-views.ts'
import { platform } from '../../../shared/domain/vocabulary.ts'
import { IpcError } from '../../../shared/ipc/ipc-error.ts'
import { workingYear } from '../../../shared/domain/working-year.ts'
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
  /** Working days of years, as hubs name them at present. */
  years: z.array(z.object({ account: z.string(), arrangement: workingYear })).default([]),
  /** Whole documents by revision, for what is named above. */
  documents: z.record(z.string(), document).default({}),
})
export type PoliciesValues = z.infer<typeof policiesValues>

export const noPolicies: PoliciesValues = policiesValues.parse({})

/**
 * Which rules were in force when, kept in `ledger.db`: whoever would loosen a rule by taking its record away, or by putting an
 * older one in its place, would have to do so to the whole log (`docs/formats.md`).
 *
 * @throws IpcError E_DAMAGED for a record that is not readable; the database's own errors
 */
export const keepPolicies = ({ db, reader }: OpenDatabase): PolicyKeeping => ({
  read: () => {
    const row = reader.get<{ json: string }>('SELECT json FROM policies WHERE id = 1')
    if (row === undefined) return noPolicies
    try {
      return policiesValues.parse(JSON.parse(row.json))
    } catch {
      // Neither the words of the parser nor those of the record belong in an error.
      throw new IpcError('E_DAMAGED', 'the record of the rules is damaged', { file: 'ledger.db' })
    }
  },
  write: (values) => {
    db.run(
      'INSERT INTO policies (id, json) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET json = excluded.json',
      JSON.stringify(values),
    )
  },
})
