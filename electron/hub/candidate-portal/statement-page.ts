import { html, type Markup } from '../markup.ts'
import type { PortalRules } from '../portal-rules.ts'
import type { Arrivals } from './list-arrivals.ts'
import type { PortalCertificate } from './list-certificates.ts'
import type { PortalConsent } from './list-consents.ts'
import type { PortalContext } from './list-context.ts'
import type { PortalRequest } from './list-requests.ts'
import type { PortalShare } from './list-shares.ts'
import type { ViewRow } from './list-views.ts'
import type { PortalScript } from '../portal-script.ts'
import { addressOf, hint, portalPage, type PageFrame } from './page-frame.ts'
import { certificatesSection } from './sections/certificates-section.ts'
import { consentsSection } from './sections/consents-section.ts'
import { proofSection } from './sections/proof-section.ts'
import { requestsSection } from './sections/requests-section.ts'
import { sharesSection } from './sections/shares-section.ts'
import { summarySection } from './sections/summary-section.ts'
import { viewsSection } from './sections/views-section.ts'
import { portalLanguages } from './language.ts'

export type Statement = {
  readonly context: PortalContext
  readonly rules: PortalRules
  readonly rows: readonly ViewRow[]
  readonly devices: number
  readonly arrivals: Arrivals
  readonly certificates: readonly PortalCertificate[]
  readonly requests: readonly PortalRequest[]
  readonly shares: readonly PortalShare[]
  readonly consents: readonly PortalConsent[]
  /** Until when the link opens, milliseconds since 1970. */
  readonly linkUntil: number
  readonly script: PortalScript
}

/** What a form of the page has just done; goes through the address, so that reloading does nothing twice. */
export type Done =
  { readonly what: 'request' } | { readonly what: 'consent'; readonly purpose: PortalConsent['purpose'] } | undefined

/** `GET /c/{token}`: phone first, plain HTML that needs no script. Everything that came from outside is escaped by `html`. */
export const statementPage = (frame: PageFrame, statement: Statement, done: Done): string => {
  const { context, rows, rules, certificates, requests, consents } = statement
  const looks = rows.filter((row) => row.entry.outcome !== 'denied').length
  return portalPage(
    frame,
    context.employer,
    html`<a class="skip" href="#views">${frame.words.skip}</a>
      <header class="top">
        <p class="brand">${frame.words.brand}</p>
        ${languageLink(frame)}
      </header>
      <h1>${context.employer}</h1>
      ${doneNote(frame, statement, done)} ${summarySection(frame, context, consents, looks)}
      ${contents(frame, certificates.length > 0)}
      ${viewsSection(frame, { context, rules, rows, arrivals: statement.arrivals })}
      ${proofSection(frame, rows, statement.devices)} ${sharesSection(frame, statement.shares)}
      ${certificatesSection(frame, rules, certificates)} ${requestsSection(frame, context, requests)}
      ${consentsSection(frame, context, consents)} ${linkSection(frame, statement.linkUntil)}`,
    statement.script,
  )
}

const languageLink = (frame: PageFrame): Markup => {
  const [other = frame.language] = portalLanguages.filter((one) => one !== frame.language)
  return html`<a href="${frame.path}?lang=${other}" lang="${other}" hreflang="${other}"
    >${frame.words.otherLanguage}</a
  >`
}

const contents = ({ words }: PageFrame, certificates: boolean): Markup => {
  const entry = (id: 'views' | 'certificates' | 'requests' | 'consents'): Markup =>
    html`<li><a href="#${id}">${words.contents[id]}</a></li>`
  return html`<nav aria-label="${words.contents.label}">
    <ul>
      ${entry('views')}${certificates && entry('certificates')}${entry('requests')}${entry('consents')}
    </ul>
  </nav>`
}

/** Says what is so now, not what the address claims: an old address must not announce something untrue. */
const doneNote = (frame: PageFrame, { requests, consents }: Statement, done: Done): Markup | undefined => {
  if (done === undefined) return undefined
  const note = (text: string): Markup => html`<p class="flash" role="status">${text}</p>`
  if (done.what === 'request') {
    const [newest] = requests
    return newest === undefined ? undefined : note(frame.words.requests.sent(frame.date(newest.dueAt)))
  }
  const said = consents.find((one) => one.purpose === done.purpose)?.said
  const { purposes, grantedNow, withdrawnNow } = frame.words.consents
  const { name } = purposes[done.purpose]
  return said === undefined ? undefined : note(said.granted ? grantedNow(name) : withdrawnNow(name))
}

const linkSection = (frame: PageFrame, until: number): Markup => {
  const { link } = frame.words
  return html`<section aria-labelledby="link">
    <h2 id="link">${link.heading}</h2>
    ${hint(link.until(frame.date(until)))}
    <form method="post" action="${addressOf(frame, '/end')}">
      <button aria-describedby="end-hint">${link.end}</button>
      <p class="hint" id="end-hint">${link.endHint}</p>
    </form>
  </section>`
}
