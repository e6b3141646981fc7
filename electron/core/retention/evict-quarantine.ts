import { movePendingEntries, putPendingEntries } from '../ledger/pending-entries.ts'
import { requireProfile } from '../policy/profile/require-profile.ts'
import { truncateWal } from '../store/wal-checkpoint.ts'
import { destroySlots } from './destroy-keys.ts'
import type { DestructionTarget } from './destruction-target.ts'

const day = 86_400_000

/**
 * A file that nobody could read and nobody looked after has the time of a rejected candidate (D4): it holds somebody's data
 * all the same. Key first, then the row. Returns how many went.
 */
export const evictQuarantine = async (target: DestructionTarget): Promise<number> => {
  const { store, ledger } = target
  const { rejected_days: days } = requireProfile(target.profiles, 'direct').document.retention
  const rows = store.db.all<{ id: string; key_slot: string }>(
    'SELECT id, key_slot FROM quarantine WHERE at <= ?',
    target.clock.now() - days.value * day,
  )
  if (rows.length === 0) return 0
  destroySlots(
    target,
    rows.map((row) => row.key_slot),
  )
  store.db.transaction(() => {
    for (const { id } of rows) store.db.run('DELETE FROM quarantine WHERE id = ?', id)
    putPendingEntries(
      store.db,
      ledger,
      target.actor,
      rows.map(() => ({ action: 'destroyed', outcome: 'done', detail: `quarantine ${days.clause}` })),
    )
  })
  movePendingEntries(store.db, ledger)
  await truncateWal(store.connection)
  return rows.length
}
