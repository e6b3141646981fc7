import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { clausesReport, playwrightOutcomes, summary, vitestOutcomes } from '../../../scripts/setup/test-reports.mjs'

const folder = mkdtempSync(join(tmpdir(), 'candor-reports-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const write = (report: unknown): string => {
  const file = join(folder, `${Math.random()}.json`)
  writeFileSync(file, JSON.stringify(report))
  return file
}

describe('the sum of all tests', () => {
  it('names a vitest test with its describe blocks, where clause ids may stand', () => {
    const file = write({
      testResults: [
        {
          name: 'a.test.ts',
          status: 'failed',
          assertionResults: [
            { ancestorTitles: ['[ZP-01] outer', 'inner'], title: 'one', status: 'passed' },
            { ancestorTitles: [], title: 'two', status: 'failed' },
            { ancestorTitles: [], title: 'three', status: 'pending' },
          ],
        },
      ],
    })
    expect(vitestOutcomes(file)).toEqual([
      { title: '[ZP-01] outer inner one', state: 'passed' },
      { title: 'two', state: 'failed' },
      { title: 'three', state: 'skipped' },
    ])
  })

  it('counts a file that could not be loaded, and a report that is missing, as failures', () => {
    const file = write({ testResults: [{ name: 'b.test.ts', status: 'failed', assertionResults: [] }] })
    expect(summary(vitestOutcomes(file))).toEqual({ passed: 0, failed: 1, skipped: 0 })
    expect(summary(vitestOutcomes(join(folder, 'none')))).toEqual({ passed: 0, failed: 1, skipped: 0 })
    expect(summary(playwrightOutcomes(join(folder, 'none')))).toEqual({ passed: 0, failed: 1, skipped: 0 })
    expect(summary(playwrightOutcomes(write({ suites: [], errors: [{ message: 'broken' }] }))).failed).toBe(1)
  })

  it('reads suites within suites of playwright', () => {
    const spec = (title: string, ok: boolean, status: string) => ({ title, ok, tests: [{ status }] })
    const file = write({
      suites: [
        {
          title: 'a.spec.ts',
          file: 'a.spec.ts',
          specs: [spec('top', true, 'expected')],
          suites: [
            {
              title: '[D20] block',
              file: 'a.spec.ts',
              specs: [spec('in', false, 'unexpected'), spec('out', true, 'skipped')],
            },
          ],
        },
      ],
    })
    expect(playwrightOutcomes(file)).toEqual([
      { title: 'top', state: 'passed' },
      { title: '[D20] block in', state: 'failed' },
      { title: '[D20] block out', state: 'skipped' },
    ])
  })

  it('gives a clause no credit for a skipped test', () => {
    expect(
      clausesReport([
        { title: 'a', state: 'passed' },
        { title: 'b', state: 'skipped' },
      ]),
    ).toEqual({
      tests: [
        { title: 'a', ok: true },
        { title: 'b', ok: false },
      ],
    })
  })
})
