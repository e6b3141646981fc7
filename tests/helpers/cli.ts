import { execFile, spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('../../electron/core/cli/main.ts', import.meta.url))

export type CliAnswer = {
  /** Null when a signal ended it. */
  readonly code: number | null
  readonly out: string
  readonly err: string
  /** The one document of `--json`. */
  readonly json: Readonly<Record<string, unknown>>
}

const environmentOf = (more: Readonly<Record<string, string>>): NodeJS.ProcessEnv => {
  const { CANDOR_HOME: _h, CANDOR_LANG: _l, CANDOR_DEBUG: _d, CANDOR_CRASH_AT: _c, ...rest } = process.env
  return { ...rest, ...more }
}

/** The command line as a process of its own, on a home of its own, with `--json` unless said otherwise. */
export const commandLine = (home: string, secrets: string) => {
  const secretFile = (name: string, text: string): string => {
    const path = join(secrets, name)
    writeFileSync(path, `${text}\n`, { mode: 0o600 })
    return path
  }
  const passphraseFile = secretFile('passphrase', 'Grüne Wälder rauschen 7 mal')
  const plain = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<CliAnswer> =>
    new Promise((resolve) => {
      const child = execFile(
        process.execPath,
        [program, ...args, '--home', home],
        { env: environmentOf(env), maxBuffer: 1 << 26 },
        (_error, out, err) => {
          const json = out.startsWith('{') ? (JSON.parse(out) as Record<string, unknown>) : {}
          resolve({ code: child.exitCode, out, err, json })
        },
      )
    })
  const run = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<CliAnswer> =>
    plain([...args, '--json'], env)
  return {
    home,
    passphraseFile,
    secretFile,
    /** With `--json`. */
    run,
    /** The lines for people. */
    plain,
    /** With the passphrase. */
    open: (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
      run([...args, '--passphrase-file', passphraseFile], env),
    start: (args: readonly string[]) =>
      spawn(process.execPath, [program, ...args, '--home', home, '--passphrase-file', passphraseFile], {
        env: environmentOf({}),
        stdio: 'pipe',
      }),
  }
}
export type CommandLine = ReturnType<typeof commandLine>
