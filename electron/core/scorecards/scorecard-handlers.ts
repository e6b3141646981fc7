import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { openRecord } from '../candidates/open-record.ts'
import { ownWordsOf } from '../candidates/person.ts'
import { defineHandlers } from '../handler.ts'
import { redactToString } from '../policy/text/redact.ts'
import { authorOf } from './colleagues.ts'
import { criteriaOf, ownCriteria } from './criteria.ts'
import { requireCurrent } from './note-handlers.ts'
import { getScorecardOf, putScorecard, sealScorecard } from './scorecard-rows.ts'

export const scorecardHandlers = defineHandlers({
  'scorecard.give': {
    write: (call, input) => {
      const record = openRecord(call, input.id, input.job_id)
      const current = requireCurrent(record)
      const known = new Set(criteriaOf(call.store, current.job_id))
      const marked = Object.keys(input.marks)
      if (marked.length === 0 || marked.some((name) => !known.has(name))) {
        throw new IpcError('E_INPUT', 'marks are for the criteria of the job', { fields: 'marks' })
      }
      const author = authorOf(call.account)
      const before = getScorecardOf(call.store, current.id, author.id)
      const id = before?.id ?? crypto.randomUUID()
      const words = {
        marks: input.marks,
        recommendation: input.recommendation,
        ...(input.text === undefined || input.text === '' ? {} : { text: input.text }),
      }
      const at = before?.at ?? call.now
      const revised = before === undefined ? null : call.now
      putScorecard(call.store, {
        id,
        application_id: current.id,
        author: author.id,
        author_name: author.name,
        at,
        revised_at: revised,
        sealed: sealScorecard(call.account.keystore, current.key_slot, id, words),
      })
      if (record.candidate.origin === 'hub') {
        const { marks: scores, recommendation, text } = words
        call.account.outbox.enqueue(
          call.store,
          {
            kind: 'scorecard',
            ...(before === undefined ? { id } : {}),
            body: {
              application_id: current.id,
              at: new Date(at).toISOString(),
              scores,
              recommendation,
              // Others may know less of the person than this workstation, so what they could not mask themselves stays here.
              ...(text === undefined ? {} : { text: redactToString(text, ownWordsOf(record.person)) }),
              ...(before === undefined ? {} : { scorecard_id: id }),
              ...(revised === null ? {} : { revised_at: new Date(revised).toISOString() }),
            },
            applicationId: current.id,
          },
          call.now,
        )
      }
      return {
        output: { id, revised: before !== undefined },
        entries: [
          {
            action: 'stage',
            outcome: 'done',
            subject: { platform: record.candidate.platform, id: record.candidate.platform_id },
            job: current.job_id,
            detail: before === undefined ? 'scorecard' : 'scorecard revised',
          },
        ],
        after: () => call.core.emit('data.changed', { what: ['notes'] }),
      }
    },
  },
  'scorecard.set_criteria': {
    write: (call, input) => {
      const job = call.store.get<{ status: 'open' | 'paused' | 'closed' | 'filled'; origin: string }>(
        'SELECT status, origin FROM job WHERE id = ?',
        input.job_id,
      )
      if (job === undefined) throw new IpcError('E_NOT_FOUND', 'there is no such job')
      const previous = ownCriteria(call.store, input.job_id)
      const next = input.criteria
      call.store.run(
        'UPDATE job SET criteria = ? WHERE id = ?',
        next === null ? null : JSON.stringify(next),
        input.job_id,
      )
      if (job.origin === 'hub') {
        call.account.outbox.enqueue(
          call.store,
          { kind: 'job', body: { job_id: input.job_id, status: job.status, criteria: next } },
          call.now,
        )
      }
      return {
        output: { previous },
        entries: [{ action: 'stage', outcome: 'done', job: input.job_id, detail: 'criteria' }],
        after: () => call.core.emit('data.changed', { what: ['jobs', 'notes'] }),
      }
    },
  },
})
