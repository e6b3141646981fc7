import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../../../..')

/** Where a platform's name may stand although nothing may depend on it, and why. Everything else asks a profile. */
const allowed: Readonly<Record<string, string>> = {
  'electron/shared/domain/vocabulary.ts': 'the closed vocabulary itself',
  'electron/shared/domain/sync-atoms.ts': 'the closed vocabulary of the sync protocol',
  'electron/core/store/migrations/store-0001-initial.ts':
    'a CHECK constraint: no candidate of a platform without candidates',
  'electron/shared/domain/passphrase.ts': 'a list of passwords that everybody guesses',
  'electron/shared/text/contact-keywords.ts':
    'words before a contact in free text, whatever platform the text came from',
  'electron/shared/text/contact-patterns.ts':
    'words before a contact in free text, whatever platform the text came from',
  'electron/shared/domain/vocabulary-words.ts': 'the names that people read',
  'src/i18n/en-US/vocab.ts': 'the names that people read',
  'src/i18n/zh-CN/vocab.ts': 'the names that people read',
  'src/i18n/en-US/candidates.ts': 'a sentence that people read',
  'src/i18n/zh-CN/candidates.ts': 'a sentence that people read',
}

const names = /zhaopin|lagou|wanzhou|qingyun|maimai|智联|拉勾|万州|青云|脉脉/i

const foldersOfCode = ['core', 'main', 'preload', 'parser', 'shared'].map((name) => join('electron', name))

const filesBelow = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:ts|vue)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))

/** Comments explain where a rule comes from; they decide nothing. An address (`https://`) is no comment. */
const withoutComments = (text: string): string =>
  text
    .replace(/\/\*[\s\S]*?\*\//g, ' ')
    .replace(/<!--[\s\S]*?-->/g, ' ')
    .replace(/(^|[^:'"`])\/\/.*$/gm, '$1')

const naming = [...foldersOfCode, 'src']
  .flatMap(filesBelow)
  .filter((file) => names.test(withoutComments(readFileSync(join(root, file), 'utf8'))))
  .map((file) => file.replaceAll('\\', '/'))

describe('platforms by name', () => {
  it('decide nothing in code: a profile does', () => {
    expect(naming.filter((file) => allowed[file] === undefined)).toEqual([])
  })

  it('stand only where there is a reason for it still', () => {
    expect(Object.keys(allowed).filter((file) => !naming.includes(file))).toEqual([])
  })

  it('are found in code, and not in comments', () => {
    expect(names.test(withoutComments("if (platform === 'maimai') show() // see K12"))).toBe(true)
    expect(names.test(withoutComments('const url = "https://maimai.example"'))).toBe(true)
    expect(names.test(withoutComments('/** Maimai, K13 */\nconst a = 1 // Lagou'))).toBe(false)
  })
})
