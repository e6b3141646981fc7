import type { Disclosure, DisclosureLog } from '@shared/ledger/disclosure.ts'
import { browserCrypto } from './browser-crypto.ts'
import { checkStatement, headOf, mayFollow, witnessKey, type RememberedHead, type ShownRow } from './check-statement.ts'
import { verifyWords } from './verify-words.ts'

/**
 * Checks, in the candidate's own browser, that every record on the page stands in the signed logs. The page says the same
 * without this script; with it nobody has to take the server's word.
 */
type Verdict = { readonly state: 'valid' | 'invalid' | 'failed'; readonly lines: readonly string[] }

const language = document.documentElement.lang === 'en-US' ? 'en-US' : 'zh-CN'
const words = verifyWords[language]
const token = decodeURIComponent(location.pathname.split('/')[2] ?? '')

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

const storageKey = (origin: string): string => `candor-head ${origin}`

/** A log that this browser has seen before and that does not continue what it saw. Sizes and hashes only are kept. */
const findRewritten = (log: DisclosureLog): boolean => {
  try {
    const now = headOf(log)
    const kept = localStorage.getItem(storageKey(log.origin))
    const before = kept === null ? undefined : (JSON.parse(kept) as RememberedHead)
    if (before !== undefined && !mayFollow(before, now)) return true
    localStorage.setItem(storageKey(log.origin), JSON.stringify(now))
    return false
  } catch {
    // A browser that keeps nothing can compare nothing.
    return false
  }
}

const check = async (): Promise<Verdict> => {
  const disclosure = (await getJson('/v1/candidate/views', { authorization: `Bearer ${token}` })) as Disclosure
  const { keys } = (await getJson('/.well-known/candor')) as { readonly keys: Array<{ kid: string; x: string }> }
  const [key] = keys
  if (key === undefined) throw new Error('the hub names no witness')
  const found = checkStatement(browserCrypto, disclosure, witnessKey(browserCrypto, key), shownRows())
  if (found.verdict === 'invalid') {
    return { state: 'invalid', lines: [words.invalid[found.what], words.where(found.where), words.officer] }
  }
  const rewritten = disclosure.logs.find(findRewritten)
  if (rewritten !== undefined) {
    return { state: 'invalid', lines: [words.invalid.rewritten, words.where(rewritten.origin), words.officer] }
  }
  const since =
    found.witnessed === null
      ? words.unwitnessed
      : words.witnessed(
          new Intl.DateTimeFormat(language, {
            timeZone: 'Asia/Shanghai',
            dateStyle: 'medium',
            timeStyle: 'short',
          }).format(found.witnessed * 1000),
        )
  return { state: 'valid', lines: [words.valid(found.rows, found.logs), since] }
}

const show = (section: Element, { state, lines }: Verdict): void => {
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
  if (state !== 'failed') for (const one of section.querySelectorAll('[data-by-server]')) one.remove()
  section.classList.toggle('warn', state === 'invalid')
}

const section = document.querySelector('[data-proof]')
if (section !== null) {
  show(section, { state: 'failed', lines: [words.running] })
  check()
    .catch((): Verdict => ({ state: 'failed', lines: [words.failed] }))
    .then((verdict) => show(section, verdict))
    .catch(() => undefined)
}
