import { z } from 'zod'
import { invitationAnswer, invitationBody, syncRole } from '../../shared/domain/sync-records.ts'
import { isoTime } from '../hub-clock.ts'
import { escapeHtml, htmlPage, pageHeaders } from '../html.ts'
import { HubProblem } from '../hub-problem.ts'
import { hashPassword, hashSecret, newId, newSecret } from '../keys/secrets.ts'
import { operation, type Operation } from '../operation.ts'
import { putRecords } from '../records/put-records.ts'
import { putAccount } from './accounts.ts'
import { limit } from './sign-in.ts'

const validDays = 7
const page = { 200: { description: 'A plain page', media: 'text/html' } } as const

export const invitationOperations: readonly Operation[] = [
  operation(
    {
      method: 'POST',
      path: '/v1/invitations',
      id: 'createInvitation',
      tag: 'administration',
      summary: 'A link by which one person joins with this role',
      auth: 'session',
      once: true,
      perMinute: 60,
      roles: ['admin'],
      body: invitationBody,
      answers: { 201: { description: 'The link, shown once', schema: invitationAnswer } },
    },
    async ({ hub, body }, session) => {
      const id = newId('inv')
      const token = newSecret()
      const until = hub.clock.now() + validDays * 86_400_000
      await hub.db.transaction().execute(async (tx) => {
        await tx
          .insertInto('invitation_token')
          .values({ employer_id: session.employerId, id, token_hash: hashSecret(token), until, used: false })
          .execute()
        await putRecords(hub, tx, session.employerId, [
          { type: 'invitation', id, data: { ...body, status: 'open', expires_at: isoTime(until) } },
        ])
      })
      hub.events.emit(session.employerId)
      return { status: 201, body: { id, link: `${hub.baseUrl()}/join/${token}`, expires_at: isoTime(until) } }
    },
  ),
  operation(
    {
      method: 'GET',
      path: '/join/{token}',
      id: 'joinPage',
      tag: 'administration',
      summary: 'Where an invited person chooses a name and a password',
      auth: 'none',
      answers: page,
    },
    async ({ param }) => ({
      headers: pageHeaders,
      body: htmlPage('加入', form(param('token'))),
    }),
  ),
  operation(
    {
      method: 'POST',
      path: '/join/{token}',
      id: 'join',
      tag: 'administration',
      summary: 'Accepts an invitation once',
      auth: 'none',
      form: true,
      body: z.object({
        name: z.string().min(1).max(100),
        login: z.string().min(3).max(200),
        password: z.string().min(10).max(1024),
      }),
      answers: page,
      problems: { 404: 'not_found', 409: 'name_taken', 429: 'rate_limited' },
    },
    async ({ hub, body, param, address }) => {
      await limit(hub, `join ${address}`)
      const hash = await hashPassword(body.password)
      await hub.db.transaction().execute(async (tx) => {
        const token = await tx
          .updateTable('invitation_token')
          .set({ used: true })
          .where('token_hash', '=', hashSecret(param('token')))
          .where('used', '=', false)
          .where('until', '>', hub.clock.now())
          .returning(['employer_id', 'id'])
          .executeTakeFirst()
        if (token === undefined) throw new HubProblem(404, 'not_found', 'the invitation was used or has ended')
        const invitation = await tx
          .selectFrom('record')
          .select('data')
          .where('employer_id', '=', token.employer_id)
          .where('type', '=', 'invitation')
          .where('id', '=', token.id)
          .executeTakeFirstOrThrow()
        const invited = invitation.data as Readonly<Record<string, unknown>>
        const account = {
          id: newId('acc'),
          name: body.name,
          role: syncRole.parse(invited['role']),
          status: 'active' as const,
          quotas: {},
          verification: { real_name: false, employment: false, caller: false },
        }
        const created = await tx
          .insertInto('account')
          .values({
            employer_id: token.employer_id,
            id: account.id,
            login: body.login,
            name: account.name,
            email: null,
            role: account.role,
            status: account.status,
            quotas: JSON.stringify(account.quotas),
            verification: JSON.stringify(account.verification),
            agency: null,
            licence_until: null,
            password_hash: hash,
            feed: 1,
          })
          .onConflict((conflict) => conflict.column('login').doNothing())
          .returning('id')
          .executeTakeFirst()
        if (created === undefined) throw new HubProblem(409, 'name_taken', 'there is an account of this name')
        await putAccount(hub, tx, account, token.employer_id)
        await putRecords(hub, tx, token.employer_id, [
          { type: 'invitation', id: token.id, data: { ...invited, status: 'accepted' } },
        ])
      })
      return { headers: pageHeaders, body: htmlPage('已加入', '<h1>已加入</h1><p>现在可以在坦荐中登录。</p>') }
    },
  ),
]

const form = (token: string): string => `<p class="brand">坦荐 · 邀请</p><h1>加入招聘团队</h1>
<form method="post" action="/join/${escapeHtml(encodeURIComponent(token))}">
<label for="n">姓名</label><input id="n" name="name" required>
<label for="l">登录名</label><input id="l" name="login" required minlength="3" autocomplete="username">
<label for="p">密码（至少 10 位）</label><input id="p" name="password" type="password" required minlength="10" autocomplete="new-password">
<button class="main">加入</button></form>`
