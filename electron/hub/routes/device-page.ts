import { z } from 'zod'
import { portalLanguages } from '../candidate-portal/language.ts'
import { decideDeviceGrant, findOpenGrant } from '../device-grants.ts'
import { checkCode } from '../factors/check-code.ts'
import { isFactorRequired, listFactors, type AccountPlace } from '../factors/factor-policy.ts'
import { assertionOptions, checkPasskey } from '../factors/passkeys.ts'
import { endSession, listSignIns } from '../factors/sign-in-log.ts'
import { acceptedMethods } from '../factors/step-up.ts'
import { findTicket, openTicket, useTicket, type Ticket } from '../factors/tickets.ts'
import { findAccount } from '../find-account.ts'
import { asHubProblem, HubProblem } from '../hub-problem.ts'
import type { Hub } from '../hub.ts'
import { operation, type Operation, type OperationAnswer, type OperationInput } from '../operation.ts'
import { codeForm, donePage, factorForm, grantForm, sessionList, sessionsSignIn } from '../phone/phone-forms.ts'
import { phonePage, requireOwnForm, type PhonePage } from '../phone/phone-page.ts'
import { limit } from './sign-in.ts'

const page = { 200: { description: 'A plain page', media: 'text/html' } } as const
const limited = { 403: 'other_site', 429: 'rate_limited' } as const
const query = z.object({ lang: z.enum(portalLanguages).optional().catch(undefined) })
type PageInput = Pick<OperationInput<unknown, z.output<typeof query>>, 'query' | 'header'>

const decisionBody = z.object({
  user_code: z.string().max(20),
  account: z.string().max(500).default(''),
  password: z.string().max(1024).default(''),
  decision: z.enum(['grant', 'deny']),
})
const secret = z.string().max(200)
const factorAnswer = z.object({
  ticket: secret,
  code: z.string().max(40).optional(),
  response: z.string().max(20_000).optional(),
})

const pageOf = ({ query: asked, header }: PageInput, self: string): PhonePage =>
  phonePage(asked.lang, header('accept-language'), self)
const plainCode = (code: string): string => code.trim().toUpperCase()

/** What the page says of a problem; `undefined` for one that is not the person's. */
export const problemText = (error: unknown, page: PhonePage): string | undefined => {
  const problem = asHubProblem(error)
  if (problem?.code === 'rate_limited') return page.words.tooMany
  if (problem?.code === 'wrong_code') return page.words.wrongCode
  return problem?.code === 'wrong_passkey' ? page.words.passkeyFailed : undefined
}

/** The sign-in that a phone looks at. Guesses of codes are counted by address. */
const showGrant = async (hub: Hub, page: PhonePage, code: string, address: string, wrong?: string) => {
  await limit(hub, `device-code ${address}`)
  const grant = await findOpenGrant(hub, plainCode(code))
  if (grant === undefined) return page.show(codeForm(page, page.words.noCode))
  return page.show(grantForm(page, grant, hub.clock.real(), wrong))
}

/** The factor, after the password; the ticket knows for what. */
const askFactor = async (hub: Hub, page: PhonePage, ticket: Ticket, token: string, wrong?: string) => {
  const accepted = acceptedMethods(hub, await listFactors(hub.db, ticket))
  const passkey = accepted.includes('webauthn')
  const form = factorForm(page, {
    action: '/device/factor',
    ticket: token,
    byCode: true,
    heading: page.words.secondStep,
    lead: page.words.secondStepLead,
    wrong,
    ...(passkey ? { passkey: { kind: 'get', options: await assertionOptions(hub, ticket) } } : {}),
  })
  return page.show(form, passkey)
}

const beginFactor = async (hub: Hub, page: PhonePage, place: AccountPlace, grantId?: string) => {
  const { token } = await openTicket(hub, 'phone', place, grantId === undefined ? {} : { grantId })
  const ticket = await findTicket(hub, ['phone'], 'token_hash', token)
  if (ticket === undefined) throw new HubProblem(500, 'internal', 'the ticket is gone')
  return askFactor(hub, page, ticket, token)
}

