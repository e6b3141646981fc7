import type { WritableDb } from '../store/database.ts'

/**
 * Chats of an account that was cancelled (ZP-81), inside the caller's transaction: rows, what waits to be sent, and the memory of
 * having seen them. The record's own key goes with its destruction. Returns how many messages there were.
 */
export const destroyChats = (store: WritableDb): number => {
  store.run("DELETE FROM seen_rev WHERE type = 'message'")
  store.run("DELETE FROM outbox WHERE kind IN ('message', 'greeting')")
  store.run("DELETE FROM aside_change WHERE type = 'message'")
  return store.run('DELETE FROM message').changes
}
