#!/usr/bin/env node
// Makes a fresh clone ready. Safe to run again: a second run finds everything in place and says nothing but the runtime.
import { pathToFileURL } from 'node:url'
import { installDependencies } from './setup/dependencies.mjs'
import { installRuntime } from './setup/electron-runtime.mjs'
import { main } from './setup/run-process.mjs'
import { installSqlcipher } from './setup/sqlcipher.mjs'
import { installSystemLibraries } from './setup/system-libraries.mjs'

const say = (message) => console.log(`setup: ${message}`)

/** Dependencies, the Electron runtime, system libraries. Answers the runtime. */
export const setUp = async ({ forTests = false } = {}) => {
  await installDependencies(say)
  const runtime = await installRuntime(say)
  await installSystemLibraries(say, runtime.executable, { forTests })
  if (forTests) await installSqlcipher(say)
  const note = runtime.kind === 'stand-in' ? ' (a stand-in for closed networks, never shipped)' : ''
  say(`Electron ${runtime.version}${note}`)
  return runtime
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main(async () => void (await setUp({ forTests: process.argv.includes('--tests') })))
}
