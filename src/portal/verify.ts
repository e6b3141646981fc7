import { toBase64Url, utf8 } from '@shared/ledger/bytes.ts'
import type { Disclosure } from '@shared/ledger/disclosure.ts'
import { browserCrypto } from './browser-crypto.ts'
import { browserMemory } from './browser-memory.ts'
import { checkStatement, witnessKey, type ShownRow } from './check-statement.ts'
import { compareVisits, type Comparison } from './compare-visits.ts'
import { verifyWords } from './verify-words.ts'

/**
 * Checks, in the candidate's own browser, that every record on the page stands in the signed logs, and that the logs only grew
 * since the last visit. The page says the same without this script; with it nobody has to take the server's word.
 */
type Verdict = {
  readonly state: 'valid' | 'invalid' | 'unproven' | 'failed' | 'running'
  readonly lines: readonly string[]
}

const language = document.documentElement.lang === 'en-US' ? 'en-US' : 'zh-CN'
const words = verifyWords[language]
const token = decodeURIComponent(location.pathname.split('/')[2] ?? '')
/** Tells this person's visits from others' in the same browser, without keeping the link itself. */
const link = toBase64Url(browserCrypto.sha256(utf8(token)))
const authorization = `Bearer ${token}`

const getJson = async (path: string, headers: Record<string, string> = {}): Promise<unknown> => {
  const answer = await fetch(path, { headers, cache: 'no-store', credentials: 'omit', referrerPolicy: 'no-referrer' })
  if (!answer.ok) throw new Error(`answered ${answer.status}`)
  return answer.json()
}

const shownRows = (): ShownRow[] =>
  [...document.querySelectorAll('[data-place]')].map((row) => ({
    place: row.getAttribute('data-place') ?? '',
    time: row.querySelector('time')?.dateTime ?? '',
  }))

const openStorage = (): Storage | undefined => {
  try {
    return localStorage
  } catch {
    // The person forbade it.
    return undefined
  }
}

const askProof = async (origin: string, from: number, to: number): Promise<readonly string[]> => {
  const asked = new URLSearchParams({ origin, from: String(from), to: String(to) })
  const answer = (await getJson(`/v1/candidate/growth?${asked}`, { authorization })) as { consistency?: unknown }
  if (!Array.isArray(answer.consistency)) throw new Error('no proof')
  return answer.consistency.map(String)
}

const formats = new Intl.DateTimeFormat(language, {
  timeZone: 'Asia/Shanghai',
  dateStyle: 'medium',
  timeStyle: 'short',
})
const timeOf = (at: number): string => formats.format(at)

const brokenLines = (found: Extract<Comparison, { verdict: 'broken' }>): string[] => [
  words.broken[found.what],
  ...(found.before === undefined ? [] : [words.sizes(timeOf(found.before.seenAt), found.before.size, found.now)]),
  words.where(found.where),
  ...(found.what === 'missing' ? [words.afterYears] : []),
  words.officer,
]

const followedLine = ({ since, kept }: Extract<Comparison, { verdict: 'continues' }>): string => {
  if (!kept) return words.notKept
  return since === null ? words.firstVisit : words.followed(timeOf(since))
}

const check = async (): Promise<Verdict> => {
  const disclosure = (await getJson('/v1/candidate/views', { authorization })) as Disclosure
  const { keys } = (await getJson('/.well-known/candor')) as { readonly keys: Array<{ kid: string; x: string }> }
  const [key] = keys
  if (key === undefined) throw new Error('the hub names no witness')
  const found = checkStatement(browserCrypto, disclosure, witnessKey(browserCrypto, key), shownRows())
  if (found.verdict === 'invalid') {
    return { state: 'invalid', lines: [words.invalid[found.what], words.where(found.where), words.officer] }
  }
  const visit = { link, disclosure, now: Date.now() }
  const compared = await compareVisits(browserCrypto, browserMemory(openStorage()), visit, askProof)
  if (compared.verdict === 'broken') {
    return { state: compared.what === 'unproven' ? 'unproven' : 'invalid', lines: brokenLines(compared) }
  }
  if (found.logs === 0) return { state: 'valid', lines: [] }
  const vouched = found.witnessed === null ? words.unwitnessed : words.witnessed(timeOf(found.witnessed * 1000))
  return { state: 'valid', lines: [words.valid(found.rows, found.logs), followedLine(compared), vouched] }
}

const show = (section: HTMLElement, { state, lines }: Verdict): void => {
  const paragraphs = lines.map((line, index) => {
    const paragraph = document.createElement('p')
    paragraph.textContent = line
    if (index > 0) paragraph.className = 'small'
    return paragraph
  })
  const box = document.createElement('div')
  box.dataset['verdict'] = state
  box.append(...paragraphs)
  section.querySelector('[data-verdict]')?.remove()
  section.prepend(box)
  // The browser's own verdict stands for itself; what the server says remains where there is none.
  const own = state === 'valid' || state === 'invalid' || state === 'unproven'
  if (own) for (const one of section.querySelectorAll('[data-by-server]')) one.remove()
  const bad = state === 'invalid' || state === 'unproven'
  section.classList.toggle('warn', bad)
  if (!bad) return
  // Said before everything else; and on a page without any record too, which has nothing to prove unless it had one before.
  section.hidden = false
  document.querySelector('h1')?.after(section)
}

const section = document.querySelector<HTMLElement>('[data-proof]')
if (section !== null) {
  show(section, { state: 'running', lines: [words.running] })
  check()
    .catch((): Verdict => ({ state: 'failed', lines: [words.failed] }))
    .then((verdict) => show(section, verdict))
    .catch(() => undefined)
}
