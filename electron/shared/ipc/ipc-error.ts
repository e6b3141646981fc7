import { z } from 'zod'

/** Refusals by a rule (`clauses.md`, "Errors"): tried, denied, and written down. */
const refusals = [
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
] as const

/**
 * The closed set of errors that may cross the contract: the refusals, and the program's own. Each has a text of its own in
 * both languages (`src/i18n`, `electron/core/cli/messages.ts`).
 */
export const errorCode = z.enum([
  ...refusals,
  /** No such route, or not on this side. */
  'E_ROUTE',
  /** The input does not fit the route's schema. */
  'E_INPUT',
  /** The caller is not the program's own top frame. */
  'E_SENDER',
  /** The vault is locked, or nobody is signed in. */
  'E_SESSION',
  'E_PASSPHRASE',
  'E_RECOVERY',
  /** A store lies here, its key file does not. */
  'E_KEYS_MISSING',
  'E_DAMAGED',
  /** A file of another program, or of another home. */
  'E_FOREIGN',
  /** Written by a newer Candor. */
  'E_NEWER',
  'E_IN_USE',
  'E_DISK',
  'E_RUNTIME',
  'E_HUB_UNREACHABLE',
  'E_HUB_ANSWER',
  'E_SIGN_IN',
  /** `reason`: `code` or `enrol` during a sign-in, `proof` before what takes more than a session; `accepted` names what counts. */
  'E_SECOND_FACTOR',
  'E_WRONG_CODE',
  'E_REVOKED',
  'E_RATE',
  'E_NOT_FOUND',
  'E_FILE',
  'E_LEDGER',
  'E_CONFLICT',
  /** The enterprise's model; `reason` says why (`domain/ai.ts`). */
  'E_MODEL',
  /** A mailbox; `reason` says why (`domain/mailbox.ts`). */
  'E_MAILBOX',
  'E_CANCELLED',
  'E_INTERNAL',
])
export type ErrorCode = z.infer<typeof errorCode>
export const refusalCodes: ReadonlySet<ErrorCode> = new Set(refusals)

/** Facts that help the reader: ids, counts, a rule and a clause. Never a name, a contact, or a path in somebody's home. */
export const errorData = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
export type ErrorData = z.infer<typeof errorData>

export const ipcError = z.object({ code: errorCode, message: z.string(), data: errorData.default({}) })
export type IpcErrorShape = z.infer<typeof ipcError>

/** The one error class that handlers throw on purpose; anything else becomes `E_INTERNAL` at the door. */
export class IpcError extends Error {
  readonly code: ErrorCode
  readonly data: ErrorData

  constructor(code: ErrorCode, message: string, data: ErrorData = {}) {
    super(message)
    this.name = 'IpcError'
    this.code = code
    this.data = data
  }

  toShape(): IpcErrorShape {
    return { code: this.code, message: this.message, data: this.data }
  }
}

export type Answer<T> = { readonly ok: true; readonly data: T } | { readonly ok: false; readonly error: IpcErrorShape }
