import type { ParsedArchive, ParsedFile, Quarantined } from '../../shared/domain/intake.ts'
import type { RecordId } from '../../shared/domain/ids.ts'
import type { IntakeQuestion } from '../../shared/domain/intake-runs.ts'
import type { EntryDraft } from '../../shared/domain/ledger-entry.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { Core } from '../context.ts'
import { crashPoint } from '../crash-points.ts'
import { Refusal, type ReaderCall, type WriterCall, type Written } from '../handler.ts'
import type { Keystore } from '../keys/keystore-port.ts'
import { ageInMonths } from '../policy/text/age-in-months.ts'
import type { CompiledProfile } from '../policy/profile/compile-profile.ts'
import { requireProfile } from '../policy/profile/require-profile.ts'
import { readerCall, runWrite } from '../run-write.ts'
import type { ReadableDb } from '../store/database.ts'
import type { Arrival, Taken } from './arrival.ts'
import { sha256 } from './arrival.ts'
import { noteUse } from './choices.ts'
import { putCorrection } from './correction-rows.ts'
import { insertRecord, type Placed } from './insert-record.ts'
import { decide, isOpen, placedOf, type Decided } from './place-arrival.ts'
import { insertAside, waiting } from './quarantine-rows.ts'
import { hadBefore, isRunning, noteItem } from './runs.ts'

/** Largest file taken in, in bytes. */
export const maxArrivalBytes = 30 * 1024 * 1024

/** A record without its origin may not enter (ZP-53, ZP-98). @throws Refusal E_CONSENT */
export const requireOrigin = (arrival: Pick<Arrival, 'source' | 'origin'>): void => {
  const needsWords = arrival.source !== 'hand_in' && arrival.source !== 'email'
  if (needsWords && (arrival.origin ?? '') === '') {
    throw new Refusal('E_CONSENT', 'say where this resume comes from and on what ground', {
      rule: 'ORIGIN_MISSING',
      clause: 'ZP-98',
    })
  }
}

/** @throws IpcError E_NOT_FOUND, E_CONFLICT */
export const requireOpenJob = (db: ReadableDb, jobId: string): void => {
  if (db.get('SELECT 1 FROM job WHERE id = ?', jobId) === undefined) {
    throw new IpcError('E_NOT_FOUND', 'there is no such job')
  }
  if (!isOpen(db, jobId)) throw new IpcError('E_CONFLICT', 'the job is closed; resumes enter open jobs only')
}

/** Some platforms have no candidates at all (QY-09). @throws Refusal E_CHANNEL */
const requireCandidates = (profile: CompiledProfile): void => {
  if (profile.hasCandidates) return
  throw new Refusal('E_CHANNEL', 'this platform has no candidates', {
    rule: 'NO_CANDIDATES_HERE',
    clause: profile.clauseOf('NO_CANDIDATES_HERE'),
  })
}

/** Below the platform's age by the date of birth, or, where there is none, by what the text says. */
const isUnderAge = (file: ParsedFile, profile: CompiledProfile, now: number): boolean => {
  const { birth_date, birth_month } = file.resume.meta.cn
  const birth = birth_date ?? birth_month
  const months = birth === undefined ? null : ageInMonths(birth, now)
  if (months !== null) return months < profile.minAgeMonths
  // Seventeen means up to one day before eighteen.
  return file.stated_age !== undefined && file.stated_age * 12 + 11 < profile.minAgeMonths
}

/** Runs what needs these keys; when it fails they go again. A kill in between leaves them to the next unlock. */
const orFree = <T>(keystore: Keystore, slots: readonly string[], work: () => T): T => {
  try {
    return work()
  } catch (error) {
    for (const slot of slots) keystore.destroy(slot)
    throw error
  }
}

type Single = Exclude<Taken, { result: 'unpacked' }>
type Commit = (call: WriterCall) => Written<Taken>

