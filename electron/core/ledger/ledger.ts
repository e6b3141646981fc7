import type { Clock } from '../../shared/clock.ts'
import type { EntryDraft, LedgerEntry } from '../../shared/domain/ledger-entry.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { BundleReport } from '../../shared/ledger/bundle.ts'
import { toBase64 } from '../../shared/ledger/bytes.ts'
import type { DisclosureLog } from '../../shared/ledger/disclosure.ts'
import { consistencyProof, inclusionProof } from '../../shared/ledger/merkle.ts'
import { edgeRoot } from '../../shared/ledger/tree-edge.ts'
import { formatVerifierKey, type VerifierKey } from '../../shared/ledger/verifier-key.ts'
import type { LogPush } from '../../shared/ledger/verify-log-push.ts'
import type { Keystore, SlotId } from '../keys/keystore-port.ts'
import type { WritableDb } from '../store/database.ts'
import { getClockMark, raiseClockMark } from './clock-mark.ts'
import { openDevice } from './device.ts'
import { createEntryWriter, parseCanonicalEntry, requireActor, requireDraft } from './entry-form.ts'
import { bundleLines, cosignaturesFor, verifyStored } from './export-bundle.ts'
import { guard } from './guard.ts'
import { openHeads, type Cosignature, type HeadComparison } from './heads.ts'
import { dayOf, guardReplace } from './month-table.ts'
import { sha256, textLeafHash } from './node-ledger-crypto.ts'
import {
  countEntries,
  listByAction,
  listEntries,
  requireEntry,
  type EntriesOfActions,
  type EntriesSince,
  type EntryPage,
  type ListedEntry,
  type StoredEntry,
} from './read-entries.ts'
import {
  endSubject,
  expireSubjects,
  getSubject,
  listSubjectSlots,
  requireSubjects,
  renameSubject,
  reviveSubject,
  subjectKeys,
  type SubjectRef,
} from './subjects.ts'
import { openTreeStore, type NewEntry } from './tree-store.ts'
import { droppableMonths, dropMonth } from './truncate.ts'
import { trimSubjectIndex } from './subject-index.ts'

export type Actor = LedgerEntry['actor']

/** An entry that waits in a store's `pending_entry`. */
export type PreparedEntry = { readonly nonce: string; readonly canonical: string }

/** An entry in the log: its index and its canonical text. */
export type AppendedEntry = StoredEntry

/** What a certificate says about its place in the log. */
export type EntryProof = {
  readonly origin: string
  readonly publicKey: string
  readonly i: number
  readonly entry: string
  readonly proof: readonly string[]
  readonly checkpoint: string
  readonly cosignatures: readonly string[]
}

/**
 * The view log of this device (`docs/formats.md`). Whatever appends has made its entries durable when it returns; every
 * failure is an IpcError E_LEDGER or E_DISK, and the caller must then show nothing.
 */
