import type { KeyObject } from 'node:crypto'
import type { CnResume, Resume } from '../../shared/domain/resume.ts'
import { sealableField, type FieldName, type SealableField } from '../../shared/domain/vocabulary.ts'
import type { Keystore } from '../keys/keystore-port.ts'
import { openBox, sealBox } from '../keys/sealed-box.ts'
import { aad, fromSealable, toSealable } from '../keys/sealed-columns.ts'
import type { ReadableDb } from '../store/database.ts'

/** Sensitive values of a resume, away from the resume itself (ZP-05). */
export type SealedFields = Partial<Pick<CnResume, SealableField>>

/** The two keys of the second layer: the home's own, and by slot the candidate's. */
export type SealedFieldsPlace = { readonly keystore: Keystore; readonly sensitiveKey: KeyObject }

/** Takes the sensitive values out of a resume, so that whoever opens the record has not opened them, too. */
export const takeSealedFields = (
  resume: Resume,
  fields: ReadonlySet<FieldName>,
): { readonly resume: Resume; readonly values: SealedFields } => {
  const { cn } = resume.meta
  const taken = sealableField.options.filter((field) => fields.has(field) && cn[field] !== undefined)
  if (taken.length === 0) return { resume, values: {} }
  const values = Object.fromEntries(taken.map((field) => [field, cn[field]])) as SealedFields
  const rest = Object.fromEntries(Object.entries(cn).filter(([key]) => !taken.some((field) => field === key)))
  return { resume: { ...resume, meta: { cn: rest } }, values }
}

const nameOf = (recordId: string, layer: 'inner' | 'outer'): string =>
  aad('candidate', layer === 'inner' ? 'sealed_fields/inner' : 'sealed_fields', recordId)

/** Seals twice, the home's key inside, the candidate's outside; null when there is nothing to seal. */
export const sealFields = (
  { keystore, sensitiveKey }: SealedFieldsPlace,
  recordId: string,
  slot: string,
  values: SealedFields,
): Uint8Array | null =>
  Object.keys(values).length === 0
    ? null
    : keystore.seal(
        slot,
        nameOf(recordId, 'outer'),
        sealBox(sensitiveKey, nameOf(recordId, 'inner'), toSealable(values)),
      )

/**
 * Opens the second layer of one record; only a reveal that was decided and is about to be entered in the log may ask for it.
 * @throws IpcError E_NOT_FOUND when the candidate's key is gone, E_DAMAGED when a layer is not genuine
 */
export const openSealedFields = (
  db: ReadableDb,
  { keystore, sensitiveKey }: SealedFieldsPlace,
  candidate: { readonly record_id: string; readonly key_slot: string },
): SealedFields => {
  const id = candidate.record_id
  const row = db.get<{ box: Uint8Array | null }>('SELECT sealed_fields AS box FROM candidate WHERE record_id = ?', id)
  if (row === undefined || row.box === null) return {}
  const inner = keystore.open(candidate.key_slot, nameOf(id, 'outer'), row.box)
  return fromSealable(openBox(sensitiveKey, nameOf(id, 'inner'), inner)) as SealedFields
}
