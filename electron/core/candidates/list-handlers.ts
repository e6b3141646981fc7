import { defineHandlers, Refusal, type ReaderCall } from '../handler.ts'
import { admit } from '../policy/admit.ts'
import { cardsUntil } from '../retention/evict-cards.ts'
import type { ListProjection } from '../search/list-projection.ts'
import type { CandidateRow } from '../../shared/domain/views.ts'
import type { PolicyRule } from '../../shared/domain/policy-codes.ts'
import {
  facetName,
  type CandidateFilter,
  type CandidateSort,
  type FacetName,
} from '../../shared/ipc/routes/candidate-filter.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { normalise } from '../search/bigrams.ts'
import { scoresShown } from '../matching/scores-shown.ts'
import { requireProfile } from '../policy/profile/require-profile.ts'
import type { SubjectRef } from '../context.ts'
import type { ReadableDb } from '../store/database.ts'
import {
  consentsOf,
  getCandidate,
  insightsAt,
  lastSuccessAt,
  listApplications,
  type ApplicationRecord,
} from './candidate-rows.ts'
import { bodyFacets, chosen, chosenOf } from './list-filter.ts'
import type { FacetCount } from './list-query.ts'
import { listedThough } from './listing.ts'
import { applicationsFor, policyRequest, viewerOf } from './policy-request.ts'
import { rowView, type RowParts } from './row-view.ts'
import { snippetOf } from './snippet.ts'

/** Which of a person's applications a row is to stand for; the newest where nothing is said. */
export type Wanted = {
  readonly jobs?: readonly string[] | undefined
  readonly stages?: readonly string[] | undefined
  readonly channels?: readonly string[] | undefined
}

const wantedBy = (filter: CandidateFilter): Wanted => ({
  jobs: chosen(filter.job_id),
  stages: chosen(filter.stage),
  channels: chosen(filter.channel),
})

const isWanted = ({ jobs, stages, channels }: Wanted, application: ApplicationRecord): boolean =>
  (jobs?.includes(application.job_id) ?? true) &&
  (stages?.includes(application.stage) ?? true) &&
  (channels?.includes(application.channel) ?? true)

export type RowExtras = Pick<RowParts, 'snippet' | 'activeDays'> & {
  /** The scores of the person's applications by their ids. */
  readonly scores?: ReadonlyMap<string, number>
}

/** Makes the view of one record for a list; null when a rule keeps even its row from this viewer. */
export const createRowMaker = (call: ReaderCall) => {
  const viewer = viewerOf(call.account, call.now)
  const last = lastSuccessAt(call.store)
  const shows = scoresShown(call.vault.accounts.get(call.account.view.id))
  return (
    recordId: string,
    projection: ListProjection,
    wanted: string | Wanted | undefined,
    { scores, ...extras }: RowExtras = {},
  ): { readonly row: CandidateRow; readonly subject: SubjectRef } | null => {
    const candidate = getCandidate(call.store, recordId)
    if (candidate === undefined || candidate.life !== 'live') return null
    const applications = applicationsFor(viewer, listApplications(call.store, recordId))
    const of = typeof wanted === 'string' ? { jobs: [wanted] } : (wanted ?? {})
    const current = applications.find((application) => isWanted(of, application)) ?? applications[0] ?? null
    const request = policyRequest({
      profiles: call.core.profiles,
      viewer,
      candidate,
      applications,
      current,
      facts: { birth: projection.birth, disclosed: projection.disclosed, chats: projection.chats },
      now: call.now,
      lastSuccessAt: last,
      consented: consentsOf(call.store, candidate, call.now),
      insightsAt: viewer.permissions.insights ? insightsAt(call.store, candidate.platform_id) : null,
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
      score: current === null || !shows ? undefined : scores?.get(current.id),
      ...extras,
    })
    return { row, subject: { platform: candidate.platform, id: candidate.platform_id } }
  }
}

/** What keeps every resume's text closed to this account now, if anything does: then no row shows any of it (D3). */
const textClosed = (call: ReaderCall): Refusal | null => {
  if (call.account.view.local) return null
  const profile = requireProfile(call.core.profiles, 'direct')
  const last = lastSuccessAt(call.store)
  const onlineOnly = call.account.role === 'headhunter'
  if (last !== null && call.now - last <= (onlineOnly ? profile.onlineMs : profile.leaseMs)) return null
  const rule: PolicyRule = onlineOnly ? 'HUB_NEEDED' : 'LEASE_OVER'
  const clause = profile.clauseOf(rule)
  return new Refusal('E_LEASE', 'the offline lease is over', { rule, clause, lift: 'SYNC' })
}

const asksForText = (filter: CandidateFilter): boolean =>
  (filter.query ?? '').trim() !== '' || bodyFacets.some((facet) => chosenOf(filter, facet) !== undefined)

/**
 * A hit tells that the text holds the words, and a filter by what a resume says tells that, too.
 *
 * @throws Refusal E_LEASE; E_CONSENT where insights are asked for by somebody who may not see any (ZP-62)
 */
