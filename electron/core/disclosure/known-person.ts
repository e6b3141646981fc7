import type { PersonRef, PersonState } from '../../shared/domain/disclosure.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { getCandidate, requireCandidate, type CandidateRecord } from '../candidates/candidate-rows.ts'
import type { SubjectRef } from '../context.ts'
import type { ReaderCall } from '../handler.ts'
import type { ListedEntry } from '../ledger/read-entries.ts'

/** A person as the log knows them, and the record where it is still here. */
export type KnownPerson = {
  readonly subject: SubjectRef
  readonly record: CandidateRecord | null
  /** Absent where this device's log has no entry of them. */
  readonly log: { readonly hash: string; readonly destroyed_at: number | null; readonly until: number | null } | null
}

const recordOf = (call: ReaderCall, { platform, candidate }: PersonRef): CandidateRecord | null => {
  const row = call.store.get<{ record_id: string }>(
    'SELECT record_id FROM candidate WHERE platform = ? AND platform_id = ?',
    platform ?? '',
    candidate ?? '',
  )
  return row === undefined ? null : (getCandidate(call.store, row.record_id) ?? null)
}

/** @throws IpcError E_NOT_FOUND for a record that is not here */
export const findPerson = (call: ReaderCall, ref: PersonRef): KnownPerson => {
  const record = ref.record_id === undefined ? recordOf(call, ref) : requireCandidate(call.store, ref.record_id)
  const subject =
    record === null
      ? { platform: ref.platform ?? '', id: ref.candidate ?? '' }
      : { platform: record.platform, id: record.platform_id }
  const log = call.vault.ledgerDb.reader.get<NonNullable<KnownPerson['log']>>(
    // Once its time is over the mapping is nobody's, whether or not it has been overwritten yet.
    `SELECT hash, destroyed_at, until FROM subject WHERE platform = ? AND candidate = ?
       AND (until IS NULL OR until > ?)`,
    subject.platform,
    subject.id,
    call.now,
  )
  return { subject, record, log: log ?? null }
}

/** @throws IpcError E_NOT_FOUND for somebody of whom nothing is known here (any more) */
export const requireKnown = (call: ReaderCall, ref: PersonRef): KnownPerson => {
  const person = findPerson(call, ref)
  if (person.record === null && person.log === null)
    throw new IpcError('E_NOT_FOUND', 'neither a record nor the log knows of this person (any more)')
  return person
}

/** Certificates of destruction of the person: each was made at the moment of its closing entry. */
export const certificatesOf = (call: ReaderCall, person: KnownPerson, entries: readonly ListedEntry[]): string[] => {
  const { log } = person
  if (log === null) return []
  const times = new Set(entries.filter(({ entry }) => entry.action === 'destroyed').map(({ entry }) => entry.at))
  return [...times].flatMap((at) =>
    call.vault.ledgerDb.reader
      .all<{ json: string }>(
        "SELECT json FROM certificate WHERE at = ? AND kind = 'single' AND subject_hash = ?",
        at,
        log.hash,
      )
      .map(({ json }) => json),
  )
}

/** Oldest first. */
export const entriesOf = (call: ReaderCall, { subject, log }: KnownPerson): ListedEntry[] => {
  const { ledger } = call.vault
  if (log === null) return []
  return ledger.list({ subject, limit: Math.max(1, ledger.size()) }).items.toReversed()
}

export const stateOf = (call: ReaderCall, person: KnownPerson): PersonState => {
  const entries = entriesOf(call, person)
  const { record, log } = person
  const state = record !== null ? record.life : (log?.destroyed_at ?? null) !== null ? 'destroyed' : 'unknown'
  const [first] = entries
  const last = entries.at(-1)
  return {
    state,
    entries: entries.length,
    ...(first === undefined ? {} : { first_at: first.entry.at }),
    ...(last === undefined ? {} : { last_at: last.entry.at }),
    ...(typeof log?.destroyed_at === 'number' ? { destroyed_at: log.destroyed_at } : {}),
    ...(typeof log?.until === 'number' ? { until: log.until } : {}),
    certificates: certificatesOf(call, person, entries).length,
  }
}
