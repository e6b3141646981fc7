import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { Core } from '../context.ts'
import type { SecondStep } from '../sync/hub-problem.ts'
import type { Arriving } from './enter-hub-account.ts'

export type ArrivalState = 'waiting' | 'confirmed' | 'refused' | 'expired' | 'failed'

/** A sign-in that is not done yet: its tokens stay here, and nobody is signed in by them. */
export type PendingSignIn = {
  readonly arriving: Arriving
  /** By phone there is none. */
  readonly name?: string
  readonly detail?: string
  /** The password was right and the hub wants more. */
  readonly step?: SecondStep
  state: ArrivalState | 'asked'
  timer?: ReturnType<typeof setTimeout>
}

const pending = new WeakMap<Core, PendingSignIn>()

export const pendingSignIn = (core: Core): PendingSignIn | undefined => pending.get(core)

/** @throws IpcError E_CONFLICT */
export const requirePending = (core: Core): PendingSignIn => {
  const open = pending.get(core)
  if (open === undefined) throw new IpcError('E_CONFLICT', 'no sign-in is under way; start again')
  return open
}

/** The latest sign-in ends the one before: two at once would be anybody's. */
export const setPending = (core: Core, next: PendingSignIn): PendingSignIn => {
  dropPending(core)
  pending.set(core, next)
  return next
}

/** Takes it out for whoever goes on with it. */
export const takePending = (core: Core): PendingSignIn | undefined => {
  const open = pending.get(core)
  pending.delete(core)
  if (open?.timer !== undefined) clearTimeout(open.timer)
  return open
}

/** Ends it; a session that the hub has opened meanwhile is nobody's and ends too. */
export const dropPending = (core: Core): void => {
  const open = takePending(core)
  if (open?.arriving.client.signedIn() === true) void open.arriving.client.signOut()
}
