/** An error on purpose: becomes RFC 9457 `application/problem+json`. Its words never hold personal data. */
export class HubProblem extends Error {
  readonly status: number
  /** Stable; clients act on it. */
  readonly code: string
  readonly headers: Readonly<Record<string, string>>
  /** Members beside the standard ones (RFC 9457 §3.2). */
  readonly members: Readonly<Record<string, unknown>>

  constructor(
    status: number,
    code: string,
    detail: string,
    headers: Readonly<Record<string, string>> = {},
    members: Readonly<Record<string, unknown>> = {},
  ) {
    super(detail)
    this.name = 'HubProblem'
    this.status = status
    this.code = code
    this.headers = headers
    this.members = members
  }
}

export const notFound = (what: string): HubProblem => new HubProblem(404, 'not_found', `no such ${what}`)

/** PostgreSQL's codes for text that it cannot hold, such as U+0000: whoever sent it asked for nothing that can be here. */
const unstorable: readonly unknown[] = ['22021', '22P02', '22P05']

/** The caller's own fault as a problem; null for what is the hub's. */
export const asHubProblem = (error: unknown): HubProblem | null => {
  if (error instanceof HubProblem) return error
  if (!(error instanceof Error && 'code' in error && unstorable.includes(error.code))) return null
  return new HubProblem(400, 'invalid_request', 'the request holds characters that no record can')
}