/** What every way out has in common: the run counts it, and the source may note what it has to. */
const told = (
  call: WriterCall,
  arrival: Arrival,
  taken: Single,
  rest: Omit<Written<Taken>, 'output'>,
): Written<Taken> => {
  noteItem(
    call.store,
    { ...arrival, size: arrival.bytes.length, mark: arrival.runId === undefined ? null : sha256(arrival.bytes) },
    taken,
    call.now,
  )
  arrival.alongside?.(call, taken)
  return {
    output: taken,
    entries: rest.entries,
    after: () => {
      rest.after?.()
      if (arrival.runId !== undefined) call.core.emit('data.changed', { what: ['intake'] })
    },
  }
}

/** The same file in the store already: as an attachment, for this job where one is named, or set aside. */
const findSameFile = (db: ReadableDb, arrival: Arrival): Single | undefined => {
  const hash = sha256(arrival.bytes)
  const row =
    arrival.jobId === undefined
      ? db.get<{ id: RecordId }>('SELECT record_id AS id FROM attachment WHERE sha256 = ? LIMIT 1', hash)
      : db.get<{ id: RecordId }>(
          `SELECT t.record_id AS id FROM attachment t JOIN application a ON a.id = t.application_id
           WHERE t.sha256 = ? AND a.job_id = ?`,
          hash,
          arrival.jobId,
        )
  if (row !== undefined) return { result: 'merged', recordId: row.id }
  const aside = db.get<{ id: string; reason: string }>(
    'SELECT id, reason FROM quarantine WHERE sha256 = ? AND id <> ? LIMIT 1',
    hash,
    arrival.aside ?? '',
  )
  return aside === undefined ? undefined : { result: 'merged', quarantineId: aside.id, reason: aside.reason }
}

/** The same delivery, by the id of the message or by the platform's number of it, whether it came by mail or by sync (ZP-19). */
const findSameDelivery = (db: ReadableDb, placed: Placed): Single | undefined => {
  for (const mark of placed.deliveries) {
    const row = db.get<{ id: RecordId }>(
      `SELECT a.record_id AS id FROM intake_delivery d CROSS JOIN application a ON a.id = d.application_id WHERE d.mark = ? AND a.job_id = ?`,
      mark,
      placed.jobId,
    )
    if (row !== undefined) return { result: 'merged', recordId: row.id }
  }
  for (const evidence of placed.evidence) {
    const row = db.get<{ id: RecordId }>(
      `SELECT a.record_id AS id FROM application a JOIN candidate c ON c.record_id = a.record_id
       WHERE a.evidence = ? AND c.platform = ? AND c.origin = 'hub' AND NOT EXISTS (
         SELECT 1 FROM mail_copy m WHERE m.record_id = a.record_id AND m.message_hash = ? AND m.mail_key <> ?) LIMIT 1`,
      evidence,
      placed.platform,
      placed.mail?.messageHash ?? null,
      placed.mail?.key ?? null,
    )
    if (row !== undefined) return { result: 'merged', recordId: row.id }
  }
  return undefined
}

const aside =
  (arrival: Arrival, slot: string, why: Parameters<typeof insertAside>[3]): Commit =>
  (writer) =>
    orFree(writer.account.keystore, [slot], () => {
      if (arrival.jobId !== undefined) requireOpenJob(writer.store, arrival.jobId)
      const id = insertAside(writer, arrival, slot, why)
      const taken: Single =
        why.asks === undefined
          ? { result: 'quarantined', quarantineId: id, reason: why.reason }
          : { result: 'asked', quarantineId: id, asks: why.asks }
      const entry: EntryDraft = {
        action: 'stage',
        outcome: 'done',
        ...(arrival.jobId === undefined ? {} : { job: arrival.jobId }),
        detail: why.asks === undefined ? `quarantined ${why.reason}` : `waits ${why.asks}`,
      }
      return told(writer, arrival, taken, {
        entries: [entry],
        after: () => writer.core.emit('data.changed', { what: ['quarantine'] }),
      })
    })

