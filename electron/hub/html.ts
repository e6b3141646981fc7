/** Text for an element or a quoted attribute. */
export const escapeHtml = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`)

/** Pages work without scripts; their one style is inline by hash-free `'unsafe-inline'` for styles only. */
export const pageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
} as const

/** The look of every page of the hub, by itself or with more of the page's own. */
export const pageStyle = `
:root{color-scheme:light dark;--ink:#1c2430;--ink2:#5b6675;--line:#e6e9ee;--bg:#f6f7f9;--card:#fff;--brand:#0f6b5c;--soft:#e5f2ef;--bad:#b3261e;--on:#fff}
@media (prefers-color-scheme:dark){:root{--ink:#e7ebf0;--ink2:#a3adba;--line:#2b323c;--bg:#15191f;--card:#1c2128;--brand:#4fb8a3;--soft:#1b3530;--bad:#f08a80;--on:#10151a}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--ink);font:16px/1.6 system-ui,-apple-system,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
main{max-width:32rem;margin:0 auto;padding:1.25rem 1rem 3rem}
h1{font-size:1.5rem;margin:.5rem 0 0}h2{font-size:1.05rem;margin:1.5rem 0 .5rem}
.brand,.hint{color:var(--ink2);font-size:.875rem;margin:0}
.card{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:.875rem 1rem;margin:.75rem 0}
.card p{margin:0}.what{font-weight:600;font-size:1.05rem}.no{color:var(--bad)}
.sum{display:flex;gap:1rem;align-items:center}.sum b{font-size:1.6rem;color:var(--brand)}
.ok{background:var(--soft);color:var(--brand);border-radius:10px;padding:.75rem 1rem}
label{display:block;margin:.5rem 0 .25rem}
input,select,textarea{width:100%;font:inherit;padding:.6rem;border:1px solid var(--line);border-radius:6px;background:var(--card);color:var(--ink)}
button{font:inherit;padding:.7rem 1rem;border-radius:8px;border:1px solid var(--line);background:var(--card);color:var(--ink);cursor:pointer;margin-top:.75rem;width:100%}
button.main{background:var(--brand);border-color:var(--brand);color:var(--on)}
summary{cursor:pointer}ol,ul{padding-left:1.25rem}`

/** A whole page; `body` is markup that the caller has escaped. */
export const htmlPage = (title: string, body: string, language = 'zh-CN'): string =>
  `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="referrer" content="no-referrer"><meta name="robots" content="noindex"><title>${escapeHtml(title)}</title><style>${pageStyle}</style></head>
<body><main>${body}</main></body></html>`
