import type { EntryDraft } from '../../shared/domain/ledger-entry.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { Input } from '../../shared/ipc/routes/index.ts'
import { getCandidate, listApplications, requireCandidate, type CandidateRecord } from '../candidates/candidate-rows.ts'
import { openRecord } from '../candidates/open-record.ts'
import { defineHandlers, type ReaderCall, type WriterCall } from '../handler.ts'
import { cleanWords } from '../holds/clean-words.ts'
import { requireDecider, requireSecondPerson, secondPersonOf } from '../holds/second-person.ts'
import { requireProfile } from '../policy/profile/require-profile.ts'
import { requireProof } from '../sign-in/require-proof.ts'
import { authorOf } from '../scorecards/colleagues.ts'
import { approvalViews, fromHub, localRows } from './approval-view.ts'
import { book, getBooked, listBooked, type BookedApproval } from './approval-book.ts'
import { stateOf } from './own-approvals.ts'

const hour = 3_600_000
const iso = (at: number): string => new Date(at).toISOString()
const conflict = (reason: string, message: string) => new IpcError('E_CONFLICT', message, { reason })

const entryOf = (
  call: ReaderCall,
  candidate: CandidateRecord | undefined,
  approval: { readonly job_id: string; readonly fields?: readonly string[] | undefined },
  detail: string,
): EntryDraft => {
  if (candidate === undefined) return { action: 'approve', outcome: 'done', detail }
  const profile = requireProfile(call.core.profiles, candidate.platform)
  return {
    action: 'approve',
    outcome: 'done',
    subject: { platform: candidate.platform, id: candidate.platform_id },
    job: approval.job_id,
    ...(approval.fields === undefined ? {} : { fields: approval.fields }),
    policy: { profile: profile.id, version: profile.document.policy.version, clause: 'ZP-96' },
    detail,
  }
}

/** The window asks again, and a hub is asked at once for what has changed. */
const told = (call: WriterCall) => () => {
  call.account.sync.start()
  call.core.emit('data.changed', { what: ['approvals', 'candidates'] })
}

const placeOf = ({ store, account, vault }: WriterCall) => ({
  store,
  keystore: account.keystore,
  asideKey: vault.keys.asideKey(),
})

/** Whom it is about, if their record is here. */
const personOf = (call: ReaderCall, approval: BookedApproval): CandidateRecord | undefined => {
  const row = call.store.get<{ record_id: string }>(
    'SELECT record_id FROM candidate WHERE platform_id = ?',
    approval.candidate_id,
  )
  return row === undefined ? undefined : getCandidate(call.store, row.record_id)
}

/** What is asked for, held against what there is to ask for. @throws IpcError E_INPUT, E_CONFLICT */
const requireScope = (call: ReaderCall, input: Input<'approval.ask'>, jobId: string): void => {
  const many = input.application_ids !== undefined
  if ((input.kind === 'bulk' && !many) || (many && input.kind !== 'bulk' && input.kind !== 'export'))
    throw new IpcError('E_INPUT', 'a bulk names its applications, an export may, and nothing else does', {
      field: 'application_ids',
    })
  const own = authorOf(call.account).id
  const candidate = requireCandidate(call.store, input.id)
  const same = listBooked(call).some(
    (one) =>
      one.account_id === own &&
      one.kind === input.kind &&
      one.candidate_id === candidate.platform_id &&
      one.job_id === jobId &&
      String(one.fields ?? '') === String(input.fields ?? '') &&
      String(one.application_ids ?? '') === String(input.application_ids ?? '') &&
      ['pending', 'half'].includes(stateOf(one, call.now)),
  )
  if (same) throw conflict('pending', 'a request for this waits for its approval already')
  for (const id of input.application_ids ?? []) {
    const found = call.store.get<{ job_id: string }>('SELECT job_id FROM application WHERE id = ?', id)
    if (found?.job_id !== jobId)
      throw new IpcError('E_INPUT', 'the applications of a bulk are of one job', { field: 'application_ids' })
  }
}

