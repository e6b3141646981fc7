import { createHash } from 'node:crypto'
import type { ApplicationId, RecordId } from '../../shared/domain/ids.ts'
import type { IntakeQuestion, IntakeSource, IntakeWay } from '../../shared/domain/intake-runs.ts'
import type { Platform } from '../../shared/domain/vocabulary.ts'
import type { ErrorCode } from '../../shared/ipc/ipc-error.ts'
import type { PolicyRule } from '../../shared/domain/policy-codes.ts'
import type { WriterCall } from '../handler.ts'

/** What is known of a mail besides its bytes, which hold the rest. */
export type MailArrival = {
  /** Which mailbox it lay in, by an id of our own. */
  readonly mailbox: string
  /** What is the same in every copy of this mail and in no other; without it the `Message-ID` inside stands for it. */
  readonly identity?: string | undefined
  /**
   * The name by which the server that received the mail signs its `Authentication-Results` (RFC 8601). Without it nothing that
   * stands in the mail proves its sender.
   */
  readonly authority?: string | undefined
}

/** One thing that arrives, from whatever source. Every source hands over this and nothing else (`takeIn`). */
export type Arrival = {
  /** As the sender gave it; a hint only. */
  readonly name: string
  /** The whole file, or the whole mail (RFC 5322). */
  readonly bytes: Uint8Array
  readonly way: IntakeWay
  /** The run that it is counted in. */
  readonly runId?: string | undefined
  /** What a person or a setting has decided; what is missing is recognised, remembered or asked. */
  readonly jobId?: string | undefined
  readonly platform?: Platform | undefined
  readonly source: IntakeSource
  readonly origin?: string | undefined
  readonly mail?: MailArrival | undefined
  /** The file in quarantine that this is, when it is tried again: it is not its own duplicate. */
  readonly aside?: string | undefined
  /** What a person typed of a picture that nothing reads. */
  readonly words?: { readonly name: string; readonly phone?: string | undefined } | undefined
  /** Runs in the transaction that takes it in, so that what the source has to remember is there if and only if the file is. */
  readonly alongside?: ((call: WriterCall, taken: Taken) => void) | undefined
}

/** What became of an arrival. Nothing is dropped: whatever happens is one of these. */
export type Taken =
  | {
      readonly result: 'imported'
      readonly recordId: RecordId
      readonly applicationId: ApplicationId
      readonly warnings: readonly string[]
      /** Parts of the resume that the platform's list does not name. */
      readonly dropped: number
    }
  /** The same delivery came before, and became this record … */
  | { readonly result: 'merged'; readonly recordId: RecordId }
  /** … or was set aside, or waits. */
  | { readonly result: 'merged'; readonly quarantineId: string; readonly reason: string }
  | { readonly result: 'quarantined'; readonly quarantineId: string; readonly reason: string }
  | {
      readonly result: 'refused'
      readonly code: ErrorCode
      readonly rule: PolicyRule | 'too_large'
      readonly clause: string
    }
  | { readonly result: 'asked'; readonly quarantineId: string; readonly asks: IntakeQuestion }
  /** An archive: what is in it was taken in one by one, each counted by itself. */
  | { readonly result: 'unpacked'; readonly parts: readonly Exclude<Taken, { result: 'unpacked' }>[] }

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

export const extensionOf = (name: string): string => /\.([a-z0-9]{1,8})$/i.exec(name)?.[1]?.toLowerCase() ?? ''
