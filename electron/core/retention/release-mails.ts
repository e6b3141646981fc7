import type { RetentionReason } from '../../shared/domain/vocabulary.ts'
import { insertTombstone } from '../ledger/tombstones.ts'
import { mailSubject } from '../mailbox/mail-identity.ts'
import { pseudonymTime } from './certify-destruction.ts'
import type { DestructionJob, DestructionPart } from './destruction-rows.ts'
import type { DestructionTarget } from './destruction-target.ts'

type Row = {
  readonly mail_key: string | null
  readonly id: string
  readonly state: string
  readonly settings: string
  readonly removed_at: number | null
}

const isOver = ({ state }: Row): boolean => state === 'deleted' || state === 'gone'
const wantsDeleted = ({ settings, removed_at: removed }: Row): boolean =>
  removed === null && (JSON.parse(settings) as { readonly on_destruction?: string }).on_destruction === 'delete'

/**
 * Mails that the person came by. Those that lie nowhere any more are counted as deleted; the others are left behind, said so, and stay
 * somebody's task or (where the mailbox's settings say so) are deleted with its next run: a destruction waits for no server. Nothing
 * of the person stays but that this mail was theirs, so that it never brings them back (D11).
 */
export const releaseMails = (
  target: DestructionTarget,
  job: DestructionJob,
  parts: readonly DestructionPart[],
): void => {
  const { db } = target.store
  const whole = job.record_slot !== null
  const of = (where: string, id: string): Row[] =>
    db.all<Row>(
      `SELECT c.id, c.mail_key, c.state, m.settings, m.removed_at FROM mail_copy c JOIN mailbox m ON m.id = c.mailbox_id WHERE c.${where} = ?`,
      id,
    )
  const rows = whole
    ? of('record_id', job.record_id)
    : parts.flatMap(({ application_id: application }) => of('application_id', application))
  if (rows.length === 0) return
  // Before the rows: a kill in between does it again. No restore reaches the log, so none of these brings the person back.
  const now = target.clock.now()
  for (const { mail_key: key } of rows) {
    if (key === null) continue
    insertTombstone(target.ledgerDb.db, target.tombstoneKey, mailSubject(key), {
      destroyedAt: now,
      reason: job.reason as RetentionReason,
      clause: job.clause,
      evidenceBefore: now,
      until: now + pseudonymTime,
    })
  }
  const left = rows.filter((row) => !isOver(row))
  db.transaction(() => {
    for (const row of rows) {
      const state = isOver(row) ? row.state : wantsDeleted(row) ? 'to_delete' : row.state === 'moved' ? 'moved' : 'kept'
      db.run(
        `UPDATE mail_copy SET record_id = NULL, application_id = NULL, person_gone_at = ?, certificate = ?, state = ?,
           problem = NULL WHERE id = ?`,
        now,
        job.id,
        state,
        row.id,
      )
    }
    db.run(
      'UPDATE destruction_job SET left_behind = left_behind + ?, counts = json_patch(counts, ?) WHERE id = ?',
      left.length,
      JSON.stringify({
        ...(rows.length > left.length ? { mails_deleted: rows.length - left.length } : {}),
        ...(left.length === 0 ? {} : { mails_left: left.length }),
      }),
      job.id,
    )
  })
}
