import type { MailboxFailure } from '../../shared/domain/mailbox.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'

/** A mailbox that could not be read: a reason and, at most, the name of a system error. Never a word of the server. */
export const mailboxError = (reason: MailboxFailure, cause?: string): IpcError =>
  new IpcError('E_MAILBOX', 'the mailbox could not be read', { reason, ...(cause === undefined ? {} : { cause }) })

type Raised = {
  readonly code?: unknown
  readonly authenticationFailed?: unknown
  readonly tlsFailed?: unknown
  readonly serverResponseCode?: unknown
  readonly cause?: unknown
}

const codeOf = (error: unknown): string => {
  const { code, cause } = error as Raised
  if (typeof code === 'string' && /^[A-Za-z][\w]{1,60}$/.test(code)) return code
  return cause === undefined || cause === null ? '' : codeOf(cause)
}

const tooMuch = new Set(['LiteralTooLarge', 'ResponseTooLarge', 'LineTooLarge'])
const noMail = /^(ParserError|MAX_IMAP_NESTING|InvalidResponse|ResponseProcessingFailed|UnexpectedTag)/

/**
 * What one mail did to the connection: it is larger than any may be, or no IMAP at all; undefined where the line itself broke.
 * The first two are the mail's own fault and would be so again.
 */
export const faultOfMail = (error: unknown): 'too_large' | 'unreadable' | undefined => {
  const code = codeOf(error)
  if (tooMuch.has(code)) return 'too_large'
  return noMail.test(code) ? 'unreadable' : undefined
}

/** An error of the IMAP library, of TLS or of the system as one of ours. What the server wrote stays behind: it may name somebody. */
export const asMailboxError = (error: unknown): IpcError => {
  if (error instanceof IpcError) return error
  const { authenticationFailed, tlsFailed, serverResponseCode } = error as Raised
  const code = codeOf(error)
  // The server could not look the sign-in up: that says nothing against it.
  if (serverResponseCode === 'UNAVAILABLE') return mailboxError('busy')
  if (authenticationFailed === true) return mailboxError('auth')
  if (code === 'STARTTLS_INJECTION') return mailboxError('no_tls', code)
  if (/CERT|SELF_SIGNED|UNABLE_TO_(VERIFY|GET)|TLS_|SSL|HOSTNAME/.test(code)) return mailboxError('tls', code)
  if (tlsFailed === true) return mailboxError(code === '' ? 'no_tls' : 'tls', code === '' ? undefined : code)
  if (/TIMEOUT|ETIMEDOUT|LockTimeout/.test(code)) return mailboxError('timeout', code)
  if (code === 'ETHROTTLE' || serverResponseCode === 'INUSE') return mailboxError('busy')
  if (faultOfMail(error) !== undefined) return mailboxError('answer', code)
  if (/^(ClosedAfterConnect|NoConnection|EConnectionClosed|StateLogout)/.test(code)) return mailboxError('busy', code)
  if (code !== '') return mailboxError('down', code)
  return mailboxError('answer')
}

/** The server let nobody in with what was shown to it. */
export const isRefused = (error: unknown): boolean =>
  error instanceof IpcError && error.code === 'E_MAILBOX' && error.data['reason'] === 'auth'
