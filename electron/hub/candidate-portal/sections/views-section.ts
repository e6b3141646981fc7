import type { LedgerEntry } from '../../../shared/domain/ledger-entry.ts'
import { ruleOfDetail } from '../../../shared/domain/policy-codes.ts'
import { html, type Markup } from '../../markup.ts'
import type { PortalRules } from '../../portal-rules.ts'
import { eventCodeOf } from '../event-code.ts'
import { placeOf, type Arrivals } from '../list-arrivals.ts'
import type { PortalContext } from '../list-context.ts'
import type { ViewRow } from '../list-views.ts'
import { hint, type PageFrame } from '../page-frame.ts'

/** So many are open at once; the rest is folded, for a page that is read on a phone. */
const openRows = 50
/** A push that comes this long after the look was not held up by the network alone. */
const lateAfter = 15 * 60_000
const day = 86_400_000

export type ViewsPart = {
  readonly context: PortalContext
  readonly rules: PortalRules
  /** Newest first. */
  readonly rows: readonly ViewRow[]
  readonly arrivals: Arrivals
}

/** Every row that names the person: what was done, who did it, when, for which job, why, and what was refused. */
export const viewsSection = (frame: PageFrame, part: ViewsPart): Markup => {
  const { rows } = part
  const { views } = frame.words
  const older = rows.slice(openRows)
  const list = (some: readonly ViewRow[]): Markup =>
    html`<ol class="plain">
      ${some.map((row) => html`<li>${viewCard(frame, part, row)}</li>`)}
    </ol>`
  return html`<section aria-labelledby="views">
    <h2 id="views" tabindex="-1">${views.heading}</h2>
    ${rows.length === 0 ? html`<p>${views.none}</p>` : list(rows.slice(0, openRows))}
    ${
      older.length > 0 &&
      html`<details>
        <summary>${views.older(older.length)}</summary>
        ${list(older)}
      </details>`
    }
    ${pendingNote(frame, part.context)}
  </section>`
}

const viewCard = (frame: PageFrame, { context, rules, arrivals }: ViewsPart, row: ViewRow): Markup => {
  const { entry } = row
  const { words } = frame
  const job = entry.job === undefined ? undefined : context.jobs.get(entry.job)?.title
  const named = fieldNames(frame, entry)
  const rule = entry.outcome === 'denied' ? ruleOfDetail(entry.detail) : undefined
  const sentence = rule === undefined ? undefined : rules.sentenceOf(rule, frame.language)
  const arrived = arrivals.get(placeOf(row.origin, row.index))
  return html`<article class="card" data-place="${placeOf(row.origin, row.index)}"><p class="hint"><time datetime="${new Date(entry.at).toISOString()}">${frame.time(entry.at)}</time></p>
<h3${entry.outcome === 'denied' && html` class="no"`}>${whatWords(frame, entry)}</h3>
${hint(whoWords(frame, context, entry))}
${job !== undefined && hint(words.views.job(job))}
${named !== undefined && entry.action !== 'reveal' && hint(words.views.fields(named))}
${entry.reason !== undefined && hint(words.views.reason(words.reasons[entry.reason]))}
${entry.policy !== undefined && hint(words.views.basis(basisWords(frame, rules, entry.policy)))}
${sentence !== undefined && hint(words.views.rule(sentence))}
${arrived !== undefined && arrived - entry.at > lateAfter && hint(words.views.late(frame.time(arrived)))}</article>`
}

const fieldNames = ({ words }: PageFrame, { fields }: LedgerEntry): string | undefined =>
  fields === undefined || fields.length === 0
    ? undefined
    : fields.map((field) => words.fields[field] ?? field).join(words.separator)

const whatWords = (frame: PageFrame, entry: LedgerEntry): string => {
  const { views, actions } = frame.words
  const named = fieldNames(frame, entry)
  const what = entry.action === 'reveal' && named !== undefined ? views.revealed(named) : actions[eventCodeOf(entry)]
  return entry.outcome === 'denied' ? views.denied(what) : what
}

const whoWords = ({ words }: PageFrame, context: PortalContext, { actor }: LedgerEntry): string => {
  const account = context.accounts.get(actor.account)
  const role = words.roles[actor.role] ?? actor.role
  return [account?.name ?? words.views.someone, role, account?.agency].filter((one) => one !== undefined).join(' · ')
}

/** The platform's text and the heading there; a default of ours by its own name. */
const basisWords = ({ words }: PageFrame, rules: PortalRules, policy: NonNullable<LedgerEntry['policy']>): string => {
  const found = rules.headingOf(policy.clause)
  const name = words.policies[found?.platform ?? policy.profile] ?? policy.profile
  return found === undefined || found.platform === 'all'
    ? `${name} ${policy.clause}`
    : `${name} ${found.heading} (${policy.clause})`
}

/** A statement is never called complete while a device may know more. */
const pendingNote = (frame: PageFrame, { devices, now }: PortalContext): Markup | undefined => {
  const silent = devices.filter((device) => now - device.seenAt > day)
  if (silent.length === 0) return undefined
  const { pending } = frame.words
  const last = Math.max(...silent.map((device) => device.seenAt))
  return html`<div class="card warn">
    <h3>${pending.heading}</h3>
    ${hint(pending.some(silent.length, frame.time(last)))}
  </div>`
}
