import type { FetchMessageObject, ImapFlow } from 'imapflow'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { WriterCall } from '../handler.ts'
import { deleteCopy, findAtPlace, insertCopy, listWaiting, type MailPlace } from './copy-rows.ts'
import { largestMail } from './dial-imap.ts'
import { kindOfSubject } from '../requests/mail-words.ts'
import { asMailboxError, faultOfMail, mailboxError } from './mail-failure.ts'
import { nothing, type Line, type MailWork } from './mail-work.ts'
import { getCursor, noteFailure, setCursor } from './mailbox-rows.ts'
import { findSender, type Registered } from './sender-list.ts'
import { takeMail, type FetchedMail } from './take-mail.ts'

/** Envelopes asked for at once. */
const batch = 100
/** Times that the line may break at one mail before the others go on without it. */
const patience = 3
/** Runs in which such a mail is tried again before somebody is asked. */
const mostAttempts = 5

const checkStopped = ({ signal }: MailWork): void => {
  if (signal.aborted) throw new IpcError('E_CANCELLED', 'stopped on request')
}

type Envelope = {
  readonly sender: Registered
  /** What its subject asks about its writer's own data, where the mailbox takes such mails. */
  readonly request?: FetchedMail['request']
  readonly subject: string
  readonly size: number
  readonly mailAt: number | null
}

const timeOf = (date: Date | string | undefined): number | null => {
  const at = date === undefined ? Number.NaN : new Date(date).getTime()
  return Number.isFinite(at) && at > 0 ? at : null
}

/** Opens for reading only: no flag of any mail changes, what is unread stays unread. @throws IpcError E_MAILBOX */
const open = async (client: ImapFlow, path: string): Promise<string> => {
  try {
    const { uidValidity } = await client.mailboxOpen(path, { readOnly: true })
    return String(uidValidity)
  } catch (error) {
    const failure = asMailboxError(error)
    throw client.usable ? mailboxError('folder') : failure
  }
}

/** Numbers from `from` on, in order, each once. A server that answers `n:*` with an older mail is usual, nonsense is not. */
const listUids = async (client: ImapFlow, from: number): Promise<number[]> => {
  const found = await client.search({ uid: `${from}:*` }, { uid: true })
  if (!Array.isArray(found)) {
    if (!client.usable) throw mailboxError('busy')
    throw mailboxError('answer')
  }
  return [...new Set(found)]
    .filter((uid) => Number.isInteger(uid) && uid >= from && uid < 2 ** 32)
    .sort((a, b) => a - b)
}

const envelopesOf = async (
  client: ImapFlow,
  work: MailWork,
  uids: readonly number[],
): Promise<Map<number, Envelope | null>> => {
  const asked = new Set(uids)
  const found = new Map<number, Envelope | null>()
  const query = { uid: true, envelope: true, size: true, internalDate: true } as const
  for await (const message of client.fetch([...uids], query, { uid: true })) {
    // News of other mails may stand between the answers.
    if (!asked.has(message.uid) || message.envelope === undefined) continue
    const { settings } = work.mailbox
    const request = settings.take_requests ? kindOfSubject(message.envelope.subject ?? '') : undefined
    const sender = findSender(settings, message.envelope.from) ?? (request === undefined ? undefined : {})
    found.set(
      message.uid,
      sender === undefined
        ? null
        : {
            sender,
            ...(request === undefined ? {} : { request }),
            subject: message.envelope.subject ?? '',
            size: message.size ?? 0,
            mailAt: timeOf(message.internalDate),
          },
    )
  }
  return found
}

/** The whole mail, or as much of it as one byte more than may be; undefined when it is not there any more. Sets no flag. */
const fetchBytes = async (client: ImapFlow, uid: number): Promise<Buffer | undefined> => {
  let found: FetchMessageObject | undefined
  const query = { uid: true, source: { start: 0, maxLength: largestMail + 1 } }
  for await (const message of client.fetch([uid], query, { uid: true })) {
    if (message.uid === uid && message.source !== undefined) found ??= message
  }
  return found?.source
}

/** A server that does not say counts as "yes": a mail is given up only where it is known to be gone. */
const isThere = async (client: ImapFlow, uid: number): Promise<boolean> => {
  const found = await client.search({ uid: String(uid) }, { uid: true })
  if (!client.usable) throw mailboxError('busy')
  return !Array.isArray(found) || found.includes(uid)
}

