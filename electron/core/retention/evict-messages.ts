import type { EntryDraft } from '../../shared/domain/ledger-entry.ts'
import { movePendingEntries, putPendingEntries } from '../ledger/pending-entries.ts'
import { changeTold } from '../sync/told-in-chat.ts'
import { truncateWal } from '../store/wal-checkpoint.ts'
import type { DestructionTarget } from './destruction-target.ts'

const day = 86_400_000

type Chat = {
  readonly application_id: string
  readonly record_id: string
  readonly platform: string
  readonly platform_id: string
}

/**
 * Copies of a conversation whose last message is older than the profile allows (D9, ZP-83); a legal hold keeps them (QY-36).
 * The rest of the application stays, and so does its key: the rows go, overwritten, and the journal is cut. Returns how many
 * conversations went.
 */
export const evictMessages = async (target: DestructionTarget): Promise<number> => {
  const { store, ledger, profiles } = target
  const now = target.clock.now()
  const ended = [...profiles.values()].flatMap(({ id, document }) => {
    const before = now - document.retention.chat_days.value * day
    // From the old messages outwards: what this reads must not grow with the people, for it is asked every minute.
    return store.db.all<Chat>(
      `SELECT DISTINCT m.application_id, a.record_id, c.platform, c.platform_id FROM message m
       CROSS JOIN application a ON a.id = m.application_id CROSS JOIN candidate c ON c.record_id = a.record_id
       WHERE m.at <= ? AND c.platform = ? AND (a.held_until IS NULL OR a.held_until <= ?)
         AND NOT EXISTS (SELECT 1 FROM message n WHERE n.application_id = m.application_id AND n.at > ?)`,
      before,
      id,
      now,
      before,
    )
  })
  if (ended.length === 0) return 0
  store.db.transaction(() => {
    for (const { application_id: id, record_id: recordId } of ended) {
      store.db.run('DELETE FROM message WHERE application_id = ?', id)
      // What was told there has lost its evidence (ZP-28).
      const place = { store: store.db, keystore: target.keystore }
      changeTold(place, recordId, (told) => told.filter(({ application }) => application !== id))
    }
    const entries = ended.map(({ platform, platform_id: id }): EntryDraft => ({
      action: 'destroyed',
      outcome: 'done',
      subject: { platform, id },
      detail: 'chat D9',
    }))
    putPendingEntries(store.db, ledger, target.actor, entries)
  })
  movePendingEntries(store.db, ledger)
  await truncateWal(store.connection)
  return ended.length
}