export type Ledger = {
  readonly deviceId: string
  /** `candor/<device id>`. */
  readonly origin: string
  /** C2SP verifier key of the log. */
  readonly verifierKey: string
  /** 32 raw bytes of the log key's public half. */
  readonly publicKey: Uint8Array
  /** Plain Ed25519 with the log key; for certificates. */
  sign(message: Uint8Array): Uint8Array

  append(actor: Actor, drafts: readonly EntryDraft[]): AppendedEntry[]
  /** Entries for a store's `pending_entry`, in the drafts' order. Their subjects' keys are flushed and committed when it returns. */
  prepareEntries(actor: Actor, drafts: readonly EntryDraft[]): PreparedEntry[]
  /** Moves prepared entries into the log; those whose nonce is there already are passed over. */
  appendCanonical(entries: readonly PreparedEntry[]): AppendedEntry[]
  /** One `search_hit` for each subject that this account has not been shown today (Asia/Shanghai). */
  searchHits(actor: Actor, subjects: readonly SubjectRef[], job?: string): AppendedEntry[]

  /** Newest first. */
  list(page: EntryPage): { readonly items: ListedEntry[]; readonly nextCursor: string | null }
  count(subject?: SubjectRef): number
  /** Entries of some actions in their order, from a moment on or from where the reading before has ended. */
  listByAction(actions: readonly LedgerEntry['action'][], since: EntriesSince): EntriesOfActions
  size(): number
  /** 32 bytes. */
  root(): Uint8Array
  /** Signed note of the present head, kept. */
  checkpoint(): string
  /** A head that was signed before. */
  signedCheckpoint(size: number): string | undefined
  /** Proofs as base64, as the wire and the disclosure want them. */
  consistencyProof(older: number, size: number): string[]
  inclusionProof(index: number, size: number): string[]
  proveEntry(index: number): EntryProof

  /**
   * The next outbox item of kind `log`, or null when the witness has everything.
   * @param from for a witness that has lost entries: the size that it still holds
   * @throws IpcError E_LEDGER `dropped` when entries behind `from` are no longer kept here
   */
  pendingPush(limit?: number, from?: number): LogPush | null
  /**
   * Keeps the hub's answer to a push once its signature is checked.
   * @param cosignature the signature line, or the whole cosigned note
   * @param witnessKey raw Ed25519 key of the hub
   */
  acceptCosignature(cosignature: string, size: number, witnessKey: Uint8Array): void
  /** For a hub that accepts pushes but does not cosign. */
  markPushed(size: number): void
  pushedSize(): number
  lastCosigned(): Cosignature | undefined
  /** What `/v1/me` says of this log, against what is here. `root` is base64. */
  compareHead(size: number, root: string): HeadComparison

  /** Writes a bundle line by line, without line ends. */
  exportBundle(write: (line: string) => void): { readonly size: number; readonly root: string }
  /** Without `witnesses`, those that have cosigned here are trusted. */
  verifySelf(options?: { readonly witnesses?: readonly VerifierKey[] }): BundleReport
  /** One candidate's rows, each with its proof, oldest first. */
  disclose(subject: SubjectRef): DisclosureLog

  /** The hash that stands in entries; a candidate never seen before gets a subject key. */
  subjectHash(platform: string, id: string): string
  /** False when both are in the log already. */
  renameSubject(from: SubjectRef, to: SubjectRef): boolean
  endSubject(platform: string, id: string, until: number): void
  reviveSubject(platform: string, id: string): void
  expireSubjects(now: number): number
  /** Keystore slots that the log needs. */
  listSubjectSlots(): SlotId[]

  clockMark(): number
  raiseClockMark(at: number): void
  /** `at` of the newest entry, 0 for an empty log. */
  lastEntryAt(): number

  /** Drops the months whose time is over, behind a checkpoint and a `truncated` entry; gives how many. */
  truncate(actor: Actor): number
}

export type LedgerOptions = {
  /** `ledger.db`, opened with the profile `ledger` and `ledgerMigrations`. */
  readonly db: WritableDb
  /** Holds the subject keys. */
  readonly keystore: Keystore
  /** 32 bytes that seal the log key. */
  readonly sealKey: Uint8Array
  readonly clock: Clock
  readonly randomBytes: (length: number) => Uint8Array
}

const toNewEntry = (canonical: string, subject: number | null): NewEntry => ({
  canonical,
  leaf: textLeafHash(canonical),
  subject,
})

