import { deviceHoldings, devicesAnswer, sessionsAnswer, signInAlarmsAnswer } from '../../shared/domain/sync-records.ts'
import { endSessions } from '../accounts/end-access.ts'
import { listDevices } from '../accounts/list-devices.ts'
import { overlapsForAlarm } from '../accounts/note-sighting.ts'
import { isoTime } from '../hub-clock.ts'
import { notFound } from '../hub-problem.ts'
import { noContent, operation, type Operation } from '../operation.ts'

/** Where an account is in use, what is on its devices, and whether it is in use in two places. */
export const sessionOperations: readonly Operation[] = [
  operation(
    {
      method: 'GET',
      path: '/v1/sessions',
      id: 'listSessions',
      tag: 'sign-in',
      summary: 'One’s own living sessions, the one that asks among them',
      auth: 'session',
      answers: { 200: { description: 'The sessions', schema: sessionsAnswer } },
    },
    async ({ hub }, session) => {
      const rows = await hub.db
        .selectFrom('session')
        .leftJoin('device', (join) =>
          join.onRef('device.employer_id', '=', 'session.employer_id').onRef('device.id', '=', 'session.device_id'),
        )
        .leftJoin('sign_in', (join) =>
          join.onRef('sign_in.employer_id', '=', 'session.employer_id').onRef('sign_in.session_id', '=', 'session.id'),
        )
        .select(['session.id', 'session.created_at', 'session.seen_at', 'session.place'])
        .select(['device.id as device_id', 'device.name', 'sign_in.via', 'sign_in.factor'])
        .where('session.employer_id', '=', session.employerId)
        .where('session.account_id', '=', session.accountId)
        .where('session.revoked', '=', false)
        .where('session.refresh_until', '>', hub.clock.real())
        .where((where) => where.or([where('device.revoked', 'is', null), where('device.revoked', '=', false)]))
        .orderBy('session.seen_at', 'desc')
        .orderBy('session.id')
        .execute()
      return {
        body: {
          sessions: rows.map((row) => ({
            id: row.id,
            current: row.id === session.id,
            ...(row.device_id === null || row.name === null ? {} : { device: { id: row.device_id, name: row.name } }),
            ...(row.created_at === null ? {} : { created_at: isoTime(row.created_at) }),
            ...(row.seen_at === null ? {} : { seen_at: isoTime(row.seen_at) }),
            ...(row.via === null ? {} : { via: row.via, factor: row.factor }),
            ...(row.place === null || session.place === null
              ? {}
              : { network: row.place === session.place ? 'same' : 'other' }),
          })),
        },
      }
    },
  ),
  operation(
    {
      method: 'DELETE',
      path: '/v1/sessions/{id}',
      id: 'endSession',
      tag: 'sign-in',
      summary: 'Ends one of one’s own sessions',
      auth: 'session',
      answers: { 204: noContent },
      problems: { 404: 'not_found' },
    },
    async ({ hub, param }, session) => {
      const ended = await endSessions(hub, hub.db, session, 'workstation', { only: param('id') })
      if (ended.length === 0) throw notFound('session')
      return { status: 204 }
    },
  ),
  operation(
    {
      method: 'GET',
      path: '/v1/devices',
      id: 'listDevices',
      tag: 'sign-in',
      summary: 'One’s own devices; administrators and the officer get everybody’s',
      auth: 'session',
      answers: { 200: { description: 'The devices', schema: devicesAnswer } },
    },
    async ({ hub }, session) => {
      const all = session.role === 'admin' || session.role === 'officer'
      return { body: { devices: await listDevices(hub, session.employerId, all ? undefined : session.accountId) } }
    },
  ),
  operation(
    {
      method: 'GET',
      path: '/v1/devices/{device_id}/holdings',
      id: 'listHoldings',
      tag: 'administration',
      summary: 'Of whom a device holds a copy, by number: what was on one that was lost (ZP-101)',
      auth: 'session',
      roles: ['admin', 'officer'],
      answers: { 200: { description: 'The numbers', schema: deviceHoldings } },
      problems: { 404: 'not_found' },
    },
    async ({ hub, param }, session) => {
      const device = await hub.db
        .selectFrom('device')
        .select('id')
        .where('employer_id', '=', session.employerId)
        .where('id', '=', param('device_id'))
        .executeTakeFirst()
      if (device === undefined) throw notFound('device')
      const rows = await hub.db
        .selectFrom('holding')
        .select('candidate_id')
        .where('employer_id', '=', session.employerId)
        .where('device_id', '=', device.id)
        .orderBy('candidate_id')
        .execute()
      return { body: { device: device.id, candidates: [...new Set(rows.map((row) => row.candidate_id))] } }
    },
  ),
  operation(
    {
      method: 'GET',
      path: '/v1/sign-in-alarms',
      id: 'listSignInAlarms',
      tag: 'sign-in',
      summary: 'Accounts that were in use on several devices and networks at once; administrators get everybody’s',
      auth: 'session',
      answers: { 200: { description: 'A row for each account and day', schema: signInAlarmsAnswer } },
    },
    async ({ hub }, session) => {
      let query = hub.db
        .selectFrom('sign_in_alarm')
        .selectAll()
        .where('employer_id', '=', session.employerId)
        .where('times', '>=', overlapsForAlarm)
        .orderBy('last_at', 'desc')
        .limit(200)
      if (session.role !== 'admin') query = query.where('account_id', '=', session.accountId)
      const rows = await query.execute()
      const devices = await listDevices(hub, session.employerId)
      const nameOf = new Map(devices.map((device) => [device.id, device.name]))
      return {
        body: {
          alarms: rows.map((row) => ({
            id: row.id,
            account_id: row.account_id,
            first_at: isoTime(row.first_at),
            last_at: isoTime(row.last_at),
            overlaps: row.times,
            devices: row.devices.map((id) => nameOf.get(id) ?? id),
          })),
        },
      }
    },
  ),
]
