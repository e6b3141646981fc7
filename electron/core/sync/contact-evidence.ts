import type { Contact } from '../../shared/domain/resume.ts'
import type { Channel } from '../../shared/domain/vocabulary.ts'
import type { CompiledCell, CompiledProfile } from '../policy/profile/compile-profile.ts'
import type { ReadableDb } from '../store/database.ts'
import type { Viewer } from './page-work.ts'

const fields = ['name', 'phone', 'email', 'wechat'] as const

/** Whether any branch of a cell ever shows the value itself: one that cannot be shown is not kept either (ZP-30). */
export const mayShow = (cell: CompiledCell | null): boolean =>
  cell !== null && (!['absent', 'alias', 'VN'].includes(cell.decision.state) || mayShow(cell.otherwise))

/** Whether a cell lets the person be dialled, without the number, because it was told (ZP-22). */
export const dialsWhatWasTold = (cell: CompiledCell | null): boolean =>
  cell !== null && ((cell.condition === 'told' && cell.decision.state === 'VN') || dialsWhatWasTold(cell.otherwise))

export type Evidence = { readonly id: string; readonly channel: Channel }

/** Applications of a record, and those that are gone and whose evidence a pool consent carries on (D10). */
export const listEvidence = (db: ReadableDb, recordId: string): Evidence[] =>
  db.all<Evidence>(
    `SELECT id, channel FROM application WHERE record_id = ?
     UNION SELECT application_id AS id, channel FROM pool_member WHERE record_id = ?`,
    recordId,
    recordId,
  )

export type ContactVerdict = {
  /** What may be kept: values that some evidence here carries, with that evidence. */
  readonly keep: Contact | null
  /** Some of its applications have not arrived: the rest waits sealed until the end of the run. */
  readonly waits: boolean
}

/**
 * Contacts are kept with their evidence or not at all (`docs/sync-protocol.md`; ZP-26, ZP-28, ZP-30): each value needs an
 * application that is here and whose channel the profile lets carry it.
 */
export const weighContact = (
  contact: Contact | undefined,
  here: readonly Evidence[],
  profile: CompiledProfile,
  viewer: Viewer,
): ContactVerdict => {
  // Nobody who was only asked to look holds a way to reach the person (ZP-95).
  if (contact === undefined || contact.evidence.length === 0 || viewer.role === 'interviewer')
    return { keep: null, waits: false }
  const table = profile.cells[viewer.role === 'headhunter' ? 'headhunter' : 'hr']
  const named = here.filter(({ id }) => contact.evidence.includes(id))
  const values = Object.fromEntries(
    fields.flatMap((field) => {
      const value = contact[field]
      const carried = named.some(({ channel }) => mayShow(table[field][channel]))
      return value !== undefined && carried ? [[field, value]] : []
    }),
  )
  const evidence = contact.evidence.filter((id) => named.some((one) => one.id === id))
  // That it was told counts, though the value is not for this account to have.
  const told = fields.filter(
    (field) =>
      values[field] === undefined &&
      (contact[field] !== undefined || contact.told?.includes(field) === true) &&
      named.some(({ channel }) => dialsWhatWasTold(table[field][channel])),
  )
  const nothing = Object.keys(values).length === 0 && told.length === 0
  return {
    keep: nothing ? null : { ...values, evidence, ...(told.length === 0 ? {} : { told }) },
    waits: evidence.length < new Set(contact.evidence).size,
  }
}
