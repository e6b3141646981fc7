import type { Platform } from '../../shared/domain/vocabulary.ts'
import { forgetClosedRequest } from '../ledger/closed-requests.ts'
import { movePendingEntries, putPendingEntries } from '../ledger/pending-entries.ts'
import { requireProfile } from '../policy/profile/require-profile.ts'
import { destroySlots } from '../retention/destroy-keys.ts'
import type { DestructionTarget } from '../retention/destruction-target.ts'
import { truncateWal } from '../store/wal-checkpoint.ts'
import { requestEntry } from './request-entry.ts'
import { listPapers } from './request-papers.ts'

const day = 86_400_000

type Closed = {
  readonly id: string
  readonly platform: Platform | null
  readonly platform_id: string | null
  readonly closed_at: number
}

const listClosed = ({ store }: DestructionTarget): Closed[] =>
  store.reader.all<Closed>(
    "SELECT id, platform, platform_id, closed_at FROM subject_request WHERE state = 'closed' ORDER BY received_at",
  )

const documentOf = (target: DestructionTarget, { platform }: Closed) =>
  requireProfile(target.profiles, platform ?? 'direct').document

/** Key first, then the rows. */
const destroyPapers = (target: DestructionTarget, row: Closed): boolean => {
  const papers = listPapers(target.store.reader, row.id)
  if (papers.length === 0) return false
  destroySlots(
    target,
    papers.map((paper) => paper.key_slot),
  )
  target.store.db.transaction(() => {
    target.store.db.run('DELETE FROM request_paper WHERE request_id = ?', row.id)
    const entry = requestEntry({ core: { profiles: target.profiles } }, row, `papers ${papers.length} D13`, 'destroyed')
    putPendingEntries(target.store.db, target.ledger, target.actor, [entry])
  })
  return true
}

/**
 * What ends with requests: the papers that showed who asked, 30 days after the answer (D13), with them words about people of whom
 * nothing is here; the request itself after three years (D11). Returns how many papers' keys or words went.
 */
export const expireRequests = async (target: DestructionTarget): Promise<number> => {
  const { db } = target.store
  const now = target.clock.now()
  let ended = 0
  for (const row of listClosed(target)) {
    const { requests, retention } = documentOf(target, row)
    if (row.closed_at + requests.papers_days.value * day <= now) {
      if (destroyPapers(target, row)) ended += 1
      ended += db.run(
        "UPDATE subject_request SET sealed = x'' WHERE id = ? AND record_id IS NULL AND length(sealed) > 0",
        row.id,
      ).changes
    }
    if (row.closed_at + retention.evidence_years.value * 366 * day <= now) {
      ended += db.run('DELETE FROM subject_request WHERE id = ?', row.id).changes
      forgetClosedRequest(target.ledgerDb.db, row.id)
    }
  }
  if (ended > 0) {
    movePendingEntries(db, target.ledger)
    await truncateWal(target.store.connection)
  }
  return ended
}
