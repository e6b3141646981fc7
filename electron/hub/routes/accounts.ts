import { z } from 'zod'
import {
  accountCreateBody,
  accountPatchBody,
  accountRow,
  accountsAnswer,
  handOverAnswer,
  handOverBody,
  officerBody,
} from '../../shared/domain/sync-records.ts'
import { createAccount } from '../accounts/create-account.ts'
import { changeAccount } from '../accounts/change-account.ts'
import { handOver } from '../accounts/hand-over.ts'
import { listAccounts } from '../accounts/list-accounts.ts'
import { requireGoodPassword } from '../accounts/password-rules.ts'
import { isFactorRequired } from '../factors/factor-policy.ts'
import { HubProblem } from '../hub-problem.ts'
import { hashPassword, newSecret } from '../keys/secrets.ts'
import { noContent, operation, type Operation } from '../operation.ts'
import { pageOf, pageQuery } from '../service/list-page.ts'

export const accountOperations: readonly Operation[] = [
  operation(
    {
      method: 'GET',
      path: '/v1/accounts',
      id: 'listAccounts',
      tag: 'administration',
      summary: 'Every account of the employer, with what is open of it',
      auth: 'session',
      roles: ['admin'],
      query: z.object(pageQuery),
      answers: { 200: { description: 'The accounts', schema: accountsAnswer } },
      problems: { 400: 'invalid_request, cursor' },
    },
    async ({ hub, query }, session) => {
      const { officer_id: officer } = await hub.db
        .selectFrom('employer')
        .select('officer_id')
        .where('employer_id', '=', session.employerId)
        .executeTakeFirstOrThrow()
      const { items, next } = pageOf(await listAccounts(hub, session.employerId), ({ id }) => id, query)
      const required = await isFactorRequired(hub, hub.db, session.employerId)
      return {
        body: {
          accounts: items,
          ...(officer === null ? {} : { officer_id: officer }),
          second_factor: required ? 'required' : 'offered',
          ...next,
        },
      }
    },
  ),
  operation(
    {
      method: 'POST',
      path: '/v1/accounts',
      id: 'createAccount',
      tag: 'administration',
      summary: 'A new account; unverified until the person has been checked',
      auth: 'session',
      once: true,
      perMinute: 60,
      roles: ['admin'],
      body: accountCreateBody,
      answers: { 201: { description: 'The account', schema: accountRow } },
      problems: {
        400: 'password_short, password_common, password_repeated, password_personal',
        409: 'name_taken',
      },
    },
    async ({ hub, body }, session) => {
      const { password, email, ...given } = body
      const login = email ?? body.name
      if (password !== undefined)
        requireGoodPassword(password, { login, name: body.name, employer: session.employerName })
      const passwordHash = await hashPassword(password ?? newSecret())
      const row = await hub.db
        .transaction()
        .execute((tx) =>
          createAccount(hub, tx, { ...given, email, login, employerId: session.employerId, passwordHash }),
        )
      hub.events.emit(session.employerId)
      return { status: 201, body: row }
    },
  ),
  operation(
    {
      method: 'PATCH',
      path: '/v1/accounts/{id}',
      id: 'updateAccount',
      tag: 'administration',
      summary:
        'Role, status, quotas, checks, licence, jobs; whoever is revoked loses every session and device, and employment withdrawn ends every session',
      auth: 'session',
      roles: ['admin'],
      body: accountPatchBody,
      answers: { 200: { description: 'The account', schema: accountRow } },
      problems: { 403: 'own_account', 404: 'not_found', 409: 'last_admin, consent_missing, revoked' },
    },
    async ({ hub, body, param }, session) => {
      const id = param('id')
      // What is needed to vouch for oneself, or to lock oneself out, takes a second person.
      const others = body.role ?? body.status ?? body.verification
      if (id === session.accountId && others !== undefined)
        throw new HubProblem(403, 'own_account', 'another administrator has to do this')
      const account = { employerId: session.employerId, accountId: id }
      const row = await hub.db.transaction().execute((tx) => changeAccount(hub, tx, account, body))
      hub.events.emit(session.employerId)
      return { body: row }
    },
  ),
  operation(
    {
      method: 'POST',
      path: '/v1/accounts/{id}/hand-over',
      id: 'handOverJobs',
      tag: 'administration',
      summary: 'Jobs of one account go to another, all or some; what was written keeps its author',
      auth: 'session',
      roles: ['admin'],
      body: handOverBody,
      answers: { 200: { description: 'How many', schema: handOverAnswer } },
      problems: { 404: 'not_found', 409: 'cannot_take, not_theirs' },
    },
    async ({ hub, body, param }, session) => {
      const jobs = await hub.db
        .transaction()
        .execute((tx) =>
          handOver(hub, tx, session.employerId, { from: param('id'), to: body.to, jobIds: body.job_ids }),
        )
      hub.events.emit(session.employerId)
      return { body: { jobs } }
    },
  ),
  operation(
    {
      method: 'PUT',
      path: '/v1/officer',
      id: 'nameOfficer',
      tag: 'administration',
      summary: 'Names who protects personal data here; nobody syncs candidates before that (ZP-95)',
      auth: 'session',
      roles: ['admin'],
      body: officerBody,
      answers: { 204: noContent },
      problems: { 404: 'not_found', 409: 'no_officer' },
    },
    async ({ hub, body }, session) => {
      const account = await hub.db
        .selectFrom('account')
        .select(['role', 'status'])
        .where('employer_id', '=', session.employerId)
        .where('id', '=', body.account_id)
        .executeTakeFirst()
      if (account === undefined) throw new HubProblem(404, 'not_found', 'no such account')
      if (account.role !== 'officer' || account.status !== 'active')
        throw new HubProblem(409, 'no_officer', 'the officer is an active account with that role')
      await hub.db
        .updateTable('employer')
        .set({ officer_id: body.account_id, officer_named: true })
        .where('employer_id', '=', session.employerId)
        .execute()
      hub.events.emit(session.employerId)
      return { status: 204 }
    },
  ),
]