export const approvalHandlers = defineHandlers({
  'approval.list': {
    disclose: async (call, { box, cursor }) => {
      const { hub } = call.account
      const answer = hub === null ? undefined : await hub.listApprovals(box, cursor)
      const rows = answer === undefined ? localRows(call, box) : answer.approvals.map(fromHub)
      const { items, subjects } = approvalViews(call, rows)
      return {
        entries: [],
        hits: { subjects },
        answer: () => ({
          items,
          next_cursor: answer?.next_cursor ?? null,
          second: secondPersonOf(call),
          now: call.now,
        }),
      }
    },
  },
  'approval.ask': {
    prepare: async (call, input) => {
      // Whoever may not open the record has nothing to ask for in it.
      const { candidate, current } = openRecord(call, input.id, input.job_id)
      requireSecondPerson(call)
      const jobId = current?.job_id ?? listApplications(call.store, input.id)[0]?.job_id
      if (jobId === undefined) throw conflict('no_job', 'an approval is for somebody with an application only')
      requireScope(call, input, jobId)
      const { hub } = call.account
      if (hub === null && input.application_ids !== undefined)
        throw conflict('two_people', 'what is of many takes two people beside who asks, and here is one')
      if (input.application_ids !== undefined) await requireProof(call.account)
      const scope = {
        kind: input.kind,
        candidate_id: candidate.platform_id,
        job_id: jobId,
        reason: cleanWords(call, candidate, input.reason),
        expires_at: iso(call.now + input.hours * hour),
        ...(input.fields === undefined ? {} : { fields: input.fields }),
        ...(input.application_ids === undefined ? {} : { application_ids: input.application_ids }),
      }
      const id = hub === null ? crypto.randomUUID() : (await hub.requestApproval(scope)).id
      return (writer) => {
        const asked = { ...scope, id, rev: 0, at: writer.now, account_id: authorOf(writer.account).id }
        book(placeOf(writer), { ...asked, status: 'pending' })
        return {
          output: { id },
          entries: [entryOf(writer, candidate, asked, `asked ${input.kind} ${id}`)],
          after: told(writer),
        }
      }
    },
  },
  'approval.withdraw': {
    prepare: async (call, { id }) => {
      await call.account.hub?.withdrawApproval(id)
      const before = getBooked(call, id)
      if (call.account.hub === null) {
        if (before === undefined) throw new IpcError('E_NOT_FOUND', 'there is no such request (any more)')
        if (before.status !== 'pending') throw conflict('decided', 'this has been decided already')
      }
      return (writer) => {
        const booked = getBooked(writer, id)
        if (booked !== undefined) book(placeOf(writer), { ...booked, status: 'refused', ended: 'withdrawn' })
        const person = booked === undefined ? undefined : personOf(writer, booked)
        return {
          output: {},
          entries: [entryOf(writer, person, booked ?? { job_id: '' }, `withdrawn ${id}`)],
          after: told(writer),
        }
      }
    },
  },
  'approval.decide': {
    prepare: async (call, input) => {
      const { hub } = call.account
      const before = getBooked(call, input.id)
      const until = iso(call.now + input.hours * hour)
      const granted = input.status === 'granted'
      let by = authorOf(call.account).id
      let status: BookedApproval['status'] = input.status
      if (hub === null) {
        if (before === undefined) throw new IpcError('E_NOT_FOUND', 'there is no such request (any more)')
        if (stateOf(before, call.now) !== 'pending') throw conflict('decided', 'this has been decided already')
        by = requireDecider(call, { asked_by: before.account_id }, input.officer)
      } else {
        status = await hub.decideApproval(input.id, { status: input.status, ...(granted ? { until } : {}) })
      }
      return (writer) => {
        const booked = getBooked(writer, input.id)
        // What a hub has decided comes back with the next sync, which `told` starts.
        const next = booked === undefined ? undefined : { ...booked, status, by, ...(granted ? { until } : {}) }
        if (hub === null && next !== undefined) book(placeOf(writer), next)
        const person = booked === undefined ? undefined : personOf(writer, booked)
        const where = hub === null ? ' at_workstation' : ''
        const word = status === 'pending' ? 'granted_first' : status
        return {
          output: { state: status === 'pending' ? ('half' as const) : status },
          entries: [entryOf(writer, person, booked ?? { job_id: '' }, `${word} ${input.id}${where}`)],
          after: told(writer),
        }
      }
    },
  },
})
