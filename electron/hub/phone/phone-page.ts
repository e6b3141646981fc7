import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { chooseLanguage, type PortalLanguage } from '../candidate-portal/language.ts'
import { pageStyle } from '../html.ts'
import { HubProblem } from '../hub-problem.ts'
import { html, type Markup } from '../markup.ts'
import type { OperationAnswer } from '../operation.ts'
import { findResources } from '../resources.ts'
import { phoneWords, type PhoneWords } from './phone-words.ts'

const style = `${pageStyle}
.top{display:flex;justify-content:space-between;align-items:center}.top a{color:var(--ink2);padding:.5rem 0;font-size:.875rem}
dl{display:grid;grid-template-columns:auto 1fr;gap:.25rem 1rem;margin:0}dt{color:var(--ink2)}dd{margin:0;overflow-wrap:anywhere}
.big{font-size:1.6rem;font-weight:600;letter-spacing:.12em;font-variant-numeric:tabular-nums}
.codes{display:grid;grid-template-columns:1fr 1fr;gap:.25rem 1rem;list-style:none;padding:0;margin:0;font-family:ui-monospace,monospace}
.row{display:flex;justify-content:space-between;gap:1rem}.small{font-size:.875rem;color:var(--ink2)}
:focus-visible{outline:3px solid var(--brand);outline-offset:2px}
`
const styleHash = createHash('sha256').update(style).digest('base64')

/** The one script, for passkeys; every page works without it by code. */
export const passkeyScript = readFileSync(join(findResources(), 'phone', 'passkey.js'), 'utf8')
export const passkeyScriptPath = '/factor/passkey.js'

/** Nothing runs, loads or frames these pages, and no form of theirs leads elsewhere. */
const headers = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; script-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'`,
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  vary: 'accept-language',
} as const

export type PhonePage = {
  readonly language: PortalLanguage
  readonly words: PhoneWords
  /** An address of these pages in the language of this one. */
  path(address: string): string
  show(body: Markup, script?: boolean): OperationAnswer
}

export const phonePage = (chosen: string | undefined, accept: string | undefined, self: string): PhonePage => {
  const language = chooseLanguage(chosen, accept)
  const words = phoneWords[language]
  const other = language === 'zh-CN' ? 'en-US' : 'zh-CN'
  return {
    language,
    words,
    path: (address) => `${address}?lang=${language}`,
    show: (body, script = false) => ({
      headers,
      body:
        html`<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="referrer" content="no-referrer"><meta name="robots" content="noindex"><title>${words.brand}</title><style>`
          .text +
        style +
        html`</style>${script && html`<script type="module" src="${passkeyScriptPath}"></script>`}</head><body><main><div class="top"><p class="brand">${words.brand}</p><a href="${self}?lang=${other}" hreflang="${other}">${words.other}</a></div>${body}</main></body></html>`
          .text,
    }),
  }
}

/**
 * A form is sent from the hub's own page or not at all. These pages keep no cookie, so that another site could send nothing in
 * somebody's name anyway; a browser that says that it comes from elsewhere is refused all the same.
 * @throws HubProblem 403 `other_site`
 */
export const requireOwnForm = (header: (name: string) => string | undefined): void => {
  const site = header('sec-fetch-site')
  if (site === undefined || site === 'same-origin' || site === 'none') return
  throw new HubProblem(403, 'other_site', 'this form comes from another site')
}
