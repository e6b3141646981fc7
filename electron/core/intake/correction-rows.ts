import { z } from 'zod'
import { aad, fromSealable, toSealable } from '../keys/sealed-columns.ts'
import type { Keystore } from '../keys/keystore-port.ts'
import type { ReadableDb, WritableDb } from '../store/database.ts'

/** What somebody put right: a part of the resume by its path, and what stands there instead; null where nothing shall stand. */
export type Correction = { readonly field: string; readonly value: unknown }

type Owner = { readonly record_id: string; readonly key_slot: string }

const nameOf = (recordId: string, field: string): string => aad('correction', 'sealed', `${recordId}/${field}`)
const sealedValue = z.object({ value: z.unknown() })

/** One correction a field; the newest one stands. */
export const putCorrection = (
  db: WritableDb,
  keystore: Keystore,
  owner: Owner,
  { field, value }: Correction,
  said: { readonly at: number; readonly by: string },
): void => {
  db.run(
    'INSERT OR REPLACE INTO correction (record_id, field, at, by, sealed) VALUES (?, ?, ?, ?, ?)',
    owner.record_id,
    field,
    said.at,
    said.by,
    keystore.seal(owner.key_slot, nameOf(owner.record_id, field), toSealable({ value })),
  )
}

export type CorrectionRow = Correction & { readonly at: number; readonly by: string }

export const listCorrections = (db: ReadableDb, keystore: Keystore, owner: Owner): CorrectionRow[] =>
  db
    .all<{ field: string; at: number; by: string; sealed: Uint8Array }>(
      'SELECT field, at, by, sealed FROM correction WHERE record_id = ? ORDER BY field',
      owner.record_id,
    )
    .map(({ sealed, ...row }) => {
      const plain = fromSealable(keystore.open(owner.key_slot, nameOf(owner.record_id, row.field), sealed))
      return { ...row, value: sealedValue.parse(plain).value }
    })
