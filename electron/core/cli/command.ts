import type { CoreRouteName, Input, Output } from '../../shared/ipc/routes/index.ts'
import type { Core } from '../context.ts'
import type { Language } from './messages.ts'
import type { ExitCode } from './exit-codes.ts'

export type Flags = Readonly<Record<string, string | boolean | undefined>>

/** What a command has at hand. `call` goes through the same router as the window, with the same ledger. */
export type CommandContext = {
  readonly words: readonly string[]
  readonly flags: Flags
  /** The value of `--name`. @throws UsageError when it is missing */
  readonly need: (name: string) => string
  readonly word: (index: number, what: string) => string
  readonly call: <N extends CoreRouteName>(route: N, input: Input<N>) => Promise<Output<N>>
  readonly core: Core
  /** For what a command says in sentences. */
  readonly language: Language
}

/** What a command answers: the document for `--json`, and lines for people. */
export type CommandResult = {
  readonly document: unknown
  readonly lines: readonly string[]
  readonly exitCode?: ExitCode
}

/** How far the home must be open before the command runs. */
export type Needs = 'nothing' | 'home' | 'vault' | 'account'

export type Command = {
  /** `jobs`, `job open`: the words after `candor`. */
  readonly name: string
  /** What follows the name, for `--help`. */
  readonly usage: string
  /** By what follows the name, where that decides. */
  readonly needs: Needs | ((words: readonly string[], flags: Flags) => Needs)
  readonly run: (context: CommandContext) => Promise<CommandResult>
}
