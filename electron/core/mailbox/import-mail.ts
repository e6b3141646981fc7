import type { MailSender } from '../../shared/domain/mailbox.ts'
import { IpcError, refusalCodes } from '../../shared/ipc/ipc-error.ts'
import { Refusal, type ReaderCall, type WriterCall, type Written } from '../handler.ts'
import type { Taken } from '../intake/arrival.ts'
import { prepareTakeIn } from '../intake/take-in.ts'
import { mailboxError } from './mail-failure.ts'

export type ArrivedMail = {
  readonly subject: string
  readonly bytes: Uint8Array
  /** Our own id of the mailbox. */
  readonly mailboxId: string
  /** What is the same in every copy of this mail and in no other. */
  readonly identity: string
  readonly sender: Pick<MailSender, 'platform' | 'job_id'>
  /** Where it goes when its sender names no job; without either the mail itself says so, or a person is asked. */
  readonly jobId: string | undefined
  /** By which name the receiving server vouches for senders (RFC 8601). */
  readonly authority: string | undefined
  readonly runId: string
}

/** What became of a mail, as its copy remembers it. */
export type MailResult = {
  readonly result: 'imported' | 'merged' | 'quarantined' | 'asked' | 'refused'
  readonly reason: string | null
  readonly recordId: string | null
  readonly applicationId: string | null
  readonly quarantineId: string | null
}

export type PreparedMail = (writer: WriterCall) => { readonly written: Written<unknown>; readonly became: MailResult }

const nobody = { reason: null, recordId: null, applicationId: null, quarantineId: null }

/** An arrival's end as a copy keeps it. */
export const becameOf = (taken: Taken): MailResult => {
  switch (taken.result) {
    case 'imported':
      return { ...nobody, result: 'imported', recordId: taken.recordId, applicationId: taken.applicationId }
    case 'merged':
      return 'recordId' in taken
        ? { ...nobody, result: 'merged', recordId: taken.recordId }
        : { ...nobody, result: 'merged', reason: taken.reason, quarantineId: taken.quarantineId }
    case 'quarantined':
      return { ...nobody, result: 'quarantined', reason: taken.reason, quarantineId: taken.quarantineId }
    case 'asked':
      return { ...nobody, result: 'asked', reason: taken.asks, quarantineId: taken.quarantineId }
    case 'refused':
      return { ...nobody, result: 'refused', reason: taken.rule }
    case 'unpacked':
      return { ...nobody, result: 'merged' }
  }
}

const refused =
  (error: Refusal): PreparedMail =>
  () => ({
    written: {
      output: null,
      entries: [{ ...error.draft, action: 'stage', outcome: 'denied', detail: `mail ${error.data.clause}` }],
    },
    became: { ...nobody, result: 'refused', reason: String(error.data.rule) },
  })

/**
 * The one way from a mail into the store: through the same intake as every other file, with the parser in a process of its own. A
 * refusal by a rule is a result, entered in the log; a job that takes nothing stops the run, so that the mail waits for another.
 *
 * @throws IpcError E_MAILBOX `job`, and what the store throws
 */
export const prepareMail = async (call: ReaderCall, mail: ArrivedMail): Promise<PreparedMail> => {
  try {
    const commit = await prepareTakeIn(call, {
      name: `${mail.subject.trim() === '' ? 'mail' : mail.subject.slice(0, 200)}.eml`,
      bytes: mail.bytes,
      way: 'mail',
      runId: mail.runId,
      jobId: mail.sender.job_id ?? mail.jobId,
      platform: mail.sender.platform,
      source: 'email',
      // Not its Message-ID alone: a careless sender's two candidates would be taken for one delivery.
      mail: { mailbox: mail.mailboxId, identity: mail.identity, authority: mail.authority },
    })
    return (writer) => {
      const written = commit(writer)
      return { written, became: becameOf(written.output) }
    }
  } catch (error) {
    if (error instanceof Refusal && refusalCodes.has(error.code)) return refused(error)
    if (error instanceof IpcError && (error.code === 'E_CONFLICT' || error.code === 'E_NOT_FOUND'))
      throw mailboxError('job')
    throw error
  }
}
