import type { DestructionState, PlanView, RetentionRow } from '../../shared/domain/views.ts'
import type { RetentionReason } from '../../shared/domain/vocabulary.ts'
import type { ReaderCall } from '../handler.ts'
import { membershipClocks } from '../pool/pool-rows.ts'

export type PlanRow = {
  /** The application; `pool:` and the record; or `job:` and a destruction whose rows are gone. */
  readonly key: string
  readonly application_id: string | null
  readonly record_id: string
  readonly number: number | null
  readonly job_id: string | null
  readonly job_title: string | null
  readonly platform: RetentionRow['platform']
  readonly life: string
  readonly due_at: number
  readonly due_reason: RetentionReason
  readonly due_clause: string
  readonly held_until: number | null
  readonly job_state: string | null
  readonly problem: string | null
}

type Sql = { readonly sql: string; readonly params: ReadonlyArray<string | number> }

export const day = 86_400_000
/** China Standard Time has no daylight saving. */
export const chinaOffset = 8 * 3_600_000

const cardChannelsOf = (call: ReaderCall): string[] => [
  ...new Set([...call.core.profiles.values()].flatMap((profile) => [...profile.cardChannels])),
]

type Alone = { readonly record_id: string; readonly at: number; readonly reason: string; readonly clause: string }

/**
 * People whom a talent-pool consent alone keeps, with the end of the last one (D10), or with whatever locked them when that comes
 * before it.
 */
const listAlone = (call: ReaderCall): Alone[] =>
  call.store
    .all<{ record_id: string }>(
      `SELECT DISTINCT p.record_id FROM pool_member p
       WHERE NOT EXISTS (SELECT 1 FROM application a WHERE a.record_id = p.record_id)`,
    )
    .flatMap(({ record_id: id }) => {
      const clocks = membershipClocks(call.store, call.core.profiles, id)
      const end = clocks.find(({ reason }) => reason !== 'pool_ended')
      const last = clocks.findLast(({ reason }) => reason === 'pool_ended')
      const first = end !== undefined && last !== undefined && end.at < last.at ? end : last
      return first === undefined ? [] : [{ record_id: id, at: first.at, reason: first.reason, clause: first.clause }]
    })

/**
 * Everything that has an end: applications, people in a pool alone, and destructions whose rows are gone already and that wait
 * for something. Cards have no row here: they leave the cache by themselves (D2), unless their record is locked.
 */
export const planSql = (call: ReaderCall): Sql => {
  const cards = cardChannelsOf(call)
  return {
    sql: `
      SELECT a.id AS key, a.id AS application_id, a.record_id, c.rowid AS number, a.job_id, j.title AS job_title, c.platform, c.life,
             a.due_at, a.due_reason, a.due_clause, a.held_until, d.state AS job_state, d.problem
      FROM application a JOIN candidate c ON c.record_id = a.record_id
      LEFT JOIN job j ON j.id = a.job_id
      LEFT JOIN destruction_part p ON p.application_id = a.id
      LEFT JOIN destruction_job d ON d.id = p.job_id
      WHERE a.due_at IS NOT NULL AND (c.life = 'locked' OR a.channel NOT IN (${cards.map(() => '?').join(', ')}))
      UNION ALL
      SELECT 'pool:' || c.record_id, NULL, c.record_id, c.rowid, NULL, NULL, c.platform, c.life, json_extract(e.value, '$.at'),
             json_extract(e.value, '$.reason'), json_extract(e.value, '$.clause'),
             (SELECT max(h.until) FROM legal_hold h WHERE h.platform = c.platform AND h.platform_id = c.platform_id), NULL, NULL
      FROM json_each(?) e JOIN candidate c ON c.record_id = json_extract(e.value, '$.record_id')
      UNION ALL
      SELECT 'job:' || d.id, NULL, d.record_id, c.rowid, NULL, NULL, d.platform, 'locked', d.due_at, d.reason, d.clause, NULL, d.state,
             d.problem
      FROM destruction_job d LEFT JOIN candidate c ON c.record_id = d.record_id
      WHERE NOT EXISTS (
        SELECT 1 FROM destruction_part p JOIN application a ON a.id = p.application_id WHERE p.job_id = d.id)`,
    params: [...cards, JSON.stringify(listAlone(call))],
  }
}

/** Which part of the plan is asked for. What is overdue counts as today, as in the week. */
export const shownBy = (view: PlanView, asked: string | undefined, now: number): Sql => {
  const parts: Array<readonly [string, ...number[]]> = [['TRUE']]
  if (view === 'overdue') parts.push(['due_at <= ? AND coalesce(held_until, 0) <= ?', now, now])
  if (view === 'locked') parts.push(["life = 'locked'"])
  if (view === 'held') parts.push(['held_until > ?', now])
  if (asked !== undefined) {
    const start = Date.parse(asked) - chinaOffset
    const today = start <= now && now < start + day
    parts.push(['due_at >= ? AND due_at < ?', today ? 0 : start, start + day])
  }
  return { sql: parts.map(([sql]) => sql).join(' AND '), params: parts.flatMap(([, ...params]) => params) }
}

/** One page of a part, in the order of their ends, and one row more where there is one. */
export const listPlan = (
  call: ReaderCall,
  page: {
    readonly view: PlanView
    readonly day?: string | undefined
    readonly cursor?: string | undefined
    readonly limit: number
  },
): PlanRow[] => {
  const [fromDue, fromKey] = page.cursor?.split('|') ?? []
  const plan = planSql(call)
  const shown = shownBy(page.view, page.day, call.now)
  return call.store.all<PlanRow>(
    `SELECT * FROM (${plan.sql}) WHERE ${shown.sql} AND (due_at, key) > (?, ?) ORDER BY due_at, key LIMIT ?`,
    ...plan.params,
    ...shown.params,
    Number(fromDue ?? -1),
    fromKey ?? '',
    page.limit + 1,
  )
}

export const stateOf = (row: PlanRow, now: number): DestructionState => {
  if (row.job_state !== null) return row.problem === null ? (row.job_state as DestructionState) : 'retry'
  if ((row.held_until ?? 0) > now) return 'held'
  if (row.life === 'locked') return 'locked'
  return row.due_at <= now ? 'due' : 'scheduled'
}
