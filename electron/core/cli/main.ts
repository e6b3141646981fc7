import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { createCore, type RunningCore } from '../create-core.ts'
import { environment } from '../environment.ts'
import { createParserHost } from '../intake/parser-host.ts'
import { enter, keptTokens, syncOnce } from '../accounts/session.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { CoreRouteName, Input, Output } from '../../shared/ipc/routes/index.ts'
import type { Command, CommandResult, Flags } from './command.ts'
import { aiCommands } from './commands/ai-commands.ts'
import { backupCommands } from './commands/backup-commands.ts'
import { certificateCommands } from './commands/certificate-commands.ts'
import { disclosureCommands } from './commands/disclosure-commands.ts'
import { dutyCommands } from './commands/duty-commands.ts'
import { fileCommands } from './commands/file-commands.ts'
import { interviewCommands } from './commands/interview-commands.ts'
import { handoverCommands } from './commands/handover-commands.ts'
import { holdCommands } from './commands/hold-commands.ts'
import { requestCommands } from './commands/request-commands.ts'
import { homeCommands, readSecret } from './commands/home-commands.ts'
import { portalCommands } from './commands/portal-commands.ts'
import { mailboxCommands } from './commands/mailbox-commands.ts'
import { accountCommands } from './commands/account-commands.ts'
import { officerCommands } from './commands/officer-commands.ts'
import { policyCommands } from './commands/policy-commands.ts'
import { screeningCommands } from './commands/screening-commands.ts'
import { intakeCommands } from './commands/intake-commands.ts'
import { workCommands } from './commands/work-commands.ts'
import { exitCodeOf, exitCodes, UsageError, type ExitCode } from './exit-codes.ts'
import { messageOf, type Language } from './messages.ts'
import { serveRpc } from './rpc.ts'

const rpcCommand: Command = {
  name: 'rpc',
  usage: '   (JSON lines on stdin and stdout)',
  needs: 'vault',
  run: async () => Promise.resolve({ document: null, lines: [] }),
}

const commands: readonly Command[] = [
  ...homeCommands,
  ...workCommands,
  ...intakeCommands,
  ...screeningCommands,
  ...interviewCommands,
  ...policyCommands,
  ...dutyCommands,
  ...certificateCommands,
  ...disclosureCommands,
  ...officerCommands,
  ...accountCommands,
  ...backupCommands,
  ...holdCommands,
  ...requestCommands,
  ...fileCommands,
  ...handoverCommands,
  ...portalCommands,
  ...aiCommands,
  ...mailboxCommands,
  rpcCommand,
]

const booleans = [
  'json',
  'all',
  'local',
  'once',
  'verify',
  'require-anchor',
  'deep',
  'crash-points',
  'replace',
  'tls',
  'plain',
  'help',
] as const
const strings = [
  'home',
  'passphrase-file',
  'new-passphrase-file',
  'recovery-file',
  'lang',
  'hub',
  'account',
  'password-file',
  'code-file',
  'job',
  'query',
  'stage',
  'city',
  'degree',
  'years',
  'school',
  'skill',
  'salary',
  'channel',
  'activity',
  'score',
  'sort',
  'limit',
  'cursor',
  'reason',
  'field',
  'role',
  'platform',
  'source',
  'origin',
  'out',
  'page',
  'candidate',
  'checkpoint',
  'name',
  'employer',
  'officer',
  'from',
  'to',
  'until',
  'days',
  'basis',
  'key',
  'pdf',
  'kind',
  'at',
  'host',
  'port',
  'user',
  'folder',
  'ca-file',
  'sender',
  'authority',
  'resume',
  'remember',
  'afterwards',
] as const

const options = Object.fromEntries([
  ...booleans.map((name) => [name, { type: 'boolean' as const }]),
  ...strings.map((name) => [name, { type: 'string' as const }]),
])

const help = (): string =>
  [
    'candor COMMAND [--home DIR] [--passphrase-file F | --recovery-file F] [--json] [--lang zh-CN|en-US]',
    '',
    ...commands.map((command) => `  ${command.name} ${command.usage}`.trimEnd()),
    '',
    'exit: 0 done, 1 failed, 2 wrong usage, 3 locked or wrong passphrase, 4 not allowed (says the rule), 5 verification failed',
  ].join('\n')