/** What reading one mail came to. */
type Read = Buffer | 'gone' | 'too_large' | 'unreadable'

const readMail = async (client: ImapFlow, uid: number, { size }: Pick<Envelope, 'size'>): Promise<Read> => {
  if (size > largestMail) return 'too_large'
  let bytes = await fetchBytes(client, uid)
  if (bytes === undefined) {
    if (!client.usable) throw mailboxError('busy')
    return (await isThere(client, uid)) ? 'unreadable' : 'gone'
  }
  // Shorter than announced: once more, because half a resume is worse than a second question.
  if (bytes.length < size) bytes = (await fetchBytes(client, uid)) ?? bytes
  if (bytes.length > largestMail) return 'too_large'
  return bytes.length === 0 ? 'unreadable' : bytes
}

/** A mail that stays where it is: named with its reason, tried again or shown to somebody, never passed over in silence. */
const setAside = (
  work: MailWork,
  place: MailPlace,
  about: { readonly size: number; readonly mailAt: number | null; readonly reason: 'too_large' | 'unreadable' },
  within: (writer: WriterCall) => void,
): void => {
  let final = false
  work.write((writer) => {
    const before = findAtPlace(writer.store, place)
    within(writer)
    const attempts = (before?.attempts ?? 0) + 1
    final = about.reason === 'too_large' || attempts >= mostAttempts
    if (before !== undefined) deleteCopy(writer.store, before.id)
    insertCopy(writer.store, {
      id: before?.id ?? crypto.randomUUID(),
      mailbox_id: place.mailboxId,
      folder: place.folder,
      uid_validity: place.uidValidity,
      uid: place.uid,
      mail_at: about.mailAt,
      size: about.size,
      mail_key: null,
      message_hash: null,
      result: final ? 'aside' : 'waiting',
      reason: about.reason,
      attempts,
      at: writer.now,
      record_id: null,
      application_id: null,
      quarantine_id: null,
      state: 'kept',
    })
    return final
      ? { ...nothing, entries: [{ action: 'stage', outcome: 'done', detail: `mail_aside ${about.reason}` }] }
      : nothing
  })
  if (final) work.count('aside')
}

type Place = Omit<MailPlace, 'uid'>

/**
 * Asks the server something about one mail. A line that breaks is opened again; at the third time at the same mail, or at once where
 * the mail itself is what no answer may be, that mail is left to later and the others go on.
 */
const ask = async <T>(work: MailWork, line: Line, place: Place, uid: number, question: () => Promise<T>) => {
  for (;;) {
    checkStopped(work)
    try {
      return await question()
    } catch (error) {
      checkStopped(work)
      const fault = faultOfMail(error)
      // A refusal of this one mail on a line that stands; whoever asks for a pause gets it.
      if (line.client().usable && fault === undefined) {
        const failure = asMailboxError(error)
        if (failure.code !== 'E_MAILBOX' || failure.data['reason'] === 'busy') throw failure
        return 'unreadable' as const
      }
      const failures = noteFailure(work.call().account.store.db, place.mailboxId, place.folder, uid)
      const client = await line.again()
      if ((await open(client, place.folder)) !== place.uidValidity) throw mailboxError('busy')
      if (fault !== undefined || failures >= patience) return fault ?? ('unreadable' as const)
    }
  }
}

/** One mail of a registered sender, from the server into the store. */
const handleMail = async (
  work: MailWork,
  line: Line,
  place: Place,
  uid: number,
  envelope: Envelope,
  within: (writer: WriterCall) => void,
): Promise<void> => {
  const read = await ask(work, line, place, uid, () => readMail(line.client(), uid, envelope))
  if (read === 'too_large' || read === 'unreadable') {
    setAside(work, { ...place, uid }, { size: envelope.size, mailAt: envelope.mailAt, reason: read }, within)
  } else if (read === 'gone') {
    work.write((writer) => {
      within(writer)
      return nothing
    })
  } else {
    const mail: FetchedMail = { ...place, uid, bytes: read, ...envelope }
    await takeMail(work, mail, within)
  }
}

