import { html, type Markup } from '../../markup.ts'
import type { ViewRow } from '../list-views.ts'
import { hint, type PageFrame } from '../page-frame.ts'

/** What the server found, and how to find it without the server. The script puts the browser's own verdict above it. */
export const proofSection = (frame: PageFrame, rows: readonly ViewRow[], devices: number): Markup => {
  // The script shows it where there were records at an earlier visit.
  if (rows.length === 0) return html`<section class="ok" data-proof aria-live="polite" hidden></section>`
  const { proof } = frame.words
  const unproven = rows.filter((row) => !row.proven).length
  return html`<section class="ok${unproven > 0 && ' warn'}" data-proof aria-live="polite">
    <div data-by-server>
      <p>${unproven === 0 ? proof.good(rows.length, devices) : proof.bad(unproven)}</p>
      ${hint(proof.byServer)}
    </div>
    <details>
      <summary>${proof.how}</summary>
      <ol class="small">
        ${proof.steps.map((step) => html`<li>${step}</li>`)}
      </ol>
    </details>
    <p><a href="${frame.path}/proofs" download>${proof.download}</a></p>
  </section>`
}