const findCommand = (words: readonly string[]): { readonly command: Command; readonly rest: readonly string[] } => {
  // Longest first: a command may begin with the words of another.
  for (const length of [3, 2, 1]) {
    const name = words.slice(0, length).join(' ')
    const command = commands.find((each) => each.name === name)
    if (command !== undefined) return { command, rest: words.slice(length) }
  }
  // The words are not repeated: one of them may be somebody's name.
  throw new UsageError(['没有这个命令；用 --help 查看', 'there is no such command; see --help'])
}

const text = (flags: Flags, name: string): string | undefined => {
  const value = flags[name]
  return typeof value === 'string' ? value : undefined
}

const unlock = async (running: RunningCore, flags: Flags): Promise<void> => {
  const passphrase = text(flags, 'passphrase-file')
  const recovery = text(flags, 'recovery-file')
  if (passphrase === undefined && recovery === undefined) {
    throw new IpcError('E_SESSION', 'name --passphrase-file or --recovery-file')
  }
  await call(running, flags)('vault.unlock', {
    ...(passphrase === undefined ? {} : { passphrase: readSecret(passphrase) }),
    ...(recovery === undefined ? {} : { recovery_code: readSecret(recovery) }),
  })
}

/** Goes on with the account that was signed in last. One that may not keep anything has to fetch what it wants to see. */
const resume = async ({ core }: RunningCore): Promise<void> => {
  const account = core.vault?.accounts.current()
  if (account === undefined) throw new IpcError('E_SESSION', 'sign in first')
  await enter(core, account, keptTokens(account))
  if (core.account?.keeps === false) await syncOnce(core)
  await core.account?.indexer.settle()
}

const call = ({ router }: RunningCore, flags: Flags) => {
  const once = async <N extends CoreRouteName>(route: N, input: Input<N>): Promise<Output<N>> => {
    const answer = await router.call(route, input)
    if (answer.ok) return answer.data as Output<N>
    throw new IpcError(answer.error.code, answer.error.message, answer.error.data)
  }
  return async <N extends CoreRouteName>(route: N, input: Input<N>): Promise<Output<N>> => {
    try {
      return await once(route, input)
    } catch (error) {
      const file = text(flags, 'code-file')
      const wanted = error instanceof IpcError && error.code === 'E_SECOND_FACTOR' && error.data.reason === 'proof'
      if (!wanted || file === undefined) throw error
      await once('factor.prove', { code: readSecret(file) })
      return await once(route, input)
    }
  }
}

const languageOf = (flags: Flags): Language => {
  const wanted = text(flags, 'lang') ?? environment.language
  return wanted === 'en-US' ? 'en-US' : 'zh-CN'
}

const runCommand = async (command: Command, rest: readonly string[], flags: Flags): Promise<CommandResult> => {
  const need = (name: string): string => {
    const value = text(flags, name)
    if (value === undefined) throw new UsageError([`需要 --${name}`, `--${name} is needed`])
    return value
  }
  const word = (index: number, what: string): string => {
    const value = rest[index]
    if (value === undefined) throw new UsageError([`需要 ${what}`, `${what} is needed`])
    return value
  }
  const language = languageOf(flags)
  // What needs no store must not wait for one that another process holds.
  const needs = typeof command.needs === 'function' ? command.needs(rest, flags) : command.needs
  if (needs === 'nothing') {
    const closed = (): never => {
      throw new IpcError('E_SESSION', 'this command opens no home')
    }
    return command.run({ words: rest, flags, need, word, call: closed, core: undefined as never, language })
  }
  const offset = environment.clockOffsetSeconds * 1000
  const running = createCore({
    home: text(flags, 'home') ?? environment.home,
    fetch: (...request) => globalThis.fetch(...request),
    parser: createParserHost({ clock: { now: () => Date.now() + offset } }),
    emit: () => undefined,
    // A window's stand-in; other commands are over before anything arrives.
    watchMail: command === rpcCommand,
    askPlace: (purpose) => {
      const path =
        text(flags, purpose === 'open' ? 'from' : 'out') ?? (purpose === 'folder' ? text(flags, 'folder') : undefined)
      return Promise.resolve(path === undefined ? null : resolve(path))
    },
  })
  try {
    if (needs === 'vault' || needs === 'account') await unlock(running, flags)
    if (needs === 'account') await resume(running)
    if (command === rpcCommand) {
      if (running.core.vault?.accounts.current() !== undefined) await resume(running)
      await serveRpc(running.router, process.stdin, process.stdout)
      return { document: null, lines: [] }
    }
    return await command.run({
      words: rest,
      flags,
      need,
      word,
      call: call(running, flags),
      core: running.core,
      language,
    })
  } finally {
    await running.stop('quit')
  }
}

