import { z } from 'zod'
import { createAccount } from '../accounts/create-account.ts'
import { setJobRights } from '../accounts/job-rights.ts'
import { consentForm, joinForm, joinFrame, showGone, showJoin } from '../accounts/join-pages.ts'
import type { JoinFault } from '../accounts/join-words.ts'
import { closeInvitation, findOpenInvitation, type OpenInvitation } from '../accounts/open-invitation.ts'
import { passwordFault } from '../accounts/password-rules.ts'
import { putAccount } from '../accounts/put-account.ts'
import { toAccountRow } from '../accounts/account-row.ts'
import { recheckMilliseconds } from '../accounts/verification-at.ts'
import type { HubTransaction } from '../db/schema.ts'
import { invitationData, type Verification } from '../../shared/domain/sync-records.ts'
import { html } from '../markup.ts'
import type { Hub } from '../hub.ts'
import { isoTime } from '../hub-clock.ts'
import { HubProblem } from '../hub-problem.ts'
import { hashPassword, hashSecret } from '../keys/secrets.ts'
import { operation, type Operation } from '../operation.ts'
import { limit } from './sign-in.ts'

const page = { description: 'A plain page', media: 'text/html' } as const
const language = z.object({ lang: z.string().max(20).optional() })
const joinBody = z.object({
  name: z.string().trim().max(100).default(''),
  title: z.string().trim().max(60).default(''),
  login: z.string().trim().max(200).default(''),
  password: z.string().max(1024).default(''),
})
type Typed = z.output<typeof joinBody>

const pathOf = (token: string): string => `/join/${encodeURIComponent(token)}`

/** One account for one invitation: the token is used in the same transaction. @returns what is wrong, or null */
const join = async (hub: Hub, token: string, invited: OpenInvitation, typed: Typed): Promise<JoinFault | null> => {
  const { name, title, login, password } = typed
  if (name === '' || login.length < 3) return 'incomplete'
  const fault = passwordFault(password, { login, name, employer: invited.employer })
  if (fault !== null) return fault
  const passwordHash = await hashPassword(password)
  const { employerId, role, agency, jobs } = invited
  try {
    await hub.db.transaction().execute(async (tx) => {
      if (!(await closeInvitation(hub, tx, employerId, invited.id, 'accepted')))
        throw new HubProblem(404, 'not_found', 'the invitation was used meanwhile')
      const account = await createAccount(hub, tx, {
        employerId,
        login,
        name,
        role,
        agency,
        passwordHash,
        ...(title === '' ? {} : { title }),
      })
      if (jobs !== undefined) await setJobRights(tx, { employerId, accountId: account.id }, jobs)
      // The same link shows the consent screen until it has run out.
      await tx
        .updateTable('invitation_token')
        .set({ account_id: account.id })
        .where('token_hash', '=', hashSecret(token))
        .execute()
    })
  } catch (error) {
    if (error instanceof HubProblem && error.code === 'name_taken') return 'name_taken'
    throw error
  }
  hub.events.emit(employerId)
  return null
}

const isFounder = async (tx: HubTransaction, employerId: string, id: string): Promise<boolean> => {
  const row = await tx
    .selectFrom('record')
    .select('data')
    .where('employer_id', '=', employerId)
    .where('type', '=', 'invitation')
    .where('id', '=', id)
    .executeTakeFirst()
  return invitationData.safeParse(row?.data).data?.founder === true
}

/** The first administrator, for whom whoever runs the hub vouches; only once, so that a check that was withdrawn stays so. */
const vouchedFor = (was: Verification, now: number): Verification =>
  was.verified_at !== undefined
    ? was
    : {
        ...was,
        real_name: true,
        real_name_method: 'in_person',
        employment: true,
        employment_method: 'admin_vouches',
        employment_status: 'verified',
        verified_at: isoTime(now),
        next_check: isoTime(now + recheckMilliseconds),
      }

