import type { ImapFlow } from 'imapflow'
import type { MailboxCounts } from '../../shared/domain/mailbox.ts'
import type { ReaderCall, WriterCall, Written } from '../handler.ts'
import type { Mailbox } from './mailbox-rows.ts'

/** What one pass over a mailbox has at hand. */
export type MailWork = {
  readonly mailbox: Mailbox
  readonly signal: AbortSignal
  /** The call as whom everything is done, at the moment of asking. @throws IpcError E_CANCELLED once the session ended */
  readonly call: () => ReaderCall
  /** One transaction with its entries, as the router does it. */
  readonly write: (work: (writer: WriterCall) => Written<unknown>) => void
  readonly count: (kind: keyof MailboxCounts, n?: number) => void
  /** The report that new mails are counted in; begun with the first of them. */
  readonly runId: () => string
  readonly progress: (done: number, total: number) => void
}

/** The connection, which a mail may break: `again` gives another one. */
export type Line = {
  client: () => ImapFlow
  again: () => Promise<ImapFlow>
}

export const nothing: Written<unknown> = { output: null, entries: [] }
