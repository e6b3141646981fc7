import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { kindsForDeceased } from '../../shared/requests/needed-proofs.ts'
import { requireCandidate } from '../candidates/candidate-rows.ts'
import { defineHandlers, type Parsed, type ReaderCall, type WriterCall } from '../handler.ts'
import { recordLabels } from '../holds/record-labels.ts'
import { requestEntry } from './request-entry.ts'
import { receiveRequest, type RequestAbout } from './receive-request.ts'
import {
  listRequests,
  requestWords,
  requireOpenRequest,
  requireRequest,
  sealWords,
  type RequestPlace,
} from './request-rows.ts'
import { clockOf, placeOf, rowOf, viewOf } from './request-view.ts'

export const writePlace = (call: WriterCall): RequestPlace => ({ ...placeOf(call), store: call.store })

export const told = (call: WriterCall) => () => {
  call.core.emit('data.changed', { what: ['requests'] })
}

/** @throws IpcError E_INPUT */
const requireSense = (input: Parsed<'request.add'>): void => {
  const wrong = (field: string, why: string): IpcError => new IpcError('E_INPUT', why, { field })
  const deceased = input.requester === 'deceased_relative'
  if (deceased && !kindsForDeceased.includes(input.kind))
    throw wrong('kind', 'relatives of a deceased person may see, copy, correct and delete')
  if (deceased && input.kinship === undefined) throw wrong('kinship', 'which close relative asks')
  if (!deceased && input.requester !== 'relative' && input.kinship !== undefined)
    throw wrong('kinship', 'only relatives have a kinship')
  if (input.via === 'mail' && input.source === undefined) throw wrong('source', 'which mail it is')
  if ((input.candidate === undefined) !== (input.platform === undefined))
    throw wrong('candidate', 'platform and id go together')
}

const aboutOf = (call: ReaderCall, input: Parsed<'request.add'>): RequestAbout => {
  if (input.record_id === undefined)
    return { platform: input.platform ?? null, platform_id: input.candidate ?? null, recordId: null }
  const { platform, platform_id, record_id: recordId } = requireCandidate(call.store, input.record_id)
  return { platform, platform_id, recordId }
}

export const requestHandlers = defineHandlers({
  'request.list': {
    disclose: (call, { state }) => {
      const labels = recordLabels(call)
      const items = listRequests(call.store, state).map((row) => rowOf(call, labels, row))
      return { entries: [], hits: { subjects: labels.subjects }, answer: () => ({ items, now: call.now }) }
    },
  },
  'request.counts': {
    read: (call) => {
      const levels = listRequests(call.store, 'open').map((row) => clockOf(call.core.profiles, row, call.now).level)
      const of = (level: string): number => levels.filter((one) => one === level).length
      return { open: levels.length - of('stopped'), warn: of('warn'), alarm: of('alarm') }
    },
  },
  'request.get': {
    disclose: (call, { id }) => {
      const row = requireRequest(call.store, id)
      const view = viewOf(call, recordLabels(call), row)
      return {
        entries: [requestEntry(call, row, `opened ${row.kind}`, 'request', 'shown')],
        answer: () => ({ ...view, now: call.now }),
      }
    },
  },
  'request.add': {
    write: (call, input) => {
      requireSense(input)
      const desk = {
        ...writePlace(call),
        profiles: call.core.profiles,
        ledger: call.vault.ledger,
        outbox: call.account.outbox,
      }
      const { id, entries } = receiveRequest(
        desk,
        {
          via: input.via,
          kind: input.kind,
          requester: input.requester,
          kinship: input.kinship ?? null,
          about: aboutOf(call, input),
          receivedAt: input.received_at ?? call.now,
          words: { detail: input.detail, source: input.source, who: input.who, contact: input.contact },
        },
        call.now,
      )
      return { output: { id }, entries, after: told(call) }
    },
  },
  'request.reveal_contact': {
    disclose: (call, { id }) => {
      const row = requireRequest(call.store, id)
      const { contact } = requestWords(placeOf(call), row)
      if (contact === undefined || contact === '')
        throw new IpcError('E_NOT_FOUND', 'nothing is known (any more) of how to reach whoever asks')
      return {
        entries: [requestEntry(call, row, 'contact', 'reveal', 'shown')],
        answer: () => ({ contact }),
      }
    },
  },
  'request.link': {
    write: (call, { id, record_id: recordId }) => {
      const row = requireOpenRequest(call.store, id)
      const { platform, platform_id } = requireCandidate(call.store, recordId)
      if (row.platform_id !== null)
        throw new IpcError('E_CONFLICT', 'this request is about somebody already', { reason: 'linked' })
      const place = writePlace(call)
      const words = sealWords(place, id, recordId, requestWords(place, row))
      call.store.run(
        `UPDATE subject_request SET platform = ?, platform_id = ?, person_hash = ?, record_id = ?, sealed = ?, searched_at = NULL
         WHERE id = ?`,
        platform,
        platform_id,
        call.vault.ledger.subjectHash(platform, platform_id),
        words.record_id,
        words.sealed,
        id,
      )
      return {
        output: {},
        entries: [requestEntry(call, { platform, platform_id }, 'linked')],
        after: told(call),
      }
    },
  },
})
