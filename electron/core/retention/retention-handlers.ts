import type { DestructionState, PlanView, RetentionRow } from '../../shared/domain/views.ts'
import type { RetentionReason } from '../../shared/domain/vocabulary.ts'
import { countCertificates, getCertificate, listCertificates } from '../ledger/certificates.ts'
import { createRowMaker } from '../candidates/list-handlers.ts'
import { defineHandlers, Refusal, type Output, type ReaderCall, type WriterCall } from '../handler.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { ListProjection } from '../search/list-projection.ts'
import { beginDestruction, listChosen, listDue } from './begin-destruction.ts'
import { certificateView, verifyCertificate } from './certificate.ts'
import { hasEnded } from './due.ts'

type PlanRow = {
  readonly application_id: string
  readonly record_id: string
  readonly number: number
  readonly job_id: string
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

const day = 86_400_000
/** China Standard Time has no daylight saving. */
const chinaOffset = 8 * 3_600_000

/** Cards have no row here: they leave the cache by themselves (D2), unless their record is locked. */
const planSql = (cards: readonly string[]): string => `
  SELECT a.id AS application_id, a.record_id, c.rowid AS number, a.job_id, j.title AS job_title, c.platform, c.life, a.due_at,
         a.due_reason, a.due_clause, a.held_until, d.state AS job_state, d.problem
  FROM application a JOIN candidate c ON c.record_id = a.record_id
  LEFT JOIN job j ON j.id = a.job_id
  LEFT JOIN destruction_part p ON p.application_id = a.id
  LEFT JOIN destruction_job d ON d.id = p.job_id
  WHERE a.due_at IS NOT NULL AND (c.life = 'locked' OR a.channel NOT IN (${cards.map(() => '?').join(', ')}))`

const cardChannelsOf = (call: ReaderCall): string[] => [
  ...new Set([...call.core.profiles.values()].flatMap((profile) => [...profile.cardChannels])),
]

const stateOf = (row: PlanRow, now: number): DestructionState => {
  if (row.job_state !== null) return row.problem === null ? (row.job_state as DestructionState) : 'retry'
  if ((row.held_until ?? 0) > now) return 'held'
  if (row.life === 'locked') return 'locked'
  return row.due_at <= now ? 'due' : 'scheduled'
}

/** Which part of the plan is asked for. What is overdue counts as today, as in the week. */
const shownBy = (
  view: PlanView,
  asked: string | undefined,
  now: number,
): { readonly where: string; readonly params: readonly number[] } => {
  const parts: Array<readonly [string, ...number[]]> = [['TRUE']]
  if (view === 'overdue') parts.push(['due_at <= ? AND coalesce(held_until, 0) <= ?', now, now])
  if (view === 'locked') parts.push(["life = 'locked'"])
  if (view === 'held') parts.push(['held_until > ?', now])
  if (asked !== undefined) {
    const start = Date.parse(asked) - chinaOffset
    const today = start <= now && now < start + day
    parts.push(['due_at >= ? AND due_at < ?', today ? 0 : start, start + day])
  }
  return {
    where: parts.map(([sql]) => sql).join(' AND '),
    params: parts.flatMap(([, ...params]) => params),
  }
}

const weekOf = (call: ReaderCall, cards: readonly string[]) => {
  const today = Math.floor((call.now + chinaOffset) / day)
  const counts = new Map(
    call.store
      .all<{ day: number; n: number }>(
        `SELECT (due_at + ${chinaOffset}) / ${day} AS day, count(*) AS n FROM (${planSql(cards)}) WHERE due_at < ? GROUP BY day`,
        ...cards,
        (today + 7) * day - chinaOffset,
      )
      .map((row) => [row.day, row.n]),
  )
  const overdue = [...counts].filter(([at]) => at < today).reduce((sum, [, n]) => sum + n, 0)
  return Array.from({ length: 7 }, (_, i) => ({
    day: new Date((today + i) * day).toISOString().slice(0, 10),
    count: (counts.get(today + i) ?? 0) + (i === 0 ? overdue : 0),
  }))
}

const countOf = (call: ReaderCall, sql: string, ...params: ReadonlyArray<string | number>): number =>
  call.store.get<{ n: number }>(sql, ...params)?.n ?? 0

const countLocked = (call: ReaderCall): number =>
  countOf(call, "SELECT count(*) AS n FROM candidate WHERE life = 'locked'")

/** What is on its way counts until it is gone. */
const countOverdue = (call: ReaderCall): number =>
  countOf(
    call,
    `SELECT count(*) AS n FROM (${planSql(cardChannelsOf(call))}) WHERE due_at <= ? AND coalesce(held_until, 0) <= ?`,
    ...cardChannelsOf(call),
    call.now,
    call.now,
  )

const figuresOf = (call: ReaderCall): Output<'retention.summary'> => {
  const week = weekOf(call, cardChannelsOf(call))
  return {
    counts: {
      within_7_days: week.reduce((sum, { count }) => sum + count, 0),
      overdue: countOverdue(call),
      locked: countLocked(call),
      held: countOf(call, 'SELECT count(*) AS n FROM application WHERE held_until > ?', call.now),
      registered_files: countOf(call, 'SELECT count(*) AS n FROM registered_file'),
      destroyed: countCertificates(call.vault.ledgerDb.reader),
    },
    week,
    now: call.now,
  }
}

/** Commits the intent for these applications; the runner takes it from there. */
const intend = (call: WriterCall, applications: ReturnType<typeof listDue>) => ({
  output: { accepted: applications.length },
  entries: beginDestruction(call.store, applications, call.now, () => crypto.randomUUID()),
  after: () => call.account.retention.kick(),
})

export const retentionHandlers = defineHandlers({
  'retention.plan': {
    disclose: (call, input) => {
      const cards = cardChannelsOf(call)
      const [fromDue, fromId] = input.cursor?.split('|') ?? []
      const shown = shownBy(input.view, input.day, call.now)
      const rows = call.store.all<PlanRow>(
        `SELECT * FROM (${planSql(cards)}) WHERE ${shown.where} AND (due_at, application_id) > (?, ?)
         ORDER BY due_at, application_id LIMIT ?`,
        ...cards,
        ...shown.params,
        Number(fromDue ?? -1),
        fromId ?? '',
        input.limit + 1,
      )
      const page = rows.slice(0, input.limit)
      const make = createRowMaker(call)
      const subjects: Array<{ readonly platform: string; readonly id: string }> = []
      const labelOf = (row: PlanRow): string => {
        if (row.life === 'locked') return `#${row.number}`
        const projected = call.index.get<{ projection: string }>(
          'SELECT projection FROM list_row WHERE record_id = ?',
          row.record_id,
        )
        if (projected === undefined) return `#${row.number}`
        const made = make(row.record_id, JSON.parse(projected.projection) as ListProjection, row.job_id)
        if (made?.row.name === undefined) return `#${row.number}`
        subjects.push(made.subject)
        return made.row.name
      }
      const items = page.map((row) => ({
        application_id: row.application_id as RetentionRow['application_id'],
        record_id: row.record_id as RetentionRow['record_id'],
        label: labelOf(row),
        job_id: row.job_id as NonNullable<RetentionRow['job_id']>,
        job_title: row.job_title ?? '',
        platform: row.platform,
        reason: row.due_reason,
        clause: row.due_clause,
        due_at: row.due_at,
        state: stateOf(row, call.now),
        ...(row.problem === null ? {} : { detail: row.problem }),
      }))
      const last = page.at(-1)
      return {
        entries: [],
        hits: { subjects },
        answer: () => ({
          items,
          next_cursor: rows.length > input.limit && last !== undefined ? `${last.due_at}|${last.application_id}` : null,
          ...figuresOf(call),
        }),
      }
    },
  },
  'retention.summary': { read: figuresOf },
  'retention.counts': {
    read: (call) => ({
      within_7_days: weekOf(call, cardChannelsOf(call)).reduce((sum, { count }) => sum + count, 0),
      locked: countLocked(call),
      overdue: countOverdue(call),
    }),
  },
  'retention.destroy_now': {
    intend: (call, input) => {
      const chosen = listChosen(call.store, input.application_ids, call.now)
      if (chosen.length === 0) {
        const held = input.application_ids.some(
          (id) =>
            call.store.get('SELECT 1 FROM application WHERE id = ? AND held_until > ?', id, call.now) !== undefined,
        )
        if (held) throw new Refusal('E_APPROVAL', 'a legal hold keeps this record', { rule: 'HOLD', clause: 'QY-36' })
        throw new IpcError('E_NOT_FOUND', 'nothing of this is left to destroy')
      }
      return intend(call, chosen)
    },
  },
  'retention.run': {
    intend: (call) => {
      const due = listDue(call.store, call.now, 10_000)
      return intend(
        call,
        call.core.clock.held() ? [] : due.filter(({ id }) => hasEnded(call.store, call.core.profiles, id, call.now)),
      )
    },
  },
  'retention.status': { read: ({ account }) => account.retention.status() },
  'retention.cancel': {
    read: ({ account }) => {
      account.retention.cancel()
      return {}
    },
  },
  'certificate.list': {
    read: ({ vault }, input) => {
      const { items, nextCursor } = listCertificates(vault.ledgerDb.reader, {
        limit: input.limit,
        ...(input.cursor === undefined ? {} : { cursor: input.cursor }),
      })
      return {
        items: items.map((item) => certificateView(item.json)),
        next_cursor: nextCursor,
        total: countCertificates(vault.ledgerDb.reader),
      }
    },
  },
  'certificate.get': {
    read: ({ vault }, input) => {
      const stored = getCertificate(vault.ledgerDb.reader, input.id)
      if (stored === undefined) throw new IpcError('E_NOT_FOUND', 'there is no such certificate')
      const problem = verifyCertificate(stored.json, vault.ledger)
      return {
        document: stored.json,
        verdict: problem === null ? 'valid' : 'invalid',
        ...(problem === null ? {} : { problem }),
      }
    },
  },
})
