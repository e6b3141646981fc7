import type { MailHeader, ParseWarning } from '../../shared/domain/intake.ts'
import { limits } from '../limits.ts'

/** One mail, not what is attached to it. */
export type ReadMail = {
  readonly subject: string | undefined
  readonly from: string | undefined
  readonly fromName: string | undefined
  readonly date: string | undefined
  readonly messageId: string | undefined
  readonly headers: readonly MailHeader[]
  readonly body: string
  readonly attachments: ReadonlyArray<{ readonly name: string; readonly bytes: Uint8Array }>
  readonly warnings: readonly ParseWarning[]
}

/** Senders put "please use a HTML reader" into the plain part; the longer of both is the content. */
export const longerOf = (plain: string, html: string): string =>
  html.trim().length > plain.trim().length ? html : plain

/** Headers within bounds, names in lower case. */
export const boundHeaders = (headers: ReadonlyArray<{ readonly name: string; readonly value: string }>): MailHeader[] =>
  headers.slice(0, limits.mailHeaders).map(({ name, value }) => ({
    name: name.toLowerCase().slice(0, 100),
    value: value.replace(/\s+/g, ' ').trim().slice(0, 1_000),
  }))
