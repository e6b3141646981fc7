import { createHash } from 'node:crypto'
import { html, type Markup } from '../markup.ts'
import type { PortalScript } from '../portal-script.ts'
import { pageStyle } from '../html.ts'
import type { PortalLanguage } from './language.ts'
import { portalWords, type PortalWords } from './words/portal-words.ts'

/** What every part of a page needs: its language, words, dates, and where its forms go. */
export type PageFrame = {
  readonly language: PortalLanguage
  readonly words: PortalWords
  /** Of the page itself, with the token: `/c/…`. */
  readonly path: string
  date(at: number): string
  time(at: number): string
}

/** China has one zone; the candidates' days are counted in it. */
const timeZone = 'Asia/Shanghai'

const dateFormats = (language: PortalLanguage) => ({
  date: new Intl.DateTimeFormat(language, { timeZone, year: 'numeric', month: 'long', day: 'numeric' }),
  time: new Intl.DateTimeFormat(language, {
    timeZone,
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }),
})
const formats = { 'zh-CN': dateFormats('zh-CN'), 'en-US': dateFormats('en-US') } as const

export const pageFrame = (language: PortalLanguage, token: string): PageFrame => ({
  language,
  words: portalWords(language),
  path: `/c/${encodeURIComponent(token)}`,
  date: (at) => formats[language].date.format(at),
  time: (at) => formats[language].time.format(at),
})

/** The address of the page, or of a form of it, in the language of this one. */
export const addressOf = (frame: PageFrame, part = ''): string => `${frame.path}${part}?lang=${frame.language}`

export const hint = (text: string): Markup => html`<p class="hint">${text}</p>`

const style = `${pageStyle}
.top{display:flex;justify-content:space-between;align-items:center;gap:1rem}
.top a{padding:.5rem 0}
a{color:var(--brand)}
.skip{position:absolute;left:-99rem}.skip:focus{position:static;display:inline-block;padding:.5rem}
nav ul{display:flex;flex-wrap:wrap;gap:0 1rem;list-style:none;margin:.5rem 0 0;padding:0}
nav a{display:inline-block;padding:.5rem 0}
ol.plain,ul.plain{list-style:none;margin:0;padding:0}
h2{scroll-margin-top:1rem;font-size:1.15rem}h3{font-size:1.05rem;margin:0}h3::first-letter{text-transform:uppercase}
.count{min-width:4.5rem;text-align:center;line-height:1.2;margin:0}
.count b{display:block;font-size:1.75rem;color:var(--brand);font-variant-numeric:tabular-nums}
.flash{background:var(--soft);color:var(--brand);border-radius:10px;padding:.75rem 1rem;margin:1rem 0}
.warn{border-left:4px solid var(--bad)}
.ok.warn{background:var(--card);color:var(--ink);margin:.75rem 0}
.warn [data-verdict]>p:first-child{color:var(--bad);font-weight:600}
.row{display:flex;gap:.5rem}.row button{flex:1}
.quote{white-space:pre-wrap;overflow-wrap:anywhere}
.small{font-size:.875rem}
summary{padding:.5rem 0}
:focus-visible{outline:3px solid var(--brand);outline-offset:2px}
button:disabled{opacity:.6}
`
const styleHash = createHash('sha256').update(style).digest('base64')

/** Nothing runs and nothing loads but what is named here: one style by its hash, scripts of this server by their address. */
export const portalHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; script-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'`,
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  vary: 'accept-language',
} as const

/** A whole page in the person's language. `script`: the one script, for pages that work without it too. */
export const portalPage = (
  { language, words }: Pick<PageFrame, 'language' | 'words'>,
  title: string,
  body: Markup,
  script?: PortalScript,
): string =>
  `<!doctype html>${
    html`<html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <meta name="robots" content="noindex" />
        <title>${title} · ${words.title}</title>
      </head>
    </html>`.text
  }<style>${style}</style>${
    html`${script !== undefined && html`<script type="module" src="/portal/${script.name}" integrity="${script.integrity}"></script>`}</head><body><main>${body}</main></body></html>`
      .text
  }`
