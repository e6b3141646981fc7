import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { Registered } from './sender-list.ts'
import type { WriterCall } from '../handler.ts'
import {
  findAtPlace,
  findByKey,
  insertCopy,
  moveCopy,
  type CopyRow,
  type CopyState,
  type MailPlace,
} from './copy-rows.ts'
import { prepareMail, type MailResult } from './import-mail.ts'
import { readLetter, receiveMail, type RequestMail } from '../requests/receive-mail.ts'
import { findTombstone } from '../ledger/tombstones.ts'
import { identityOf, mailSubject, type MailIdentity } from './mail-identity.ts'
import { requestReason } from './follow-quarantine.ts'
import { nothing, type MailWork } from './mail-work.ts'

export type FetchedMail = MailPlace & {
  readonly bytes: Uint8Array
  readonly subject: string
  readonly mailAt: number | null
  readonly sender: Registered
  /** It is a request about its writer's own data, and no resume. */
  readonly request?: RequestMail['kind']
}

/** What the choices of the mailbox want done with a mail that is in. */
const afterImport = ({ mailbox }: MailWork, became: Pick<MailResult, 'recordId'>): CopyState => {
  if (became.recordId === null) return 'kept'
  const { after } = mailbox.settings
  return after === 'move' ? 'to_move' : after === 'delete' ? 'to_delete' : 'kept'
}

const placeCopy = (
  writer: WriterCall,
  work: MailWork,
  mail: FetchedMail,
  identity: MailIdentity,
  became: MailResult,
  more: { readonly state?: CopyState; readonly personGoneAt?: number | null } = {},
): void => {
  const id = crypto.randomUUID()
  const known = became.recordId !== null || became.quarantineId !== null || (more.personGoneAt ?? null) !== null
  insertCopy(writer.store, {
    id,
    mailbox_id: mail.mailboxId,
    folder: mail.folder,
    uid_validity: mail.uidValidity,
    uid: mail.uid,
    mail_at: mail.mailAt,
    size: mail.bytes.length,
    mail_key: identity.key,
    // Of somebody who was turned away nothing is kept but that this mail was (ZP-04).
    message_hash: known ? identity.messageHash : null,
    result: became.result,
    reason: became.reason,
    at: writer.now,
    record_id: became.recordId,
    application_id: became.applicationId,
    quarantine_id: became.quarantineId,
    state: more.state ?? afterImport(work, became),
    person_gone_at: more.personGoneAt ?? null,
  })
}

const unknown = { reason: null, recordId: null, applicationId: null, quarantineId: null }

/** The copy of somebody who was destroyed: a task, or deleted where that was chosen. */
const goneCopy = ({ mailbox }: MailWork, at: number): { readonly state: CopyState; readonly personGoneAt: number } => ({
  personGoneAt: at,
  state: mailbox.settings.on_destruction === 'delete' ? 'to_delete' : 'kept',
})

/** Ends with the signal, whatever the work still does. */
const orStopped = async <T>(signal: AbortSignal, work: Promise<T>): Promise<T> => {
  let stop = (): void => undefined
  const stopped = new Promise<never>((_, reject) => {
    stop = () => reject(new IpcError('E_CANCELLED', 'stopped on request'))
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop)
  })
  try {
    return await Promise.race([work, stopped])
  } finally {
    signal.removeEventListener('abort', stop)
    work.catch(() => undefined)
  }
}

