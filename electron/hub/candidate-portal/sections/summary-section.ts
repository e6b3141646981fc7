import { html, type Markup } from '../../markup.ts'
import type { PortalConsent } from '../list-consents.ts'
import type { PortalContext } from '../list-context.ts'
import { hint, type PageFrame } from '../page-frame.ts'

const day = 86_400_000

/** How the record came, how many rows there are, and until when the copies are kept. */
export const summarySection = (
  frame: PageFrame,
  context: PortalContext,
  consents: readonly PortalConsent[],
  looks: number,
): Markup => {
  const { words } = frame
  const { figure, unit } = words.summary.count(looks)
  return html`${context.applications.map((application) =>
      hint(
        words.origin(
          context.jobs.get(application.job_id)?.title ?? words.someJob,
          words.channels[application.channel] ?? application.channel,
          frame.date(Date.parse(application.evidence_at)),
        ),
      ),
    )}
    <section class="card sum">
      <p class="count"><b>${figure}</b> <span class="hint">${unit}</span></p>
      <div>${endLines(frame, context)}${poolLine(frame, context, consents)}</div>
    </section>`
}

const endLines = (frame: PageFrame, context: PortalContext): Markup => {
  const { summary } = frame.words
  const line = (what: string, why: string): Markup =>
    html`<p class="what">${what}</p>
      ${hint(why)}`
  if (context.destroyedAt !== undefined) {
    return line(summary.destroyed, summary.destroyedAt(frame.date(context.destroyedAt)))
  }
  if (context.heldUntil !== undefined) return line(summary.held(frame.date(context.heldUntil)), summary.heldWhy)
  if (context.latestEnd !== undefined) return line(summary.latest(frame.date(context.latestEnd)), summary.latestThen)
  const { rejected_days, hired_days, job_closed_days, idle_job_days } = context.rules.retention
  return line(
    summary.running,
    summary.terms({
      rejected: rejected_days.value,
      hired: hired_days.value,
      closed: job_closed_days.value,
      idle: idle_job_days.value,
    }),
  )
}

const poolLine = (
  { words, date }: PageFrame,
  { rules, destroyedAt }: PortalContext,
  consents: readonly PortalConsent[],
): Markup | undefined => {
  const said = consents.find((one) => one.purpose === 'talent_pool')?.said
  if (said === undefined || !said.granted || said.over || destroyedAt !== undefined) return undefined
  return hint(words.summary.pool(date(said.until ?? said.at + rules.poolDays.value * day)))
}
