import type { Proof, ProofKind } from '../../shared/domain/request-views.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { neededProofs } from '../../shared/requests/needed-proofs.ts'
import { defineHandlers, type WriterCall } from '../handler.ts'
import { disputeApprover, disputeHoldId } from '../holds/dispute-hold.ts'
import { getHold, putHold } from '../holds/hold-rows.ts'
import { requireProfile } from '../policy/profile/require-profile.ts'
import { authorOf } from '../scorecards/colleagues.ts'
import { requestEntry } from './request-entry.ts'
import { told, writePlace } from './request-handlers.ts'
import { insertPaper, isProof, listPapers, openPaper, pictureType, requirePaper } from './request-papers.ts'
import { personOf } from './request-person.ts'
import {
  addWords,
  freezesOf,
  isDisputed,
  proofsOf,
  requireOpenRequest,
  requireRequest,
  setFreezes,
  setProofs,
  type RequestRecord,
} from './request-rows.ts'
import { setRestricted } from './restrict-record.ts'

const day = 86_400_000
/** Bytes of one picture. */
const largest = 8_000_000

const conflict = (reason: string, message: string): IpcError => new IpcError('E_CONFLICT', message, { reason })

/** One proof of a kind; a copy counts for more than a look. */
const withProof = (row: RequestRecord, proof: Proof): Proof[] => [
  ...proofsOf(row).filter(({ kind }) => kind !== proof.kind),
  proof,
]

const missingOf = (row: RequestRecord): ProofKind[] => {
  const shown = new Set(proofsOf(row).map(({ kind }) => kind))
  return neededProofs(row.requester).filter((kind) => !shown.has(kind))
}

/** Record and destruction stand still while relatives disagree; where nobody is here there is nothing to keep still. */
const keepStill = (call: WriterCall, row: RequestRecord): void => {
  const person = personOf(call.store, row)
  if (person === undefined) return
  const { hold_days: days } = requireProfile(call.core.profiles, person.platform).document.retention
  putHold({ store: call.store, keystore: call.account.keystore }, person, {
    id: disputeHoldId(row.id),
    rev: 0,
    until: call.now + days.value * day,
    by: authorOf(call.account).id,
    approver: disputeApprover,
    at: call.now,
    released_at: null,
    released_by: null,
  })
  setRestricted(call, person, true)
}

const letGo = (call: WriterCall, row: RequestRecord): void => {
  const person = personOf(call.store, row)
  const hold = getHold(call.store, disputeHoldId(row.id))
  if (person === undefined || hold === undefined) return
  putHold({ store: call.store, keystore: call.account.keystore }, person, {
    ...hold,
    until: Math.min(hold.until, call.now),
    released_at: call.now,
    released_by: authorOf(call.account).id,
  })
  setRestricted(call, person, false)
}

const toldAll = (call: WriterCall) => () => {
  call.account.indexer.poke()
  call.core.emit('data.changed', { what: ['requests', 'candidates', 'retention'] })
}

