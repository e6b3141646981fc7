import type { OpenAccount } from '../context.ts'
import type { MentionRow, NoteRow } from './note-rows.ts'

/** How long a note that was removed can be brought back, in milliseconds. */
export const restoreMs = 60_000

/** A removed note as it lay in the store: its words under the application's key, and gone with it. */
export type RemovedNote = { readonly row: NoteRow; readonly mentions: readonly MentionRow[]; readonly until: number }

const removed = new WeakMap<OpenAccount, Map<string, RemovedNote>>()

/** Keeps a note of this session in memory for as long as its removal can be taken back. */
export const keepRemoved = (account: OpenAccount, note: RemovedNote, now: number): void => {
  const kept = removed.get(account) ?? new Map<string, RemovedNote>()
  removed.set(account, kept)
  for (const [id, { until }] of kept) if (until <= now) kept.delete(id)
  kept.set(note.row.id, note)
}

export const takeRemoved = (account: OpenAccount, id: string, now: number): RemovedNote | undefined => {
  const note = removed.get(account)?.get(id)
  if (note === undefined) return undefined
  if (note.until <= now) removed.get(account)?.delete(id)
  return note.until > now ? note : undefined
}

export const forgetRemoved = (account: OpenAccount, id: string): void => {
  removed.get(account)?.delete(id)
}
