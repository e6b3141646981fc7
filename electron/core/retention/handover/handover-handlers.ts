import type { EntryDraft } from '../../../shared/domain/ledger-entry.ts'
import { IpcError } from '../../../shared/ipc/ipc-error.ts'
import { legalBasis } from '../../../shared/domain/vocabulary.ts'
import { requireCandidate, type CandidateRecord } from '../../candidates/candidate-rows.ts'
import { defineHandlers, Refusal, type ReaderCall, type WriterCall } from '../../handler.ts'
import { approvalWords, decideRow, putApproval, requireApproval, type ApprovalRow } from '../../holds/approval-rows.ts'
import { cleanWords } from '../../holds/clean-words.ts'
import { recordLabels } from '../../holds/record-labels.ts'
import { mayDecide, requireDecider, requireSecondPerson, secondPersonOf } from '../../holds/second-person.ts'
import { requireProfile } from '../../policy/profile/require-profile.ts'
import { authorOf, namesOf } from '../../scorecards/colleagues.ts'
import { requireProof } from '../../sign-in/require-proof.ts'
import { placeForFile, reserveFile, writeRegistered } from '../files/register-file.ts'
import { registerOf } from '../files/register-of.ts'
import { buildPackage } from './build-package.ts'
import { listHired, openHired, requireHired } from './hired-record.ts'

const entryOf = (
  call: ReaderCall,
  candidate: CandidateRecord,
  job: string,
  action: 'export' | 'approve',
  detail: string,
  fields?: readonly string[],
): EntryDraft => {
  const profile = requireProfile(call.core.profiles, candidate.platform)
  return {
    action,
    outcome: 'done',
    subject: { platform: candidate.platform, id: candidate.platform_id },
    job,
    ...(fields === undefined ? {} : { fields }),
    policy: { profile: profile.id, version: profile.document.policy.version, clause: 'K22' },
    detail,
  }
}

const newest = (call: ReaderCall, applicationId: string): ApprovalRow | undefined =>
  call.store.get<ApprovalRow>(
    "SELECT * FROM approval WHERE kind = 'handover' AND application_id = ? ORDER BY asked_at DESC, rowid DESC",
    applicationId,
  )

const told = (call: WriterCall) => () => call.core.emit('data.changed', { what: ['retention'] })
const conflict = (reason: string, message: string) => new IpcError('E_CONFLICT', message, { reason })
const basisOf = (row: ApprovalRow) => legalBasis.safeParse(row.legal_basis).data

/** What may be written now: granted, not used, and not older than the approval lasts. @throws Refusal, IpcError */
const requireGranted = (call: ReaderCall, id: string): ApprovalRow => {
  const row = requireApproval(call.store, id, 'handover')
  if (row.state === 'used') throw conflict('used', 'a package is written once only')
  if (row.state === 'granted' && (row.until === null || row.until > call.now)) return row
  throw new Refusal('E_APPROVAL', 'a package needs a granted approval', {
    rule: 'HOLD_APPROVER',
    clause: 'K22',
    lift: 'SECOND_PERSON',
  })
}

