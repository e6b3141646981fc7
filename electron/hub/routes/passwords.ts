import { z } from 'zod'
import { oneTimeLink, passwordBody } from '../../shared/domain/sync-records.ts'
import { endSessions } from '../accounts/end-access.ts'
import { joinFrame, resetForm, showGone, showJoin } from '../accounts/join-pages.ts'
import { passwordFault, requireGoodPassword } from '../accounts/password-rules.ts'
import type { Hub } from '../hub.ts'
import { isoTime } from '../hub-clock.ts'
import { HubProblem, notFound } from '../hub-problem.ts'
import { hashPassword, hashSecret, newId, newSecret, verifyPassword } from '../keys/secrets.ts'
import { html } from '../markup.ts'
import { noContent, operation, type Operation } from '../operation.ts'
import { limit } from './sign-in.ts'

const linkHours = 24
const page = { description: 'A plain page', media: 'text/html' } as const
const language = z.object({ lang: z.string().max(20).optional() })
const pathOf = (token: string): string => `/reset/${encodeURIComponent(token)}`

/** The account of a link that still works. */
const findReset = (hub: Hub, token: string) =>
  hub.db
    .selectFrom('password_link')
    .innerJoin('account', (on) =>
      on
        .onRef('account.employer_id', '=', 'password_link.employer_id')
        .onRef('account.id', '=', 'password_link.account_id'),
    )
    .innerJoin('employer', 'employer.employer_id', 'account.employer_id')
    .select(['account.employer_id', 'account.id', 'account.login', 'account.name', 'employer.name as employer'])
    .where('password_link.token_hash', '=', hashSecret(token))
    .where('password_link.used', '=', false)
    .where('password_link.until', '>', hub.clock.real())
    .where('account.status', '!=', 'revoked')
    .executeTakeFirst()

export const passwordOperations: readonly Operation[] = [
  operation(
    {
      method: 'POST',
      path: '/v1/me/password',
      id: 'changePassword',
      tag: 'sign-in',
      summary: 'Changes one’s own password; every other session of the account ends',
      auth: 'session',
      body: passwordBody,
      answers: { 204: noContent },
      problems: {
        400: 'password_short, password_common, password_repeated, password_personal',
        403: 'wrong_password',
        429: 'rate_limited',
      },
    },
    async ({ hub, body, address }, session) => {
      await limit(hub, `password ${address} ${session.accountId}`)
      const account = await hub.db
        .selectFrom('account')
        .select(['login', 'password_hash'])
        .where('employer_id', '=', session.employerId)
        .where('id', '=', session.accountId)
        .executeTakeFirstOrThrow()
      if (!(await verifyPassword(body.current, account.password_hash)))
        throw new HubProblem(403, 'wrong_password', 'the present password is another one')
      requireGoodPassword(body.next, {
        login: account.login,
        name: session.accountName,
        employer: session.employerName,
      })
      const hash = await hashPassword(body.next)
      await hub.db.transaction().execute(async (tx) => {
        await tx
          .updateTable('account')
          .set({ password_hash: hash })
          .where('employer_id', '=', session.employerId)
          .where('id', '=', session.accountId)
          .execute()
        await endSessions(hub, tx, session, 'account', { but: session.id })
      })
      return { status: 204 }
    },
  ),
  operation(
    {
      method: 'POST',
      path: '/v1/accounts/{id}/password-link',
      id: 'createPasswordLink',
      tag: 'administration',
      summary: 'A link by which this person chooses a new password, once and within 24 hours; an earlier one is void',
      auth: 'session',
      roles: ['admin'],
      answers: { 201: { description: 'The link, shown once', schema: oneTimeLink } },
      problems: { 403: 'own_account', 404: 'not_found' },
    },
    async ({ hub, param }, session) => {
      const accountId = param('id')
      if (accountId === session.accountId)
        throw new HubProblem(403, 'own_account', 'change your own password with the present one')
      const token = newSecret()
      const until = hub.clock.real() + linkHours * 3_600_000
      await hub.db.transaction().execute(async (tx) => {
        const account = await tx
          .selectFrom('account')
          .select('id')
          .where('employer_id', '=', session.employerId)
          .where('id', '=', accountId)
          .where('status', '!=', 'revoked')
          .executeTakeFirst()
        if (account === undefined) throw notFound('account')
        await tx
          .deleteFrom('password_link')
          .where('employer_id', '=', session.employerId)
          .where('account_id', '=', accountId)
          .execute()
        await tx
          .insertInto('password_link')
          .values({
            employer_id: session.employerId,
            id: newId('pwl'),
            account_id: accountId,
            token_hash: hashSecret(token),
            until,
            used: false,
          })
          .execute()
      })
      return { status: 201, body: { link: `${hub.baseUrl()}${pathOf(token)}`, expires_at: isoTime(until) } }
    },
  ),
  operation(
    {
      method: 'GET',
      path: '/reset/{token}',
      id: 'resetPage',
      tag: 'administration',
      summary: 'Where a person chooses a new password',
      auth: 'none',
      query: language,
      answers: { 200: page, 404: page },
    },
    async ({ hub, param, query, header }) => {
      const frame = joinFrame(pathOf(param('token')), query.lang, header('accept-language'))
      if ((await findReset(hub, param('token'))) === undefined) return showGone(frame)
      return showJoin(frame, frame.words.resetTitle, resetForm(frame))
    },
  ),
  operation(
    {
      method: 'POST',
      path: '/reset/{token}',
      id: 'resetPassword',
      tag: 'administration',
      summary: 'Takes the new password; every session of the account ends',
      auth: 'none',
      form: true,
      body: z.object({ password: z.string().max(1024).default('') }),
      query: language,
      answers: { 200: page, 400: page, 404: page },
      problems: { 429: 'rate_limited' },
    },
    async ({ hub, body, param, query, header, address }) => {
      await limit(hub, `reset ${address}`)
      const frame = joinFrame(pathOf(param('token')), query.lang, header('accept-language'))
      const account = await findReset(hub, param('token'))
      if (account === undefined) return showGone(frame)
      const fault = passwordFault(body.password, account)
      if (fault !== null) return showJoin(frame, frame.words.resetTitle, resetForm(frame, fault), 400)
      const hash = await hashPassword(body.password)
      const done = await hub.db.transaction().execute(async (tx) => {
        const used = await tx
          .updateTable('password_link')
          .set({ used: true })
          .where('token_hash', '=', hashSecret(param('token')))
          .where('used', '=', false)
          .returning('id')
          .executeTakeFirst()
        if (used === undefined) return false
        await tx
          .updateTable('account')
          .set({ password_hash: hash })
          .where('employer_id', '=', account.employer_id)
          .where('id', '=', account.id)
          .execute()
        await endSessions(hub, tx, { employerId: account.employer_id, accountId: account.id }, 'account')
        return true
      })
      if (!done) return showGone(frame)
      return showJoin(frame, frame.words.resetTitle, html`<p class="ok">${frame.words.resetDone}</p>`)
    },
  ),
]
