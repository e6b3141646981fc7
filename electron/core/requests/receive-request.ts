import type { EntryDraft } from '../../shared/domain/ledger-entry.ts'
import type { RequestVia } from '../../shared/domain/request-views.ts'
import type { Platform } from '../../shared/domain/vocabulary.ts'
import { getCandidate } from '../candidates/candidate-rows.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Profiles } from '../policy/profile/profile-set.ts'
import type { Outbox } from '../context.ts'
import { requestEntry } from './request-entry.ts'
import {
  insertRequest,
  requireRequest,
  type RequestPlace,
  type RequestRecord,
  type RequestWords,
} from './request-rows.ts'
import { clockOf } from './request-view.ts'

/** What the desk needs to take a request in, whoever brings it: a person at the window, or a mailbox. */
export type RequestDesk = RequestPlace & {
  readonly profiles: Profiles
  readonly ledger: Pick<Ledger, 'subjectHash'>
  readonly outbox: Pick<Outbox, 'enqueue'>
}

/** Whom a request is about, as far as that is known. */
export type RequestAbout = {
  readonly platform: Platform | null
  readonly platform_id: string | null
  readonly recordId: string | null
}
export const aboutNobody: RequestAbout = { platform: null, platform_id: null, recordId: null }

export type ReceivedRequest = {
  /** Its number, where what brings it has one that is always the same; random without it. */
  readonly id?: string
} & Pick<RequestRecord, 'kind' | 'requester' | 'kinship'> & {
    /** Requests of the page come with the hub's changes (`apply-request.ts`). */
    readonly via: Exclude<RequestVia, 'portal'>
    readonly about: RequestAbout
    /** Milliseconds since 1970 UTC: when it came in; never later than now. The clock counts from then. */
    readonly receivedAt: number
    /** For a mail `source` names which one. */
    readonly words: Pick<RequestWords, 'detail' | 'source' | 'who' | 'contact'>
  }

/**
 * Takes a request in that did not come by the person's page, inside the caller's transaction, and tells the hub of it where the
 * person came from there; its words stay here. The caller writes the entries.
 */
export const receiveRequest = (
  desk: RequestDesk,
  { id: given, via, kind, requester, kinship, about, receivedAt, words }: ReceivedRequest,
  now: number,
): { readonly id: string; readonly entries: readonly EntryDraft[] } => {
  const id = given ?? crypto.randomUUID()
  const received = Math.min(receivedAt, now)
  const { platform, platform_id: candidate, recordId } = about
  const row = {
    id,
    rev: 0,
    via,
    kind,
    requester,
    kinship,
    platform,
    platform_id: candidate,
    person_hash: platform === null || candidate === null ? null : desk.ledger.subjectHash(platform, candidate),
    received_at: received,
    noted_at: now,
    hub_due_at: null,
    proofs: [],
    recordId,
    words,
  } as const
  insertRequest(desk, row)
  const due = clockOf(desk.profiles, requireRequest(desk.store, id), now).due_at ?? received
  // The person sees on their page that it came in.
  if (recordId !== null && getCandidate(desk.store, recordId)?.origin === 'hub')
    desk.outbox.enqueue(
      desk.store,
      {
        id,
        kind: 'request',
        recordId,
        body: {
          candidate_id: candidate ?? '',
          kind,
          requester,
          received_at: new Date(received).toISOString(),
          due_at: new Date(due).toISOString(),
        },
      },
      now,
    )
  return {
    id,
    entries: [requestEntry({ core: { profiles: desk.profiles } }, row, `received ${kind} ${requester} ${via}`)],
  }
}
