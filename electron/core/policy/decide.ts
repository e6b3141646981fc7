import type { Decision, FieldRequest } from './policy-request.ts'

/** What one field looks like to one viewer now; pure. `clauses.md`, "Effective state". */
export function decide(request: FieldRequest): Decision {
  throw new Error(`not written yet: ${request.field}`)
}
