import { findAlarm, readAlarm, type Alarm, type Look } from '../../shared/domain/access-limits.ts'
import type { LedgerEntry } from '../../shared/domain/ledger-entry.ts'
import type { ApplyContext } from '../outbox/apply-item.ts'
import { newId } from '../keys/secrets.ts'
import { documentsInForce, listEmployerTightenings } from '../tightened-rules.ts'

const minute = 60_000
const day = 24 * 60 * minute
/** One that only tells is told once in so long. */
const toldEvery = 6 * 60 * minute

type Counted = { readonly looks: readonly Look[]; readonly devices: number }

/** What an account has looked at on all its devices in the 24 hours before; the same person on two of them is one. */
const listLooks = async ({ tx, session }: ApplyContext, login: string, from: number, to: number): Promise<Counted> => {
  const rows = await tx
    .selectFrom('log_leaf')
    .leftJoin('log_subject', (join) =>
      join
        .onRef('log_subject.employer_id', '=', 'log_leaf.employer_id')
        .onRef('log_subject.device_id', '=', 'log_leaf.device_id')
        .onRef('log_subject.subject', '=', 'log_leaf.subject'),
    )
    .select(['log_leaf.at', 'log_leaf.action', 'log_leaf.subject', 'log_leaf.device_id', 'log_subject.candidate_id'])
    .where('log_leaf.employer_id', '=', session.employerId)
    .where('log_leaf.account_id', '=', login)
    .where('log_leaf.action', 'in', ['view', 'reveal'])
    .where('log_leaf.outcome', '=', 'shown')
    .where('log_leaf.at', '>', from)
    .where('log_leaf.at', '<=', to)
    .execute()
  return {
    looks: rows.map((row) => ({
      at: row.at,
      what: row.action === 'reveal' ? 'reveal' : 'view',
      subject: row.candidate_id ?? `${row.device_id} ${row.subject ?? ''}`,
    })),
    devices: new Set(rows.map((row) => row.device_id)).size,
  }
}

type Found = Alarm & { readonly at: number; readonly until: number | undefined; readonly devices: number }

/** The workstation's own alarms as they are told, and what only the sum over the devices shows. */
const findAlarms = async (
  context: ApplyContext,
  login: string,
  entries: readonly LedgerEntry[],
  lifted: number,
): Promise<Found[]> => {
  const { hub, tx, session } = context
  const told = entries.flatMap((entry): Found[] => {
    const alarm = entry.action === 'incident' ? readAlarm(entry.detail) : undefined
    return alarm === undefined ? [] : [{ ...alarm, at: entry.at, devices: 1 }]
  })
  const newest = Math.max(...entries.map(({ at }) => at))
  const stricter = documentsInForce(await listEmployerTightenings(tx, session.employerId), hub.clock.now())
  const limits = hub.portalRules.of(undefined, stricter).access
  const { looks, devices } = await listLooks(context, login, Math.max(newest - day, lifted), newest)
  const alarm = findAlarm(looks, limits, newest)
  if (alarm === undefined || devices < 2) return told
  const until = alarm.stops === undefined ? undefined : hub.clock.now() + limits.stop_minutes * minute
  return [...told, { ...alarm, at: newest, until, devices }]
}

/**
 * Looks at what a log push brought (ZP-94): an account's devices are summed, so that two workstations are no way around a limit.
 * @returns how many alarms there are that were not there before
 */
export const raiseAlarms = async (context: ApplyContext, entries: readonly LedgerEntry[]): Promise<number> => {
  const { tx, session } = context
  let raised = 0
  const looking = entries.filter(({ action }) => action === 'view' || action === 'reveal' || action === 'incident')
  for (const [login, own] of Map.groupBy(looking, ({ actor }) => actor.account)) {
    const account = await tx
      .selectFrom('account')
      .select('id')
      .where('employer_id', '=', session.employerId)
      // Workstations name an account as it signs in; others may name it by its id.
      .where((either) => either.or([either('login', '=', login), either('id', '=', login)]))
      .executeTakeFirst()
    if (account === undefined) continue
    const before = await tx
      .selectFrom('access_alarm')
      .select(['kind', 'at', 'until_at', 'lifted', 'decided_at'])
      .where('employer_id', '=', session.employerId)
      .where('account_id', '=', account.id)
      .where('at', '>', Math.min(...own.map(({ at }) => at)) - day)
      .execute()
    const lifted = Math.max(0, ...before.map((row) => (row.lifted ? (row.decided_at ?? 0) : 0)))
    for (const found of await findAlarms(context, login, own, lifted)) {
      const same = before.some(
        (row) =>
          row.kind === found.kind &&
          !row.lifted &&
          found.at < (row.until_at ?? row.at + toldEvery) &&
          row.at <= found.at,
      )
      if (same) continue
      await tx
        .insertInto('access_alarm')
        .values({
          employer_id: session.employerId,
          id: newId('alm'),
          account_id: account.id,
          kind: found.kind,
          counted: found.counted,
          devices: found.devices,
          at: found.at,
          until_at: found.until ?? null,
          decided_by: null,
          decided_at: null,
          lifted: false,
          note: null,
        })
        .execute()
      raised += 1
    }
  }
  // The workstations that this stops or concerns ask again.
  if (raised > 0) context.hub.events.emit(session.employerId)
  return raised
}
