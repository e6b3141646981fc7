import { defineHandlers, Refusal, type ReaderCall } from '../handler.ts'
import { admit } from '../policy/admit.ts'
import { cardsUntil } from '../retention/evict-cards.ts'
import type { ListProjection } from '../search/list-projection.ts'
import type { CandidateRow } from '../../shared/domain/views.ts'
import type { PolicyRule } from '../../shared/domain/policy-codes.ts'
import { requireProfile } from '../policy/profile/require-profile.ts'
import type { SubjectRef } from '../context.ts'
import { consentsOf, getCandidate, lastSuccessAt, listApplications } from './candidate-rows.ts'
import { countRows, listFacet, listPage } from './list-query.ts'
import { listedThough } from './listing.ts'
import { policyRequest, viewerOf } from './policy-request.ts'
import { rowView } from './row-view.ts'
import { snippetOf } from './snippet.ts'

/** Makes the view of one record for a list; null when a rule keeps even its row from this viewer. */
export const createRowMaker = (call: ReaderCall) => {
  const viewer = viewerOf(call.account, call.now)
  const last = lastSuccessAt(call.store)
  return (
    recordId: string,
    projection: ListProjection,
    jobId: string | undefined,
    snippet?: CandidateRow['snippet'],
  ): { readonly row: CandidateRow; readonly subject: SubjectRef } | null => {
    const candidate = getCandidate(call.store, recordId)
    if (candidate === undefined || candidate.life !== 'live') return null
    const applications = listApplications(call.store, recordId)
    const current = applications.find((application) => application.job_id === jobId) ?? applications[0] ?? null
    const request = policyRequest({
      profiles: call.core.profiles,
      viewer,
      candidate,
      applications,
      current,
      facts: { birth: projection.birth, disclosed: projection.disclosed },
      now: call.now,
      lastSuccessAt: last,
      consented: consentsOf(call.store, candidate, call.now),
    })
    const admission = admit(request)
    // What is merely stale or not yet confirmed keeps its row, with a way out; what is hidden has none.
    if (!admission.ok && !listedThough.has(admission.rule)) return null
    const row = rowView({
      request,
      candidate,
      applications,
      current,
      projection,
      cardsUntil: cardsUntil(call.store, request.profile),
      now: call.now,
      snippet,
    })
    return { row, subject: { platform: candidate.platform, id: candidate.platform_id } }
  }
}

/**
 * A hit tells that the text holds the words, so there are none once the lease is over and no row shows its text (D3).
 *
 * @throws Refusal E_LEASE
 */
const requireQueryAllowed = (call: ReaderCall, query: string | undefined): void => {
  if (call.account.view.local || query === undefined || query.trim() === '') return
  const profile = requireProfile(call.core.profiles, 'direct')
  const last = lastSuccessAt(call.store)
  const onlineOnly = call.account.role === 'headhunter'
  if (last !== null && call.now - last <= (onlineOnly ? profile.onlineMs : profile.leaseMs)) return
  const rule: PolicyRule = onlineOnly ? 'HUB_NEEDED' : 'LEASE_OVER'
  const clause = profile.clauseOf(rule)
  throw new Refusal('E_LEASE', 'the offline lease is over', { rule, clause, lift: 'SYNC' })
}

export const listHandlers = defineHandlers({
  'candidate.list': {
    disclose: (call, input) => {
      const { sort: wanted, limit, cursor, ...filter } = input
      // Whoever may not see insights learns nothing by their order either (ZP-63).
      const sort = wanted === 'activity' && !call.account.permissions().insights ? 'newest' : wanted
      requireQueryAllowed(call, filter.query)
      const { rows, next } = listPage(call.index, filter, sort, limit, cursor)
      const make = createRowMaker(call)
      const made = rows.flatMap((row) => {
        const projection = JSON.parse(row.projection) as ListProjection
        const view = make(row.record_id, projection, filter.job_id, snippetOf(call.index, row.id, filter.query))
        return view === null ? [] : [view]
      })
      return {
        entries: [],
        hits: {
          subjects: made.map(({ subject }) => subject),
          ...(filter.job_id === undefined ? {} : { job: filter.job_id }),
        },
        answer: () => ({
          items: made.map(({ row }) => row),
          total: countRows(call.index, filter),
          next_cursor: next,
          unindexed: call.account.indexer.countBehind(),
        }),
      }
    },
  },
  'candidate.facets': {
    read: (call, filter) => {
      requireQueryAllowed(call, filter.query)
      const titles = new Map(
        call.store.all<{ id: string; title: string }>('SELECT id, title FROM job').map((job) => [job.id, job.title]),
      )
      return {
        job: listFacet(call.index, filter, 'job').map(({ value, count }) => ({
          value,
          count,
          label: titles.get(value) ?? value,
        })),
        stage: listFacet(call.index, filter, 'stage'),
        city: listFacet(call.index, filter, 'city'),
        platform: listFacet(call.index, filter, 'platform'),
        degree: listFacet(call.index, filter, 'degree'),
      }
    },
  },
})
