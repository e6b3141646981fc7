import { recipientScope } from '../../../shared/domain/sharing.ts'
import { html, type Markup } from '../../markup.ts'
import type { PortalShare } from '../list-shares.ts'
import { addressOf, hint, type PageFrame } from '../page-frame.ts'

/** Who was given what: the five items of each (ZP-70), and the way to take the consent back that it rests on. */
export const sharesSection = (frame: PageFrame, shares: readonly PortalShare[]): Markup | undefined => {
  if (shares.length === 0) return undefined
  const words = frame.words.shares
  return html`<section aria-labelledby="shares">
    <h2 id="shares" tabindex="-1">${words.heading}</h2>
    ${hint(words.intro)}
    <ol class="plain">
      ${shares.map((share) => html`<li>${shareCard(frame, share)}</li>`)}
    </ol>
  </section>`
}

const shareCard = (frame: PageFrame, share: PortalShare): Markup => {
  const { shares: words, fields } = frame.words
  const types = share.types.map((code) => fields[code] ?? code).join(words.join)
  return html`<form class="card" method="post" action="${addressOf(frame, '/consents')}">
    <h3>${share.recipient}</h3>
    ${hint(words.contact(share.contact))} ${hint(words.purpose(share.purpose))} ${hint(words.method(share.method))}
    ${hint(words.types(types))}
    <p class="small">
      ${
        share.ended_at === undefined
          ? words.given(frame.date(Date.parse(share.at)))
          : words.ended(frame.date(Date.parse(share.at)), frame.date(Date.parse(share.ended_at)))
      }
    </p>
    ${
      share.ended_at === undefined &&
      html`<input type="hidden" name="purpose" value="sharing" /><input
          type="hidden"
          name="scope"
          value="${recipientScope(share.recipient)}"
        />
        <div class="row"><button name="granted" value="false">${words.withdraw(share.recipient)}</button></div>`
    }
  </form>`
}
