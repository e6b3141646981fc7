import { existsSync, readFileSync } from 'node:fs'

/** @typedef {{title: string, state: 'passed' | 'failed' | 'skipped'}} Outcome */

const read = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined)

/** A report that is missing, or a file of tests that could not be loaded, is a failure and never a silence. */
const missing = (what) => ({ title: what, state: 'failed' })

const vitestState = { passed: 'passed', failed: 'failed' }

/** @returns {Outcome[]} */
export const vitestOutcomes = (file) => {
  const report = read(file)
  if (!report) return [missing('vitest wrote no report')]
  return report.testResults.flatMap(({ name, status, assertionResults }) =>
    status === 'failed' && assertionResults.every((one) => one.status !== 'failed')
      ? [missing(`${name} could not run`)]
      : assertionResults.map(({ ancestorTitles, title, status: state }) => ({
          title: [...ancestorTitles, title].join(' '),
          state: vitestState[state] ?? 'skipped',
        })),
  )
}

const specsOf = (suite, above) => {
  const titles = suite.file === suite.title ? above : [...above, suite.title]
  return [
    ...(suite.specs ?? []).map((spec) => ({ spec, title: [...titles, spec.title].join(' ') })),
    ...(suite.suites ?? []).flatMap((inner) => specsOf(inner, titles)),
  ]
}

/** @returns {Outcome[]} */
export const playwrightOutcomes = (file) => {
  const report = read(file)
  if (!report) return [missing('playwright wrote no report')]
  const broken = (report.errors ?? []).map(({ message }) => missing(String(message).split('\n')[0]))
  const specs = report.suites.flatMap((suite) => specsOf(suite, []))
  return [
    ...broken,
    ...specs.map(({ spec, title }) => ({
      title,
      state: spec.tests.every(({ status }) => status === 'skipped') ? 'skipped' : spec.ok ? 'passed' : 'failed',
    })),
  ]
}

/** What `candor clauses` reads: a skipped test proves nothing, so it is not ok. */
export const clausesReport = (outcomes) => ({
  tests: outcomes.map(({ title, state }) => ({ title, ok: state === 'passed' })),
})

export const summary = (outcomes) => {
  const count = (state) => outcomes.filter((one) => one.state === state).length
  return { passed: count('passed'), failed: count('failed'), skipped: count('skipped') }
}
