import type { ErrorCode } from '../../shared/ipc/ipc-error.ts'

/** Exit codes of the command line (`docs/interfaces.md`). */
export const exitCodes = { done: 0, failed: 1, usage: 2, locked: 3, refused: 4, unverified: 5 } as const
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

const refused: ReadonlySet<ErrorCode> = new Set([
  'E_ROLE',
  'E_UNVERIFIED',
  'E_HIDDEN',
  'E_CHANNEL',
  'E_CONSENT',
  'E_PURPOSE',
  'E_APPROVAL',
  'E_LOCKED',
  'E_LEASE',
  'E_MINOR',
  'E_REGION',
])

export const exitCodeOf = (code: ErrorCode): ExitCode => {
  if (refused.has(code)) return exitCodes.refused
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
