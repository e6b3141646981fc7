import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { OpenAccount } from '../context.ts'

/**
 * The port for whatever takes more than a session: bulk reveal and export (ZP-94). Asks the hub whether this session has given
 * a proof in the last five minutes. The page answers E_SECOND_FACTOR with one dialog and calls again. A workspace without a hub
 * has no second factor; a gateway that knows none asks for none.
 *
 * @throws IpcError E_SECOND_FACTOR (`reason: 'proof'`, `enrolled`, `accepted`), E_HUB_UNREACHABLE, and those of the hub
 */
export const requireProof = async ({ hub }: Pick<OpenAccount, 'hub'>): Promise<void> => {
  if (hub === null) return
  const state = await hub.stepUpState().catch((error: unknown) => {
    if (error instanceof IpcError && error.code === 'E_NOT_FOUND') return undefined
    throw error
  })
  if (state === undefined || !state.required || state.proved_until !== undefined) return
  throw new IpcError('E_SECOND_FACTOR', 'this takes a second factor', {
    reason: 'proof',
    enrolled: state.enrolled,
    accepted: state.accepted.join(' '),
    clause: 'ZP-94',
  })
}
