import type { KeyObject } from 'node:crypto'
import type { EntryDraft, LedgerEntry } from '../../shared/domain/ledger-entry.ts'
import type { Platform, Role } from '../../shared/domain/vocabulary.ts'
import type { Keystore, SlotId } from '../keys/keystore-port.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { NoContactList } from '../ledger/no-contact.ts'
import type { Profiles } from '../policy/profile/profile-set.ts'
import type { WritableDb } from '../store/database.ts'
import type { DroppedKeys } from './resume-keys.ts'

/** Who the records are for: what is hidden from them is not kept for them. */
export type Viewer = {
  readonly account: string
  readonly role: Role
  /** Names and ids of the employer, and of the headhunter's own firm: block lists hold either. */
  readonly firms: readonly string[]
}

export type ApplyContext = {
  readonly store: WritableDb
  readonly keystore: Keystore
  /** Seals what belongs to no record yet. */
  readonly asideKey: KeyObject
  /** The inner layer of sensitive fields (ZP-05). */
  readonly sensitiveKey: KeyObject
  /** By what a delivery is known again that came by mail before (ZP-19). */
  readonly searchKey: KeyObject
  readonly profiles: Profiles
  readonly ledger: Ledger
  /** What was destroyed here is refused unless its evidence is later (`clauses.md`, "Life cycle"). */
  readonly findTombstone: (platform: Platform, platformId: string) => { readonly evidenceBefore: number } | undefined
  /** Who asked not to be contacted, whatever has been destroyed since (MM-17). */
  readonly noContact: NoContactList
  readonly actor: LedgerEntry['actor']
  readonly viewer: Viewer
  /** Platform of the hub's jobs; `direct` where each record names its own. */
  readonly jobPlatform: Platform
  readonly newId: () => string
}

export type PageCounts = {
  changes: number
  stale: number
  jobs: number
  candidates: number
  applications: number
  waiting: number
  unknown: number
  invalid: number
  locked: number
  minors: number
  /** Profiles and notices: what changes the rules themselves. */
  rules: number
  /** Refused because the person was destroyed here and nothing newer came. */
  tombstones: number
}

/** One page while it is being applied, inside its transaction. */
export type PageWork = ApplyContext & {
  readonly now: number
  readonly takeKey: (purpose: 'candidate' | 'application') => SlotId
  /** Records whose version grows once when the page is through. */
  readonly touched: Set<string>
  /** Records made by this page: checked when they were made, and the index does not know them yet. */
  readonly fresh: Set<string>
  /** Applications whose clocks are computed anew. */
  readonly clocks: Set<string>
  /** Jobs whose status changed: the clocks of all their applications. */
  readonly closedJobs: Set<string>
  /** Jobs with new activity: their applications' clocks at the end of the run. */
  readonly busyJobs: Set<string>
  /** Records whose person did something new while they were locked: fetched again once they are destroyed. */
  readonly missed: Set<string>
  readonly drafts: EntryDraft[]
  readonly dropped: DroppedKeys
  readonly counts: PageCounts
}

export const noCounts = (): PageCounts => ({
  changes: 0,
  stale: 0,
  jobs: 0,
  candidates: 0,
  applications: 0,
  waiting: 0,
  unknown: 0,
  invalid: 0,
  locked: 0,
  minors: 0,
  rules: 0,
  tombstones: 0,
})
