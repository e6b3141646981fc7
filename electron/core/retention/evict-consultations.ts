import type { EntryDraft } from '../../shared/domain/ledger-entry.ts'
import { findConsultProfile, keptFor, policyMark } from '../consult/consult-profile.ts'
import { movePendingEntries, putPendingEntries } from '../ledger/pending-entries.ts'
import { truncateWal } from '../store/wal-checkpoint.ts'
import type { DestructionTarget } from './destruction-target.ts'

/**
 * Talks whose last word is older than the profile allows (D9, QY-21). No key of anybody's goes with them, so the rows are
 * overwritten and the journal is cut. Returns how many talks went.
 */
export const evictConsultations = async (target: DestructionTarget): Promise<number> => {
  const { store, ledger } = target
  const desk = findConsultProfile(target.profiles)
  if (desk === undefined) return 0
  const before = target.clock.now() - keptFor(desk)
  const rows = store.db.all<{ thread_id: string }>(
    // From the old words outwards: this is asked every minute.
    `SELECT c.thread_id FROM consultation c WHERE c.at <= ?
       AND NOT EXISTS (SELECT 1 FROM consultation n WHERE n.thread_id = c.thread_id AND n.at > ?)`,
    before,
    before,
  )
  const ended = new Set(rows.map(({ thread_id: id }) => id))
  if (ended.size === 0) return 0
  store.db.transaction(() => {
    for (const id of ended) store.db.run('DELETE FROM consultation WHERE thread_id = ?', id)
    const entry: EntryDraft = {
      action: 'destroyed',
      outcome: 'done',
      policy: policyMark(desk, 'QY-21'),
      detail: `consultations ${ended.size} D9`,
    }
    putPendingEntries(store.db, ledger, target.actor, [entry])
  })
  movePendingEntries(store.db, ledger)
  await truncateWal(store.connection)
  return ended.size
}
