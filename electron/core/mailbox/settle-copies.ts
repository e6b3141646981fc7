import type { ImapFlow } from 'imapflow'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { listOpen, moveCopy, setCopyState, type CopyRow } from './copy-rows.ts'
import { messageHashOf } from './mail-identity.ts'
import { asMailboxError } from './mail-failure.ts'
import { nothing, type Line, type MailWork } from './mail-work.ts'

type Found = 'missing' | number

/**
 * Where a copy lies in the folder that is open: at its number, or, where the numbers are of another time, at whatever has its
 * Message-ID. Two mails of one Message-ID may be two people's: neither is touched by guess.
 */
const find = async (client: ImapFlow, work: MailWork, row: CopyRow, uidValidity: string): Promise<Found> => {
  const key = work.call().vault.keys.searchKey()
  const numbered = row.uid !== null && row.uid_validity === uidValidity
  if (!numbered && row.message_hash === null) return 'missing'
  const found: number[] = []
  const range = numbered ? String(row.uid) : '1:*'
  for await (const { uid, envelope } of client.fetch(range, { uid: true, envelope: true }, { uid: true })) {
    if (numbered && uid !== row.uid) continue
    // A server that gave the number to another mail must not have us touch that one.
    if (envelope !== undefined && messageHashOf(envelope.messageId, key) === row.message_hash) found.push(uid)
  }
  if (!client.usable) throw asMailboxError({ code: 'NoConnection' })
  return found.length === 1 && found[0] !== undefined ? found[0] : 'missing'
}

const note = (work: MailWork, change: (db: Parameters<typeof setCopyState>[0]) => void, deleted = false): void =>
  work.write((writer) => {
    change(writer.store)
    return deleted ? { ...nothing, entries: [{ action: 'destroyed', outcome: 'done', detail: 'mail_copy' }] } : nothing
  })

const settle = async (client: ImapFlow, work: MailWork, row: CopyRow, uidValidity: string): Promise<void> => {
  const uid = await find(client, work, row, uidValidity)
  if (uid === 'missing') return note(work, (db) => setCopyState(db, row.id, 'gone'))
  const plus = client.capabilities.has('UIDPLUS')
  if (row.state === 'to_delete') {
    // Without UIDPLUS a server can only expunge everything that anybody marked: other people's mails too.
    if (!plus) return note(work, (db) => setCopyState(db, row.id, 'to_delete', 'unsupported'))
    const done = await client.messageDelete([uid], { uid: true })
    if (!client.usable) throw asMailboxError({ code: 'NoConnection' })
    return done
      ? note(work, (db) => setCopyState(db, row.id, 'deleted'), true)
      : note(work, (db) => setCopyState(db, row.id, 'to_delete', 'refused'))
  }
  const target = work.mailbox.settings.move_to
  if (target === undefined) return note(work, (db) => setCopyState(db, row.id, 'kept'))
  if (!plus && !client.capabilities.has('MOVE'))
    return note(work, (db) => setCopyState(db, row.id, 'to_move', 'unsupported'))
  const moved = await client.messageMove([uid], target, { uid: true })
  if (!client.usable) throw asMailboxError({ code: 'NoConnection' })
  if (!moved) return note(work, (db) => setCopyState(db, row.id, 'to_move', 'refused'))
  const there = moved.uidMap?.get(uid) ?? null
  note(work, (db) => {
    moveCopy(db, row.id, { folder: target, uidValidity: String(moved.uidValidity ?? '') }, there)
    setCopyState(db, row.id, 'moved')
  })
}

/** The target has to be there; a server that has it already says so and nothing else happens. */
const makeTarget = async (client: ImapFlow, target: string): Promise<void> => {
  try {
    await client.mailboxCreate(target)
  } catch {
    // Where it cannot be made the move says so.
  }
}

/**
 * Does on the server what is still to be done: mails that are in are moved or deleted, those of people who were destroyed are deleted.
 * Each is noted when it is done; a kill in between finds the mail gone and notes that.
 *
 * @throws IpcError E_MAILBOX, E_CANCELLED
 */
export const settleCopies = async (work: MailWork, line: Line): Promise<void> => {
  const open = listOpen(work.call().store, work.mailbox.id)
  const folders = new Map<string, CopyRow[]>()
  for (const row of open) folders.set(row.folder, [...(folders.get(row.folder) ?? []), row])
  const { move_to: target } = work.mailbox.settings
  if (target !== undefined && open.some(({ state }) => state === 'to_move')) await makeTarget(line.client(), target)
  for (const [folder, rows] of folders) {
    try {
      const { uidValidity } = await line.client().mailboxOpen(folder)
      for (const row of rows) {
        if (work.signal.aborted) throw new IpcError('E_CANCELLED', 'stopped on request')
        await settle(line.client(), work, row, String(uidValidity))
      }
    } catch (error) {
      if (error instanceof IpcError) throw error
      // A folder that is gone took its mails along.
      if (!line.client().usable) throw asMailboxError(error)
      for (const row of rows) note(work, (db) => setCopyState(db, row.id, row.state, 'refused'))
    }
  }
}
