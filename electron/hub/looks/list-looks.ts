import { ledgerEntry } from '../../shared/domain/ledger-entry.ts'
import { lookRow, type LookRow } from '../../shared/domain/sync-records.ts'
import type { Hub } from '../hub.ts'
import { isoTime } from '../hub-clock.ts'
import type { Session } from '../session.ts'
import { readLookWords } from './begin-look.ts'

const most = 100
const mostReadings = 50
const readsContent = ['view', 'reveal', 'open_file', 'download', 'copy', 'print', 'export']

type Reading = LookRow['readings'][number]

/** What the administrators' logs say that was read while a look was open, newest first. */
const listReadings = async (
  hub: Hub,
  employerId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly Reading[]>> => {
  const found = new Map<string, Reading[]>()
  if (ids.length === 0) return found
  const rows = await hub.db
    .selectFrom('content_look as look')
    .innerJoin('account', (join) =>
      join.onRef('account.employer_id', '=', 'look.employer_id').onRef('account.id', '=', 'look.account_id'),
    )
    .innerJoin('log_leaf as leaf', (join) =>
      join
        .onRef('leaf.employer_id', '=', 'look.employer_id')
        // A log names an account by its login.
        .onRef('leaf.account_id', '=', 'account.login')
        .onRef('leaf.at', '>=', 'look.at')
        .onRef('leaf.at', '<=', 'look.until_at'),
    )
    .innerJoin('log_subject as who', (join) =>
      join
        .onRef('who.employer_id', '=', 'leaf.employer_id')
        .onRef('who.device_id', '=', 'leaf.device_id')
        .onRef('who.subject', '=', 'leaf.subject'),
    )
    .select(['look.id', 'look.candidate_id as about', 'look.job_id', 'who.candidate_id', 'leaf.at', 'leaf.entry'])
    .where('look.employer_id', '=', employerId)
    .where('look.id', 'in', [...ids])
    .where('leaf.action', 'in', readsContent)
    .where('leaf.outcome', '=', 'shown')
    .orderBy('leaf.at', 'desc')
    .execute()
  for (const row of rows) {
    const entry = ledgerEntry.parse(JSON.parse(row.entry))
    const covered = row.about === null ? entry.job === row.job_id : row.about === row.candidate_id
    if (!covered) continue
    const list = found.get(row.id) ?? []
    found.set(row.id, list)
    list.push({ candidate_id: row.candidate_id, action: entry.action, at: isoTime(row.at) })
  }
  return found
}

/** Everybody's looks for administrators and officers; for others those into what was theirs (LG-14). Newest first, at most a hundred. */
export const listLooks = async (hub: Hub, session: Session): Promise<LookRow[]> => {
  const rows = await hub.db
    .selectFrom('content_look as look')
    .leftJoin('account', (join) =>
      join.onRef('account.employer_id', '=', 'look.employer_id').onRef('account.id', '=', 'look.account_id'),
    )
    .selectAll('look')
    .select('account.name')
    .where('look.employer_id', '=', session.employerId)
    .orderBy('look.at', 'desc')
    .orderBy('look.id')
    .limit(most * 10)
    .execute()
  const all = session.role === 'admin' || session.role === 'officer'
  const shown = rows.filter(({ concerned }) => all || concerned.includes(session.accountId)).slice(0, most)
  const words = await readLookWords(hub, shown)
  const readings = await listReadings(
    hub,
    session.employerId,
    shown.map(({ id }) => id),
  )
  return shown.map((row) =>
    lookRow.parse({
      id: row.id,
      account_id: row.account_id,
      account: row.name ?? row.account_id,
      ...(row.candidate_id === null ? {} : { candidate_id: row.candidate_id }),
      ...(row.job_id === null ? {} : { job_id: row.job_id }),
      reason: row.reason,
      words: words.get(row.id),
      at: isoTime(row.at),
      until: isoTime(row.until_at),
      readings: (readings.get(row.id) ?? []).slice(0, mostReadings),
      read: readings.get(row.id)?.length ?? 0,
    }),
  )
}
