import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { HubClient } from '../sync/hub-client.ts'
import { readChange } from '../sync/read-change.ts'

/** Whom the hub has ended, and when. */
export type EndedByHub = {
  /** As the platform names the person. */
  readonly candidate: string
  readonly reason: 'deletion_notice' | 'candidate_gone'
  /** Milliseconds since 1970 UTC. */
  readonly at: number
}

/** A hub that answers slowly must not keep a restore waiting for ever. */
const usualWait = 120_000

const endedBy = (raw: unknown, now: number): EndedByHub[] => {
  const change = readChange(raw, now)
  const { at } = change.head
  if (change.kind === 'delete' && change.head.type === 'candidate') {
    return [{ candidate: change.head.id, reason: 'candidate_gone', at }]
  }
  if (change.kind !== 'upsert') return []
  const { upsert } = change
  if (upsert.type === 'deletion_notice') {
    return [{ candidate: upsert.data.candidate_id, reason: 'deletion_notice', at }]
  }
  const gone = upsert.type === 'lifecycle' && upsert.data.subject === 'candidate'
  return gone ? [{ candidate: upsert.data.id, reason: 'candidate_gone', at }] : []
}

/**
 * Asks the hub whom it has ended since the backup was made, before the backup is looked into. Null when it does not answer, or does
 * not let us in any more.
 *
 * @param cursor how far the backup had come
 * @param longest milliseconds
 */
export const askHub = async (
  client: HubClient,
  cursor: string | null,
  now: number,
  longest = usualWait,
): Promise<EndedByHub[] | null> => {
  const signal = AbortSignal.timeout(longest)
  const ended: EndedByHub[] = []
  let from = cursor
  let restarted = false
  try {
    for (let standing = 0; standing < 3;) {
      let page
      try {
        page = await client.changes(from, 1000, signal)
      } catch (error) {
        const expired = error instanceof IpcError && error.data.code === 'cursor_expired'
        if (!expired || restarted) throw error
        restarted = true
        from = null
        continue
      }
      ended.push(...page.changes.flatMap((change) => endedBy(change, now)))
      if (!page.has_more) return ended
      standing = page.next_cursor === from ? standing + 1 : 0
      from = page.next_cursor
    }
    return null
  } catch {
    return null
  }
}
