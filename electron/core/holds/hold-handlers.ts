import type { EntryDraft } from '../../shared/domain/ledger-entry.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { requireCandidate, listApplications, type CandidateRecord } from '../candidates/candidate-rows.ts'
import { defineHandlers, Refusal, type ReaderCall, type WriterCall } from '../handler.ts'
import { requireProfile } from '../policy/profile/require-profile.ts'
import { authorOf } from '../scorecards/colleagues.ts'
import {
  approvalWords,
  decideRow,
  getPending,
  putApproval,
  requireApproval,
  type ApprovalRow,
} from './approval-rows.ts'
import { cleanWords } from './clean-words.ts'
import { disputeApprover } from './dispute-hold.ts'
import { getHold, putHold, putHoldWords, releaseWordsId, type HoldRow } from './hold-rows.ts'
import { listHolds, mayRelease } from './list-holds.ts'
import { mayDecide, requireDecider, requireSecondPerson, secondPersonOf } from './second-person.ts'

const day = 86_400_000
const iso = (at: number): string => new Date(at).toISOString()

const entryOf = (
  call: ReaderCall,
  candidate: CandidateRecord,
  action: 'hold' | 'approve',
  detail: string,
): EntryDraft => {
  const profile = requireProfile(call.core.profiles, candidate.platform)
  return {
    action,
    outcome: 'done',
    subject: { platform: candidate.platform, id: candidate.platform_id },
    policy: { profile: profile.id, version: profile.document.policy.version, clause: 'QY-36' },
    detail,
  }
}

/** A hold keeps what is here; keys that are gone it cannot bring back. @throws IpcError E_CONFLICT */
const requireAlive = (call: ReaderCall, candidate: CandidateRecord): void => {
  if (call.account.keystore.state(candidate.key_slot) === 'live') return
  throw new IpcError('E_CONFLICT', 'the destruction of this record has begun and cannot be stopped', {
    reason: 'destroyed',
  })
}

/** @throws IpcError E_INPUT with the number that the rules name */
const requireEnd = (call: ReaderCall, { platform }: CandidateRecord, until: number): void => {
  const { value, clause } = requireProfile(call.core.profiles, platform).document.retention.hold_days
  if (until > call.now && until <= call.now + value * day) return
  throw new IpcError('E_INPUT', `a hold ends after now and within ${value} days`, {
    field: 'until',
    days: value,
    clause,
  })
}

/** Some application's job, which the hub wants to know; a person who is only remembered has none. */
const jobOf = (call: ReaderCall, recordId: string): string => {
  const [newest] = listApplications(call.store, recordId)
  if (newest !== undefined) return newest.job_id
  throw new IpcError('E_CONFLICT', 'the hub takes a hold for somebody with an application only', { reason: 'no_job' })
}

const told = (call: WriterCall) => () => {
  call.account.indexer.poke()
  call.core.emit('data.changed', { what: ['retention', 'candidates'] })
}

const requireRunning = (call: ReaderCall, id: string): HoldRow => {
  const hold = getHold(call.store, id)
  if (hold === undefined) throw new IpcError('E_NOT_FOUND', 'there is no such hold (any more)')
  // Only what ended the dispute ends this one, on the request itself.
  if (hold.approver === disputeApprover)
    throw new IpcError('E_CONFLICT', 'a dispute among relatives keeps this record', { reason: 'disputed' })
  if (hold.until <= call.now) throw new IpcError('E_CONFLICT', 'this hold is over already', { reason: 'over' })
  if (mayRelease(call, hold)) return hold
  throw new Refusal('E_ROLE', 'this hold was asked for by somebody else', {
    rule: 'HOLD_APPROVER',
    clause: 'QY-36',
    lift: 'SECOND_PERSON',
  })
}

const holderOf = (call: ReaderCall, hold: HoldRow): CandidateRecord => {
  const row = call.store.get<{ record_id: string }>(
    'SELECT record_id FROM candidate WHERE platform = ? AND platform_id = ?',
    hold.platform,
    hold.platform_id,
  )
  return requireCandidate(call.store, row?.record_id ?? '')
}

const grant = (call: WriterCall, candidate: CandidateRecord, row: ApprovalRow, by: string, until: number): void => {
  const place = { store: call.store, keystore: call.account.keystore }
  putHold(place, candidate, {
    id: row.id,
    rev: 0,
    until,
    by: row.asked_by,
    approver: by,
    at: call.now,
    released_at: null,
    released_by: null,
  })
  const reason = approvalWords(place.keystore, candidate.key_slot, row) ?? ''
  putHoldWords(place, candidate, row.id, row.asked_at, reason)
}

