import { getCandidate, lastSuccessAt, listApplications } from '../../electron/core/candidates/candidate-rows.ts'
import { createRowMaker } from '../../electron/core/candidates/list-handlers.ts'
import { listPage, type ListedRow } from '../../electron/core/candidates/list-query.ts'
import { policyRequest, viewerOf } from '../../electron/core/candidates/policy-request.ts'
import type { ReaderCall } from '../../electron/core/handler.ts'
import { decideAll } from '../../electron/core/policy/decide.ts'
import type { ListProjection } from '../../electron/core/search/list-projection.ts'
import { fieldName } from '../../electron/shared/domain/vocabulary.ts'
import { atMost, inTurns, median, timed, type Result } from './figures.ts'
import type { FilledCore } from './filled-core.ts'

/** What one field's decision costs. */
const decisions = ({ account, running }: FilledCore): Result => {
  const store = account.store.reader
  const rows = store.all<{ record_id: string }>('SELECT record_id FROM candidate LIMIT 200')
  const now = running.core.clock.now()
  const viewer = viewerOf(account, now)
  const requests = rows.flatMap(({ record_id: id }) => {
    const candidate = getCandidate(store, id)
    const applications = listApplications(store, id)
    if (candidate === undefined) return []
    const facts = { birth: '1990-01', disclosed: {} }
    const current = applications[0] ?? null
    const { profiles } = running.core
    const last = lastSuccessAt(store)
    return [policyRequest({ profiles, viewer, candidate, applications, current, facts, now, lastSuccessAt: last })]
  })
  const fields = fieldName.options
  const shown = requests.flatMap((request) => [...decideAll(request, fields).values()])
  if (shown.every(({ state }) => state === 'absent')) throw new Error('every decision was a refusal')
  const rounds = Array.from({ length: 15 }, () =>
    timed(() => {
      for (const request of requests) decideAll(request, fields)
    }),
  )
  return atMost('P10', 'one decision, µs', 20, (median(rounds) * 1000) / (requests.length * fields.length))
}

/** The same row from the same reads, as a program without any rules would make it: everything that is there. */
const bareRow = (call: ReaderCall, { record_id: id, projection }: ListedRow): object | null => {
  const candidate = getCandidate(call.store, id)
  if (candidate === undefined) return null
  const applications = listApplications(call.store, id)
  const current = applications[0]
  return {
    id,
    platform: candidate.platform,
    life: candidate.life,
    application: {
      id: current?.id,
      job_id: current?.job_id,
      job_title: current?.job_title ?? '',
      channel: current?.channel,
      stage: current?.stage,
      at: current?.at,
    },
    applications: applications.length,
    ...(JSON.parse(projection) as ListProjection),
    due: { at: current?.due_at, reason: current?.due_reason, clause: current?.due_clause, held: false },
  }
}

/** A page of fifty from its query to the text that crosses, with the rules and without any. */
const pages = ({ account, running }: FilledCore): Result => {
  const { vault } = running.core
  if (vault === null) throw new Error('locked')
  const now = running.core.clock.now()
  const { store, index } = account
  const call: ReaderCall = { core: running.core, now, vault, account, store: store.reader, index: index.reader }
  const page = (): ListedRow[] => listPage(index.reader, {}, 'newest', 50, undefined).rows
  const turns = inTurns(
    41,
    () =>
      timed(() => {
        const make = createRowMaker(call)
        const rows = page().map((row) => make(row.record_id, JSON.parse(row.projection) as ListProjection, undefined))
        return JSON.stringify(rows)
      }),
    () => timed(() => JSON.stringify(page().map((row) => bareRow(call, row)))),
  )
  return atMost(
    'P10',
    'page of 50 with its decisions against the same page without any',
    2,
    median(turns.a) / median(turns.b),
  )
}

/** P10: what the rules cost. */
export const policyBench = (filled: FilledCore): Result[] => [decisions(filled), pages(filled)]
