import type { HubClient } from './hub-client.ts'
import { listWaiting, markRejected, markUnplaced, removeSent, type OutboxPlace } from './outbox.ts'

export type PushResult = { readonly sent: number; readonly rejected: number }

/** Items a request; the protocol allows 500. */
const batch = 200

/** Nothing is wrong with the item: it may come again as it is. */
const storageFull = 'storage_full'

const safeCode = (code: string | undefined): string =>
  code !== undefined && /^[a-z][a-z0-9_]{0,63}$/.test(code) ? code : 'rejected'

/**
 * Sends what waits, in its order. An item leaves the queue once the hub says that it has it; sent twice it does no harm. One
 * that the hub rejects stays, named and counted; one that it has no room for waits on.
 *
 * @throws IpcError of the hub client; what was answered before is settled
 */
export const pushOutbox = async (place: OutboxPlace, hub: HubClient, signal?: AbortSignal): Promise<PushResult> => {
  let sent = 0
  let rejected = 0
  let after = 0
  for (;;) {
    const items = listWaiting(place, batch, after)
    if (items.length === 0) return { sent, rejected }
    after = items.at(-1)?.seq ?? after
    const results = await hub.pushOutbox(
      items.map(({ id, kind, at, body }) => ({ id, kind, at, body })),
      signal,
    )
    const asked = new Set(items.map((item) => item.id))
    place.store.transaction(() => {
      for (const result of results) {
        if (!asked.has(result.id)) continue
        if (result.status === 'rejected' && result.code === storageFull) {
          markUnplaced(place.store, result.id, storageFull)
        } else if (result.status === 'rejected') {
          markRejected(place.store, result.id, safeCode(result.code))
          rejected += 1
        } else {
          removeSent(place.store, result.id)
          sent += 1
        }
      }
    })
  }
}
