import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { Core } from '../context.ts'

type Running = { readonly account: string; readonly enterprise: string; readonly controller: AbortController }

const byCore = new WeakMap<Core, Map<string, Running>>()
const callsOf = (core: Core): Map<string, Running> => {
  const known = byCore.get(core) ?? new Map<string, Running>()
  byCore.set(core, known)
  return known
}

/** Most calls of a home at once: a stack of clicks must not become a bill. */
const most = 4

/**
 * Runs a call that can be stopped by its name, its account or its enterprise.
 * @throws IpcError E_CONFLICT when it runs already, E_RATE when enough others do; and those of `work`
 */
export const runCall = async <T>(
  core: Core,
  run: string,
  whose: { readonly account: string; readonly enterprise: string },
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> => {
  const calls = callsOf(core)
  if (calls.has(run)) throw new IpcError('E_CONFLICT', 'this call is under way already')
  if (calls.size >= most) throw new IpcError('E_RATE', 'enough calls are under way')
  const controller = new AbortController()
  calls.set(run, { ...whose, controller })
  try {
    return await work(controller.signal)
  } finally {
    calls.delete(run)
  }
}

/** Stops every call that the test picks; how many there were. */
export const stopCalls = (
  core: Core,
  picks: (call: { readonly run: string; readonly account: string; readonly enterprise: string }) => boolean,
): number => {
  const stopped = [...callsOf(core)].filter(([run, { account, enterprise }]) => picks({ run, account, enterprise }))
  for (const [, { controller }] of stopped) controller.abort()
  return stopped.length
}

export const countCalls = (core: Core, account: string): number =>
  [...callsOf(core).values()].filter((call) => call.account === account).length