/** Opens the log and, in a new file, makes the device's identity and log key. */
export const openLedger = ({ db, keystore, sealKey, clock, randomBytes }: LedgerOptions): Ledger =>
  guard(() => {
    guardReplace(db)
    const device = db.transaction(() => openDevice(db, sealKey, clock.now(), randomBytes))
    const tree = openTreeStore(db)
    const heads = openHeads(db, tree, device)
    const keys = subjectKeys(keystore)
    const parts = { db, tree, heads, device }
    /** 16 random bytes each; asking once for a batch costs a fifth of asking for each. */
    const newNonces = (count: number): string[] => {
      const pool = Buffer.from(randomBytes(16 * count))
      return Array.from({ length: count }, (_, index) => pool.toString('base64url', index * 16, index * 16 + 16))
    }

    /** Runs `work` in one transaction; what it appends counts once that has committed. */
    const appending = (now: number, work: () => readonly NewEntry[]): AppendedEntry[] => {
      const { first, entries, grown } = db.transaction(() => {
        const fresh = work()
        const from = tree.refresh().size
        return { first: from, entries: fresh, grown: fresh.length === 0 ? undefined : tree.append(now, fresh) }
      })
      if (grown !== undefined) tree.commit(grown)
      return entries.map(({ canonical }, offset) => ({ i: first + offset, canonical }))
    }

    const draftEntries = (now: number, actor: Actor, drafts: readonly EntryDraft[]): NewEntry[] => {
      const named = drafts.flatMap((draft) => (draft.subject === undefined ? [] : [draft.subject]))
      const subjects = requireSubjects(db, keystore, keys, now, named)
      const nonces = newNonces(drafts.length)
      const write = createEntryWriter(now, actor)
      let next = 0
      return drafts.map((draft, index) => {
        const subject = draft.subject === undefined ? undefined : subjects[next++]
        return toNewEntry(write(draft, nonces[index] ?? '', subject?.hash), subject?.id ?? null)
      })
    }

    const append = (actor: Actor, drafts: readonly EntryDraft[]): AppendedEntry[] => {
      if (drafts.length === 0) return []
      requireActor(actor)
      drafts.forEach(requireDraft)
      const now = clock.now()
      return appending(now, () => draftEntries(now, actor, drafts))
    }

    const prepareEntries = (actor: Actor, drafts: readonly EntryDraft[]): PreparedEntry[] => {
      if (drafts.length === 0) return []
      requireActor(actor)
      drafts.forEach(requireDraft)
      const now = clock.now()
      const nonces = newNonces(drafts.length)
      const named = drafts.flatMap((draft) => (draft.subject === undefined ? [] : [draft.subject]))
      const subjects = named.length === 0 ? [] : db.transaction(() => requireSubjects(db, keystore, keys, now, named))
      const write = createEntryWriter(now, actor)
      let next = 0
      return drafts.map((draft, index) => {
        const nonce = nonces[index] ?? ''
        return {
          nonce,
          canonical: write(draft, nonce, draft.subject === undefined ? undefined : subjects[next++]?.hash),
        }
      })
    }

    const appendCanonical = (entries: readonly PreparedEntry[]): AppendedEntry[] => {
      if (entries.length === 0) return []
      const sql = 'INSERT INTO moved_nonce (nonce, i) VALUES (?, ?) ON CONFLICT (nonce) DO NOTHING'
      return appending(clock.now(), () => {
        let next = tree.refresh().size
        return entries.flatMap(({ nonce, canonical }) => {
          const entry = parseCanonicalEntry(canonical)
          if (entry.nonce !== nonce) throw new IpcError('E_LEDGER', 'a waiting entry is not whole', { found: 'nonce' })
          if (db.run(sql, nonce, next).changes === 0) return []
          next += 1
          const hash = entry.subject?.candidate
          const subject =
            hash === undefined ? undefined : db.get<{ id: number }>('SELECT id FROM subject WHERE hash = ?', hash)
          return [toNewEntry(canonical, subject?.id ?? null)]
        })
      })
    }

    const searchHits = (actor: Actor, refs: readonly SubjectRef[], job?: string): AppendedEntry[] => {
      const now = clock.now()
      const day = dayOf(now)
      const seen = 'SELECT 1 FROM search_hit_day WHERE account = ? AND subject = ? AND day = ?'
      const distinct = new Map(refs.map((ref) => [`${ref.platform}\0${ref.id}`, ref]))
      const fresh = [...distinct.values()].filter((ref) => {
        const subject = getSubject(db, ref)
        return subject === undefined || db.get(seen, actor.account, subject.id, day) === undefined
      })
      if (fresh.length === 0) return []
      requireActor(actor)
      const drafts = fresh.map((subject): EntryDraft => ({
        action: 'search_hit',
        outcome: 'shown',
        subject,
        ...(job === undefined ? {} : { job }),
      }))
      drafts.forEach(requireDraft)
      return appending(now, () => {
        db.run('DELETE FROM search_hit_day WHERE day < ?', day)
        const entries = draftEntries(now, actor, drafts)
        for (const { subject } of entries) {
          db.run('INSERT INTO search_hit_day (account, subject, day) VALUES (?, ?, ?)', actor.account, subject, day)
        }
        return entries
      })
    }

    const size = (): number => tree.refresh().size
    const root = (): Uint8Array => edgeRoot(sha256, tree.refresh())
    const checkpoint = (): string => heads.checkpoint(clock.now(), size())
    const proveInclusion = (index: number, of: number): string[] =>
      inclusionProof(sha256, tree.read, index, of).map(toBase64)

    const truncate = (actor: Actor): number => {
      requireActor(actor)
      const now = clock.now()
      const dropped = droppableMonths(db, tree.months(), now, heads.pushedSize())
      const next = tree.months()[dropped.length]
      if (dropped.length === 0 || next === undefined) return 0
      const draft: EntryDraft = { action: 'truncated', outcome: 'done', detail: `first=${next.first}` }
      db.transaction(() => {
        heads.checkpoint(now, size())
        appending(now, () => draftEntries(now, actor, [draft]))
        for (const month of dropped) dropMonth(db, month, now)
        trimSubjectIndex(db, next.first)
      })
      tree.reload()
      return dropped.length
    }

    const proveEntry = (index: number): EntryProof => {
      const { canonical } = requireEntry(db, tree.months(), index)
      const head = size()
      return {
        origin: device.key.name,
        publicKey: formatVerifierKey(device.key),
        i: index,
        entry: canonical,
        proof: proveInclusion(index, head),
        checkpoint: checkpoint(),
        cosignatures: cosignaturesFor(parts, head),
      }
    }

    const disclose = (subject: SubjectRef): DisclosureLog => {
      const head = size()
      const { items } = listEntries(db, tree.months(), head, { subject, limit: head })
      const rows = items
        .toReversed()
        .map(({ i, canonical }) => ({ i, entry: canonical, proof: proveInclusion(i, head) }))
      return {
        origin: device.key.name,
        public_key: formatVerifierKey(device.key),
        checkpoint: checkpoint(),
        cosignatures: cosignaturesFor(parts, head),
        rows,
      }
    }

    const exportBundle = (write: (line: string) => void): { readonly size: number; readonly root: string } => {
      for (const line of bundleLines(parts, checkpoint())) write(line)
      return { size: size(), root: toBase64(root()) }
    }

    return {
      deviceId: device.deviceId,
      origin: device.key.name,
      verifierKey: formatVerifierKey(device.key),
      publicKey: device.key.publicKey,
      sign: device.sign,
      append: (actor, drafts) => guard(() => append(actor, drafts)),
      prepareEntries: (actor, drafts) => guard(() => prepareEntries(actor, drafts)),
      appendCanonical: (entries) => guard(() => appendCanonical(entries)),
      searchHits: (actor, subjects, job) => guard(() => searchHits(actor, subjects, job)),
      list: (page) => guard(() => listEntries(db, tree.months(), size(), page)),
      listByAction: (actions, since) => guard(() => listByAction(db, tree.months(), size(), actions, since)),
      count: (subject) => guard(() => countEntries(db, tree.months(), size(), subject)),
      size: () => guard(size),
      root: () => guard(root),
      checkpoint: () => guard(checkpoint),
      signedCheckpoint: (of) => guard(() => heads.signedCheckpoint(of)),
      consistencyProof: (older, of) => guard(() => consistencyProof(sha256, tree.read, older, of).map(toBase64)),
      inclusionProof: (index, of) => guard(() => proveInclusion(index, of)),
      proveEntry: (index) => guard(() => proveEntry(index)),
      pendingPush: (limit = 1000, from) => guard(() => heads.pendingPush(clock.now(), limit, from)),
      acceptCosignature: (cosignature, of, witnessKey) =>
        guard(() => {
          heads.acceptCosignature(cosignature, of, witnessKey)
        }),
      markPushed: (of) =>
        guard(() => {
          heads.markPushed(of)
        }),
      pushedSize: () => guard(heads.pushedSize),
      lastCosigned: () => guard(heads.lastCosigned),
      compareHead: (of, base64) => guard(() => heads.compareHead(of, base64)),
      exportBundle: (write) => guard(() => exportBundle(write)),
      verifySelf: (options = {}) =>
        guard(() => verifyStored(parts, clock.now(), options.witnesses ?? heads.listWitnesses())),
      disclose: (subject) => guard(() => disclose(subject)),
      subjectHash: (platform, id) =>
        guard(() => {
          const [subject] = db.transaction(() => requireSubjects(db, keystore, keys, clock.now(), [{ platform, id }]))
          return subject?.hash ?? ''
        }),
      renameSubject: (from, to) => guard(() => db.transaction(() => renameSubject(db, from, to))),
      endSubject: (platform, id, until) =>
        guard(() => {
          endSubject(db, keystore, { platform, id }, clock.now(), until)
        }),
      reviveSubject: (platform, id) =>
        guard(() => {
          reviveSubject(db, keystore, { platform, id })
        }),
      expireSubjects: (now) => guard(() => expireSubjects(db, keystore, now)),
      listSubjectSlots: () => guard(() => listSubjectSlots(db)),
      clockMark: () => guard(() => getClockMark(db)),
      raiseClockMark: (at) =>
        guard(() => {
          raiseClockMark(db, at)
        }),
      lastEntryAt: () =>
        guard(() => {
          const last = size() - 1
          return last < 0 ? 0 : requireEntry(db, tree.months(), last).entry.at
        }),
      truncate: (actor) => guard(() => truncate(actor)),
    }
  })
