import type { ApplicationId } from '../../shared/domain/ids.ts'
import type { RetentionRow } from '../../shared/domain/views.ts'
import { createRowMaker } from '../candidates/list-handlers.ts'
import { defineHandlers, Refusal, type Parsed, type ReaderCall, type WriterCall } from '../handler.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { insertOrder } from '../ledger/destruction-orders.ts'
import { membershipClocks } from '../pool/pool-rows.ts'
import type { ListProjection } from '../search/list-projection.ts'
import {
  beginDestruction,
  listChosen,
  listDue,
  orderedGround,
  type GroundOf,
  type DueApplication,
  type OrderedReason,
} from './begin-destruction.ts'
import { destroyAlone, listAloneRecords, type AloneRecord } from './destroy-alone.ts'
import { hasEnded, listClocks } from './due.ts'
import { planFigures } from './plan-figures.ts'
import { listPlan, stateOf, type PlanRow } from './plan-rows.ts'
import { previewDestruction } from './preview-destruction.ts'

/** Which clocks run, the one that decides first; of a person in a pool alone, that of the pool. */
const clocksFor = (call: ReaderCall, row: PlanRow): RetentionRow['clocks'] => {
  const { profiles } = call.core
  const own = row.application_id === null ? [] : listClocks(call.store, profiles, row.application_id)
  const pools = membershipClocks(call.store, profiles, row.record_id)
  const clocks = row.application_id === null ? pools : own
  const first = clocks.find(({ at, reason }) => at === row.due_at && reason === row.due_reason)
  return first === undefined ? clocks : [first, ...clocks.filter((clock) => clock !== first)]
}

/** What is called by its number alone: locked records, and those whose rows have gone. */
const numberOf = (row: PlanRow): string => `#${row.number ?? '–'}`

const createLabels = (call: ReaderCall) => {
  const make = createRowMaker(call)
  const subjects: Array<{ readonly platform: string; readonly id: string }> = []
  const labelOf = (row: PlanRow): string => {
    if (row.life === 'locked') return numberOf(row)
    const projected = call.index.get<{ projection: string }>(
      'SELECT projection FROM list_row WHERE record_id = ?',
      row.record_id,
    )
    if (projected === undefined) return numberOf(row)
    const made = make(row.record_id, JSON.parse(projected.projection) as ListProjection, row.job_id ?? undefined)
    if (made?.row.name === undefined) return numberOf(row)
    subjects.push(made.subject)
    return made.row.name
  }
  return { subjects, labelOf }
}

const rowOf = (call: ReaderCall, row: PlanRow, label: string): RetentionRow => ({
  key: row.key,
  ...(row.application_id === null ? {} : { application_id: row.application_id as ApplicationId }),
  record_id: row.record_id as RetentionRow['record_id'],
  label,
  ...(row.job_id === null ? {} : { job_id: row.job_id as NonNullable<RetentionRow['job_id']> }),
  job_title: row.job_title ?? '',
  platform: row.platform,
  reason: row.due_reason,
  clause: row.due_clause,
  due_at: row.due_at,
  state: stateOf(row, call.now),
  clocks: clocksFor(call, row),
  ...((row.held_until ?? 0) > call.now ? { held_until: row.held_until ?? 0 } : {}),
  ...(row.problem === null ? {} : { detail: row.problem }),
})

/** What of an order can be destroyed, and how much of it cannot: kept by a legal hold, or on its way already. */
const chosenOf = (call: ReaderCall, input: Parsed<'retention.preview'>) => {
  const applications = listChosen(call.store, input.application_ids, call.now)
  const alone = listAloneRecords(call.store, input.record_ids, call.now)
  const asked = input.application_ids.length + input.record_ids.length
  return { applications, alone, left: asked - applications.length - alone.length }
}

