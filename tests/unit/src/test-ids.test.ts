import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const read = (path: string): string => readFileSync(path, 'utf8')
const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.(?:vue|ts)$/u.test(file))
  .map((file) => read(`src/${file}`))
  .join('\n')
const literal = new Set(
  [...sources.matchAll(/(?<![-:\w[])(?:data-)?testid="(?<id>[\w-]+)"/gu)].map((found) => found.groups?.['id'] ?? ''),
)
/** Those that the page puts together: the part before what it fills in. */
const prefixes = [
  'nav-',
  'ai-run-',
  'ai-switch-',
  'permission-',
  'report-',
  'reveal-',
  'candidate-',
  'notice-',
  'abroad-',
  'invite-save-',
]

const page = read('docs/interfaces.md').split('## In the page')[1] ?? ''
const named = [...page.matchAll(/`(?<word>[^`]+)`/gu)].map((found) => found.groups?.['word'] ?? '')
const isId = (word: string): boolean => /^[a-z]+(?:-[\w-]+)$/u.test(word) && !word.startsWith('data-')

it('names every test id of the page in docs/interfaces.md', () => {
  const known = new Set(named)
  expect(literal.size).toBeGreaterThan(300)
  expect([...literal].filter((id) => !known.has(id)).sort()).toEqual([])
})

it('names no test id there that the page no longer has', () => {
  const gone = named.filter((id) => isId(id) && !literal.has(id) && !prefixes.some((prefix) => id.startsWith(prefix)))
  expect(gone).toEqual([])
})
