import type { ChangeDataOf } from '../../shared/domain/sync-records.ts'
import { aad, toSealable } from '../keys/sealed-columns.ts'
import { destroyAttachment } from './apply-application.ts'
import type { PageWork } from './page-work.ts'
import type { ChangeHead } from './read-change.ts'

type Owner = {
  readonly id: string
  readonly record_id: string
  readonly key_slot: string
  readonly attachment_state: string
}

/** The application that an attachment belongs to: the named one, else the newest of the person that has any. */
const ownerOf = (work: PageWork, data: ChangeDataOf<'attachment'>): Owner | undefined =>
  data.application_id === undefined
    ? work.store.get<Owner>(
        `SELECT a.id, a.record_id, a.key_slot, a.attachment_state
         FROM application a JOIN candidate c ON c.record_id = a.record_id
         WHERE c.platform_id = ? ORDER BY a.attachment_state = 'present' DESC, a.evidence_at DESC, a.id LIMIT 1`,
        data.candidate_id,
      )
    : work.store.get<Owner>(
        'SELECT id, record_id, key_slot, attachment_state FROM application WHERE id = ?',
        data.application_id,
      )

/** False when its application is not here: the caller lets it wait. */
export const upsertAttachment = (work: PageWork, head: ChangeHead, data: ChangeDataOf<'attachment'>): boolean => {
  const owner = ownerOf(work, data)
  if (owner === undefined) return false
  if (owner.attachment_state !== 'present') {
    destroyAttachment(work, head.id)
    return true
  }
  const before = work.store.get<{ sha256: string; application_id: string }>(
    'SELECT sha256, application_id FROM attachment WHERE id = ?',
    head.id,
  )
  if (before !== undefined && (before.sha256 !== data.sha256 || before.application_id !== owner.id)) {
    destroyAttachment(work, head.id)
  }
  work.store.run(
    `INSERT INTO attachment (id, record_id, application_id, rev, media_type, size, sha256, sealed_name)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET rev = excluded.rev, media_type = excluded.media_type, size = excluded.size,
       sealed_name = excluded.sealed_name`,
    head.id,
    owner.record_id,
    owner.id,
    head.rev,
    data.media_type,
    data.size,
    data.sha256,
    work.keystore.seal(owner.key_slot, aad('attachment', 'sealed_name', head.id), toSealable(data.name)),
  )
  work.touched.add(owner.record_id)
  return true
}

/** ZP-80: the candidate deleted it; the copy goes at once. */
export const endAttachment = (work: PageWork, head: ChangeHead): void => {
  const row = work.store.get<{ record_id: string }>('SELECT record_id FROM attachment WHERE id = ?', head.id)
  if (row === undefined) return
  destroyAttachment(work, head.id)
  work.touched.add(row.record_id)
}
