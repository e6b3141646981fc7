import type { ChangeDataOf } from '../../shared/domain/sync-records.ts'
import { putMessage } from '../messages/message-rows.ts'
import { openAside, removeAside, type AsideRow } from './aside.ts'
import type { PageWork } from './page-work.ts'
import { pastTime } from './past-time.ts'
import { changeData } from '../../shared/domain/sync-records.ts'

type MessagePlace = Pick<PageWork, 'store' | 'keystore' | 'now'>

/**
 * Puts a message of the hub into its conversation. False while its application is not here. What we sent comes back under its
 * own id: it is known already, and now it is known to have arrived.
 */
export const applyMessage = (
  work: MessagePlace,
  head: { readonly id: string },
  data: ChangeDataOf<'message'>,
): boolean => {
  const application = work.store.get<{ key_slot: string }>(
    'SELECT key_slot FROM application WHERE id = ?',
    data.application_id,
  )
  if (application === undefined) return false
  const known = work.store.get<{ application_id: string }>('SELECT application_id FROM message WHERE id = ?', head.id)
  // The same id in another conversation is refused: words of one person never move to another.
  if (known !== undefined && known.application_id !== data.application_id) return true
  const author = data.from === 'candidate' || data.from === 'ai' ? data.from : 'human'
  putMessage(work.store, work.keystore, application.key_slot, {
    id: head.id,
    application_id: data.application_id,
    at: pastTime(data.at, work.now),
    kind: author === 'ai' ? 'greeting' : 'chat',
    author,
    account: author === 'human' ? data.from : null,
    state: author === 'candidate' ? 'received' : 'sent',
    text: data.text,
  })
  return true
}

/** The platform took a message back. */
export const endMessage = (work: Pick<PageWork, 'store'>, id: string): void => {
  work.store.run(`DELETE FROM message WHERE id = ?`, id)
}

/** Messages that an earlier version kept aside, as far as their application is here. Returns how many were taken up. */
export const adoptMessages = (work: Pick<PageWork, 'store' | 'keystore' | 'asideKey' | 'now'>): number => {
  const rows = work.store.all<AsideRow>(
    `SELECT * FROM aside_change WHERE type = 'message' AND why = 'stored'
       AND application_id IN (SELECT id FROM application)`,
  )
  for (const row of rows) {
    const data = changeData.message.safeParse(openAside(work, row))
    removeAside(work.store, row.type, row.id)
    if (data.success) applyMessage(work, row, data.data)
  }
  return rows.length
}