const showSessions = async (hub: Hub, page: PhonePage, place: AccountPlace, token?: string) => {
  const shown = token ?? (await openTicket(hub, 'sessions', place)).token
  return page.show(sessionList(page, await listSignIns(hub.db, place), shown, hub.clock.real()))
}

const grant = async (
  hub: Hub,
  page: PhonePage,
  id: string,
  place: AccountPlace,
  factor: 'none' | 'totp' | 'recovery' | 'webauthn',
): Promise<OperationAnswer> => {
  if (!(await decideDeviceGrant(hub, id, { granted: true, place, factor }))) {
    return page.show(codeForm(page, page.words.noCode))
  }
  return page.show(donePage(page, page.words.granted, (await openTicket(hub, 'sessions', place)).token))
}

/** Where the phone lands from the QR code (RFC 8628 §3.3): who signs in, on which device, since when, yes or no (QY-08). */
export const devicePageOperations: readonly Operation[] = [
  operation(
    {
      method: 'GET',
      path: '/device',
      id: 'devicePage',
      tag: 'sign-in',
      summary: 'Type the code',
      auth: 'none',
      query: query.extend({ code: z.string().max(20).optional() }),
      answers: page,
      problems: { 429: 'rate_limited' },
    },
    async ({ hub, query: asked, header, address }) => {
      const shown = pageOf({ query: asked, header }, '/device')
      return asked.code === undefined ? shown.show(codeForm(shown)) : showGrant(hub, shown, asked.code, address)
    },
  ),
  operation(
    {
      method: 'GET',
      path: '/device/{user_code}',
      id: 'devicePageWithCode',
      tag: 'sign-in',
      summary: 'Who asks to be signed in: device, system, since when',
      auth: 'none',
      query,
      answers: page,
      problems: { 429: 'rate_limited' },
    },
    async ({ hub, param, query: asked, header, address }) => {
      const code = plainCode(param('user_code'))
      const shown = pageOf({ query: asked, header }, `/device/${encodeURIComponent(code)}`)
      return showGrant(hub, shown, code, address)
    },
  ),
  operation(
    {
      method: 'POST',
      path: '/device',
      id: 'confirmDevice',
      tag: 'sign-in',
      summary: 'Confirm or refuse a sign-in; with a second factor the next page asks for it',
      auth: 'none',
      query,
      body: decisionBody,
      form: true,
      answers: page,
      problems: limited,
    },
    async ({ hub, body, query: asked, header, address }) => {
      requireOwnForm(header)
      const shown = pageOf({ query: asked, header }, '/device')
      const { words } = shown
      const open = await findOpenGrant(hub, plainCode(body.user_code))
      if (body.decision === 'deny') {
        // Whoever holds the code may refuse it: it signs nobody in, and a person who was sent a QR code has no account to show.
        await limit(hub, `device-code ${address}`)
        if (open === undefined || !(await decideDeviceGrant(hub, open.id, { granted: false }))) {
          return shown.show(codeForm(shown, words.noCode))
        }
        return shown.show(donePage(shown, words.denied))
      }
      await limit(hub, `password ${address} ${body.account}`)
      const account = await findAccount(hub, body.account, body.password)
      if (account === undefined) return showGrant(hub, shown, body.user_code, address, words.wrongPassword)
      if (open === undefined) return shown.show(codeForm(shown, words.noCode))
      const place = { employerId: account.employer_id, accountId: account.id }
      if ((await listFactors(hub.db, place)).length > 0) return beginFactor(hub, shown, place, open.id)
      if (account.role === 'admin' && (await isFactorRequired(hub, hub.db, place.employerId))) {
        return showGrant(hub, shown, body.user_code, address, words.needsFactor)
      }
      return grant(hub, shown, open.id, place, 'none')
    },
  ),
  operation(
    {
      method: 'POST',
      path: '/device/factor',
      id: 'confirmDeviceFactor',
      tag: 'sign-in',
      summary: 'The second factor on the phone',
      auth: 'none',
      query,
      body: factorAnswer,
      form: true,
      answers: page,
      problems: limited,
    },
    async ({ hub, body, query: asked, header, address }) => {
      requireOwnForm(header)
      await limit(hub, `factor ${address}`)
      const shown = pageOf({ query: asked, header }, '/device')
      const ticket = await findTicket(hub, ['phone'], 'token_hash', body.ticket)
      if (ticket === undefined) return shown.show(codeForm(shown, shown.words.noCode))
      try {
        const byPasskey = body.response !== undefined && body.response !== ''
        if (byPasskey) await checkPasskey(hub, ticket, body.response ?? '')
        const factor = byPasskey ? 'webauthn' : await checkCode(hub, ticket, body.code ?? '')
        if (!(await useTicket(hub, ticket))) return shown.show(codeForm(shown, shown.words.noCode))
        if (ticket.grant_id === null) return showSessions(hub, shown, ticket)
        return await grant(hub, shown, ticket.grant_id, ticket, factor)
      } catch (error) {
        const wrong = problemText(error, shown)
        if (wrong === undefined) throw error
        return askFactor(hub, shown, ticket, body.ticket, wrong)
      }
    },
  ),
  operation(
    {
      method: 'GET',
      path: '/device/sessions',
      id: 'sessionsPage',
      tag: 'sign-in',
      summary: 'One’s own sign-ins, from a phone',
      auth: 'none',
      query,
      answers: page,
    },
    async ({ query: asked, header }) => {
      const shown = pageOf({ query: asked, header }, '/device/sessions')
      return shown.show(sessionsSignIn(shown))
    },
  ),
  operation(
    {
      method: 'POST',
      path: '/device/sessions',
      id: 'openSessionsPage',
      tag: 'sign-in',
      summary: 'Shows them, by password and second factor or right after a sign-in was confirmed',
      auth: 'none',
      query,
      body: z.object({
        account: z.string().max(500).default(''),
        password: z.string().max(1024).default(''),
        ticket: secret.optional(),
      }),
      form: true,
      answers: page,
      problems: limited,
    },
    async ({ hub, body, query: asked, header, address }) => {
      requireOwnForm(header)
      const shown = pageOf({ query: asked, header }, '/device/sessions')
      if (body.ticket !== undefined) {
        const ticket = await findTicket(hub, ['sessions'], 'token_hash', body.ticket)
        return ticket === undefined ? shown.show(sessionsSignIn(shown)) : showSessions(hub, shown, ticket, body.ticket)
      }
      await limit(hub, `password ${address} ${body.account}`)
      const account = await findAccount(hub, body.account, body.password)
      if (account === undefined) return shown.show(sessionsSignIn(shown, shown.words.wrongPassword))
      const place = { employerId: account.employer_id, accountId: account.id }
      if ((await listFactors(hub.db, place)).length > 0) return beginFactor(hub, shown, place)
      return showSessions(hub, shown, place)
    },
  ),
  operation(
    {
      method: 'POST',
      path: '/device/sessions/end',
      id: 'endSessionOnPage',
      tag: 'sign-in',
      summary: 'Ends one of them',
      auth: 'none',
      query,
      body: z.object({ ticket: secret, session: secret }),
      form: true,
      answers: page,
      problems: limited,
    },
    async ({ hub, body, query: asked, header }) => {
      requireOwnForm(header)
      const shown = pageOf({ query: asked, header }, '/device/sessions')
      const ticket = await findTicket(hub, ['sessions'], 'token_hash', body.ticket)
      if (ticket === undefined) return shown.show(sessionsSignIn(shown))
      await endSession(hub, ticket, body.session)
      return showSessions(hub, shown, ticket, body.ticket)
    },
  ),
]