export const identityHandlers = defineHandlers({
  'request.note_proof': {
    write: (call, { id, kind }) => {
      const row = requireOpenRequest(call.store, id)
      setProofs(call.store, id, withProof(row, { kind, how: 'seen', at: call.now }))
      return { output: {}, entries: [requestEntry(call, row, `seen ${kind}`)], after: told(call) }
    },
  },
  'request.add_paper': {
    write: (call, { id, kind, name, content_base64 }) => {
      const row = requireOpenRequest(call.store, id)
      const bytes = Buffer.from(content_base64, 'base64')
      const media = pictureType(bytes)
      if (media === undefined)
        throw new IpcError('E_FILE', 'a paper is kept as a PNG or JPEG picture', { reason: 'media' })
      if (bytes.length > largest) throw new IpcError('E_FILE', 'the picture is too large', { reason: 'size' })
      const paperId = crypto.randomUUID()
      insertPaper(
        { store: call.store, keystore: call.account.keystore },
        {
          id: paperId,
          request_id: id,
          kind,
          media_type: media,
          size: bytes.length,
          at: call.now,
          by: authorOf(call.account).id,
          record_id: personOf(call.store, row)?.record_id ?? null,
        },
        name,
        bytes,
      )
      setProofs(call.store, id, withProof(row, { kind, how: 'paper', at: call.now }))
      return { output: { id: paperId }, entries: [requestEntry(call, row, `paper ${kind}`)], after: told(call) }
    },
  },
  'request.open_paper': {
    disclose: (call, { id }) => {
      const paper = requirePaper(call.store, id)
      // The mail that a request came by is evidence for whoever checks, and no picture.
      if (!isProof(paper)) throw new IpcError('E_NOT_FOUND', 'there is no such paper (any more)')
      const row = requireRequest(call.store, paper.request_id)
      const { bytes } = openPaper({ store: call.store, keystore: call.account.keystore }, paper)
      return {
        entries: [requestEntry(call, row, `paper ${paper.kind}`, 'open_file', 'shown')],
        answer: () => ({ media_type: paper.media_type, base64: Buffer.from(bytes).toString('base64') }),
      }
    },
  },
  'request.remove_paper': {
    write: (call, { id }) => {
      const paper = requirePaper(call.store, id)
      if (!isProof(paper)) throw new IpcError('E_NOT_FOUND', 'there is no such paper (any more)')
      const row = requireRequest(call.store, paper.request_id)
      call.account.keystore.destroy(paper.key_slot)
      call.store.run('DELETE FROM request_paper WHERE id = ?', id)
      const others = listPapers(call.store, row.id).some(({ kind }) => kind === paper.kind)
      // What was looked at stays looked at once the decision is made; before it, a paper taken back shows nothing.
      if (!others && row.identity === 'open')
        setProofs(
          call.store,
          row.id,
          proofsOf(row).filter(({ kind, how }) => kind !== paper.kind || how !== 'paper'),
        )
      return {
        output: {},
        entries: [requestEntry(call, row, `paper ${paper.kind} removed`)],
        after: () => {
          told(call)()
          call.account.retention.kick()
        },
      }
    },
  },
  'request.verify': {
    write: (call, { id, verdict }) => {
      const row = requireOpenRequest(call.store, id)
      const missing = missingOf(row)
      if (verdict === 'verified' && missing.length > 0)
        throw new IpcError('E_CONFLICT', 'something has not been shown yet', {
          reason: 'proof_missing',
          missing: missing.join(' '),
        })
      call.store.run(
        'UPDATE subject_request SET identity = ?, identity_at = ?, identity_by = ? WHERE id = ?',
        verdict,
        call.now,
        authorOf(call.account).id,
        id,
      )
      return { output: {}, entries: [requestEntry(call, row, `identity ${verdict}`)], after: told(call) }
    },
  },
  'request.dispute': {
    write: (call, { id, words }) => {
      const row = requireOpenRequest(call.store, id)
      if (row.requester !== 'deceased_relative')
        throw conflict('not_deceased', 'only relatives of a deceased person can disagree about a record')
      if (isDisputed(row)) throw conflict('disputed', 'the clock stands still already')
      setFreezes(call.store, id, [...freezesOf(row), { from: call.now }])
      addWords(writePlace(call), row, { dispute: words })
      keepStill(call, row)
      return {
        output: {},
        entries: [requestEntry(call, row, 'disputed QY-44'), requestEntry(call, row, 'dispute QY-44', 'hold')],
        after: toldAll(call),
      }
    },
  },
  'request.resolve': {
    write: (call, { id, words }) => {
      const row = requireOpenRequest(call.store, id)
      const freezes = freezesOf(row)
      const running = freezes.at(-1)
      if (running === undefined || running.to !== undefined)
        throw conflict('not_disputed', 'no dispute stops this request')
      // The agreement or the judgment itself, newer than the dispute.
      if (!proofsOf(row).some(({ kind, at }) => kind === 'resolution' && at >= running.from))
        throw conflict('proof_missing', 'an agreement of the relatives or a judgment lifts this')
      setFreezes(call.store, id, [...freezes.slice(0, -1), { ...running, to: call.now }])
      addWords(writePlace(call), row, { resolution: words })
      letGo(call, row)
      return {
        output: {},
        entries: [
          requestEntry(call, row, 'dispute resolved QY-44'),
          requestEntry(call, row, 'dispute released QY-44', 'hold'),
        ],
        after: () => {
          toldAll(call)()
          call.account.retention.kick()
        },
      }
    },
  },
})
