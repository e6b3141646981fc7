import { countCertificates } from '../ledger/certificates.ts'
import type { Output, ReaderCall } from '../handler.ts'
import { chinaOffset, day, planSql } from './plan-rows.ts'

type Counted = {
  readonly day: number | null
  readonly n: number
  readonly overdue: number
  readonly locked: number
  readonly held: number
}

/** Figures alone: nobody is disclosed by them. One pass over the plan, by the day in Asia/Shanghai. */
export const planFigures = (call: ReaderCall): Output<'retention.summary'> => {
  const today = Math.floor((call.now + chinaOffset) / day)
  const plan = planSql(call)
  const rows = call.store.all<Counted>(
    `SELECT min((due_at + ${chinaOffset}) / ${day}, ?) AS day, count(*) AS n,
            count(*) FILTER (WHERE due_at <= ? AND coalesce(held_until, 0) <= ?) AS overdue,
            count(*) FILTER (WHERE life = 'locked') AS locked,
            count(*) FILTER (WHERE held_until > ?) AS held
     FROM (${plan.sql}) GROUP BY 1`,
    today + 7,
    call.now,
    call.now,
    call.now,
    ...plan.params,
  )
  const sum = (of: 'overdue' | 'locked' | 'held'): number => rows.reduce((total, row) => total + row[of], 0)
  const ends = (from: number, to: number): number =>
    rows.reduce((total, row) => (row.day !== null && row.day >= from && row.day <= to ? total + row.n : total), 0)
  const files = call.store.get<{ n: number }>('SELECT count(*) AS n FROM registered_file')?.n ?? 0
  return {
    counts: {
      within_7_days: ends(0, today + 6),
      overdue: sum('overdue'),
      locked: sum('locked'),
      held: sum('held'),
      registered_files: files,
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
