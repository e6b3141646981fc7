import { delegationBody, delegationRow, delegationsAnswer } from '../../shared/domain/sync-records.ts'
import { delegationView } from '../approvals/deputies.ts'
import type { Hub } from '../hub.ts'
import { HubProblem, notFound } from '../hub-problem.ts'
import { newId } from '../keys/secrets.ts'
import { noContent, operation, type Operation } from '../operation.ts'
import type { Session } from '../session.ts'

/** Nobody is away for longer; whoever is names a deputy again. */
const longestDelegation = 92 * 86_400_000

const namesOf = async (hub: Hub, session: Session): Promise<(id: string) => string> => {
  const rows = await hub.db
    .selectFrom('account')
    .select(['id', 'name'])
    .where('employer_id', '=', session.employerId)
    .execute()
  const names = new Map(rows.map((row) => [row.id, row.name]))
  return (id) => names.get(id) ?? id
}

export const delegationOperations: readonly Operation[] = [
  operation(
    {
      method: 'GET',
      path: '/v1/approval-deputies',
      id: 'listDeputies',
      tag: 'administration',
      summary: 'Who decides for whom, also what is over; recruiters get what concerns themselves',
      auth: 'session',
      roles: ['hr', 'admin', 'officer'],
      answers: { 200: { description: 'The newest hundred', schema: delegationsAnswer } },
    },
    async ({ hub }, session) => {
      let select = hub.db
        .selectFrom('approval_deputy')
        .selectAll()
        .where('employer_id', '=', session.employerId)
        .orderBy('from_at', 'desc')
        .orderBy('id')
        .limit(100)
      if (session.role === 'hr') select = select.where('deputy_id', '=', session.accountId)
      const rows = await select.execute()
      const nameOf = await namesOf(hub, session)
      return { body: { delegations: rows.map((row) => delegationView(row, nameOf)) } }
    },
  ),
  operation(
    {
      method: 'POST',
      path: '/v1/approval-deputies',
      id: 'nameDeputy',
      tag: 'administration',
      summary: 'An approver names a colleague who decides in their place for a time',
      auth: 'session',
      roles: ['admin', 'officer'],
      body: delegationBody,
      answers: { 201: { description: 'Named', schema: delegationRow } },
      problems: { 400: 'delegation_time, deputy', 404: 'not_found' },
    },
    async ({ hub, body }, session) => {
      const [from, until] = [Date.parse(body.from), Date.parse(body.until)]
      const now = hub.clock.now()
      if (until <= from || until <= now || until > Math.max(from, now) + longestDelegation) {
        throw new HubProblem(400, 'delegation_time', 'it ends after it begins, after now, and within 92 days')
      }
      if (body.deputy_id === session.accountId) throw new HubProblem(400, 'deputy', 'a deputy is somebody else')
      const deputy = await hub.db
        .selectFrom('account')
        .select(['role', 'status'])
        .where('employer_id', '=', session.employerId)
        .where('id', '=', body.deputy_id)
        .executeTakeFirst()
      if (deputy === undefined) throw notFound('account')
      if (deputy.status !== 'active' || deputy.role === 'headhunter' || deputy.role === 'interviewer') {
        throw new HubProblem(400, 'deputy', 'a deputy is an active recruiter, administrator or officer')
      }
      const row = {
        employer_id: session.employerId,
        id: newId('dep'),
        approver_id: session.accountId,
        deputy_id: body.deputy_id,
        from_at: from,
        until_at: until,
        ended_at: null,
      }
      await hub.db.insertInto('approval_deputy').values(row).execute()
      hub.events.emit(session.employerId)
      return { status: 201, body: delegationView(row, await namesOf(hub, session)) }
    },
  ),
  operation(
    {
      method: 'DELETE',
      path: '/v1/approval-deputies/{id}',
      id: 'endDeputy',
      tag: 'administration',
      summary: 'Ends it now; whoever named the deputy can, and every administrator',
      auth: 'session',
      roles: ['admin', 'officer'],
      answers: { 204: noContent },
      problems: { 404: 'not_found' },
    },
    async ({ hub, param }, session) => {
      let update = hub.db
        .updateTable('approval_deputy')
        .set({ ended_at: hub.clock.now() })
        .where('employer_id', '=', session.employerId)
        .where('id', '=', param('id'))
        .where('ended_at', 'is', null)
      if (session.role !== 'admin') update = update.where('approver_id', '=', session.accountId)
      const { numUpdatedRows: ended } = await update.executeTakeFirst()
      if (ended === 0n) throw notFound('delegation')
      hub.events.emit(session.employerId)
      return { status: 204 }
    },
  ),
]
