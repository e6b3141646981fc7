import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const clauseRow = z.object({
  id: z.string(),
  platform: z.string(),
  clause: z.string(),
  fact: z.string(),
  behaviour: z.string(),
  topic: z.string(),
  importance: z.string(),
})
export type ClauseRow = z.infer<typeof clauseRow>

const report = z.object({ tests: z.array(z.object({ title: z.string(), ok: z.boolean() })) })

export type ClauseVerdict = {
  readonly id: string
  readonly importance: string
  readonly rule: string
  /** Titles of the tests that name the clause, in the order of the report. */
  readonly tests: readonly string[]
  /** At least one test names the clause, and all of them passed in the latest full run. */
  readonly pass: boolean
  /** The door that this row waits for: what is behind it is not built yet, so the row does not pass. */
  readonly pending?: string
}

export type ClauseReport = {
  /** The requirements of the five platforms. */
  readonly clauses: readonly ClauseVerdict[]
  /** The strict defaults (D) and the readings of gaps and contradictions (K). */
  readonly readings: readonly ClauseVerdict[]
}

const tag = /\[((?:ZP|LG|WZ|QY|MM)-\d{2,3}|[DK]\d{1,2})\]/g

/** Ids in square brackets of a test's title: `[ZP-21] [ZP-22] shows …`. */
export function clausesInTitle(title: string): readonly string[] {
  return [...new Set([...title.matchAll(tag)].map((match) => match[1] ?? ''))]
}

/** Rows that wait for a door of a later release, by id (`clauses-pending.json`). */
export function readPending(resourcesDir: string): Readonly<Record<string, string>> {
  return z
    .record(z.string(), z.string())
    .parse(JSON.parse(readFileSync(join(resourcesDir, 'clauses-pending.json'), 'utf8')))
}

/** Every row of `clauses.json`. */
export function listClauseRows(resourcesDir: string): readonly ClauseRow[] {
  return z.array(clauseRow).parse(JSON.parse(readFileSync(join(resourcesDir, 'clauses.json'), 'utf8')))
}

/**
 * Every clause with the tests that name it. `testReport` (`{tests: [{title, ok}]}`, written by a full test run) defaults
 * to `test-results/clauses-report.json` beside `resourcesDir`; without it no clause passes.
 */
export function listClauses(options: { readonly resourcesDir: string; readonly testReport?: string }): ClauseReport {
  const path = options.testReport ?? join(options.resourcesDir, '..', 'test-results', 'clauses-report.json')
  const { tests } = existsSync(path) ? report.parse(JSON.parse(readFileSync(path, 'utf8'))) : { tests: [] }
  const pending = readPending(options.resourcesDir)
  const naming = new Map<string, { title: string; ok: boolean }[]>()
  for (const test of tests) {
    for (const id of clausesInTitle(test.title)) naming.set(id, [...(naming.get(id) ?? []), test])
  }
  const verdicts = listClauseRows(options.resourcesDir).map(({ id, importance, behaviour }): ClauseVerdict => {
    const own = naming.get(id) ?? []
    const door = pending[id]
    return {
      id,
      importance,
      rule: behaviour,
      tests: own.map((test) => test.title),
      pass: door === undefined && own.length > 0 && own.every((test) => test.ok),
      ...(door === undefined ? {} : { pending: door }),
    }
  })
  const isReading = ({ id }: ClauseVerdict): boolean => /^[DK]\d/.test(id)
  return { clauses: verdicts.filter((row) => !isReading(row)), readings: verdicts.filter(isReading) }
}
