import type { RegisteredAccount } from '../accounts/account-registry.ts'
import type { ApprovalNews } from '../notices/notice-watch.ts'
import type { AsidePlace } from '../sync/aside.ts'
import type { ReadableDb } from '../store/database.ts'
import { openBooked } from './approval-book.ts'

type Place = Omit<AsidePlace, 'store'> & { readonly store: ReadableDb }

/** What an account should hear of: requests that it may decide about, and its own that were decided. Ids alone. */
export const approvalNews = (place: Place, { me, role }: Pick<RegisteredAccount, 'me' | 'role'>): ApprovalNews => {
  if (me === undefined) return { waiting: new Set(), decided: new Set() }
  const all = openBooked(place)
  const decides = role === 'admin' || role === 'officer'
  const ids = (wanted: (one: (typeof all)[number]) => boolean) => new Set(all.filter(wanted).map(({ id }) => id))
  return {
    waiting: ids((one) => decides && one.status === 'pending' && one.account_id !== me.id && one.first_by !== me.id),
    decided: ids((one) => one.account_id === me.id && one.status !== 'pending' && one.ended !== 'withdrawn'),
  }
}
