import { countCertificates } from '../ledger/certificates.ts'
import type { Output, ReaderCall } from '../handler.ts'
import { countOpenFiles } from './files/file-rows.ts'
import { chinaOffset, day, planSql } from './plan-rows.ts'

type Counted = { readonly day: number; readonly n: number; readonly overdue: number }

/** How many rows of the plan are as `where` says; the condition reaches each table's own index. */
const countPlan = (call: ReaderCall, where: string, ...params: readonly number[]): number => {
  const plan = planSql(call)
  return (
    call.store.get<{ n: number }>(`SELECT count(*) AS n FROM (${plan.sql}) WHERE ${where}`, ...plan.params, ...params)
      ?.n ?? 0
  )
}

/** Figures alone: nobody is disclosed by them. Days are those of Asia/Shanghai; what ends later than the week is not looked at. */
export const planFigures = (call: ReaderCall): Output<'retention.summary'> => {
  const today = Math.floor((call.now + chinaOffset) / day)
  const plan = planSql(call)
  const rows = call.store.all<Counted>(
    `SELECT (due_at + ${chinaOffset}) / ${day} AS day, count(*) AS n,
            count(*) FILTER (WHERE due_at <= ? AND coalesce(held_until, 0) <= ?) AS overdue
     FROM (${plan.sql}) WHERE due_at < ? GROUP BY 1`,
    call.now,
    call.now,
    ...plan.params,
    (today + 7) * day - chinaOffset,
  )
  const ends = (from: number, to: number): number =>
    rows.reduce((total, row) => (row.day >= from && row.day <= to ? total + row.n : total), 0)
  // A card that a hold keeps is in no plan, and held all the same.
  const held =
    call.store.get<{ n: number }>('SELECT count(*) AS n FROM application WHERE held_until > ?', call.now)?.n ?? 0
  return {
    counts: {
      within_7_days: ends(0, today + 6),
      overdue: rows.reduce((total, row) => total + row.overdue, 0),
      locked: countPlan(call, "life = 'locked'"),
      held,
      registered_files: countOpenFiles(call.store),
      destroyed: countCertificates(call.vault.ledgerDb.reader, { kind: 'single' }),
    },
    // What is overdue counts as today.
    week: Array.from({ length: 7 }, (_, i) => ({
      day: new Date((today + i) * day).toISOString().slice(0, 10),
      count: ends(i === 0 ? 0 : today + i, today + i),
    })),
    now: call.now,
  }
}
