import { z } from 'zod'
import { portalChannel, portalLinkDays } from '../../shared/domain/portal-links.ts'
import { chooseLanguage, portalLanguages, type PortalLanguage } from '../candidate-portal/language.ts'
import { makeLink } from '../candidate-portal/make-link.ts'
import { hint, portalHeaders, portalPage } from '../candidate-portal/page-frame.ts'
import { linkFormWords, type LinkFormWords } from '../candidate-portal/words/link-form.ts'
import { portalWords } from '../candidate-portal/words/portal-words.ts'
import { requireFactor } from '../factors/require-factor.ts'
import { findAccount } from '../find-account.ts'
import { isoTime } from '../hub-clock.ts'
import { HubProblem } from '../hub-problem.ts'
import type { Hub } from '../hub.ts'
import { html, type Markup } from '../markup.ts'
import { operation, type Operation, type OperationAnswer } from '../operation.ts'
import { limit } from './sign-in.ts'

const page = { 200: { description: 'A plain page', media: 'text/html' } } as const
const query = z.object({ lang: z.enum(portalLanguages).optional().catch(undefined) })
const form = z.object({
  account: z.string().max(500),
  password: z.string().max(1024),
  code: z.string().max(40).default(''),
  candidate: z.string().trim().min(1).max(128),
  days: z.coerce.number().int().min(1).max(portalLinkDays.longest).catch(portalLinkDays.usual),
  channel: portalChannel.catch('other'),
})
const makers = ['hr', 'admin', 'officer']

/** For an officer who answers a person without a workstation at hand. */
export const candidateLinkPageOperations: readonly Operation[] = [
  operation(
    {
      method: 'GET',
      path: '/links',
      id: 'candidateLinkPage',
      tag: 'candidate',
      summary: 'The staff’s form for a candidate’s link',
      auth: 'none',
      query,
      answers: page,
    },
    async ({ query: asked, header }) => {
      const language = chooseLanguage(asked.lang, header('accept-language'))
      return show(language, linkForm(language))
    },
  ),
  operation(
    {
      method: 'POST',
      path: '/links',
      id: 'makeCandidateLinkOnPage',
      tag: 'candidate',
      summary: 'Makes the link, for hr, administrator and officer; shown once',
      auth: 'none',
      query,
      body: form,
      form: true,
      answers: page,
      problems: { 429: 'rate_limited' },
    },
    async ({ hub, query: asked, body, header, address }) => {
      const language = chooseLanguage(asked.lang, header('accept-language'))
      await limit(hub, `password ${address} ${body.account}`)
      return show(language, await answerForm(hub, language, body))
    },
  ),
]

const answerForm = async (hub: Hub, language: PortalLanguage, body: z.output<typeof form>): Promise<Markup> => {
  const words = linkFormWords[language]
  const account = await findAccount(hub, body.account, body.password)
  if (account === undefined) return linkForm(language, words.wrongPassword)
  if (account.status !== 'active' || !makers.includes(account.role)) return linkForm(language, words.wrongRole)
  try {
    await requireFactor(hub, { employerId: account.employer_id, accountId: account.id }, account.role, body.code)
    const until = isoTime(hub.clock.now() + body.days * 86_400_000)
    const maker = { employerId: account.employer_id, accountId: account.id }
    const made = await makeLink(hub, maker, { candidate_id: body.candidate, channel: body.channel, expires_at: until })
    return html`<h1>${words.made}</h1>
      ${hint(words.once)}
      <p class="card quote">${made.link}</p>`
  } catch (error) {
    const known =
      error instanceof HubProblem ? { not_found: words.wrongPerson, ...factorWords(words) }[error.code] : undefined
    if (known === undefined) throw error
    return linkForm(language, known)
  }
}

const factorWords = (words: LinkFormWords): Readonly<Record<string, string>> => ({
  wrong_code: words.wrongCode,
  mfa_enrolment_required: words.needsFactor,
})

const show = (language: PortalLanguage, body: Markup): OperationAnswer => ({
  headers: portalHeaders,
  body: portalPage({ language, words: portalWords(language) }, linkFormWords[language].title, body),
})

const linkForm = (language: PortalLanguage, wrong?: string): Markup => {
  const words = linkFormWords[language]
  return html`<h1>${words.title}</h1>
    ${hint(words.lead)}${wrong !== undefined && html`<p class="no" role="alert">${wrong}</p>`}
    <form class="card" method="post" action="/links?lang=${language}">
      <label for="candidate">${words.candidate}</label
      ><input id="candidate" name="candidate" required maxlength="128" autocomplete="off" />
      <label for="channel">${words.channel}</label
      ><select id="channel" name="channel">
        ${portalChannel.options.map((one) => html`<option value="${one}">${words.channels[one]}</option>`)}
      </select>
      <label for="days">${words.days}</label
      ><input
        id="days"
        name="days"
        type="number"
        min="1"
        max="${portalLinkDays.longest}"
        value="${portalLinkDays.usual}"
      />
      <label for="account">${words.account}</label
      ><input id="account" name="account" required autocomplete="username" />
      <label for="password">${words.password}</label
      ><input id="password" name="password" type="password" required autocomplete="current-password" />
      <label for="code">${words.code}</label><input id="code" name="code" maxlength="40" autocomplete="one-time-code" />
      <button class="main">${words.make}</button>
    </form>`
}
