import { existsSync } from 'node:fs'
import type { Me } from '../../shared/domain/sync-records.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { Core, OpenVault } from '../context.ts'

/**
 * A vault is never moved to another enterprise (ZP-76, WZ-29, MM-30): a home that keeps one enterprise's data opens for nobody of
 * another before that workspace is closed. At one hub the enterprise's id counts, at another its name.
 *
 * @throws IpcError E_CONFLICT
 */
export const requireOwnVault = (core: Core, vault: OpenVault, hub: string, { employer }: Me): void => {
  const { origin } = new URL(hub)
  const foreign = vault.accounts.list().some((known) => {
    if (known.local || known.me === undefined || known.closing !== undefined) return false
    const other = known.me.employer
    const same = known.hub === origin ? other.id === employer.id : other.name === employer.name
    return !same && existsSync(core.home.account(known.id).store)
  })
  if (foreign)
    throw new IpcError('E_CONFLICT', 'this home keeps the data of another enterprise; close that workspace first', {
      reason: 'other_employer',
    })
}
