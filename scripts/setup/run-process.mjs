import { spawn } from 'node:child_process'
import { root, toolEnvironment } from './paths.mjs'

const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP']

/**
 * Runs a program to its end and answers its exit code; a program that a signal ended counts as 128 and the signal's
 * number, as in a shell. `quiet` keeps the output back; the end of it is the answer's `complaint`. Signals to us are handed on, so that Ctrl+C and `kill` reach it.
 */
export const run = (command, args, { env = {}, quiet = false, timeout, cwd = root } = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: toolEnvironment(env),
      stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit',
      shell: process.platform === 'win32' && !/\.exe$/i.test(command),
      timeout,
      killSignal: 'SIGKILL',
    })
    let complaint = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (data) => (complaint = (complaint + data).slice(-4000)))
    }
    const forward = (signal) => child.kill(signal)
    for (const signal of forwarded) process.on(signal, forward)
    const done = () => forwarded.forEach((signal) => process.off(signal, forward))
    child.on('error', (error) => (done(), reject(error)))
    child.on('close', (code, signal) => {
      done()
      const numbers = { SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 }
      resolve({ code: code ?? 128 + (numbers[signal] ?? 1), complaint })
    })
  })

/** A step that cannot go on. The text is for the person in front of the screen; no stack trace is shown. */
export class SetupError extends Error {}

/** Ends the script with the message alone when the reason is one of ours. */
export const main = (work) =>
  work().then(
    (code) => (process.exitCode = code ?? 0),
    (error) => {
      console.error(error instanceof SetupError ? error.message : error)
      process.exitCode = 1
    },
  )
