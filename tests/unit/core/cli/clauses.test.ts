import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { clausesInTitle, listClauseRows, listClauses } from '../../../../electron/core/cli/clauses.ts'

const resourcesDir = join(import.meta.dirname, '../../../../resources')
let dir = ''
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'candor-clauses-'))
})
afterEach(() => rmSync(dir, { recursive: true }))

describe('clauses.json', () => {
  const rows = listClauseRows(resourcesDir)
  const count = (platform: string, importance?: string) =>
    rows.filter((row) => row.platform === platform && (importance === undefined || row.importance === importance))
      .length

  it('holds every row of every platform', () => {
    expect([count('zhaopin'), count('zhaopin', 'core')]).toEqual([110, 56])
    expect([count('lagou'), count('lagou', 'core')]).toEqual([28, 9])
    expect([count('wanzhou'), count('wanzhou', 'core')]).toEqual([42, 15])
    expect([count('qingyun'), count('qingyun', 'core')]).toEqual([48, 10])
    expect([count('maimai'), count('maimai', 'core')]).toEqual([50, 21])
  })

  it('holds the strict defaults and the readings, and no id twice', () => {
    const ids = rows.map((row) => row.id)
    expect(ids.filter((id) => id.startsWith('D'))).toHaveLength(22)
    expect(ids.filter((id) => id.startsWith('K'))).toHaveLength(23)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('says what docs/clauses.md says', () => {
    const page = readFileSync(join(resourcesDir, '../docs/clauses.md'), 'utf8')
      .replace(/ +/g, ' ')
      .replaceAll('\\_', '_')
      .replaceAll('\\*', '*')
    const missing = rows.filter(
      (row) => !page.includes(`| ${row.id} |`) || !page.includes(row.behaviour.replace(/ +/g, ' ')),
    )
    expect(missing.map((row) => row.id)).toEqual([])
  })
})

describe('listClauses', () => {
  const report = (tests: readonly { title: string; ok: boolean }[]) => {
    const path = join(dir, 'report.json')
    writeFileSync(path, JSON.stringify({ tests }))
    const { clauses, readings } = listClauses({ resourcesDir, testReport: path })
    return new Map([...clauses, ...readings].map((clause) => [clause.id, clause]))
  }

  it('passes a clause only if a test names it and all that name it are good', () => {
    const clauses = report([
      { title: 'policy > [ZP-21] [ZP-22] shows', ok: true },
      { title: 'policy > [ZP-22] hides', ok: false },
      { title: 'ZP-24 without brackets', ok: true },
    ])
    expect(clauses.get('ZP-21')).toMatchObject({
      pass: true,
      importance: 'core',
      tests: ['policy > [ZP-21] [ZP-22] shows'],
    })
    expect(clauses.get('ZP-22')).toMatchObject({
      pass: false,
      tests: ['policy > [ZP-21] [ZP-22] shows', 'policy > [ZP-22] hides'],
    })
    expect(clauses.get('ZP-24')).toMatchObject({ pass: false, tests: [] })
  })

  it('lists every clause without a report, none of them passed', () => {
    const { clauses, readings } = listClauses({ resourcesDir, testReport: join(dir, 'absent.json') })
    expect(clauses).toHaveLength(278)
    expect(clauses.every(({ id }) => /^(?:ZP|LG|WZ|QY|MM)-\d+$/.test(id))).toBe(true)
    expect(readings.map(({ id }) => id[0])).toEqual([...'D'.repeat(22), ...'K'.repeat(23)])
    expect([...clauses, ...readings].some((clause) => clause.pass)).toBe(false)
  })

  it('reads ids in brackets, each once', () => {
    expect(clausesInTitle('[ZP-110] [D4] [K3] [ZP-110] [XX-1] and [ZP-1]')).toEqual(['ZP-110', 'D4', 'K3'])
  })
})
