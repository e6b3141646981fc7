import type { FromCore, ToCore } from '../shared/ipc/core-messages.ts'

/** The private port to main, whatever kind of process core is. */
export type CorePort = {
  /** A utility process cannot start another process; it asks main. */
  readonly kind: 'utility' | 'node'
  send(message: FromCore): void
  onMessage(listener: (message: ToCore, ports: readonly unknown[]) => void): void
  /** Main went away without a word. */
  onClosed(listener: () => void): void
}

/** Electron's utility process; typed here so that core does not depend on Electron. */
type ParentPort = {
  postMessage(message: FromCore): void
  on(event: 'message', listener: (event: { readonly data: ToCore; readonly ports: readonly unknown[] }) => void): void
}

const parentPort = (): ParentPort | undefined =>
  (process as NodeJS.Process & { readonly parentPort?: ParentPort }).parentPort

/** @throws TypeError when nobody is at the other end */
export const openCorePort = (): CorePort => {
  const port = parentPort()
  if (port !== undefined) {
    return {
      kind: 'utility',
      send: (message) => port.postMessage(message),
      onMessage: (listener) => port.on('message', ({ data, ports }) => listener(data, ports)),
      onClosed: () => undefined,
    }
  }
  if (process.send === undefined) throw new TypeError('core is started by main, or through the command line')
  return {
    kind: 'node',
    send: (message) => void process.send?.(message),
    onMessage: (listener) => void process.on('message', (message) => listener(message as ToCore, [])),
    onClosed: (listener) => void process.on('disconnect', listener),
  }
}