export const handoverHandlers = defineHandlers({
  'handover.list': {
    disclose: (call) => {
      const labels = recordLabels(call)
      const nameOf = namesOf(call)
      const items = listHired(call).map((row) => {
        const candidate = requireCandidate(call.store, row.record_id)
        const asked = newest(call, row.id)
        const basis = asked === undefined ? undefined : basisOf(asked)
        const words = asked === undefined ? undefined : approvalWords(call.account.keystore, candidate.key_slot, asked)
        return {
          application_id: row.id as never,
          record_id: row.record_id as never,
          label: labels.labelOf(candidate, row.job_id),
          job_title: row.job_title ?? '',
          due_at: row.due_at,
          state: asked?.state ?? ('none' as const),
          ...(asked === undefined ? {} : { id: asked.id, by: nameOf(asked.asked_by) }),
          ...(basis === undefined ? {} : { legal_basis: basis }),
          ...(words === undefined ? {} : { reason: cleanWords(call, candidate, words) }),
          may_decide: asked?.state === 'pending' && mayDecide(call, asked),
        }
      })
      return {
        entries: [],
        hits: { subjects: labels.subjects },
        answer: () => ({ items, second: secondPersonOf(call) }),
      }
    },
  },
  'handover.request': {
    prepare: async (call, input) => {
      const row = requireHired(call, input.application_id)
      const candidate = requireCandidate(call.store, row.record_id)
      requireSecondPerson(call)
      const before = newest(call, row.id)
      if (before?.state === 'pending') throw conflict('pending', 'a request waits for its approval already')
      if (before?.state === 'used') throw conflict('used', 'a package is written once only')
      const reason = cleanWords(call, candidate, input.reason)
      const { hub } = call.account
      const id =
        hub === null
          ? crypto.randomUUID()
          : (
              await hub.requestApproval({
                kind: 'handover',
                candidate_id: candidate.platform_id,
                job_id: row.job_id,
                reason,
                legal_basis: input.legal_basis,
              })
            ).id
      return (writer) => {
        putApproval(
          { store: writer.store, keystore: writer.account.keystore },
          {
            id,
            rev: 0,
            kind: 'handover',
            record_id: row.record_id,
            application_id: row.id,
            asked_by: authorOf(writer.account).id,
            asked_at: writer.now,
            state: 'pending',
            decided_by: null,
            decided_at: null,
            until: null,
            legal_basis: input.legal_basis,
            reason,
            keySlot: candidate.key_slot,
          },
        )
        const entry = entryOf(writer, candidate, row.job_id, 'export', `handover asked ${input.legal_basis}`)
        return { output: { id }, entries: [entry], after: told(writer) }
      }
    },
  },
  'handover.decide': {
    prepare: async (call, input) => {
      const row = requireApproval(call.store, input.id, 'handover')
      if (row.state !== 'pending') throw conflict('decided', 'this has been decided already')
      const by = requireDecider(call, row, input.officer)
      const hired = requireHired(call, row.application_id ?? '')
      const candidate = requireCandidate(call.store, row.record_id)
      await call.account.hub?.decideApproval(input.id, { status: input.status })
      return (writer) => {
        if (requireApproval(writer.store, input.id, 'handover').state === 'pending')
          decideRow(writer.store, input.id, input.status, by, writer.now)
        const where = call.account.hub === null ? ' at_workstation' : ''
        const entry = entryOf(writer, candidate, hired.job_id, 'approve', `handover ${input.status}${where}`)
        return { output: { state: input.status }, entries: [entry], after: told(writer) }
      }
    },
  },
  'handover.make': {
    prepare: async (call, { id }) => {
      const hired = requireHired(call, requireGranted(call, id).application_id ?? '')
      await requireProof(call.account)
      const number = requireCandidate(call.store, hired.record_id).number
      const path = await call.core.askPlace('save', `handover-${number}.zip`)
      if (path === null) throw new IpcError('E_CANCELLED', 'no place was named')
      placeForFile(path, call.core.home.home)
      return (writer) => {
        // Asked again: while somebody chose a place, the approval may have been used and the record destroyed.
        const approval = requireGranted(writer, id)
        const row = requireHired(writer, approval.application_id ?? '')
        const record = openHired(writer, row)
        const { bytes, fields } = buildPackage(writer, record, approval, namesOf(writer))
        const to = registerOf(writer)
        const basis = basisOf(approval)
        const file = { recordId: row.record_id, applicationId: row.id, path, kind: 'handover' } as const
        const reserved = reserveFile(to, { ...file, ...(basis === undefined ? {} : { legalBasis: basis }) }, bytes)
        writer.store.run("UPDATE approval SET state = 'used' WHERE id = ?", id)
        const output = { written: false, size: bytes.length }
        return {
          output,
          entries: [
            entryOf(writer, record.candidate, row.job_id, 'export', `handover ${approval.legal_basis ?? ''}`, fields),
          ],
          // The log has it before the first byte exists outside.
          after: () => {
            try {
              writeRegistered(to, reserved, path, bytes)
              output.written = true
            } catch (error) {
              to.store.run("UPDATE approval SET state = 'granted' WHERE id = ?", id)
              throw error
            } finally {
              told(writer)()
            }
          },
        }
      }
    },
  },
})