/** Who sent one mail, asked for by itself. */
const lookAt = (work: MailWork, line: Line, place: Place, uid: number) =>
  ask(work, line, place, uid, async () => {
    const envelope = (await envelopesOf(line.client(), work, [uid])).get(uid)
    if (envelope !== undefined) return envelope
    return (await isThere(line.client(), uid)) ? 'unreadable' : 'gone'
  })

/** One mail, whoever sent it. True when its sender is not registered. */
const handleAny = async (
  work: MailWork,
  line: Line,
  place: Place,
  uid: number,
  known: { readonly envelope?: Envelope | null; readonly size: number; readonly mailAt: number | null },
  within: (writer: WriterCall) => void,
): Promise<boolean> => {
  const seen = known.envelope === undefined ? await lookAt(work, line, place, uid) : known.envelope
  if (seen === 'unreadable' || seen === 'too_large') {
    setAside(work, { ...place, uid }, { ...known, reason: seen }, within)
  } else if (seen === 'gone' || seen === null) {
    if (known.envelope === undefined) {
      work.write((writer) => {
        within(writer)
        return nothing
      })
    }
    return seen === null
  } else await handleMail(work, line, place, uid, seen, within)
  return false
}

/** Mails that could not be read before: once more, each on its own. */
const tryWaiting = async (work: MailWork, line: Line, place: Place): Promise<void> => {
  for (const row of listWaiting(work.call().store, place.mailboxId, place.folder, place.uidValidity)) {
    if (row.uid === null) continue
    const about = { size: row.size, mailAt: row.mail_at }
    await handleAny(work, line, place, row.uid, about, (writer) => deleteCopy(writer.store, row.id))
  }
}

/** The envelopes of a part of the folder; none where the line broke over them, and each is asked for by itself then. */
const lookAtMany = async (
  work: MailWork,
  line: Line,
  place: Place,
  uids: readonly number[],
): Promise<Map<number, Envelope | null>> => {
  try {
    const found = await envelopesOf(line.client(), work, uids)
    if (line.client().usable) return found
  } catch (error) {
    checkStopped(work)
    if (line.client().usable && faultOfMail(error) === undefined) throw asMailboxError(error)
  }
  const client = await line.again()
  if ((await open(client, place.folder)) !== place.uidValidity) throw mailboxError('busy')
  return new Map()
}

/**
 * Reads what is new in one folder, oldest first, each mail in a transaction of its own together with the cursor. Another
 * UIDVALIDITY begins the folder anew; what was here before is known by its identity and comes in no second time.
 *
 * @throws IpcError E_MAILBOX, E_CANCELLED, and what the store throws
 */
export const readFolder = async (work: MailWork, line: Line, folder: string): Promise<void> => {
  const { id: mailboxId } = work.mailbox
  const uidValidity = await open(line.client(), folder)
  const place: Place = { mailboxId, folder, uidValidity }
  const known = getCursor(work.call().store, mailboxId, folder)
  const from = known?.uidValidity === uidValidity ? known.nextUid : 1
  const move = (writer: WriterCall, next: number): void => setCursor(writer.store, mailboxId, folder, uidValidity, next)
  if (known?.uidValidity !== uidValidity) {
    work.write((writer) => {
      // Numbers of another time name nothing any more.
      writer.store.run(
        "DELETE FROM mail_copy WHERE mailbox_id = ? AND folder = ? AND result = 'waiting' AND uid_validity <> ?",
        mailboxId,
        folder,
        uidValidity,
      )
      move(writer, from)
      return nothing
    })
  } else await tryWaiting(work, line, place)
  const uids = await listUids(line.client(), from)
  let done = 0
  for (let start = 0; start < uids.length; start += batch) {
    checkStopped(work)
    const part = uids.slice(start, start + batch)
    const envelopes = await lookAtMany(work, line, place, part)
    let others = 0
    for (const uid of part) {
      checkStopped(work)
      const envelope = envelopes.get(uid)
      const known = { size: 0, mailAt: null, ...(envelope === undefined ? {} : { envelope }) }
      if (await handleAny(work, line, place, uid, known, (writer) => move(writer, uid + 1))) others += 1
      work.progress((done += 1), uids.length)
    }
    work.count('others', others)
    const last = part.at(-1)
    if (last === undefined) continue
    work.write((writer) => {
      move(writer, last + 1)
      return nothing
    })
  }
}
