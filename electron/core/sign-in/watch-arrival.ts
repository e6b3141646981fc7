import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { Core } from '../context.ts'
import { dropPending, pendingSignIn, type ArrivalState, type PendingSignIn } from './pending-sign-in.ts'

/** RFC 8628 §3.5: asked too soon, so five seconds more from now on. */
const slower = 5000
/** A session that was confirmed and is not taken up ends. */
const untaken = 120_000

const endedBy = (code: unknown): ArrivalState => {
  if (code === 'access_denied') return 'refused'
  return code === 'expired_token' || code === 'invalid_grant' ? 'expired' : 'failed'
}

/**
 * Asks the hub once in every interval until the phone has answered or the code has ended. Core does this and not the page: the
 * tokens never reach it.
 */
export const watchArrival = (
  core: Core,
  pending: PendingSignIn,
  times: { readonly intervalMs: number; readonly until: number },
  ask: () => Promise<unknown>,
): void => {
  let interval = times.intervalMs
  const settle = (state: ArrivalState): void => {
    pending.state = state
    core.emit('sign_in.arrival', { state })
  }
  const plan = (work: () => void, milliseconds: number): void => {
    pending.timer = setTimeout(work, milliseconds)
    pending.timer.unref()
  }
  const look = async (): Promise<void> => {
    // Cancelled, replaced, or over its time; one last question would only tell the hub that somebody still waits.
    if (pendingSignIn(core) !== pending) return
    if (core.clock.now() >= times.until) return settle('expired')
    try {
      await ask()
    } catch (error) {
      const code = error instanceof IpcError ? error.data.code : undefined
      if (code === 'slow_down') interval += slower
      const away = error instanceof IpcError && error.code === 'E_HUB_UNREACHABLE'
      if (code !== 'authorization_pending' && code !== 'slow_down' && !away) return settle(endedBy(code))
      return plan(() => void look(), interval)
    }
    // It was cancelled while the answer was on its way: the session is nobody's.
    if (pendingSignIn(core) !== pending) return void pending.arriving.client.signOut()
    settle('confirmed')
    plan(() => {
      if (pendingSignIn(core) === pending) dropPending(core)
    }, untaken)
  }
  pending.state = 'waiting'
  plan(() => void look(), interval)
}
