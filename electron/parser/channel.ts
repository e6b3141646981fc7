/** Where requests come from and answers go: the pipe of a Node child, or the port of an Electron utility process. */
export type Channel = {
  onMessage(listener: (message: unknown) => void): void
  send(message: unknown): void
}

/** The part of Electron's `process.parentPort` and `MessagePortMain` that is used here. */
type ElectronPort = {
  on(
    event: 'message',
    listener: (event: { readonly data: unknown; readonly ports: readonly ElectronPort[] }) => void,
  ): void
  postMessage(message: unknown): void
  start?(): void
}

const overPort = (port: ElectronPort): Channel => {
  let current = port
  return {
    onMessage(listener) {
      const listen = (from: ElectronPort): void => {
        from.on('message', (event) => {
          // Main hands over the port that leads to core, so that files do not pass through main.
          const handed = event.ports[0]
          if (handed) {
            current = handed
            listen(handed)
            handed.start?.()
          } else {
            listener(event.data)
          }
        })
      }
      listen(port)
    },
    send: (message) => current.postMessage(message),
  }
}

/** Finds the channel before the process closes its doors. */
export function openChannel(): Channel {
  const port = (process as { parentPort?: ElectronPort }).parentPort
  if (port) return overPort(port)
  const send = process.send?.bind(process)
  if (!send) throw new Error('the parser is started by its host only')
  process.on('disconnect', () => process.exit(0))
  return {
    onMessage: (listener) => void process.on('message', listener),
    send: (message) => void send(message),
  }
}