/** @throws Refusal where a legal hold keeps some of it (QY-36) */
const requireNoHold = (call: ReaderCall, input: Parsed<'retention.preview'>): void => {
  const held =
    input.application_ids.some(
      (id) => call.store.get('SELECT 1 FROM application WHERE id = ? AND held_until > ?', id, call.now) !== undefined,
    ) ||
    input.record_ids.some(
      (id) =>
        call.store.get(
          `SELECT 1 FROM candidate c JOIN legal_hold h ON h.platform = c.platform AND h.platform_id = c.platform_id
           WHERE c.record_id = ? AND h.until > ?`,
          id,
          call.now,
        ) !== undefined,
    )
  if (held) throw new Refusal('E_APPROVAL', 'a legal hold keeps this record', { rule: 'HOLD', clause: 'QY-36' })
}

/** Why an order of several was given, as its certificate says it. */
type OrderReason = OrderedReason | 'as_found' | 'due'

/** Commits the intent for these; the runner takes it from there. Several people make an order with a certificate of its own. */
const intend = (
  call: WriterCall,
  applications: readonly DueApplication[],
  alone: readonly AloneRecord[],
  reason: OrderReason,
) => {
  const jobs: string[] = []
  const newId = (): string => {
    const id = crypto.randomUUID()
    jobs.push(id)
    return id
  }
  const ordered = reason === 'as_found' || reason === 'due' ? undefined : reason
  const groundOf: GroundOf = (platform) => orderedGround(call.core.profiles, platform, ordered)
  const entries = [
    ...beginDestruction(call.store, applications, call.now, newId, ordered === undefined ? undefined : groundOf),
    ...alone.flatMap((record) => destroyAlone(call.store, record, groundOf(record.platform), call.now, newId)),
  ]
  // Before the intent is durable: an order whose jobs never come to be ends without a certificate.
  if (jobs.length > 1) {
    const order = { id: crypto.randomUUID(), account: call.account.view.id, at: call.now, reason }
    insertOrder(call.vault.ledgerDb.db, order, jobs)
  }
  return {
    output: { accepted: applications.length + alone.length },
    entries,
    after: () => call.account.retention.kick(),
  }
}

export const retentionHandlers = defineHandlers({
  'retention.plan': {
    disclose: (call, input) => {
      const rows = listPlan(call, input)
      const page = rows.slice(0, input.limit)
      const { subjects, labelOf } = createLabels(call)
      const items = page.map((row) => rowOf(call, row, labelOf(row)))
      const last = page.at(-1)
      return {
        entries: [],
        hits: { subjects },
        answer: () => ({
          items,
          next_cursor: rows.length > input.limit && last !== undefined ? `${last.due_at}|${last.key}` : null,
          ...planFigures(call),
        }),
      }
    },
  },
  'retention.summary': { read: planFigures },
  'retention.counts': {
    read: (call) => {
      const { within_7_days, locked, overdue } = planFigures(call).counts
      return { within_7_days, locked, overdue }
    },
  },
  'retention.preview': {
    read: (call, input) => {
      const { applications, alone, left } = chosenOf(call, input)
      return { ...previewDestruction(call.store, applications, alone, call.account.escrows), left }
    },
  },
  'retention.destroy_now': {
    intend: (call, input) => {
      const { applications, alone } = chosenOf(call, input)
      if (applications.length + alone.length === 0) {
        requireNoHold(call, input)
        throw new IpcError('E_NOT_FOUND', 'nothing of this is left to destroy')
      }
      return intend(call, applications, alone, input.reason ?? 'as_found')
    },
  },
  'retention.run': {
    intend: (call) => {
      const due = listDue(call.store, call.now, 10_000)
      const ended = due.filter(({ id }) => hasEnded(call.store, call.core.profiles, id, call.now))
      return intend(call, call.core.clock.held() ? [] : ended, [], 'due')
    },
  },
  'retention.status': { read: ({ account }) => account.retention.status() },
  'retention.cancel': {
    read: ({ account }) => {
      account.retention.cancel()
      return {}
    },
  },
})
