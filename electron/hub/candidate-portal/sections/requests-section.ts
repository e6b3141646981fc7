import { requester, requestKind } from '../../../shared/domain/sync-records.ts'
import { html, type Markup } from '../../markup.ts'
import type { PortalContext } from '../list-context.ts'
import type { PortalRequest } from '../list-requests.ts'
import { addressOf, hint, type PageFrame } from '../page-frame.ts'

/** Deletion first: it is what most people come for. */
const kinds = ['delete', ...requestKind.options.filter((kind) => kind !== 'delete')] as const

export const requestsSection = (
  frame: PageFrame,
  context: PortalContext,
  requests: readonly PortalRequest[],
): Markup => {
  const words = frame.words.requests
  return html`<section aria-labelledby="requests">
    <h2 id="requests" tabindex="-1">${words.heading}</h2>
    ${
      requests.length === 0
        ? hint(words.none)
        : html`<ol class="plain">
            ${requests.map((one) => html`<li>${card(frame, context, one)}</li>`)}
          </ol>`
    }
    ${requestForm(frame, context)}
  </section>`
}

const card = (frame: PageFrame, { now, rules }: PortalContext, request: PortalRequest): Markup => {
  const words = frame.words.requests
  const kind = requestKind.safeParse(request.kind).data
  const { answer } = request
  const overdue = answer === undefined && request.dueAt < now
  return html`<article class="card">${hint(words.received(frame.date(request.receivedAt)))}
<h3>${kind === undefined ? request.kind : words.kinds[kind]}</h3>
<p${overdue && html` class="no"`}>${stateWords(frame, request, overdue)}</p>
${answer?.text !== undefined && html`<p class="quote">${answer.text}</p>`}
${request.detail !== '' && html`<p class="hint quote">${words.asked(request.detail)}</p>`}
${(overdue || (answer !== undefined && answer.outcome !== 'done')) && hint(rules.complaint[frame.language])}</article>`
}

const stateWords = (frame: PageFrame, { answer, dueAt }: PortalRequest, overdue: boolean): string => {
  const words = frame.words.requests
  if (answer === undefined) return overdue ? words.overdue(frame.date(dueAt)) : words.open(frame.date(dueAt))
  return words.answered(words.outcomes[answer.outcome] ?? answer.outcome, frame.date(answer.at))
}

const requestForm = (frame: PageFrame, { rules }: PortalContext): Markup => {
  const words = frame.words.requests
  return html`<form class="card" method="post" action="${addressOf(frame, '/requests')}">
    <h3>${words.new}</h3>
    <label for="kind">${words.kind}</label
    ><select id="kind" name="kind">
      ${kinds.map((kind) => html`<option value="${kind}">${words.kinds[kind]}</option>`)}
    </select>
    <label for="requester">${words.requester}</label
    ><select id="requester" name="requester">
      ${requester.options.map((one) => html`<option value="${one}">${words.requesters[one]}</option>`)}
    </select>
    <label for="detail">${words.detail}</label
    ><textarea id="detail" name="detail" rows="3" maxlength="2000" aria-describedby="detail-hint"></textarea>
    <p class="hint" id="detail-hint">${words.detailHint} ${words.due(rules.requestWorkdays.value)}</p>
    <button class="main">${words.submit}</button>
  </form>`
}
