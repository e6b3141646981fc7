#!/usr/bin/env node
// node scripts/run.mjs FILE ARGS…: runs a TypeScript entry under Node 24. Standard output belongs to that program alone.
import { spawn } from 'node:child_process'
import { isInstalled, node24, toolEnvironment } from './setup/paths.mjs'
import { installDependencies } from './setup/dependencies.mjs'
import { main } from './setup/run-process.mjs'

const [file, ...args] = process.argv.slice(2)

await main(async () => {
  if (!file) throw new Error('usage: node scripts/run.mjs FILE ARGS…')
  if (!isInstalled()) await installDependencies((message) => console.error(`setup: ${message}`))
  const child = spawn(node24, ['--disable-warning=ExperimentalWarning', file, ...args], {
    stdio: 'inherit',
    env: toolEnvironment(),
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (code, signal) => {
      if (signal === null) return resolve(code)
      // End the same way, so that the caller's shell sees the signal too.
      process.removeAllListeners(signal)
      process.kill(process.pid, signal)
    })
  })
})
