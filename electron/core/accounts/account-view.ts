import type { AccountView } from '../../shared/domain/views.ts'
import type { RegisteredAccount } from './account-registry.ts'

export const accountView = (account: RegisteredAccount): AccountView => ({
  id: account.id as AccountView['id'],
  name: account.name,
  role: account.role,
  employer: account.employer,
  ...(account.hub === '' ? {} : { hub: account.hub }),
  local: account.local,
  ...(account.me?.status === 'restricted' ? { duties_of: account.me.role } : {}),
})
