import { onScopeDispose, watch } from 'vue'
import type { ApplicationId } from '@shared/domain/ids.ts'
import { call } from '../../ipc/api.ts'
import { useDataChanged } from '../../ipc/use-event.ts'
import { useQuery } from '../../ipc/use-query.ts'

/** The announcement of what this window itself just did is no news: reading a conversation again would be a view again. */
const ECHO_MS = 700
/** A glance in passing reads nothing. */
const READ_AFTER_MS = 600

/** One conversation, read again when others change it, and marked as read once it has been looked at. */
export const useThread = (application: () => ApplicationId | undefined, mayRead: () => boolean) => {
  const query = useQuery('message.thread', () => {
    const id = application()
    return id === undefined ? null : { application_id: id }
  })
  let ownAt = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  const reload = async (): Promise<void> => {
    ownAt = Date.now()
    await query.reload()
  }
  useDataChanged(['messages'], () => {
    if (Date.now() - ownAt > ECHO_MS) void query.reload()
  })
  const markRead = async (id: ApplicationId): Promise<void> => {
    ownAt = Date.now()
    try {
      await call('message.mark_read', { application_id: id })
    } catch {
      // A badge that stays is no harm; the next look tries again.
    }
  }
  watch(query.data, (thread) => {
    clearTimeout(timer)
    const id = application()
    if (thread === undefined || id === undefined || thread.head.application_id !== id || !mayRead()) return
    if (!thread.messages.some(({ author }) => author === 'candidate')) return
    timer = setTimeout(() => void markRead(id), READ_AFTER_MS)
  })
  onScopeDispose(() => clearTimeout(timer))
  return { ...query, reload }
}