/** Nothing of the person stays; the entry says that something was turned away by a rule, not whose it was (ZP-04). */
const refused =
  (arrival: Arrival, taken: Extract<Single, { result: 'refused' }>, job: string | undefined): Commit =>
  (writer) =>
    told(writer, arrival, taken, {
      entries: [
        {
          action: 'stage',
          outcome: 'denied',
          ...(job === undefined ? {} : { job }),
          detail: `${taken.rule.toLowerCase()} ${taken.clause}`,
        },
      ],
      after: () => writer.core.emit('data.changed', { what: ['ledger'] }),
    })

const merged =
  (arrival: Arrival, taken: Single): Commit =>
  (writer) =>
    told(writer, arrival, taken, { entries: [] })

const asks = (arrival: Arrival, keystore: Keystore, question: IntakeQuestion, decided: Decided): Commit =>
  aside(arrival, keystore.create('quarantine'), {
    reason: waiting,
    detail: '',
    asks: question,
    about: { guess: decided.guess, domain: decided.domain },
    marks: decided.marks,
  })

/**
 * Reads one arrival in the parser process and says how it is to be committed: as a record, merged with what came before, set
 * aside, refused by a rule, or waiting for a person's word. What a caller did wrong throws; whatever the file holds does not.
 * @throws Refusal E_CONSENT, E_CHANNEL; IpcError E_FILE, E_NOT_FOUND, E_CONFLICT
 */
export const prepareTakeIn = async (call: ReaderCall, arrival: Arrival): Promise<Commit> => {
  requireOrigin(arrival)
  if (arrival.bytes.length > maxArrivalBytes && arrival.way !== 'mail') {
    throw new IpcError('E_FILE', 'the file is too large', { bytes: arrival.bytes.length, limit: maxArrivalBytes })
  }
  if (arrival.jobId !== undefined) requireOpenJob(call.store, arrival.jobId)
  if (arrival.platform !== undefined) requireCandidates(requireProfile(call.core.profiles, arrival.platform))
  const same = findSameFile(call.store, arrival)
  if (same !== undefined) return merged(arrival, same)
  const outcome = await call.core.parser.parse(arrival.name, arrival.bytes)
  if (call.core.account !== call.account) throw new IpcError('E_SESSION', 'the session ended before the file was read')
  // The job may have been closed, and the same file taken in, while this one was being read.
  if ('quarantined' in outcome) return setAside(call, arrival, outcome)
  if ('parts' in outcome) return prepareArchive(call, arrival, outcome)
  return prepareFile(call, arrival, outcome)
}

const setAside = (call: ReaderCall, arrival: Arrival, { quarantined: reason, detail }: Quarantined): Commit =>
  aside(arrival, call.account.keystore.create('quarantine'), { reason, detail, about: {}, marks: {} })

/**
 * Takes what is in an archive in one by one, each in a transaction of its own, so that a kill costs nothing that was done. Where
 * something could not be taken out, the archive itself is set aside, so that it is not lost.
 */
const prepareArchive = async (call: ReaderCall, arrival: Arrival, archive: ParsedArchive): Promise<Commit> => {
  if (arrival.way === 'zip') return setAside(call, arrival, { quarantined: 'too_deep', detail: 'zip' })
  const parts: Single[] = []
  for (const [index, part] of archive.parts.entries()) {
    if (arrival.runId !== undefined && !isRunning(call.store, arrival.runId)) {
      throw new IpcError('E_CANCELLED', 'stopped on request')
    }
    const taken = await takeIn(call.core, {
      ...arrival,
      name: part.name,
      bytes: part.bytes,
      way: 'zip',
      aside: undefined,
      alongside: undefined,
      runId:
        arrival.runId !== undefined && hadBefore(call.store, arrival.runId, part.bytes) ? undefined : arrival.runId,
    })
    if (taken.result !== 'unpacked') parts.push(taken)
    call.core.emit('intake.progress', {
      kind: 'intake',
      state: 'running',
      phase: 'zip',
      done: index + 1,
      total: archive.parts.length,
      at: call.core.clock.now(),
    })
  }
  const [failed] = archive.refused
  if (failed !== undefined) return setAside(call, arrival, failed)
  if (parts.length === 0) return setAside(call, arrival, { quarantined: 'empty', detail: 'zip' })
  return (writer) => {
    const taken: Taken = { result: 'unpacked', parts }
    arrival.alongside?.(writer, taken)
    return { output: taken, entries: [] }
  }
}

