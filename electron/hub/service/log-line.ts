import { createHash } from 'node:crypto'

/** One line of the hub's own log. Nothing in it is about a person: patterns of addresses, figures, codes. */
export type LogLine = RequestLine | FailureLine | ServiceLine

export type RequestLine = {
  readonly event: 'request'
  readonly method: string
  /** The route's pattern, never the address: that may hold a token. */
  readonly route: string
  readonly status: number
  readonly milliseconds: number
  /** Which employer's account called, as `employerMark`. */
  readonly employer?: string
}

/** Something that was nobody's fault but the hub's. Never an error's own words: a database error may quote a value. */
export type FailureLine = {
  readonly event: 'failure'
  readonly where: string
  readonly error: string
  readonly code?: string
}

export type ServiceLine =
  | { readonly event: 'started' | 'stopping' | 'stopped' }
  | { readonly event: 'swept'; readonly destroyed: number; readonly milliseconds: number }

export type Log = (line: LogLine) => void

/** Tells lines of one employer from those of another without its name or id. */
export const employerMark = (employerId: string): string =>
  createHash('sha256').update(`log|${employerId}`).digest('hex').slice(0, 12)

export const failureLine = (where: string, error: unknown): FailureLine => ({
  event: 'failure',
  where,
  error: error instanceof Error ? error.name : typeof error,
  ...(error instanceof Error && 'code' in error && typeof error.code === 'string' ? { code: error.code } : {}),
})

/** One JSON object a line, the time first. */
export const jsonLine = (line: LogLine, now: number): string =>
  `${JSON.stringify({ time: new Date(now).toISOString(), level: line.event === 'failure' ? 'error' : 'info', ...line })}\n`
