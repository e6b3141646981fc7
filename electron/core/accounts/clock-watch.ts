import type { LedgerEntry } from '../../shared/domain/ledger-entry.ts'
import type { OpenVault } from '../context.ts'
import { getHeldFrom, setHeldFrom } from '../ledger/clock-mark.ts'
import type { HomeClock } from './home-clock.ts'

type Watched = Pick<OpenVault, 'ledger' | 'ledgerDb'>

/** Puts the clock where the home last knew it to be, and writes down what is odd about it. */
export const anchorClock = (clock: HomeClock, vault: Watched): void => {
  const { ledger } = vault
  // A cosignature proves that the witness had come this far.
  const mark = Math.max(ledger.clockMark(), ledger.lastEntryAt(), ledger.lastCosigned()?.at ?? 0)
  clock.anchor(mark, getHeldFrom(vault.ledgerDb.reader))
  watchClock(clock, vault, { account: '-', role: 'vault', employer: '-', device: ledger.deviceId })
}

/** Remembers how far time has come, and enters what happened to the clock since the last look. */
export const watchClock = (clock: HomeClock, { ledger, ledgerDb }: Watched, actor: LedgerEntry['actor']): void => {
  const now = clock.now()
  const events = clock.takeEvents()
  ledger.append(
    actor,
    events.map((event) => ({ action: 'clock', outcome: 'done', detail: event })),
  )
  setHeldFrom(ledgerDb.db, clock.heldFrom())
  ledger.raiseClockMark(now)
}
