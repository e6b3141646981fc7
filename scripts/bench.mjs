#!/usr/bin/env node
// npm run bench [-- --json FILE] [-- --only ID,…] [-- --window]: the figures of docs/performance.md; each is a ratio or a bound
// inside one run. `--window` takes those of the real window instead.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setUp } from './setup.mjs'
import { build } from './setup/build.mjs'
import { modules, node24, root } from './setup/paths.mjs'
import { main, run, SetupError } from './setup/run-process.mjs'

const inWindow = async () => {
  await setUp({ forTests: true })
  await build((message) => console.log(`bench: ${message}`))
  const playwright = [join(modules, '@playwright', 'test', 'cli.js'), 'test', '--config', 'playwright.bench.config.ts']
  return process.platform === 'linux'
    ? run('xvfb-run', ['-a', '-s', '-screen 0 1440x900x24', node24, ...playwright])
    : run(node24, playwright)
}

const inCore = async () => {
  const entry = join(root, 'tests', 'bench', 'main.ts')
  if (!existsSync(entry)) throw new SetupError('tests/bench/main.ts is missing')
  await setUp()
  return run(node24, ['--disable-warning=ExperimentalWarning', entry, ...process.argv.slice(2)])
}

await main(async () => (await (process.argv.includes('--window') ? inWindow() : inCore())).code)
