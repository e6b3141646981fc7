import { html, type Markup } from '../../markup.ts'
import type { PortalConsent } from '../list-consents.ts'
import type { PortalContext } from '../list-context.ts'
import { addressOf, hint, type PageFrame } from '../page-frame.ts'

/** One form a purpose: a consent is given for one thing, and taking it back is as easy as giving it (PIPL 15). */
export const consentsSection = (
  frame: PageFrame,
  context: PortalContext,
  consents: readonly PortalConsent[],
): Markup => {
  const words = frame.words.consents
  // What most people are asked for, and whatever was said; the rest is folded, for a page that is read on a phone.
  const first = consents.filter((one) => one.said !== undefined || one.purpose === 'talent_pool')
  const others = consents.filter((one) => !first.includes(one))
  const list = (some: readonly PortalConsent[]): Markup =>
    html`<ul class="plain">
      ${some.map((one) => html`<li>${consentForm(frame, context, one)}</li>`)}
    </ul>`
  return html`<section aria-labelledby="consents">
    <h2 id="consents" tabindex="-1">${words.heading}</h2>
    ${hint(words.intro)}
    ${list(first)}${
      others.length > 0 &&
      html`<details>
        <summary>${words.others(others.length)}</summary>
        ${list(others)}
      </details>`
    }
  </section>`
}

const consentForm = (frame: PageFrame, { rules }: PortalContext, { purpose, said }: PortalConsent): Markup => {
  const words = frame.words.consents
  const { name, about } = words.purposes[purpose]
  const limit = purpose === 'talent_pool' ? `${about} · ${words.poolDays(rules.poolDays.value)}` : about
  const living = said?.granted === true && !said.over
  const button = (granted: boolean, label: string): Markup =>
    html`<button name="granted" value="${String(granted)}">${label}</button>`
  return html`<form class="card" method="post" action="${addressOf(frame, '/consents')}">
    <h3>${name}</h3>
    ${hint(limit)}
    <p class="small">${stateWords(frame, said)}</p>
    <input type="hidden" name="purpose" value="${purpose}" />
    <div class="row">
      ${!living && button(true, words.grant(name))}${living ? button(false, words.withdraw(name)) : said === undefined && button(false, words.refuse(name))}
    </div>
  </form>`
}

const stateWords = ({ words, date }: PageFrame, said: PortalConsent['said']): string => {
  const { consents } = words
  if (said === undefined) return consents.none
  if (!said.granted) return consents.withdrawn(date(said.at))
  if (said.until === undefined) return consents.granted(date(said.at))
  return said.over ? consents.over(date(said.until)) : consents.grantedUntil(date(said.at), date(said.until))
}
