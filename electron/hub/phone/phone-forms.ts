import type { OpenGrant } from '../device-grants.ts'
import type { listSignIns } from '../factors/sign-in-log.ts'
import { html, type Markup } from '../markup.ts'
import type { PhonePage } from './phone-page.ts'

const alert = (wrong: string | undefined): Markup | undefined =>
  wrong === undefined ? undefined : html`<p class="no" role="alert">${wrong}</p>`

const credentials = ({ words }: PhonePage): Markup =>
  html` <label for="a">${words.account}</label
    ><input id="a" name="account" required maxlength="500" autocomplete="username" autocapitalize="none" />
    <label for="p">${words.password}</label
    ><input id="p" name="password" type="password" required maxlength="1000" autocomplete="current-password" />`

/** Types the letters in, where no camera is at hand. */
export const codeForm = (page: PhonePage, wrong?: string): Markup =>
  html`<h1>${page.words.ask}</h1>
    ${alert(wrong)}
    <form method="get" action="/device">
      <input type="hidden" name="lang" value="${page.language}" /> <label for="c">${page.words.code}</label
      ><input
        id="c"
        name="code"
        required
        maxlength="20"
        autocomplete="off"
        autocapitalize="characters"
        placeholder="XXXX-XXXX"
      />
      <button class="main">${page.words.look}</button>
    </form>
    <p class="small"><a href="${page.path('/device/sessions')}">${page.words.show}</a></p>`

const asked = ({ words }: PhonePage, since: number): string => {
  const minutes = Math.round(since / 60_000)
  return minutes < 1 ? words.justNow : words.minutes(minutes)
}

/** Who asks, on which device, since when: yes or no. What the device calls itself is data and is kept apart from the text around it. */
export const grantForm = (page: PhonePage, grant: OpenGrant, now: number, wrong?: string): Markup => {
  const { words } = page
  const told = (text: string | null): Markup => (text === null ? html`${words.unknown}` : html`<bdi>${text}</bdi>`)
  return html`<h1>${words.ask}</h1>
    <div class="card">
      <dl>
        <dt>${words.device}</dt>
        <dd data-device>${told(grant.device_name)}</dd>
        <dt>${words.system}</dt>
        <dd>${told(grant.device_os)}</dd>
        <dt>${words.asked}</dt>
        <dd>${grant.asked_at === null ? words.unknown : asked(page, now - grant.asked_at)}</dd>
      </dl>
    </div>
    <p class="hint">${words.code}</p>
    <p class="big">${grant.user_code}</p>
    <p class="hint">${words.check} ${words.warn}</p>
    ${alert(wrong)}
    <form method="post" action="${page.path('/device')}">
      <input type="hidden" name="user_code" value="${grant.user_code}" />
      ${credentials(page)}
      <button class="main" name="decision" value="grant">${words.grant}</button>
      <button name="decision" value="deny" formnovalidate>${words.deny}</button>
    </form>`
}

/** A code, or a passkey where there is one. `action`: where the form goes. */
export const factorForm = (
  page: PhonePage,
  form: {
    readonly action: string
    readonly ticket?: string
    readonly byCode: boolean
    readonly passkey?: { readonly kind: 'get' | 'create'; readonly options: unknown }
    readonly heading: string
    readonly lead: string
    readonly wrong?: string | undefined
  },
): Markup => {
  const { words } = page
  const { passkey } = form
  const state =
    passkey === undefined
      ? html``
      : html` data-passkey="${passkey.kind}" data-options="${JSON.stringify(passkey.options)}"`
  return html`<h1>${form.heading}</h1>
    <p class="hint">${form.lead}</p>
    ${alert(form.wrong)}
    <form method="post" action="${page.path(form.action)}" ${state}>
      ${form.ticket !== undefined && html`<input type="hidden" name="ticket" value="${form.ticket}" />`}
      ${
        passkey !== undefined &&
        html`<input type="hidden" name="response" /><button class="main" value="passkey" type="button" hidden>
            ${passkey.kind === 'create' ? words.addPasskey : words.usePasskey}
          </button>
          <p class="no" data-failed hidden role="alert">${words.passkeyFailed}</p>`
      }
      ${
        form.byCode &&
        html`<label for="o">${words.oneTimeCode}</label
          ><input id="o" name="code" required maxlength="40" autocomplete="one-time-code" autocapitalize="characters" />
          <p class="hint">${words.codeHint}</p>
          <button class="${passkey === undefined ? 'main' : ''}">${words.grant}</button>`
      }
    </form>`
}

/** What came of it, and the way to one's sign-ins. */
export const donePage = (page: PhonePage, heading: string, sessionsTicket?: string): Markup =>
  html`<h1>${heading}</h1>
    <p>${page.words.closePage}</p>
    ${sessionsTicket !== undefined && html`<form method="post" action="${page.path('/device/sessions')}"><input type="hidden" name="ticket" value="${sessionsTicket}" /><button>${page.words.show}</button></form>`}`

export const recoveryList = ({ words }: PhonePage, codes: readonly string[]): Markup =>
  html`<div class="card">
    <h2>${words.recovery}</h2>
    <p class="hint">${words.recoveryLead}</p>
    <ul class="codes">
      ${codes.map((code) => html`<li>${code}</li>`)}
    </ul>
  </div>`

export const sessionsSignIn = (page: PhonePage, wrong?: string): Markup =>
  html`<h1>${page.words.sessions}</h1>
    ${alert(wrong)}
    <form method="post" action="${page.path('/device/sessions')}">
      ${credentials(page)} <button class="main">${page.words.show}</button>
    </form>`

export type SignInRow = Awaited<ReturnType<typeof listSignIns>>[number]

export const sessionList = (page: PhonePage, rows: readonly SignInRow[], ticket: string, now: number): Markup => {
  const { words } = page
  const time = new Intl.DateTimeFormat(page.language, {
    timeZone: 'Asia/Shanghai',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  const row = (one: SignInRow): Markup => {
    const name = one.device_name === null ? one.device : [one.device_name, one.device_os].join(' · ')
    const ways = [
      one.via === 'phone' ? words.byPhone : words.byPassword,
      ...(one.factor === 'none' ? [] : [words.withFactor]),
    ]
    const open = !one.revoked && one.refresh_until > now
    const by = one.ended_by === null ? undefined : words.endedBy[one.ended_by]
    return html`<div class="card" data-session="${one.session_id}">
      <p class="what"><bdi>${name ?? words.unknown}</bdi></p>
      <p class="small">
        ${time.format(one.at)} ·
        ${ways.join(' · ')}${!open && ` · ${words.over}`}${!open && by !== undefined && ` (${by})`}
      </p>
      ${open && html`<form method="post" action="${page.path('/device/sessions/end')}"><input type="hidden" name="ticket" value="${ticket}" /><input type="hidden" name="session" value="${one.session_id}" /><button>${words.end}</button></form>`}
    </div>`
  }
  return html`<h1>${words.sessions}</h1>
    <p class="hint">${words.sessionsLead}</p>
    ${rows.length === 0 ? html`<p>${words.none}</p>` : rows.map(row)}`
}