/** @returns false where nobody joined by this link, or its time is over */
const consent = async (hub: Hub, token: string): Promise<boolean> =>
  hub.db.transaction().execute(async (tx) => {
    const row = await tx
      .selectFrom('invitation_token')
      .innerJoin('account', (on) =>
        on
          .onRef('account.employer_id', '=', 'invitation_token.employer_id')
          .onRef('account.id', '=', 'invitation_token.account_id'),
      )
      .selectAll('account')
      .select('invitation_token.id as invitation_id')
      .where('invitation_token.token_hash', '=', hashSecret(token))
      .where('invitation_token.until', '>', hub.clock.now())
      .where('account.status', '=', 'active')
      .executeTakeFirst()
    if (row === undefined) return false
    const now = hub.clock.now()
    const agreed = { ...row.verification, consent_at: row.verification.consent_at ?? isoTime(now) }
    const verification = (await isFounder(tx, row.employer_id, row.invitation_id)) ? vouchedFor(agreed, now) : agreed
    await tx
      .updateTable('account')
      .set({ verification: JSON.stringify(verification) })
      .where('employer_id', '=', row.employer_id)
      .where('id', '=', row.id)
      .execute()
    const { invitation_id: _invitation, ...account } = row
    await putAccount(hub, tx, toAccountRow({ ...account, verification }), row.employer_id)
    return true
  })

export const joinPageOperations: readonly Operation[] = [
  operation(
    {
      method: 'GET',
      path: '/join/{token}',
      id: 'joinPage',
      tag: 'administration',
      summary: 'Where an invited person chooses a name and a password',
      auth: 'none',
      query: language,
      answers: { 200: page, 404: page },
    },
    async ({ hub, param, query, header }) => {
      const frame = joinFrame(pathOf(param('token')), query.lang, header('accept-language'))
      const invited = await findOpenInvitation(hub, param('token'))
      if (invited === undefined) return showGone(frame)
      return showJoin(frame, frame.words.title, joinForm(frame, invited, { name: '', title: '', login: '' }))
    },
  ),
  operation(
    {
      method: 'POST',
      path: '/join/{token}',
      id: 'join',
      tag: 'administration',
      summary: 'Accepts an invitation once; what is wrong is said in the page',
      auth: 'none',
      form: true,
      body: joinBody,
      query: language,
      answers: { 200: page, 400: page, 404: page, 409: page, 429: page },
    },
    async ({ hub, body, param, query, header, address }) => {
      const frame = joinFrame(pathOf(param('token')), query.lang, header('accept-language'))
      const invited = await findOpenInvitation(hub, param('token'))
      if (invited === undefined) return showGone(frame)
      const again = (fault: JoinFault, status: number) =>
        showJoin(frame, frame.words.title, joinForm(frame, invited, body, fault), status)
      if (hub.signInLimit.take(`join ${address}`) > 0) return again('rate_limited', 429)
      const fault = await join(hub, param('token'), invited, body)
      if (fault !== null) return again(fault, fault === 'name_taken' ? 409 : 400)
      hub.signInLimit.clear(`join ${address}`)
      return showJoin(frame, frame.words.joinedTitle, consentForm(frame))
    },
  ),
  operation(
    {
      method: 'POST',
      path: '/join/{token}/consent',
      id: 'consentToCheck',
      tag: 'administration',
      summary: 'A person who joined agrees, separately, to the check of their real name (ZP-38)',
      auth: 'none',
      form: true,
      query: language,
      answers: { 200: page, 404: page },
      problems: { 429: 'rate_limited' },
    },
    async ({ hub, param, query, header, address }) => {
      await limit(hub, `join ${address}`)
      const frame = joinFrame(pathOf(param('token')), query.lang, header('accept-language'))
      if (!(await consent(hub, param('token')))) return showGone(frame)
      hub.signInLimit.clear(`join ${address}`)
      return showJoin(frame, frame.words.joinedTitle, html`<p class="ok">${frame.words.agreed}</p>`)
    },
  ),
]
