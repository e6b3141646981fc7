import { z } from 'zod'
import { portalLanguages } from '../candidate-portal/language.ts'
import { addPasskey, assertionOptions, checkPasskey, registrationOptions } from '../factors/passkeys.ts'
import { markProved } from '../factors/step-up.ts'
import { findTicket, useTicket, type Ticket, type TicketKind } from '../factors/tickets.ts'
import type { Hub } from '../hub.ts'
import { html } from '../markup.ts'
import { operation, type Operation, type OperationAnswer } from '../operation.ts'
import { donePage, factorForm, recoveryList } from '../phone/phone-forms.ts'
import { passkeyScript, passkeyScriptPath, phonePage, requireOwnForm, type PhonePage } from '../phone/phone-page.ts'
import { problemText } from './device-page.ts'
import { limit } from './sign-in.ts'

const page = { 200: { description: 'A plain page', media: 'text/html' } } as const
const query = z.object({ lang: z.enum(portalLanguages).optional().catch(undefined) })
const kinds: readonly TicketKind[] = ['sign_in', 'prove', 'register']

const askPasskey = async (hub: Hub, shown: PhonePage, path: string, ticket: Ticket, wrong?: string) => {
  const { words } = shown
  const adds = ticket.kind === 'register'
  const form = factorForm(shown, {
    action: path,
    byCode: false,
    heading: adds ? words.addPasskey : words.secondStep,
    lead: adds ? words.addPasskeyLead : ticket.kind === 'sign_in' ? words.secondStepLead : words.proveLead,
    wrong,
    passkey: adds
      ? { kind: 'create', options: await registrationOptions(hub, ticket) }
      : { kind: 'get', options: await assertionOptions(hub, ticket) },
  })
  return shown.show(form, true)
}

const ended = (shown: PhonePage): OperationAnswer =>
  shown.show(html`<p class="no" role="alert">${shown.words.ended}</p>`)

const take = async (hub: Hub, shown: PhonePage, ticket: Ticket, response: string): Promise<OperationAnswer> => {
  const { words } = shown
  if (ticket.kind === 'register') {
    const codes = await addPasskey(hub, ticket, response)
    await useTicket(hub, ticket)
    if (ticket.session_id !== null) await markProved(hub, { ...ticket, id: ticket.session_id }, 'webauthn')
    return shown.show(html`${donePage(shown, words.added)}${codes !== undefined && recoveryList(shown, codes)}`)
  }
  await checkPasskey(hub, ticket, response)
  if (ticket.kind === 'prove') {
    if (ticket.session_id === null || !(await useTicket(hub, ticket))) return ended(shown)
    await markProved(hub, { ...ticket, id: ticket.session_id }, 'webauthn')
    return shown.show(donePage(shown, words.proved))
  }
  await hub.db
    .updateTable('factor_ticket')
    // The workstation that holds the other half of the ticket takes it up; this page is over.
    .set({ proved: 'webauthn', page_hash: null })
    .where('employer_id', '=', ticket.employerId)
    .where('id', '=', ticket.id)
    .execute()
  return shown.show(donePage(shown, words.proved))
}

/** Where a passkey is added and used: in the system's browser or on a phone, because it belongs to the hub's own address. */
export const factorPageOperations: readonly Operation[] = [
  operation(
    {
      method: 'GET',
      path: passkeyScriptPath,
      id: 'passkeyScript',
      tag: 'second factor',
      summary: 'The script of these pages',
      auth: 'none',
      answers: { 200: { description: 'JavaScript', media: 'text/javascript' } },
    },
    async () => ({ headers: { 'content-type': 'text/javascript; charset=utf-8' }, body: passkeyScript }),
  ),
  operation(
    {
      method: 'GET',
      path: '/factor/{page}',
      id: 'factorPage',
      tag: 'second factor',
      summary: 'The page of a passkey; its address works once and for five minutes',
      auth: 'none',
      query,
      answers: page,
      problems: { 429: 'rate_limited' },
    },
    async ({ hub, param, query: asked, header, address }) => {
      await limit(hub, `factor ${address}`)
      const path = `/factor/${encodeURIComponent(param('page'))}`
      const shown = phonePage(asked.lang, header('accept-language'), path)
      const ticket = await findTicket(hub, kinds, 'page_hash', param('page'))
      return ticket === undefined ? ended(shown) : askPasskey(hub, shown, path, ticket)
    },
  ),
  operation(
    {
      method: 'POST',
      path: '/factor/{page}',
      id: 'useFactorPage',
      tag: 'second factor',
      summary: 'What the browser made of it',
      auth: 'none',
      query,
      body: z.object({ response: z.string().max(20_000) }),
      form: true,
      answers: page,
      problems: { 403: 'other_site', 429: 'rate_limited' },
    },
    async ({ hub, body, param, query: asked, header, address }) => {
      requireOwnForm(header)
      await limit(hub, `factor ${address}`)
      const path = `/factor/${encodeURIComponent(param('page'))}`
      const shown = phonePage(asked.lang, header('accept-language'), path)
      const ticket = await findTicket(hub, kinds, 'page_hash', param('page'))
      if (ticket === undefined) return ended(shown)
      try {
        return await take(hub, shown, ticket, body.response)
      } catch (error) {
        const wrong = problemText(error, shown)
        if (wrong === undefined) throw error
        const again = await findTicket(hub, kinds, 'page_hash', param('page'))
        return again === undefined ? ended(shown) : askPasskey(hub, shown, path, again, wrong)
      }
    },
  ),
]