export const holdHandlers = defineHandlers({
  'hold.list': {
    disclose: (call) => {
      const { items, subjects } = listHolds(call)
      const days = [...call.core.profiles.values()].map(({ document }) => document.retention.hold_days.value)
      return {
        entries: [],
        hits: { subjects },
        answer: () => ({
          items: [...items],
          second: secondPersonOf(call),
          max_days: Math.min(...days),
          now: call.now,
        }),
      }
    },
  },
  'hold.counts': {
    read: (call) => ({
      active: call.store.get<{ n: number }>('SELECT count(*) AS n FROM legal_hold WHERE until > ?', call.now)?.n ?? 0,
      to_decide: call.store
        .all<ApprovalRow>("SELECT * FROM approval WHERE kind = 'hold' AND state = 'pending'")
        .filter((row) => mayDecide(call, row)).length,
    }),
  },
  'hold.request': {
    prepare: async (call, input) => {
      const candidate = requireCandidate(call.store, input.id)
      requireAlive(call, candidate)
      requireEnd(call, candidate, input.until)
      requireSecondPerson(call)
      if (getPending(call.store, input.id, 'hold') !== undefined)
        throw new IpcError('E_CONFLICT', 'a hold of this record waits for its approval already', { reason: 'pending' })
      const reason = cleanWords(call, candidate, input.reason)
      const { hub } = call.account
      const id =
        hub === null
          ? crypto.randomUUID()
          : (
              await hub.requestApproval({
                kind: 'hold',
                candidate_id: candidate.platform_id,
                job_id: jobOf(call, input.id),
                reason,
                until: iso(input.until),
              })
            ).id
      return (writer) => {
        requireAlive(writer, candidate)
        putApproval(
          { store: writer.store, keystore: writer.account.keystore },
          {
            id,
            rev: 0,
            kind: 'hold',
            record_id: input.id,
            application_id: null,
            asked_by: authorOf(writer.account).id,
            asked_at: writer.now,
            state: 'pending',
            decided_by: null,
            decided_at: null,
            until: input.until,
            legal_basis: null,
            reason,
            keySlot: candidate.key_slot,
          },
        )
        return {
          output: { id, state: 'pending' as const },
          entries: [entryOf(writer, candidate, 'hold', `asked until ${iso(input.until)}`)],
          after: told(writer),
        }
      }
    },
  },
  'hold.decide': {
    prepare: async (call, input) => {
      const row = requireApproval(call.store, input.id, 'hold')
      if (row.state !== 'pending')
        throw new IpcError('E_CONFLICT', 'this has been decided already', { reason: 'decided' })
      const by = requireDecider(call, row, input.officer)
      const candidate = requireCandidate(call.store, row.record_id)
      const asked = row.until ?? call.now
      const until = Math.min(input.until ?? asked, asked)
      if (input.status === 'granted') {
        requireAlive(call, candidate)
        requireEnd(call, candidate, until)
      }
      const { hub } = call.account
      await hub?.decideApproval(input.id, {
        status: input.status,
        ...(input.status === 'granted' ? { until: iso(until) } : {}),
      })
      return (writer) => {
        const still = requireApproval(writer.store, input.id, 'hold')
        // A sync may have brought the decision meanwhile.
        if (still.state === 'pending') decideRow(writer.store, input.id, input.status, by, writer.now)
        if (input.status === 'granted' && getHold(writer.store, input.id) === undefined) {
          requireAlive(writer, candidate)
          grant(writer, candidate, row, by, until)
        }
        // Who confirmed at somebody else's workstation was not signed in there, and the log does not say so.
        const where = hub === null ? ' at_workstation' : ''
        const detail = input.status === 'granted' ? `hold until ${iso(until)}${where}` : `hold refused${where}`
        return {
          output: { state: input.status },
          entries: [entryOf(writer, candidate, 'approve', detail)],
          after: told(writer),
        }
      }
    },
  },
  'hold.release': {
    prepare: async (call, input) => {
      const hold = requireRunning(call, input.id)
      const candidate = holderOf(call, hold)
      const reason = cleanWords(call, candidate, input.reason)
      await call.account.hub?.releaseHold(input.id, reason)
      return (writer) => {
        const place = { store: writer.store, keystore: writer.account.keystore }
        const { id: by } = authorOf(writer.account)
        const until = Math.min(hold.until, writer.now)
        putHold(place, candidate, { ...hold, until, released_at: writer.now, released_by: by })
        if (place.keystore.state(candidate.key_slot) === 'live')
          putHoldWords(place, candidate, releaseWordsId(hold.id), writer.now, reason)
        return {
          output: {},
          entries: [entryOf(writer, candidate, 'hold', 'released')],
          after: () => {
            told(writer)()
            // What the hold alone had kept is overdue.
            writer.account.retention.kick()
          },
        }
      }
    },
  },
})
