import { defineHandlers } from '../handler.ts'
import { aad, toSealable } from '../keys/sealed-columns.ts'
import { openRecord } from './open-record.ts'

export const leakHandlers = defineHandlers({
  'leak.report': {
    write: (call, { id, job_id: jobId, text }) => {
      const record = openRecord(call, id, jobId, call.account.role === 'admin')
      const { candidate, person, current } = record
      const masked = [...new Set([...(person.masked ?? []), text])].slice(-100)
      call.store.run(
        'UPDATE candidate SET sealed = ?, version = version + 1 WHERE record_id = ?',
        call.account.keystore.seal(
          candidate.key_slot,
          aad('candidate', 'sealed', candidate.record_id),
          toSealable({ ...person, masked }),
        ),
        id,
      )
      // The officer learns that something was missed and in whose record, not what it was (L-2).
      call.account.outbox.enqueue(
        call.store,
        {
          kind: 'incident',
          body: { title: 'leak_reported', platform: candidate.platform, candidate_id: candidate.platform_id },
        },
        call.now,
      )
      return {
        output: {},
        entries: [
          {
            action: 'incident',
            outcome: 'done',
            subject: { platform: candidate.platform, id: candidate.platform_id },
            ...(current === null ? {} : { job: current.job_id }),
            detail: 'leak_reported',
          },
        ],
        after: () => {
          call.account.indexer.poke()
          call.core.emit('data.changed', { what: ['candidates'] })
        },
      }
    },
  },
})
