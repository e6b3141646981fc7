import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { Decision, Stage } from '../../shared/domain/vocabulary.ts'
import { defineHandlers } from '../handler.ts'
import { aad } from '../keys/sealed-columns.ts'
import { lockRecord } from '../retention/lock-record.ts'
import { recomputeDueOfJob, recomputeDueOfRecord } from '../retention/due.ts'
import { openRecord } from '../candidates/open-record.ts'

type ApplicationRow = {
  readonly id: string
  readonly record_id: string
  readonly job_id: string
  readonly stage: Stage
  readonly platform: string
  readonly platform_id: string
  readonly origin: 'hub' | 'local'
  readonly life: string
}

const decisionOf = (stage: Stage): Decision | null =>
  stage === 'hired' || stage === 'rejected' || stage === 'withdrawn' ? stage : null

export const pipelineHandlers = defineHandlers({
  'application.set_stage': {
    write: (call, input) => {
      const row = call.store.get<ApplicationRow>(
        `SELECT a.id, a.record_id, a.job_id, a.stage, c.platform, c.platform_id, c.origin, c.life
         FROM application a JOIN candidate c ON c.record_id = a.record_id WHERE a.id = ?`,
        input.id,
      )
      if (row === undefined) throw new IpcError('E_NOT_FOUND', 'there is no such application (any more)')
      if (row.life !== 'live') throw new IpcError('E_LOCKED', 'the record is locked')
      const decision = decisionOf(input.stage)
      call.store.run(
        // The same decision once more must not start its clock anew (D4).
        `UPDATE application SET stage = ?, stage_at = ?, decided_at = iif(decision IS ?, decided_at, ?), decision = ? WHERE id = ?`,
        input.stage,
        call.now,
        decision,
        decision === null ? null : call.now,
        decision,
        input.id,
      )
      call.store.run('UPDATE candidate SET version = version + 1 WHERE record_id = ?', row.record_id)
      call.store.run('UPDATE job SET last_activity_at = ? WHERE id = ?', call.now, row.job_id)
      // A hire closes the record at once; the personnel file is built elsewhere (D5).
      const locks =
        decision === 'hired' ? lockRecord(call.store, call.core.profiles, row.record_id, 'hired', call.now) : []
      recomputeDueOfRecord(call.store, call.core.profiles, row.record_id)
      recomputeDueOfJob(call.store, call.core.profiles, row.job_id)
      if (row.origin === 'hub') {
        call.account.outbox.enqueue(
          call.store,
          { kind: 'stage', body: { application_id: row.id, stage: input.stage }, applicationId: row.id },
          call.now,
        )
      }
      return {
        output: { previous: row.stage },
        entries: [
          {
            action: 'stage',
            outcome: 'done',
            subject: { platform: row.platform, id: row.platform_id },
            job: row.job_id,
            detail: `${row.stage} ${input.stage}`,
          },
          ...locks,
        ],
        after: () => {
          call.account.indexer.poke()
          call.core.emit('data.changed', { what: ['jobs', 'candidates', 'retention'] })
        },
      }
    },
  },
  'note.add': {
    write: (call, input) => {
      const record = openRecord(call, input.id, input.job_id)
      if (record.current === null) throw new IpcError('E_PURPOSE', 'a note belongs to an application')
      const id = crypto.randomUUID()
      const sealed = call.account.keystore.seal(
        record.current.key_slot,
        aad('note', 'sealed', id),
        new TextEncoder().encode(input.text),
      )
      call.store.run(
        'INSERT INTO note (id, record_id, application_id, at, author, sealed) VALUES (?, ?, ?, ?, ?, ?)',
        id,
        input.id,
        record.current.id,
        call.now,
        call.account.view.name,
        sealed,
      )
      // Whoever keeps nothing leaves a note with the hub or nowhere (ZP-22).
      if (!call.account.keeps) {
        call.account.outbox.enqueue(
          call.store,
          {
            kind: 'note',
            body: {
              candidate_id: record.candidate.platform_id,
              application_id: record.current.id,
              at: new Date(call.now).toISOString(),
              text: input.text,
            },
            applicationId: record.current.id,
          },
          call.now,
        )
      }
      return {
        output: { id },
        entries: [
          {
            action: 'stage',
            outcome: 'done',
            subject: { platform: record.candidate.platform, id: record.candidate.platform_id },
            job: record.current.job_id,
            detail: 'note',
          },
        ],
      }
    },
  },
})
