import type { AdminReach } from '../../shared/domain/admin-people.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { ReaderCall } from '../handler.ts'
import type { HubClient } from '../sync/hub-client.ts'

type Place = Pick<ReaderCall, 'account'>

/**
 * Asks the hub, and says why nothing came: a local workspace has none, and a platform's gateway may lack the route (404).
 * Every other failure is thrown on.
 */
export const askHub = async <T>(
  call: Place,
  ask: (hub: HubClient) => Promise<T>,
  nothing: T,
): Promise<{ readonly reach: AdminReach; readonly answer: T }> => {
  const { hub } = call.account
  if (hub === null) return { reach: 'local', answer: nothing }
  try {
    return { reach: 'hub', answer: await ask(hub) }
  } catch (error) {
    if (error instanceof IpcError && error.code === 'E_NOT_FOUND') return { reach: 'not_offered', answer: nothing }
    throw error
  }
}

/** For what only a hub can do. @throws IpcError E_NOT_FOUND */
export const requireHub = (call: Place): HubClient => {
  const { hub } = call.account
  if (hub === null) throw new IpcError('E_NOT_FOUND', 'a local workspace has no other accounts')
  return hub
}
