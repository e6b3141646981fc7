#!/usr/bin/env node
// npm run bench [-- --json FILE] [-- --only ID,…] [-- --scale N] [-- --people N] [-- --workstations N]: the figures of docs/performance.md; each is a ratio or a bound
// inside one run. `--window [N]` takes those of the real window instead, with N people (1000).
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setUp } from './setup.mjs'
import { build } from './setup/build.mjs'
import { modules, node24, root } from './setup/paths.mjs'
import { main, run, SetupError } from './setup/run-process.mjs'

const inWindow = async (people) => {
  await setUp({ forTests: true })
  await build((message) => console.log(`bench: ${message}`))
  const playwright = [join(modules, '@playwright', 'test', 'cli.js'), 'test', '--config', 'playwright.bench.config.ts']
  const options = people === undefined ? {} : { env: { CANDOR_BENCH_PEOPLE: people } }
  return process.platform === 'linux'
    ? run('xvfb-run', ['-a', '-s', '-screen 0 1440x900x24', node24, ...playwright], options)
    : run(node24, playwright, options)
}

const inCore = async () => {
  const entry = join(root, 'tests', 'bench', 'main.ts')
  if (!existsSync(entry)) throw new SetupError('tests/bench/main.ts is missing')
  await setUp()
  return run(node24, ['--disable-warning=ExperimentalWarning', entry, ...process.argv.slice(2)])
}

await main(async () => {
  const place = process.argv.indexOf('--window')
  return (await (place < 0 ? inCore() : inWindow(process.argv[place + 1]))).code
})