const requireFilterAllowed = (call: ReaderCall, filter: CandidateFilter): void => {
  const closed = asksForText(filter) ? textClosed(call) : null
  if (closed !== null) throw closed
  if (filter.activity === undefined || call.account.permissions().insights) return
  const clause = requireProfile(call.core.profiles, 'direct').clauseOf('INSIGHTS_NOT_ALLOWED')
  throw new Refusal('E_CONSENT', 'insights are not allowed', {
    rule: 'INSIGHTS_NOT_ALLOWED',
    clause,
    lift: 'ALLOW_INSIGHTS',
  })
}

/** Whoever may not see what an order goes by learns nothing by it either (ZP-63). */
const allowedSort = (call: ReaderCall, wanted: CandidateSort): CandidateSort => {
  if (wanted === 'activity' && !call.account.permissions().insights) return 'newest'
  // Whoever has switched scores off gets no order by them (ZP-88).
  if (wanted === 'score' && !scoresShown(call.vault.accounts.get(call.account.view.id))) return 'newest'
  const ofText = wanted === 'years' || wanted === 'activity' || wanted === 'score' || wanted === 'salary'
  return ofText && textClosed(call) !== null ? 'newest' : wanted
}

const maySeeFacet = (call: ReaderCall, facet: FacetName): boolean => {
  if (facet === 'activity' && !call.account.permissions().insights) return false
  if (facet === 'score' && !scoresShown(call.vault.accounts.get(call.account.view.id))) return false
  return !(bodyFacets as readonly FacetName[]).includes(facet) || textClosed(call) === null
}

const scoresOf = (index: ReadableDb, rowId: number): ReadonlyMap<string, number> =>
  new Map(
    index
      .all<{ id: string; score: number }>(
        'SELECT application_id AS id, score FROM row_application WHERE row_id = ?',
        rowId,
      )
      .map(({ id, score }) => [id, score]),
  )

type Labelled = FacetCount & { readonly label?: string }

/** Whoever waited may have signed out meanwhile. @throws IpcError E_SESSION */
const requireSameSession = (call: ReaderCall): void => {
  if (call.core.account !== call.account) throw new IpcError('E_SESSION', 'the session ended while the list was read')
}

/** Values with the words for them, where they have other words than themselves. */
const labelled = (call: ReaderCall, facet: FacetName, counts: readonly FacetCount[]): Labelled[] => {
  if (facet !== 'job' && facet !== 'skill') return [...counts]
  const labelOf = (value: string): string | undefined =>
    facet === 'job'
      ? call.store.get<{ title: string }>('SELECT title FROM job WHERE id = ?', value)?.title
      : call.index.get<{ label: string }>('SELECT label FROM row_skill WHERE skill = ? LIMIT 1', value)?.label
  return counts.map((item) => ({ ...item, label: labelOf(item.value) ?? item.value }))
}

/** Of each facet, as many values as a column shows and a few more to find. */
const shownValues = 50

export const listHandlers = defineHandlers({
  'candidate.list': {
    disclose: (call, input) => {
      const { sort, limit, cursor, ...filter } = input
      requireFilterAllowed(call, filter)
      const { rows, next, total } = call.account.lists.page(filter, allowedSort(call, sort), limit, cursor)
      const make = createRowMaker(call)
      const wanted = wantedBy(filter)
      const made = rows.flatMap((row) => {
        const projection = JSON.parse(row.projection) as ListProjection
        const view = make(row.record_id, projection, wanted, {
          snippet: snippetOf(call.index, row.id, filter.query),
          activeDays: row.activity,
          scores: scoresOf(call.index, row.id),
        })
        return view === null ? [] : [view]
      })
      const [job, ...otherJobs] = wanted.jobs ?? []
      return {
        entries: [],
        hits: {
          subjects: made.map(({ subject }) => subject),
          ...(job === undefined || otherJobs.length > 0 ? {} : { job }),
        },
        answer: () => ({
          items: made.map(({ row }) => row),
          total,
          next_cursor: next,
          unindexed: call.account.indexer.countBehind(),
        }),
      }
    },
  },
  'candidate.facets': {
    read: async (call, filter) => {
      await call.account.lists.settle()
      requireSameSession(call)
      requireFilterAllowed(call, filter)
      const seen = facetName.options.filter((facet) => maySeeFacet(call, facet))
      const counts = call.account.lists.facets(filter, seen)
      return Object.fromEntries(
        facetName.options.map((facet) => [
          facet,
          seen.includes(facet) ? labelled(call, facet, counts[facet].slice(0, shownValues)) : [],
        ]),
      ) as Record<FacetName, Labelled[]>
    },
  },
  'candidate.list_values': {
    read: async (call, { facet, contains = '', limit, ...filter }) => {
      await call.account.lists.settle()
      requireSameSession(call)
      requireFilterAllowed(call, filter)
      if (!maySeeFacet(call, facet)) return { items: [], more: false }
      const counts = call.account.lists.facets(filter, [facet])[facet]
      const part = normalise(contains)
      const isPartOf = (text: string): boolean => normalise(text).includes(part)
      // Jobs are found by their titles, everything else by the value itself.
      const found =
        facet === 'job'
          ? labelled(call, facet, counts).filter(({ label, value }) => isPartOf(label ?? value))
          : counts.filter(({ value }) => isPartOf(value))
      const items = labelled(call, facet, found.slice(0, limit))
      return { items, more: found.length > limit }
    },
  },
})
