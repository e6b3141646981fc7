#!/usr/bin/env node
// All tests but the benchmarks. Goes through every step even if one fails; the last line has the sum.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setUp } from './setup.mjs'
import { build } from './setup/build.mjs'
import { modules, node24, root, runtimeFolder } from './setup/paths.mjs'
import { main, run } from './setup/run-process.mjs'
import { clausesReport, playwrightOutcomes, summary, vitestOutcomes } from './setup/test-reports.mjs'

const say = (message) => console.log(`\ntest: ${message}`)
const results = join(root, 'test-results')
const vitestReport = join(results, 'vitest.json')
const playwrightReport = join(results, 'playwright.json')

const tool = (...parts) => join(modules, ...parts)
const node = (args, options) => run(node24, args, options)

/** A screen of our own: tests must not depend on, or disturb, the one in front of somebody. */
const onScreen = (args, options) =>
  process.platform === 'linux'
    ? run('xvfb-run', ['-a', '-s', '-screen 0 1400x900x24', node24, ...args], options)
    : node(args, options)

/** One after the other; the code of the first that failed. */
const inTurn = async (...parts) => {
  const codes = []
  for (const args of parts) codes.push((await node(args)).code)
  return { code: codes.find((code) => code !== 0) ?? 0 }
}

const steps = [
  [
    'types and lint',
    // The compilers keep one core busy and the linter another.
    async () => {
      const [types, lint] = await Promise.all([
        inTurn(
          [tool('typescript', 'bin', 'tsc'), '-p', 'tsconfig.node.json'],
          [tool('typescript', 'bin', 'tsc'), '-p', 'tests/e2e/tsconfig.json'],
          [tool('vue-tsc', 'bin', 'vue-tsc.js'), '-p', 'tsconfig.web.json'],
        ),
        node([tool('eslint', 'bin', 'eslint.js'), '.', '--max-warnings=0', '--cache']),
      ])
      return { code: types.code || lint.code }
    },
  ],
  [
    'unit, integration and security tests',
    () =>
      node([
        tool('vitest', 'vitest.mjs'),
        'run',
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${vitestReport}`,
      ]),
  ],
  ['build', () => build(say).then(() => ({ code: 0 }))],
  ['package', () => node([join('scripts', 'package.mjs')])],
  [
    'tests in the real window',
    () =>
      onScreen([tool('@playwright', 'test', 'cli.js'), 'test', '--reporter=list,json'], {
        env: { PLAYWRIGHT_JSON_OUTPUT_FILE: playwrightReport },
      }),
  ],
]

await main(async () => {
  await setUp({ forTests: true })
  rmSync(results, { recursive: true, force: true })
  mkdirSync(results, { recursive: true })
  // Left by tests that were killed.
  for (const name of readdirSync(runtimeFolder).filter((one) => one.startsWith('test-'))) {
    rmSync(join(runtimeFolder, name), { recursive: true, force: true })
  }
  const broken = []
  for (const [name, step] of steps) {
    say(name)
    const { code } = await step().catch((error) => (console.error(error.message), { code: 1 }))
    if (code !== 0) broken.push(name)
  }
  const outcomes = [...vitestOutcomes(vitestReport), ...playwrightOutcomes(playwrightReport)]
  writeFileSync(join(results, 'clauses-report.json'), JSON.stringify(clausesReport(outcomes), null, 2) + '\n')
  const { passed, failed, skipped } = summary(outcomes)
  if (broken.length > 0) say(`these steps failed: ${broken.join(', ')}`)
  console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`)
  return broken.length === 0 && failed === 0 ? 0 : 1
})
