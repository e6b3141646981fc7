import type { ClosingAnswer } from '../../shared/domain/sync-records.ts'
import type { HubQueries } from '../db/schema.ts'
import type { Hub } from '../hub.ts'
import { isoTime } from '../hub-clock.ts'
import { HubProblem } from '../hub-problem.ts'
import { destroyCandidateIn } from '../records/destroy-candidate.ts'
import { putRecords } from '../records/put-records.ts'
import type { Session } from '../session.ts'
import { vacuumKeys } from '../db/open-database.ts'

const live = async (db: HubQueries, employerId: string, type: string) =>
  db
    .selectFrom('record')
    .select(['id', 'data', 'candidate_id'])
    .where('employer_id', '=', employerId)
    .where('type', '=', type)
    .where('deleted', '=', false)
    .execute()

/** What would end, and what has to be ended or handed over first. */
export const closingOf = async (hub: Hub, session: Session): Promise<ClosingAnswer> => {
  const { employerId } = session
  const now = hub.clock.now()
  const holds = (await live(hub.db, employerId, 'hold')).filter(
    ({ data }) => Date.parse((data as { until: string }).until) > now,
  )
  const requests = (await live(hub.db, employerId, 'request')).filter(
    ({ data }) => (data as { answered_at?: string }).answered_at === undefined,
  )
  const accounts = await hub.db
    .selectFrom('account')
    .select(['id', 'role'])
    .where('employer_id', '=', employerId)
    .where('status', '<>', 'revoked')
    .execute()
  const row = await hub.db.selectFrom('closing').selectAll().where('employer_id', '=', employerId).executeTakeFirst()
  const seconds = accounts.filter(
    ({ id, role }) => id !== session.accountId && (role === 'admin' || role === 'officer'),
  )
  return {
    candidates: (await live(hub.db, employerId, 'candidate')).length,
    jobs: (await live(hub.db, employerId, 'job')).length,
    accounts: accounts.length,
    open: { holds: holds.length, requests: requests.length },
    needs_second: seconds.length > 0,
    state:
      row === undefined ? 'open' : row.finished_at !== null ? 'closed' : row.begun_at !== null ? 'closing' : 'asked',
    ...(row === undefined ? {} : { asked_by: row.asked_by, asked_at: isoTime(row.asked_at) }),
  }
}

/** @throws HubProblem 409 `open_duties` while holds or requests wait, `closed` */
const requireNothingOpen = (closing: ClosingAnswer): void => {
  if (closing.state === 'closing' || closing.state === 'closed')
    throw new HubProblem(409, 'closed', 'this enterprise is being closed already')
  if (closing.open.holds + closing.open.requests > 0)
    throw new HubProblem(409, 'open_duties', 'holds and requests are ended or handed over first')
}

/**
 * Closes an enterprise (ZP-76): two people where there are two; then the hub's own copies go, every other account ends, and every
 * workstation is told by `lifecycle`. The one that closes keeps its session until it has reported its own end.
 */
export const closeEmployer = async (hub: Hub, session: Session, confirm: string): Promise<ClosingAnswer> => {
  const { employerId, accountId } = session
  if (confirm !== session.employerName)
    throw new HubProblem(400, 'confirm', 'the name of the enterprise is typed to confirm')
  const closing = await closingOf(hub, session)
  requireNothingOpen(closing)
  const now = hub.clock.now()
  if (closing.needs_second && (closing.asked_by === undefined || closing.asked_by === accountId)) {
    await hub.db
      .insertInto('closing')
      .values({ employer_id: employerId, asked_by: accountId, asked_at: now })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    return closingOf(hub, session)
  }
  const people = await live(hub.db, employerId, 'candidate')
  await hub.db.transaction().execute(async (tx) => {
    const begun = { begun_at: now, confirmed_by: accountId }
    await tx
      .insertInto('closing')
      .values({ employer_id: employerId, asked_by: accountId, asked_at: now, ...begun })
      .onConflict((conflict) => conflict.column('employer_id').doUpdateSet(begun))
      .execute()
    await putRecords(hub, tx, employerId, [
      { type: 'lifecycle', id: `ceased-${employerId}`, data: { subject: 'employer', id: employerId, event: 'ceased' } },
    ])
    for (const { id } of people) await destroyCandidateIn(hub, tx, employerId, id)
    await tx
      .updateTable('account')
      .set({ status: 'revoked' })
      .where('employer_id', '=', employerId)
      .where('id', '<>', accountId)
      .execute()
    for (const table of ['session', 'device'] as const) {
      await tx
        .updateTable(table)
        .set({ revoked: true })
        .where('employer_id', '=', employerId)
        .where('account_id', '<>', accountId)
        .execute()
    }
    await tx.updateTable('candidate_link').set({ revoked: true }).where('employer_id', '=', employerId).execute()
  })
  await vacuumKeys(hub.db)
  hub.events.emit(employerId)
  return closingOf(hub, session)
}

/** The last workstation has nothing any more: its account ends, too. @throws HubProblem 409 `not_closing` */
export const finishClosing = async (hub: Hub, { employerId, accountId }: Session): Promise<void> => {
  await hub.db.transaction().execute(async (tx) => {
    const row = await tx
      .updateTable('closing')
      .set({ finished_at: hub.clock.now() })
      .where('employer_id', '=', employerId)
      .where('begun_at', 'is not', null)
      .where('finished_at', 'is', null)
      .returning('employer_id')
      .executeTakeFirst()
    if (row === undefined) throw new HubProblem(409, 'not_closing', 'nobody has begun to close this enterprise')
    await tx.updateTable('account').set({ status: 'revoked' }).where('employer_id', '=', employerId).execute()
    for (const table of ['session', 'device'] as const) {
      await tx
        .updateTable(table)
        .set({ revoked: true })
        .where('employer_id', '=', employerId)
        .where('account_id', '=', accountId)
        .execute()
    }
  })
}
