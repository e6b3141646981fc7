import { destructionWords } from '../../../shared/retention/destruction-words.ts'
import { html, type Markup } from '../../markup.ts'
import type { PortalRules } from '../../portal-rules.ts'
import type { PortalCertificate } from '../list-certificates.ts'
import { hint, type PageFrame } from '../page-frame.ts'

export const certificatesSection = (
  frame: PageFrame,
  rules: PortalRules,
  certificates: readonly PortalCertificate[],
): Markup | undefined => {
  if (certificates.length === 0) return undefined
  const words = frame.words.certificates
  return html`<section aria-labelledby="certificates">
    <h2 id="certificates" tabindex="-1">${words.heading}</h2>
    <ol class="plain">
      ${certificates.map((one) => html`<li>${card(frame, rules, one)}</li>`)}
    </ol>
    ${hint(words.later)}
  </section>`
}

const card = (frame: PageFrame, rules: PortalRules, one: PortalCertificate): Markup => {
  const { certificates: words, policies, views } = frame.words
  const reasons: Readonly<Record<string, string>> = destructionWords[frame.language].retention
  const found = one.policy === undefined ? undefined : rules.headingOf(one.policy.clause)
  return html`<article class="card">
    <p class="hint">
      <time datetime="${new Date(one.destroyedAt).toISOString()}">${frame.time(one.destroyedAt)}</time>
    </p>
    <h3>${one.applications === undefined ? words.whole : words.part(one.applications)}</h3>
    ${hint(words.reason(reasons[one.reason] ?? one.reason))}
    ${one.policy !== undefined && hint(views.basis(`${policies[found?.platform ?? one.policy.profile] ?? ''} ${one.policy.clause}`))}
    ${hint(words.number(one.id))}
    ${one.document !== undefined && html`<p><a href="${frame.path}/certificates/${encodeURIComponent(one.id)}" download>${words.download(one.id)}</a></p>`}
  </article>`
}
