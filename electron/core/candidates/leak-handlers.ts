import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { CandidateDetail } from '../../shared/domain/views.ts'
import { findLiteralWords, tellingLength } from '../../shared/text/find-own-names.ts'
import { normaliseText } from '../../shared/text/normalise-text.ts'
import { defineHandlers } from '../handler.ts'
import { aad, toSealable } from '../keys/sealed-columns.ts'
import { detailView } from './detail-view.ts'
import { openRecord } from './open-record.ts'

/** More reports than a record can need; a word is never given up for a newer one, which would show it again. */
const mostWords = 100

/** What of a record is free text, and masked by the words of its person. */
const textsIn = (view: CandidateDetail): unknown => {
  const { summary, work, education, projects, skills, languages, certificates, notes } = view
  const { expected_job, expected_city, job_state, residence, household, political_status, birth_date } = view
  const { title, company, school, city, source } = view
  return [
    [summary, work, education, projects, skills, languages, certificates, notes.map(({ text }) => text)],
    [expected_job, expected_city, job_state, residence, household, political_status, birth_date],
    [title, company, school, city, source.origin],
  ]
}

/** The stretches that can be read, without what marks hide: a guess at what is hidden must not be told from any other. */
const readable = (value: unknown): string[] => {
  if (typeof value === 'string') return value.split(/\*+/u)
  if (typeof value !== 'object' || value === null || 'masked' in value) return []
  return Object.values(value).flatMap(readable)
}

const isReadable = (view: CandidateDetail, word: string): boolean =>
  readable(textsIn(view)).some((text) => findLiteralWords(normaliseText(text).text, [word]).length > 0)

export const leakHandlers = defineHandlers({
  'leak.report': {
    write: (call, { id, job_id: jobId, text }) => {
      if (tellingLength(text) < 2) throw new IpcError('E_INPUT', 'a report needs two letters or digits at least')
      const record = openRecord(call, id, jobId)
      const { candidate, person, current } = record
      // Whoever reports a text that stands nowhere here would believe it masked.
      if (!isReadable(detailView(call, record, []), text)) {
        throw new IpcError('E_CONFLICT', 'this text is not in what is shown here')
      }
      const masked = [...new Set([...(person.masked ?? []), text])]
      if (masked.length > mostWords) throw new IpcError('E_CONFLICT', 'this record has as many reports as it can hold')
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
          // A destruction takes along what has not been sent.
          recordId: id,
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
