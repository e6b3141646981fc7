import type { LedgerEntry } from '../../shared/domain/ledger-entry.ts'
import type { Core, OpenVault } from '../context.ts'
import { destroyTombstones } from '../ledger/tombstones.ts'

const day = 86_400_000

/**
 * What the log owes once a day: a checkpoint, the months whose time is over (D11: never below six), tombstones and subject
 * keys whose twelve months have passed. Returns a function to call as often as one likes.
 */
export const createDailyDuties = (core: Core, vault: OpenVault, actor: LedgerEntry['actor']): (() => void) => {
  let next = 0
  return () => {
    const now = core.clock.now()
    // A clock that is not believed must not end anything.
    if (now < next || core.clock.held()) return
    next = now + day
    vault.ledger.expireSubjects(now)
    destroyTombstones(vault.ledgerDb.db, now)
    vault.ledger.truncate(actor)
    vault.ledger.checkpoint()
  }
}