/** A mail that was here before: under another number (UIDVALIDITY), in another folder, or twice. Nothing is imported again. */
const takeKnown = (
  writer: WriterCall,
  work: MailWork,
  mail: FetchedMail,
  identity: MailIdentity,
  known: readonly CopyRow[],
): void => {
  const stale = known.find(
    (row) =>
      row.mailbox_id === mail.mailboxId &&
      row.folder === mail.folder &&
      (row.uid === null || row.uid_validity !== mail.uidValidity) &&
      row.state !== 'deleted',
  )
  if (stale !== undefined) {
    moveCopy(writer.store, stale.id, mail, mail.uid)
    if (stale.state === 'gone') writer.store.run("UPDATE mail_copy SET state = 'kept' WHERE id = ?", stale.id)
    return
  }
  const first =
    known.find((row) => row.record_id !== null) ?? known.find((row) => row.person_gone_at !== null) ?? known[0]
  if (first === undefined) return
  // A person who was destroyed does not come back with a mail that lay there all the time: its copy is one more task.
  const gone = first.record_id === null ? first.person_gone_at : null
  placeCopy(
    writer,
    work,
    mail,
    identity,
    {
      result: first.result === 'refused' ? 'refused' : 'merged',
      reason: first.reason,
      recordId: first.record_id,
      applicationId: first.application_id,
      quarantineId: first.quarantine_id,
    },
    // What is asked stays where it was written, whatever is done with resumes.
    gone !== null ? goneCopy(work, gone) : first.reason === requestReason ? { state: 'kept' } : {},
  )
}

/** A mail that asks something about its writer's own data: it lies on the desk, and stays where it is in the mailbox. */
const takeRequest = async (
  work: MailWork,
  mail: FetchedMail,
  identity: MailIdentity,
  kind: RequestMail['kind'],
  within: (writer: WriterCall) => void,
): Promise<void> => {
  const letter = await orStopped(work.signal, readLetter(work.call(), mail.bytes))
  let isNew = false
  work.write((writer) => {
    within(writer)
    const received = receiveMail(writer, {
      kind,
      bytes: mail.bytes,
      receivedAt: mail.mailAt ?? writer.now,
      identity: identity.key,
      letter,
    })
    isNew = received.isNew
    const became: MailResult = { ...unknown, result: 'merged', reason: requestReason, recordId: received.recordId }
    placeCopy(writer, work, mail, identity, became, { state: 'kept' })
    return {
      output: null,
      entries: received.entries,
      after: () => work.call().core.emit('data.changed', { what: ['requests'] }),
    }
  })
  work.count(isNew ? 'requests' : 'merged')
}

/**
 * Takes one fetched mail in, once. `within` runs in the same transaction (the cursor moves there): a kill leaves either both or
 * neither, and what is fetched again is known by its identity.
 */
export const takeMail = async (
  work: MailWork,
  mail: FetchedMail,
  within: (writer: WriterCall) => void,
): Promise<void> => {
  const call = work.call()
  const identity = identityOf(mail.bytes, call.vault.keys.searchKey())
  work.count('read')
  const known = findByKey(call.store, identity.key)
  if (known.length > 0) {
    work.write((writer) => {
      within(writer)
      if (findAtPlace(writer.store, mail) === undefined) takeKnown(writer, work, mail, identity, known)
      return nothing
    })
    work.count('merged')
    return
  }
  const gone = findTombstone(call.vault.ledgerDb.reader, call.vault.keys.tombstoneKey(), mailSubject(identity.key))
  if (gone !== undefined) {
    // A restored store does not know whom it had after the backup; the log does, and a mail brings nobody back.
    work.write((writer) => {
      within(writer)
      const became: MailResult = { ...unknown, result: 'merged' }
      placeCopy(writer, work, mail, identity, became, goneCopy(work, gone.destroyedAt))
      return nothing
    })
    work.count('merged')
    return
  }
  if (mail.request !== undefined) return takeRequest(work, mail, identity, mail.request, within)
  // A lock does not wait for a parser: what comes back afterwards finds the session gone and writes nothing.
  const preparing = prepareMail(call, {
    subject: mail.subject,
    bytes: mail.bytes,
    mailboxId: mail.mailboxId,
    identity: identity.key,
    sender: mail.sender,
    jobId: work.mailbox.settings.job_id,
    authority: work.mailbox.settings.authority,
    runId: work.runId(),
  })
  const prepared = await orStopped(work.signal, preparing)
  let result: MailResult['result'] | undefined
  work.write((writer) => {
    within(writer)
    const { written, became } = prepared(writer)
    placeCopy(writer, work, mail, identity, became)
    result = became.result
    return written
  })
  if (result !== undefined) work.count(result)
}
