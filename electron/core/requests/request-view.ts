import { neededProofs } from '../../shared/requests/needed-proofs.ts'
import { nextStep } from '../../shared/requests/next-step.ts'
import { requestClockOf } from '../../shared/requests/request-clock.ts'
import type {
  RequestClock,
  RequestPaper,
  RequestRow,
  RequestStep,
  RequestView,
} from '../../shared/domain/request-views.ts'
import { flagsOf } from '../candidates/candidate-rows.ts'
import type { Core } from '../context.ts'
import type { ReaderCall } from '../handler.ts'
import { cleanWords } from '../holds/clean-words.ts'
import type { RecordLabels } from '../holds/record-labels.ts'
import { redactToString } from '../policy/text/redact.ts'
import { requireProfile } from '../policy/profile/require-profile.ts'
import { namesOf } from '../scorecards/colleagues.ts'
import { isProof, listPapers } from './request-papers.ts'
import { heldUntil, personOf } from './request-person.ts'
import {
  freezesOf,
  isDisputed,
  proofsOf,
  requestWords,
  type RequestReading,
  type RequestRecord,
} from './request-rows.ts'

const day = 86_400_000

export const placeOf = (call: ReaderCall): RequestReading => ({
  store: call.store,
  keystore: call.account.keystore,
  asideKey: call.vault.keys.asideKey(),
})

/** The numbers of the rules that the person came under; of nobody known here the strictest. */
export const requestNumbers = (profiles: Core['profiles'], row: Pick<RequestRecord, 'platform'>) =>
  requireProfile(profiles, row.platform ?? 'direct').document.requests

export const clockOf = (profiles: Core['profiles'], row: RequestRecord, now: number): RequestClock => {
  const { workdays, warn_workday } = requestNumbers(profiles, row)
  return requestClockOf(
    profiles.calendar,
    { ...row, freezes: freezesOf(row) },
    { answer: workdays.value, warn: warn_workday.value },
    now,
  )
}

/** A number that can be read out on the phone. */
export const numberOf = ({ id }: Pick<RequestRecord, 'id'>): string =>
  `R-${id
    .replace(/[^0-9a-z]/giu, '')
    .slice(-8)
    .toUpperCase()}`

export const stepOf = (call: ReaderCall, row: RequestRecord): RequestStep =>
  nextStep({
    kind: row.kind,
    state: row.state,
    identity: row.identity,
    disputed: isDisputed(row),
    searched: row.searched_at !== null,
    carriedOut: row.carried_out_at !== null,
    here: personOf(call.store, row) !== undefined,
  })

export const rowOf = (call: ReaderCall, labels: RecordLabels, row: RequestRecord): RequestRow => {
  const person = personOf(call.store, row)
  return {
    id: row.id,
    number: numberOf(row),
    kind: row.kind,
    requester: row.requester,
    via: row.via,
    ...(row.kinship === null ? {} : { kinship: row.kinship }),
    ...(person === undefined
      ? {}
      : { label: labels.labelOf(person), record_id: person.record_id as NonNullable<RequestRow['record_id']> }),
    ...(row.platform === null ? {} : { platform: row.platform }),
    received_at: row.received_at,
    clock: clockOf(call.core.profiles, row, call.now),
    step: stepOf(call, row),
    ...(row.outcome === null ? {} : { outcome: row.outcome }),
    ...(row.closed_at === null ? {} : { closed_at: row.closed_at }),
  }
}

/** Certificates of the person that were made since what was asked for was begun. */
export const certificatesOf = ({ vault }: ReaderCall, row: RequestRecord): string[] => {
  if (row.person_hash === null || row.carried_out_at === null) return []
  return vault.ledgerDb.reader
    .all<{ id: string; subject_hash: string }>(
      "SELECT id, subject_hash FROM certificate WHERE at >= ? AND at <= ? AND kind = 'single' ORDER BY at, id",
      row.carried_out_at,
      (row.closed_at ?? Number.MAX_SAFE_INTEGER - day) + day,
    )
    .filter(({ subject_hash: hash }) => hash === row.person_hash)
    .map(({ id }) => id)
}

const papersOf = (call: ReaderCall, row: RequestRecord): RequestPaper[] => {
  const nameOf = namesOf(call)
  const { papers_days: days } = requestNumbers(call.core.profiles, row)
  return listPapers(call.store, row.id)
    .filter(isProof)
    .map(({ id, kind, media_type, size, at, by }) => ({
      id,
      kind,
      media_type,
      size,
      at,
      by: nameOf(by),
      ...(row.closed_at === null ? {} : { destroyed_at: row.closed_at + days.value * day }),
    }))
}

/** How somebody would be reached, masked: an address and a number as they are masked everywhere, other words as dots. */
const maskWays = (text: string): string => {
  const redacted = redactToString(text)
  if (redacted !== text) return redacted
  return text.replace(/[\p{L}\p{N}]/gu, '•')
}

export const viewOf = (call: ReaderCall, labels: RecordLabels, row: RequestRecord): RequestView => {
  const person = personOf(call.store, row)
  const nameOf = namesOf(call)
  const words = requestWords(placeOf(call), row)
  const clean = (text: string | undefined): string | undefined =>
    text === undefined ? undefined : person === undefined ? redactToString(text) : cleanWords(call, person, text)
  const evidence = listPapers(call.store, row.id).find(({ kind }) => kind === 'mail')
  const held = person === undefined ? null : heldUntil(call.store, person, call.now)
  const typed = Object.entries({
    detail: clean(words.detail),
    source: clean(words.source),
    who: clean(words.who),
    reason: clean(words.reason),
  }).filter(([, text]) => text !== undefined && text !== '')
  return {
    ...rowOf(call, labels, row),
    ...(person === undefined && row.platform !== null && row.platform_id !== null
      ? { candidate: row.platform_id }
      : {}),
    identity: row.identity,
    ...(row.identity_at === null ? {} : { identity_at: row.identity_at }),
    ...(row.identity_by === null ? {} : { identity_by: nameOf(row.identity_by) }),
    needed: [...neededProofs(row.requester)],
    proofs: proofsOf(row),
    papers: papersOf(call, row),
    freezes: freezesOf(row),
    ...(Object.fromEntries(typed) as Pick<RequestView, 'detail' | 'source' | 'who' | 'reason'>),
    ...(words.contact === undefined || words.contact === '' ? {} : { contact: maskWays(words.contact) }),
    ...(evidence === undefined ? {} : { mail_size: evidence.size }),
    ...(row.searched_at === null ? {} : { searched_at: row.searched_at }),
    ...(row.carried_out_at === null ? {} : { carried_out_at: row.carried_out_at }),
    ...(row.closed_by === null ? {} : { closed_by: nameOf(row.closed_by) }),
    certificates: certificatesOf(call, row),
    restricted: person !== undefined && flagsOf(person).restricted_here === true,
    ...(held === null ? {} : { held_until: held }),
  }
}
