import { chooseLanguage, type PortalLanguage } from '../candidate-portal/language.ts'
import { hint } from '../candidate-portal/page-frame.ts'
import { htmlPage, pageHeaders } from '../html.ts'
import { html, type Markup } from '../markup.ts'
import type { OperationAnswer } from '../operation.ts'
import type { OpenInvitation } from './open-invitation.ts'
import { joinWords, type JoinFault, type JoinWords } from './join-words.ts'

/** The page that is shown: its language, its words, and the path without a language. */
export type JoinFrame = { readonly language: PortalLanguage; readonly words: JoinWords; readonly path: string }

export const joinFrame = (path: string, chosen: string | undefined, accept: string | undefined): JoinFrame => {
  const language = chooseLanguage(chosen, accept)
  return { language, words: joinWords(language), path }
}

export const showJoin = (frame: JoinFrame, title: string, body: Markup, status = 200): OperationAnswer => {
  const other = frame.language === 'zh-CN' ? 'en-US' : 'zh-CN'
  return {
    status,
    headers: pageHeaders,
    body: htmlPage(
      title,
      html`<p class="brand">
          ${frame.words.brand} · <a href="${frame.path}?lang=${other}" lang="${other}">${frame.words.other}</a>
        </p>
        <h1>${title}</h1>
        ${body}`.text,
      frame.language,
    ),
  }
}

export const showGone = (frame: JoinFrame): OperationAnswer =>
  showJoin(frame, frame.words.goneTitle, html`<p>${frame.words.gone}</p>`, 404)

const alert = (frame: JoinFrame, fault: JoinFault | undefined): Markup | false =>
  fault !== undefined && html`<p class="no" role="alert">${frame.words.faults[fault]}</p>`

const until = (frame: JoinFrame, at: number): string =>
  new Intl.DateTimeFormat(frame.language, {
    timeZone: 'Asia/Shanghai',
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(at)

/** What was typed comes back, the password never. */
export type JoinTyped = { readonly name: string; readonly title: string; readonly login: string }

export const joinForm = (frame: JoinFrame, invited: OpenInvitation, typed: JoinTyped, fault?: JoinFault): Markup => {
  const { words } = frame
  return html`<p>${words.lead(invited.employer, words.roles[invited.role])}</p>
    ${hint(words.until(until(frame, invited.until)))}
    ${invited.jobs !== undefined && hint(words.jobs(invited.jobs.length))}
    <div class="card"><p>${words.company}</p></div>
    ${alert(frame, fault)}
    <form method="post" action="${frame.path}?lang=${frame.language}">
      <label for="n">${words.name}</label
      ><input id="n" name="name" required maxlength="100" autocomplete="name" value="${typed.name}" />
      <label for="t">${words.position}</label
      ><input
        id="t"
        name="title"
        maxlength="60"
        autocomplete="organization-title"
        aria-describedby="th"
        value="${typed.title}"
      />
      <p class="hint" id="th">${words.positionHint}</p>
      <label for="l">${words.login}</label
      ><input
        id="l"
        name="login"
        required
        minlength="3"
        maxlength="200"
        autocomplete="username"
        value="${typed.login}"
      />
      <label for="p">${words.password}</label
      ><input
        id="p"
        name="password"
        type="password"
        required
        minlength="10"
        maxlength="1024"
        autocomplete="new-password"
        aria-describedby="ph"
      />
      <p class="hint" id="ph">${words.passwordHint}</p>
      <button class="main">${words.join}</button>
    </form>`
}

/** A screen of its own, before anybody checks who the person is (ZP-38, MM-07). */
export const consentForm = (frame: JoinFrame): Markup =>
  html`<p class="ok">${frame.words.joined}</p>
    <h2>${frame.words.consentTitle}</h2>
    <p>${frame.words.consent}</p>
    <form method="post" action="${frame.path}/consent?lang=${frame.language}">
      <button class="main">${frame.words.agree}</button>
    </form>`

export const resetForm = (frame: JoinFrame, fault?: JoinFault): Markup =>
  html`<p>${frame.words.resetLead}</p>
    ${alert(frame, fault)}
    <form method="post" action="${frame.path}?lang=${frame.language}">
      <label for="p">${frame.words.password}</label
      ><input
        id="p"
        name="password"
        type="password"
        required
        minlength="10"
        maxlength="1024"
        autocomplete="new-password"
        aria-describedby="ph"
      />
      <p class="hint" id="ph">${frame.words.passwordHint}</p>
      <button class="main">${frame.words.reset}</button>
    </form>`
