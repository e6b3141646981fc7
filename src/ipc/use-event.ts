import { onScopeDispose } from 'vue'
import type { EventName, Events } from '@shared/ipc/events.ts'
import { decode } from './api.ts'
import { findBridge } from './bridge.ts'

/** Listens to core until the component goes. */
export const useEvent = <N extends EventName>(name: N, listener: (payload: Events[N]) => void): void => {
  const stop = findBridge()?.on(name, (payload) => listener(decode(payload) as Events[N]))
  onScopeDispose(() => stop?.())
}

export type DataKind = Events['data.changed']['what'][number]

/** Many rows change in one sync: one refetch for a burst is enough. */
const BURST_MS = 250

/** Calls `reload` when rows of one of the kinds changed. */
export const useDataChanged = (kinds: readonly DataKind[], reload: () => void): void => {
  let timer: ReturnType<typeof setTimeout> | undefined
  useEvent('data.changed', ({ what }) => {
    if (!what.some((kind) => kinds.includes(kind))) return
    clearTimeout(timer)
    timer = setTimeout(reload, BURST_MS)
  })
  onScopeDispose(() => clearTimeout(timer))
}
