#!/usr/bin/env node
// npm run bench [-- --json FILE] [-- --only ID,…]: the figures of docs/performance.md; each is a ratio or a bound inside one run.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setUp } from './setup.mjs'
import { node24, root } from './setup/paths.mjs'
import { main, run, SetupError } from './setup/run-process.mjs'

await main(async () => {
  const entry = join(root, 'tests', 'bench', 'main.ts')
  if (!existsSync(entry)) throw new SetupError('tests/bench/main.ts is missing')
  await setUp()
  const { code } = await run(node24, ['--disable-warning=ExperimentalWarning', entry, ...process.argv.slice(2)])
  return code
})
