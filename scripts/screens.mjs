#!/usr/bin/env node
// npm run screens: pictures of every screen with the sandbox's data, in test-results/screens and, for the README, docs/images.
import { join } from 'node:path'
import { setUp } from './setup.mjs'
import { build } from './setup/build.mjs'
import { modules, node24 } from './setup/paths.mjs'
import { main, run } from './setup/run-process.mjs'

const say = (message) => console.log(`screens: ${message}`)
const playwright = [join(modules, '@playwright', 'test', 'cli.js'), 'test', '--config', 'playwright.screens.config.ts']

await main(async () => {
  await setUp({ forTests: true })
  await build(say)
  const { code } =
    process.platform === 'linux'
      ? await run('xvfb-run', ['-a', '-s', '-screen 0 1440x900x24', node24, ...playwright])
      : await run(node24, playwright)
  return code
})
