import type { EventName, Events } from '../shared/ipc/events.ts'
import type { Answer } from '../shared/ipc/ipc-error.ts'
import type { Input, Output, RouteName } from '../shared/ipc/routes/index.ts'

/** What the preload script puts on the page's `window`: the whole surface between the page and the program. */
export type CandorBridge = {
  /** Resolves with data or with a typed error; rejects only where the program itself is gone. */
  call<N extends RouteName>(route: N, input: Input<N>): Promise<Answer<Output<N>>>
  /** @returns a function that ends the listening */
  on<E extends EventName>(event: E, listener: (payload: Events[E]) => void): () => void
}

declare global {
  interface Window {
    readonly candor: CandorBridge
  }
}
