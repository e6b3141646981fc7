import type { EntryDraft } from '../../shared/domain/ledger-entry.ts'
import { movePendingEntries, putPendingEntries } from '../ledger/pending-entries.ts'
import type { CompiledProfile } from '../policy/profile/compile-profile.ts'
import type { ReadableDb } from '../store/database.ts'
import { truncateWal } from '../store/wal-checkpoint.ts'
import { nothingUnsent } from '../sync/outbox.ts'
import { addMissedRecords } from '../sync/sync-state.ts'
import { destroySlots } from './destroy-keys.ts'
import type { DestructionTarget } from './destruction-target.ts'
import { deleteIndexRows, deleteStoreRows, type DestructionJob, type DestructionPart } from './destruction-rows.ts'

type Card = Pick<DestructionJob, 'record_id' | 'platform' | 'platform_id'> & { readonly record_slot: string }

const batch = 100

/**
 * Live records that are nothing but cards and that the hub has not confirmed in time. A locked one has a clock of its own and
 * goes with a certificate; one under a legal hold stays (QY-36), and so does one about which words wait for the hub: the gate
 * shows it to nobody meanwhile.
 */
const listCards = (db: ReadableDb, profile: CompiledProfile, now: number): Card[] => {
  const channels = [...profile.cardChannels]
  return db.all<Card>(
    `SELECT c.record_id, c.platform, c.platform_id, c.key_slot AS record_slot FROM candidate c
     WHERE c.platform = ? AND c.life = 'live' AND c.origin = 'hub' AND c.checked_at <= ?
       AND NOT EXISTS (SELECT 1 FROM application a WHERE a.record_id = c.record_id AND a.held_until > ?)
       AND NOT EXISTS (SELECT 1 FROM application a WHERE a.record_id = c.record_id AND a.channel NOT IN (${channels.map(() => '?').join(', ')}))
       AND NOT EXISTS (SELECT 1 FROM destruction_job d WHERE d.record_id = c.record_id)
       AND NOT EXISTS (SELECT 1 FROM application a WHERE a.record_id = c.record_id AND NOT (${nothingUnsent}))
     LIMIT ${batch}`,
    profile.id,
    now - profile.cardMs,
    now,
    ...channels,
  )
}

/** Until when the cards of this account may stay: a good sync re-checks them all (D2). */
export const cardsUntil = (db: ReadableDb, profile: CompiledProfile): number => {
  const row = db.get<{ value: string }>("SELECT value FROM sync_state WHERE key = 'last_success_at'")
  return Number(row?.value ?? 0) + profile.cardMs
}

const asJob = (card: Card): DestructionJob => ({
  ...card,
  id: '',
  reason: 'card_cache',
  clause: 'D2',
  due_at: 0,
  state: 'intent',
  started_at: 0,
  attempts: 0,
  counts: '{}',
  left_behind: 0,
  handed_over: '[]',
  entry_nonce: null,
})

const evictBatch = (target: DestructionTarget, cards: readonly Card[]): void => {
  const { store, index, ledger } = target
  const withParts = cards.map((card) => ({
    card,
    parts: store.reader.all<DestructionPart>(
      'SELECT id AS application_id, key_slot FROM application WHERE record_id = ?',
      card.record_id,
    ),
  }))
  store.db.transaction(() => {
    for (const { parts } of withParts) for (const part of parts) target.keepQueued(part.application_id)
  })
  for (const { card, parts } of withParts) {
    destroySlots(target, [card.record_slot, ...parts.map((part) => part.key_slot)])
    deleteIndexRows(index.db, card.record_id)
  }
  store.db.transaction(() => {
    const entries = withParts.map(({ card, parts }): EntryDraft => {
      deleteStoreRows(store.db, asJob(card), parts)
      return {
        action: 'destroyed',
        outcome: 'done',
        subject: { platform: card.platform, id: card.platform_id },
        detail: 'card_cache D2',
      }
    })
    // A run that is under way writes its cursor again, so the next one is told to begin anew instead.
    addMissedRecords(store.db, ['cards'])
    putPendingEntries(store.db, ledger, target.actor, entries)
  })
  movePendingEntries(store.db, ledger)
}

/**
 * Takes cards out of the cache when they are older than the profile allows. Keys and rows go as in a destruction; there is no
 * tombstone, because the candidate may still be found, and the next sync begins anew and brings back what may still be
 * shown. Returns how many went.
 */
export const evictCards = async (target: DestructionTarget): Promise<number> => {
  const { store, index, profiles } = target
  const now = target.clock.now()
  let evicted = 0
  for (const profile of profiles.values()) {
    if (cardsUntil(store.reader, profile) > now) continue
    const next = (): Card[] => listCards(store.reader, profile, now)
    for (let cards = next(); cards.length > 0; cards = next()) {
      evictBatch(target, cards)
      evicted += cards.length
    }
  }
  if (evicted > 0) for (const database of [store, index]) await truncateWal(database.connection)
  return evicted
}
