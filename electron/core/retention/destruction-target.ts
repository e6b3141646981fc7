import type { Clock } from '../../shared/clock.ts'
import type { LedgerEntry } from '../../shared/domain/ledger-entry.ts'
import type { KeyEscrows } from '../backup/key-escrows.ts'
import type { Keystore } from '../keys/keystore-port.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Profiles } from '../policy/profile/profile-set.ts'
import type { WritableDb } from '../store/database.ts'
import type { OpenDatabase } from '../store/open-store.ts'

export type DestructionReport = {
  readonly certificateId: string
  /** As the platform names the person. */
  readonly candidateId: string
  /** Null when the whole person went. */
  readonly applicationIds: readonly string[] | null
  readonly reason: string
  readonly finishedAt: number
  readonly document: string
}

/** The files and keys of one account, as the sweeper needs them; it may open accounts that nobody is signed in to. */
export type DestructionTarget = {
  /** The account's id in this home. */
  readonly account: string
  readonly store: OpenDatabase
  readonly index: OpenDatabase
  readonly keystore: Keystore
  readonly ledger: Ledger
  readonly ledgerDb: OpenDatabase
  /** The keys beside the account's backups. */
  readonly escrows: KeyEscrows
  /** HMAC key of tombstones. */
  readonly tombstoneKey: Uint8Array
  readonly actor: LedgerEntry['actor']
  readonly clock: Clock
  readonly profiles: Profiles
  readonly software: string
  /** Puts the certificate on its way to the hub; nothing in a local workspace. In the caller's transaction. */
  readonly report: (db: WritableDb, report: DestructionReport) => void
  /** Takes from a record that stays what only the applications that went had disclosed (ZP-28). */
  readonly reweigh: (recordId: string) => void
  /** Keeps what is on its way to the hub about an application whose key is about to go (D2 must not lose anybody's work). */
  readonly keepQueued: (applicationId: string) => void
  /** The id at the hub of an interviewer, whose copies are a loan that ends with the assignment; left out for everybody else. */
  readonly assignedTo?: string
  /** Opens the sealed path of a registered file. */
  readonly openPath: (sealed: Uint8Array, id: string) => string
  /** True once somebody wants long work to end; asked between files. */
  readonly stopped?: () => boolean
}

/** A step could not finish; the job stays where it is and is tried again. */
export class Retry extends Error {}
