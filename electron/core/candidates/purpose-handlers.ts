import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { defineHandlers, Refusal } from '../handler.ts'
import { aad, toSealable } from '../keys/sealed-columns.ts'
import { openRecord } from './open-record.ts'
import { policyOf } from './policy-request.ts'

const subjectOf = ({ candidate }: ReturnType<typeof openRecord>) => ({
  platform: candidate.platform,
  id: candidate.platform_id,
})

export const purposeHandlers = defineHandlers({
  'purpose.add': {
    write: (call, { id, job_id: jobId, legal_basis: basis, reference }) => {
      // Whoever may not open the record for its own job may not bind it to another one (ZP-08).
      const record = openRecord(call, id, undefined)
      const { candidate, request } = record
      const job = call.store.get<{ status: string }>('SELECT status FROM job WHERE id = ?', jobId)
      if (job === undefined) throw new IpcError('E_NOT_FOUND', 'there is no such job')
      if (job.status !== 'open' && job.status !== 'paused') throw new IpcError('E_CONFLICT', 'this job has ended')
      if (record.applications.some((application) => application.job_id === jobId)) {
        throw new IpcError('E_CONFLICT', 'the record is there for this job already')
      }
      // A card from a search is not the enterprise's to use: it is found again for the other job (D2).
      if (request.channels.every(({ channel }) => request.profile.cardChannels.has(channel))) {
        const rule = 'OTHER_PURPOSE'
        throw new Refusal(
          'E_PURPOSE',
          'a card from a search serves the job that it was found for',
          { rule, clause: request.profile.clauseOf(rule) },
          { subject: subjectOf(record), job: jobId, policy: policyOf(request, request.profile.clauseOf(rule)) },
        )
      }
      call.store.run(
        `INSERT INTO purpose (record_id, job_id, legal_basis, at, by, sealed) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (record_id, job_id) DO UPDATE SET legal_basis = excluded.legal_basis, at = excluded.at,
           by = excluded.by, sealed = excluded.sealed`,
        id,
        jobId,
        basis,
        call.now,
        call.account.view.name,
        call.account.keystore.seal(
          candidate.key_slot,
          aad('purpose', 'sealed', `${candidate.record_id}/${jobId}`),
          toSealable(reference),
        ),
      )
      call.store.run('UPDATE candidate SET version = version + 1 WHERE record_id = ?', id)
      if (candidate.origin === 'hub') {
        call.account.outbox.enqueue(
          call.store,
          {
            kind: 'consent',
            body: {
              candidate_id: candidate.platform_id,
              purpose: 'purpose',
              granted: true,
              scope: `job:${jobId}`,
            },
            recordId: id,
          },
          call.now,
        )
      }
      return {
        output: {},
        entries: [
          {
            action: 'consent',
            outcome: 'done',
            subject: subjectOf(record),
            job: jobId,
            policy: policyOf(request, request.profile.clauseOf('OTHER_PURPOSE')),
            detail: `purpose ${basis}`,
          },
        ],
        after: () => call.core.emit('data.changed', { what: ['candidates'] }),
      }
    },
  },
})
