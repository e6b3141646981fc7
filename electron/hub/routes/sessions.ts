import { deviceHoldings, devicesAnswer, sessionsAnswer, signInAlarmsAnswer } from '../../shared/domain/sync-records.ts'
import { endSessions } from '../accounts/end-access.ts'
import { listDevices } from '../accounts/list-devices.ts'
import { listSessions } from '../accounts/list-sessions.ts'
import { listSignInAlarms } from '../accounts/list-sign-in-alarms.ts'
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
    async ({ hub }, session) => ({ body: { sessions: await listSessions(hub, session) } }),
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
      const own = session.role === 'admin' ? undefined : session.accountId
      return { body: { alarms: await listSignInAlarms(hub, session.employerId, own) } }
    },
  ),
]
