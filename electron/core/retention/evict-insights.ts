import { truncateWal } from '../store/wal-checkpoint.ts'
import type { DestructionTarget } from './destruction-target.ts'

/**
 * Insights are good for a day, synced or not (ZP-62): their rows go, overwritten, and lists are made anew without them. What
 * they say is nothing that a certificate would name. Returns how many went.
 */
export const evictInsights = async ({ store, profiles, clock }: DestructionTarget): Promise<number> => {
  const now = clock.now()
  const ended = [...profiles.values()].flatMap(({ id, insightsMs }) =>
    store.db.all<{ id: string }>(
      `SELECT i.id FROM aside_change i LEFT JOIN candidate c ON c.platform_id = i.id
       WHERE i.type = 'insights' AND i.at <= ? AND (c.platform IS NULL OR c.platform = ?)`,
      now - insightsMs,
      id,
    ),
  )
  if (ended.length === 0) return 0
  store.db.transaction(() => {
    for (const { id } of ended) {
      store.db.run("DELETE FROM aside_change WHERE type = 'insights' AND id = ?", id)
      store.db.run('UPDATE candidate SET version = version + 1 WHERE platform_id = ?', id)
    }
  })
  await truncateWal(store.connection)
  return new Set(ended.map(({ id }) => id)).size
}
