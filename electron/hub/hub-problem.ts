/** An error on purpose: becomes RFC 9457 `application/problem+json`. Its words never hold personal data. */
export class HubProblem extends Error {
  readonly status: number
  /** Stable; clients act on it. */
  readonly code: string
  readonly headers: Readonly<Record<string, string>>

  constructor(status: number, code: string, detail: string, headers: Readonly<Record<string, string>> = {}) {
    super(detail)
    this.name = 'HubProblem'
    this.status = status
    this.code = code
    this.headers = headers
  }
}

export const notFound = (what: string): HubProblem => new HubProblem(404, 'not_found', `no such ${what}`)
