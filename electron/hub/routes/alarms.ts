import { alarmDecisionBody, alarmsAnswer, type AlarmRow } from '../../shared/domain/sync-records.ts'
import { requireStepUp } from '../factors/step-up.ts'
import { isoTime } from '../hub-clock.ts'
import { HubProblem, notFound } from '../hub-problem.ts'
import { noContent, operation, type Operation } from '../operation.ts'

/** Nobody is stopped for longer by an alarm; suspending an account is another decision. */
const longestStop = 7 * 86_400_000

export const alarmOperations: readonly Operation[] = [
  operation(
    {
      method: 'GET',
      path: '/v1/alarms',
      id: 'listAlarms',
      tag: 'administration',
      summary: 'Who looked at more than work explains, newest first, at most two hundred',
      auth: 'session',
      roles: ['admin', 'officer'],
      answers: { 200: { description: 'The alarms', schema: alarmsAnswer } },
    },
    async ({ hub }, session) => {
      const now = hub.clock.now()
      const accounts = await hub.db
        .selectFrom('account')
        .select(['id', 'name'])
        .where('employer_id', '=', session.employerId)
        .execute()
      const names = new Map(accounts.map(({ id, name }) => [id, name]))
      const rows = await hub.db
        .selectFrom('access_alarm')
        .selectAll()
        .where('employer_id', '=', session.employerId)
        .orderBy('at', 'desc')
        .orderBy('id')
        .limit(200)
        .execute()
      return {
        body: {
          alarms: rows.map((row) => ({
            id: row.id,
            account_id: row.account_id,
            account: names.get(row.account_id) ?? row.account_id,
            kind: row.kind as AlarmRow['kind'],
            counted: row.counted,
            devices: row.devices,
            at: isoTime(row.at),
            ...(row.until_at === null ? {} : { until: isoTime(row.until_at) }),
            lifted: row.lifted,
            ...(row.decided_by === null ? {} : { decided_by: names.get(row.decided_by) ?? row.decided_by }),
            ...(row.decided_at === null ? {} : { decided_at: isoTime(row.decided_at) }),
            ...(row.note === null ? {} : { note: row.note }),
            may_decide: !row.lifted && (row.until_at ?? 0) > now && row.account_id !== session.accountId,
          })),
        },
      }
    },
  ),
  operation(
    {
      method: 'POST',
      path: '/v1/alarms/{id}/decision',
      id: 'decideAlarm',
      tag: 'administration',
      summary: 'Lifts the stop of an alarm, or makes it longer; nobody decides about their own',
      auth: 'session',
      roles: ['admin', 'officer'],
      body: alarmDecisionBody,
      answers: { 204: noContent },
      problems: { 400: 'stop_end', 403: 'own_request, second_factor_required', 404: 'not_found', 409: 'ended' },
    },
    async ({ hub, body, param }, session) => {
      await requireStepUp(hub, session)
      const now = hub.clock.now()
      const until = body.until === undefined ? undefined : Date.parse(body.until)
      if (until !== undefined && (until <= now || until > now + longestStop)) {
        throw new HubProblem(400, 'stop_end', 'a stop ends after now and within seven days')
      }
      await hub.db.transaction().execute(async (tx) => {
        const row = await tx
          .selectFrom('access_alarm')
          .select(['account_id', 'until_at', 'lifted'])
          .where('employer_id', '=', session.employerId)
          .where('id', '=', param('id'))
          .forUpdate()
          .executeTakeFirst()
        if (row === undefined) throw notFound('alarm')
        if (row.account_id === session.accountId) {
          throw new HubProblem(403, 'own_request', 'somebody else has to decide about this')
        }
        if (row.lifted || (row.until_at ?? 0) <= now) throw new HubProblem(409, 'ended', 'this stop is over already')
        await tx
          .updateTable('access_alarm')
          .set({
            decided_by: session.accountId,
            decided_at: now,
            note: body.note,
            ...(until === undefined ? { lifted: true } : { until_at: until }),
          })
          .where('employer_id', '=', session.employerId)
          .where('id', '=', param('id'))
          .execute()
      })
      hub.events.emit(session.employerId)
      return { status: 204 }
    },
  ),
]
