import { onScopeDispose, watch } from 'vue'
import type { ApplicationId } from '@shared/domain/ids.ts'
import { call } from '../../ipc/api.ts'
import { useEvent } from '../../ipc/use-event.ts'
import { useQuery } from '../../ipc/use-query.ts'

/** How long what this window itself did may take to be announced. */
const ECHO_MS = 1_500
/** A glance in passing reads nothing. */
const READ_AFTER_MS = 600
/** Several changes of one sync are one reading. */
const BURST_MS = 250

/**
 * One conversation, read again when others change it, and marked as read once it has been looked at. Each reading is a view in
 * the log, so the announcement of what this window itself does is expected and passed over, one for one.
 */
export const useThread = (application: () => ApplicationId | undefined, mayRead: () => boolean) => {
  const query = useQuery('message.thread', () => {
    const id = application()
    return id === undefined ? null : { application_id: id }
  })
  let expected: readonly number[] = []
  let reading: ReturnType<typeof setTimeout> | undefined
  let marking: ReturnType<typeof setTimeout> | undefined
  /** Something is about to be done here, and will be announced once. */
  const expect = (): void => {
    expected = [...expected, Date.now() + ECHO_MS]
  }
  const unexpect = (): void => {
    expected = expected.slice(1)
  }
  useEvent('data.changed', ({ what }) => {
    if (!what.includes('messages')) return
    expected = expected.filter((until) => until > Date.now())
    if (expected.length > 0) {
      unexpect()
      return
    }
    clearTimeout(reading)
    reading = setTimeout(() => void query.reload(), BURST_MS)
  })
  const markRead = async (id: ApplicationId): Promise<void> => {
    expect()
    try {
      const { read } = await call('message.mark_read', { application_id: id })
      if (read === 0) unexpect()
    } catch {
      // A badge that stays is no harm; the next look tries again.
      unexpect()
    }
  }
  watch(query.data, (thread) => {
    clearTimeout(marking)
    const id = application()
    if (thread === undefined || id === undefined || thread.head.application_id !== id || !mayRead()) return
    if (!thread.messages.some(({ author }) => author === 'candidate')) return
    marking = setTimeout(() => void markRead(id), READ_AFTER_MS)
  })
  onScopeDispose(() => {
    clearTimeout(reading)
    clearTimeout(marking)
  })
  return { ...query, expect }
}