/** One line: code, what happened and what to do, and the rule where a rule decided. */
const describe = (error: IpcError, language: Language): string => {
  const { rule, clause, fields, file } = error.data
  const reason = error.code === 'E_MAILBOX' ? error.data.reason : undefined
  const which = [clause, rule, fields, file, reason].filter((part) => part !== undefined).join(' ')
  return `candor: ${error.code}: ${messageOf(error.code, language)}${which === '' ? '' : ` (${which})`} — ${error.message}`
}

const main = async (argv: readonly string[]): Promise<number> => {
  let language: Language = languageOf(argv.includes('--lang') ? { lang: argv[argv.indexOf('--lang') + 1] } : {})
  try {
    const { values, positionals } = parseArgs({ args: [...argv], options, allowPositionals: true, strict: true })
    const flags = values as Flags
    language = languageOf(flags)
    if (flags.help === true || positionals.length === 0) {
      process.stdout.write(`${help()}\n`)
      return flags.help === true ? exitCodes.done : exitCodes.usage
    }
    const { command, rest } = findCommand(positionals)
    const result = await runCommand(command, rest, flags)
    if (result.document !== null) {
      process.stdout.write(
        flags.json === true ? `${JSON.stringify(result.document)}\n` : result.lines.map((line) => `${line}\n`).join(''),
      )
    }
    return result.exitCode ?? exitCodes.done
  } catch (error) {
    if (environment.debug && error instanceof Error) process.stderr.write(`${error.stack ?? ''}\n`)
    if (error instanceof IpcError) {
      process.stderr.write(`${describe(error, language)}\n`)
      return exitCodeOf(error.code)
    }
    const [code, what, exit] = usageOf(error, language) ?? [
      'E_INTERNAL',
      messageOf('E_INTERNAL', language),
      exitCodes.failed,
    ]
    process.stderr.write(`candor: ${code}: ${what}\n`)
    return exit
  }
}

/** What was wrong with the words of the call: ours, or what `parseArgs` found (its text names the option alone). */
const usageOf = (error: unknown, language: Language): readonly ['E_INPUT', string, ExitCode] | undefined => {
  if (error instanceof UsageError) return ['E_INPUT', error.texts[language === 'zh-CN' ? 0 : 1], exitCodes.usage]
  const parsing = error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
  if (!parsing) return undefined
  const option = /'(-{1,2}[a-z-]+)/.exec(error.message)?.[1]
  return ['E_INPUT', `${messageOf('E_INPUT', language)}${option === undefined ? '' : ` (${option})`}`, exitCodes.usage]
}

/** The last words of a program that failed where nobody expected it: one line, no stack, nothing of anybody. */
const dieQuietly = (error: unknown): void => {
  if (environment.debug && error instanceof Error) process.stderr.write(`${error.stack ?? ''}\n`)
  process.stderr.write(`candor: E_INTERNAL: ${messageOf('E_INTERNAL', languageOf({}))}\n`)
  process.exit(exitCodes.failed)
}
process.on('uncaughtException', dieQuietly)
process.on('unhandledRejection', dieQuietly)
// A reader that closed early (`| head`) has what it wanted.
process.stdout.on('error', () => process.exit(exitCodes.done))

process.exitCode = await main(process.argv.slice(2))
// A keep-alive connection to the hub must not hold the process once everything is closed.
setTimeout(() => process.exit(), 1000).unref()
