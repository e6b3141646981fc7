import type { JobProgress } from '../../shared/domain/views.ts'
import type { Output } from '../../shared/ipc/routes/index.ts'
import type { ReadableDb } from '../store/database.ts'
import { countOutbox } from './outbox.ts'
import { getDroppedKeys, getLastSuccess } from './sync-state.ts'

const countRows = (db: ReadableDb, table: 'job' | 'candidate' | 'application' | 'attachment'): number =>
  db.get<{ n: number }>(`SELECT count(*) AS n FROM ${table}`)?.n ?? 0

/** What the sync page shows: counts and times, nothing of anybody. */
export const readSyncStatus = (
  db: ReadableDb,
  progress: JobProgress,
  leaseMs: number,
  local: boolean,
  unindexed?: number,
): Output<'sync.status'> => {
  const last = getLastSuccess(db)
  const aside = db.get<{ n: number }>(`SELECT count(*) AS n FROM aside_change WHERE why <> 'stored'`)?.n ?? 0
  return {
    progress,
    ...(last === null ? {} : { last_success_at: last, lease_until: last + leaseMs }),
    outbox: countOutbox(db),
    aside,
    unindexed:
      unindexed ??
      db.get<{ n: number }>('SELECT count(*) AS n FROM candidate WHERE indexed_version <> version')?.n ??
      0,
    counts: {
      jobs: countRows(db, 'job'),
      candidates: countRows(db, 'candidate'),
      applications: countRows(db, 'application'),
      attachments: countRows(db, 'attachment'),
    },
    dropped_keys: getDroppedKeys(db),
    local,
  }
}
