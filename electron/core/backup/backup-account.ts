import type { RegisteredAccount } from '../accounts/account-registry.ts'
import type { Manifest } from './manifest.ts'

/** What a backup keeps of its account: who it was, and neither session nor answers. */
export const backupAccount = (account: RegisteredAccount): Manifest['account'] => {
  const { id, name, role, employer, hub, local, officer, agency, me } = account
  return {
    id,
    name,
    role,
    employer,
    hub,
    local,
    ...(officer === undefined ? {} : { officer }),
    ...(agency === undefined ? {} : { agency }),
    ...(me === undefined ? {} : { me }),
  }
}
