import type { Colleague } from '../../shared/domain/collaboration.ts'
import { changeData } from '../../shared/domain/sync-records.ts'
import type { OpenAccount } from '../context.ts'
import type { ReaderCall } from '../handler.ts'
import { openAside, type AsideRow } from '../sync/aside.ts'

type Place = Pick<ReaderCall, 'store' | 'account' | 'vault'>

/** Who acts, as colleagues know them: the account's id at the hub, or in this home where there is no hub. */
export const authorOf = (account: Pick<OpenAccount, 'me' | 'view'>): { readonly id: string; readonly name: string } => {
  const me = account.me()
  return { id: me?.id ?? account.view.id, name: me?.name ?? account.view.name }
}

/** Every account of the enterprise that the hub has told of, oneself left out, in the order of their names. */
export const listColleagues = ({ store, account, vault }: Place): Colleague[] => {
  const own = authorOf(account).id
  const place = { store, keystore: account.keystore, asideKey: vault.keys.asideKey() }
  return store
    .all<AsideRow>("SELECT * FROM aside_change WHERE type = 'account' AND why = 'stored'")
    .flatMap((row): Colleague[] => {
      const data = changeData.account.safeParse(openAside(place, row))
      if (!data.success || row.id === own || data.data.status === 'revoked') return []
      return [{ id: row.id, name: data.data.name, role: data.data.role }]
    })
    .sort((a, b) => a.name.localeCompare(b.name))
}

/** What an account is called: oneself, a colleague, another account of this home, or its id where nobody has told more. */
export const namesOf = (call: Place): ((id: string) => string) => {
  const names = new Map<string, string>()
  for (const { id, name, me } of call.vault.accounts.list()) {
    names.set(id, me?.name ?? name)
    if (me !== undefined) names.set(me.id, me.name)
  }
  for (const { id, name } of listColleagues(call)) names.set(id, name)
  const own = authorOf(call.account)
  names.set(own.id, own.name)
  return (id) => names.get(id) ?? id
}
