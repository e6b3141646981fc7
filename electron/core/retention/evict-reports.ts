import type { EntryDraft } from '../../shared/domain/ledger-entry.ts'
import { movePendingEntries, putPendingEntries } from '../ledger/pending-entries.ts'
import { truncateWal } from '../store/wal-checkpoint.ts'
import type { DestructionTarget } from './destruction-target.ts'

type Report = { readonly id: string; readonly state: string; readonly platform: string; readonly platform_id: string }

/**
 * Reports of background checks whose own date has come, whose consent has ended or was withdrawn, or that would outlive their
 * application (ZP-57); a legal hold keeps them, closed (QY-36). The check's row stays as long as its application, to say that
 * there was one. Also takes up consents that ended without a report. Returns how many reports went.
 */
export const evictReports = async (target: DestructionTarget): Promise<number> => {
  const { store, ledger } = target
  const now = target.clock.now()
  const ended = store.db.all<Report>(
    `SELECT b.id, b.state, c.platform, c.platform_id FROM background_check b
     JOIN application a ON a.id = b.application_id JOIN candidate c ON c.record_id = a.record_id
     WHERE b.sealed IS NOT NULL AND (a.held_until IS NULL OR a.held_until <= ?)
       AND (b.state = 'withdrawn' OR b.destroy_at <= ? OR b.consent_until <= ? OR a.due_at <= ?)`,
    now,
    now,
    now,
    now,
  )
  store.db.transaction(() => {
    store.db.run(
      `UPDATE background_check SET state = 'withdrawn' WHERE state IN ('consented', 'reported') AND consent_until <= ?`,
      now,
    )
    for (const { id } of ended) {
      store.db.run(
        `UPDATE background_check SET sealed = NULL, state = iif(state = 'withdrawn', state, 'destroyed') WHERE id = ?`,
        id,
      )
    }
    const entries = ended.map(({ platform, platform_id: id }): EntryDraft => ({
      action: 'destroyed',
      outcome: 'done',
      subject: { platform, id },
      detail: 'background_report ZP-57',
    }))
    putPendingEntries(store.db, ledger, target.actor, entries)
  })
  if (ended.length === 0) return 0
  movePendingEntries(store.db, ledger)
  await truncateWal(store.connection)
  return ended.length
}
