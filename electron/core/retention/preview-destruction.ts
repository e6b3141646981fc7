import type { KeyEscrows } from '../backup/key-escrows.ts'
import type { ReadableDb } from '../store/database.ts'
import { listOfRecord } from './files/file-rows.ts'
import { planDestructions, type DueApplication } from './begin-destruction.ts'
import type { AloneRecord } from './destroy-alone.ts'
import { countStoreRows } from './destruction-rows.ts'

export type DestructionPreview = {
  /** People of whom nothing is left. */
  readonly persons: number
  /** People who stay by another application or a talent-pool consent; only what was chosen goes. */
  readonly staying: number
  /** What goes, by kind; never content. */
  readonly counts: Readonly<Record<string, number>>
}

type Part = Parameters<typeof countStoreRows>[1] & { readonly parts: Parameters<typeof countStoreRows>[2] }

/** Files outside that go with a part of a person, or with the whole person. */
const countFiles = (db: ReadableDb, { record_id: id, record_slot: slot, parts }: Part): number => {
  return listOfRecord(db, id).filter((row) => slot !== null || parts.some((part) => part.application_id === row.application_id)).length
}

/** What a destruction of these would take, counted as its certificate will count it. */
export const previewDestruction = (
  db: ReadableDb,
  applications: readonly DueApplication[],
  alone: readonly AloneRecord[],
  escrows: Pick<KeyEscrows, 'count'>,
): DestructionPreview => {
  const planned: Part[] = [
    ...planDestructions(db, applications).map(({ recordId, recordSlot, rows }) => ({
      record_id: recordId,
      record_slot: recordSlot,
      platform_id: rows[0]?.platform_id ?? '',
      parts: rows.map((row) => ({ application_id: row.id, key_slot: row.key_slot })),
    })),
    ...alone.map((row) => ({ ...row, record_slot: row.key_slot, parts: [] })),
  ]
  const counts: Record<string, number> = {}
  const add = (kind: string, n: number): void => {
    if (n > 0) counts[kind] = (counts[kind] ?? 0) + n
  }
  for (const part of planned) {
    for (const [kind, n] of Object.entries(countStoreRows(db, part, part.parts))) add(kind, n)
    add('keys', part.parts.length + (part.record_slot === null ? 0 : 1))
    add('files', countFiles(db, part))
  }
  const slots = planned.flatMap(({ record_slot: slot, parts }) => [
    ...(slot === null ? [] : [slot]),
    ...parts.map((part) => part.key_slot),
  ])
  if (slots.length > 0) {
    const { keys, unreachable } = escrows.count(slots)
    add('backups', keys)
    add('backups_unreachable', unreachable)
  }
  const persons = planned.filter(({ record_slot: slot }) => slot !== null).length
  return { persons, staying: planned.length - persons, counts }
}