/** A picture with what a person read from it; the words are all that is known, so the age is asked for before it is shown (D15). */
const withWords = (parsed: ParsedFile, words: NonNullable<Arrival['words']>): ParsedFile => ({
  ...parsed,
  resume: {
    ...parsed.resume,
    basics: {
      ...parsed.resume.basics,
      name: words.name,
      ...(words.phone === undefined || words.phone === '' ? {} : { phone: words.phone }),
    },
  },
})

/** What was typed of a picture is kept like a correction: a later reading of the file knows nothing of it. */
const keepWords = (call: WriterCall, recordId: string, slot: string, words: NonNullable<Arrival['words']>): void => {
  const { keystore, view } = call.account
  for (const [field, value] of Object.entries(words)) {
    if (value === undefined || value === '') continue
    const owner = { record_id: recordId, key_slot: slot }
    putCorrection(call.store, keystore, owner, { field, value }, { at: call.now, by: view.name })
  }
}

const prepareFile = (call: ReaderCall, arrival: Arrival, read: ParsedFile): Commit => {
  const { keystore } = call.account
  const outcome = arrival.words === undefined ? read : withWords(read, arrival.words)
  const decided = decide(call, arrival, outcome)
  const placed = placedOf(call, arrival, outcome, decided)
  const whose = decided.platform ?? decided.from?.platform ?? 'direct'
  const profile = requireProfile(call.core.profiles, whose)
  if (!profile.hasCandidates) {
    const clause = profile.clauseOf('NO_CANDIDATES_HERE')
    return refused(arrival, { result: 'refused', code: 'E_CHANNEL', rule: 'NO_CANDIDATES_HERE', clause }, decided.jobId)
  }
  if (isUnderAge(outcome, profile, call.now)) {
    const clause = profile.clauseOf('UNDER_AGE')
    return refused(arrival, { result: 'refused', code: 'E_MINOR', rule: 'UNDER_AGE', clause }, decided.jobId)
  }
  if (outcome.unread !== undefined && arrival.words === undefined) return asks(arrival, keystore, 'words', decided)
  if (placed === undefined) return asks(arrival, keystore, decided.platform === undefined ? 'platform' : 'job', decided)
  const slots = { candidate: keystore.create('candidate'), application: keystore.create('application') }
  crashPoint('intake.keys')
  return (writer) =>
    orFree(keystore, [slots.candidate, slots.application], () => {
      requireOpenJob(writer.store, placed.jobId)
      const free = (): void => {
        keystore.destroy(slots.candidate)
        keystore.destroy(slots.application)
      }
      const known =
        findSameFile(writer.store, { ...arrival, jobId: placed.jobId }) ?? findSameDelivery(writer.store, placed)
      if (known !== undefined) return told(writer, arrival, known, { entries: [], after: free })
      const { taken, entry } = insertRecord(writer, arrival, outcome, placed, slots)
      if (arrival.words !== undefined) keepWords(writer, taken.recordId, slots.candidate, arrival.words)
      if (decided.choice !== undefined) noteUse(writer.store, decided.choice.mark)
      return told(writer, arrival, taken, {
        entries: [entry],
        after: () => {
          call.account.indexer.poke()
          call.core.emit('data.changed', { what: ['jobs', 'candidates', 'retention'] })
        },
      })
    })
}

/**
 * Takes one arrival in, for sources that no window waits for (mailbox, watched folder): the same as the route `intake.add`, in
 * a transaction of its own.
 * @throws IpcError E_SESSION when the account was left meanwhile, and those of `prepareTakeIn`
 */
export const takeIn = async (core: Core, arrival: Arrival): Promise<Taken> => {
  const now = core.clock.now()
  const call = readerCall(core, now)
  const commit = await prepareTakeIn(call, arrival)
  if (core.account !== call.account) throw new IpcError('E_SESSION', 'the session ended before the work was done')
  return runWrite(core, now, commit)
}
