import type { QuarantineReason } from '../shared/domain/intake.ts'

/** Thrown where a file cannot be read. `detail` is a code or a media type, never words of the file. */
export class Refusal extends Error {
  readonly reason: QuarantineReason
  readonly detail: string

  constructor(reason: QuarantineReason, detail = '') {
    super(reason)
    this.name = 'Refusal'
    this.reason = reason
    this.detail = detail
  }
}
