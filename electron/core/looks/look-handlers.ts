import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { LookRow } from '../../shared/domain/sync-records.ts'
import type { Output } from '../../shared/ipc/routes/index.ts'
import { findContacts } from '../../shared/text/find-contacts.ts'
import { askHub, requireHub } from '../admin/ask-hub.ts'
import { listApplications, requireCandidate } from '../candidates/candidate-rows.ts'
import { policyOf } from '../candidates/policy-request.ts'
import { defineHandlers, type ReaderCall } from '../handler.ts'
import { cleanWords } from '../holds/clean-words.ts'
import { recordLabels } from '../holds/record-labels.ts'
import { requireProfile } from '../policy/profile/require-profile.ts'

type Item = Output<'look.list'>['items'][number]

/** What the hub tells of looks, with names as far as this viewer may have them. */
const lookViews = (call: ReaderCall, rows: readonly LookRow[]) => {
  const labels = recordLabels(call)
  const named = (candidateId: string | undefined, jobId?: string) => {
    const found = call.store.get<{ record_id: string }>(
      'SELECT record_id FROM candidate WHERE platform_id = ?',
      candidateId ?? '',
    )
    if (found === undefined) return {}
    const candidate = requireCandidate(call.store, found.record_id)
    return {
      candidate,
      view: {
        record_id: found.record_id as NonNullable<Item['record_id']>,
        label: labels.labelOf(candidate, jobId),
      },
    }
  }
  const items = rows.map((row): Item => {
    const { candidate, view } = named(row.candidate_id)
    const title = call.store.get<{ title: string }>('SELECT title FROM job WHERE id = ?', row.job_id ?? '')?.title
    return {
      id: row.id,
      by: row.account,
      ...view,
      ...(title === undefined ? {} : { job_title: title }),
      reason: row.reason,
      // Whoever wrote it, a reason says why and not who.
      ...(row.words === undefined ? {} : { words: candidate ? cleanWords(call, candidate, row.words) : row.words }),
      at: Date.parse(row.at),
      until: Date.parse(row.until),
      read: row.read,
      readings: row.readings.map(({ candidate_id: id, action, at }) => ({
        ...named(id, row.job_id).view,
        action,
        at: Date.parse(at),
      })),
    }
  })
  return { items, subjects: labels.subjects }
}

export const lookHandlers = defineHandlers({
  'look.begin': {
    prepare: async (call, { id, job_id: jobId, reason, words }) => {
      const hub = requireHub(call)
      const candidate = requireCandidate(call.store, id)
      if (candidate.origin !== 'hub') throw new IpcError('E_CONFLICT', 'the hub holds nothing of this record')
      if (findContacts(words).length > 0) throw new IpcError('E_INPUT', 'this holds no contact', { field: 'words' })
      const applies = listApplications(call.store, id).some((application) => application.job_id === jobId)
      if (jobId !== undefined && !applies) throw new IpcError('E_NOT_FOUND', 'there is no such application (any more)')
      const place = jobId === undefined ? { candidate_id: candidate.platform_id } : { job_id: jobId }
      await hub.beginLook({ ...place, reason, words: cleanWords(call, candidate, words) })
      // What it opens comes with a sync; one that fails is made up for by the next.
      await call.account.sync.once().catch(() => undefined)
      const profile = requireProfile(call.core.profiles, candidate.platform)
      return (writer) => ({
        output: {},
        entries: [
          {
            action: 'policy_change',
            outcome: 'done',
            subject: { platform: candidate.platform, id: candidate.platform_id },
            ...(jobId === undefined ? {} : { job: jobId }),
            reason,
            policy: policyOf({ profile }, profile.clauseOf('ADMIN_CARD_ONLY')),
            detail: jobId === undefined ? 'look at a person' : 'look at a job',
          },
        ],
        after: () => writer.core.emit('data.changed', { what: ['candidates', 'access'] }),
      })
    },
  },
  'look.list': {
    disclose: async (call) => {
      const { reach, answer } = await askHub(call, (hub) => hub.listLooks(), [])
      const { items, subjects } = lookViews(call, answer)
      return { entries: [], hits: { subjects }, answer: () => ({ reach, items, now: call.now }) }
    },
  },
})
