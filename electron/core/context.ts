import type { EventName, Events } from '../shared/ipc/events.ts'
import type { AccountView } from '../shared/domain/views.ts'
import type { EntryDraft, LedgerEntry } from '../shared/domain/ledger-entry.ts'
import type { Role } from '../shared/domain/vocabulary.ts'
import type { Me } from '../shared/domain/sync-records.ts'
import type { OpenDatabase } from './store/open-store.ts'
import type { HomePaths } from './store/home-paths.ts'
import type { KeychainPort } from './keys/keychain-port.ts'
import type { KeyHierarchy } from './keys/key-hierarchy.ts'
import type { Keystore } from './keys/keystore-port.ts'
import type { SlotKeystore } from './keys/slot-keystore.ts'
import type { Ledger } from './ledger/ledger.ts'
import type { PolicyBook } from './policy/versions/policy-book.ts'
import type { AccountGates, Permissions } from './policy/policy-request.ts'
import type { Profiles } from './policy/profile/profile-set.ts'
import type { FetchLike } from './sync/hub-transport.ts'
import type { HubClient } from './sync/hub-client.ts'
import type { OutboxDraft } from './sync/outbox.ts'
import type { WritableDb } from './store/database.ts'
import type { SyncRunner } from './sync/sync-runner.ts'
import type { ListReader } from './candidates/list-reader.ts'
import type { Indexer } from './search/indexer.ts'
import type { RetentionRunner } from './retention/retention-runner.ts'
import type { FolderWatch } from './intake/watch/folder-watch.ts'
import type { ParserHost } from './intake/parser-host.ts'
import type { Settings } from './accounts/settings.ts'
import type { AccountRegistry } from './accounts/account-registry.ts'
import type { KeyEscrows } from './backup/key-escrows.ts'
import type { MailRunner } from './mailbox/mail-runner.ts'
import type { BackupRunner } from './backup/backup-runner.ts'
import type { BackupRegister } from './backup/backup-register.ts'
import type { HomeClock } from './accounts/home-clock.ts'

/** What the unlocked home holds: one keystore, one log, one key hierarchy, whoever is signed in. */
export type OpenVault = {
  readonly keys: KeyHierarchy
  /** The fixed slots on disk: subject keys, and the keys of accounts that may keep. */
  readonly keystore: SlotKeystore
  readonly ledger: Ledger
  readonly ledgerDb: OpenDatabase
  readonly accounts: AccountRegistry
  readonly backups: BackupRegister
}

/** What goes to the hub with the next sync; nothing in a local workspace. */
export type Outbox = {
  /** Inside the caller's transaction, so that it is sent if and only if the write happened. */
  enqueue(db: WritableDb, draft: Omit<OutboxDraft, 'id'> & { readonly id?: string }, now: number): void
}

/** A signed-in account with its own files (or, where it may not keep, its own memory). */
export type OpenAccount = {
  readonly view: AccountView
  readonly role: Role
  readonly actor: LedgerEntry['actor']
  /** False for headhunters: store, index, cursor and outbox live in memory and end with the session (ZP-22). */
  readonly keeps: boolean
  readonly store: OpenDatabase
  readonly index: OpenDatabase
  /** Candidate and application keys: the home's slots, or memory where `keeps` is false. */
  readonly keystore: Keystore
  /** Null in a local workspace. */
  readonly hub: HubClient | null
  /** What the hub last said about this account; null in a local workspace. */
  readonly me: () => Me | null
  /** Takes in what the hub says of this account between two runs. */
  readonly hear: (said: Me) => void
  /** What stands behind the account now. */
  readonly gates: () => AccountGates
  readonly permissions: () => Permissions
  readonly outbox: Outbox
  readonly sync: SyncRunner
  readonly indexer: Indexer
  /** Pages and counts of the account's index. */
  readonly lists: ListReader
  readonly retention: RetentionRunner
  readonly backups: BackupRunner
  /** Keys beside the backups of this account. */
  readonly escrows: KeyEscrows
  /** The folders that somebody chose to have watched; none on install (ZP-06). */
  readonly folders: FolderWatch
  readonly mailboxes: MailRunner
  /** Makes clocks and lists by the rules, the role and the services of now, if they were made by others. */
  readonly follow: () => void
  /** Signed in to a hub on this very machine: the clock may be moved on for trying deadlines out. */
  readonly sandbox: boolean
  close(): Promise<void>
}

/** Everything that handlers may reach. One a process. */
export type Core = {
  readonly clock: HomeClock
  readonly home: HomePaths
  readonly settings: Settings
  /** The rules in force; the book knows where they come from. */
  readonly profiles: Profiles
  readonly policies: PolicyBook
  readonly parser: ParserHost
  /** The host's: `net.fetch` in a utility process, Node's elsewhere. */
  readonly fetch: FetchLike
  readonly emit: <N extends EventName>(name: N, data: Events[N]) => void
  /** Route, ids, counts and milliseconds only. */
  readonly log: (event: string, facts: Readonly<Record<string, string | number | boolean>>) => void
  vault: OpenVault | null
  account: OpenAccount | null
  /** A session that the hub ended or changed while nobody called; resolves when that is done. */
  changing: Promise<void>
  /** Whether mailboxes that are on are watched while an account is open; the command line reads them when told to. */
  readonly watchMail: boolean
  /** Whether a hub tells of changes while an account is open; the command line syncs when told to. */
  readonly watchHub: boolean
  /** Whether looking at more than work explains stops (ZP-94). */
  readonly watchAccess: boolean
  /** Asks the person by the host's own means where a file lies or shall lie; null when they would rather not. */
  readonly askPlace: (purpose: 'open' | 'save' | 'folder', name: string) => Promise<string | null>
  /** Opens an address in the system's browser once the person has agreed; false when they would rather not. */
  readonly openBrowser: (address: string) => Promise<boolean>
  /** The system's key store, where the host has one worth the name; null on the command line. */
  readonly keychain: () => Promise<KeychainPort | null>
}

export type SubjectRef = NonNullable<EntryDraft['subject']>
