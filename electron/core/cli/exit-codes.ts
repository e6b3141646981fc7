import { refusalCodes, type ErrorCode } from '../../shared/ipc/ipc-error.ts'

/** Exit codes of the command line (`docs/interfaces.md`). */
export const exitCodes = { done: 0, failed: 1, usage: 2, locked: 3, refused: 4, unverified: 5 } as const
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

export const exitCodeOf = (code: ErrorCode): ExitCode => {
  if (refusalCodes.has(code)) return exitCodes.refused
  if (code === 'E_PASSPHRASE' || code === 'E_RECOVERY' || code === 'E_SESSION') return exitCodes.locked
  if (code === 'E_INPUT' || code === 'E_ROUTE') return exitCodes.usage
  return exitCodes.failed
}

/** Wrong words on the command line; said in both languages. */
export class UsageError extends Error {
  readonly texts: readonly [zh: string, en: string]

  constructor(texts: readonly [zh: string, en: string]) {
    super(texts[1])
    this.texts = texts
  }
}
