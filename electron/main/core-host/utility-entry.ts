import { pathToFileURL } from 'node:url'
import { net } from 'electron'

// Electron's network knows the system's proxy and certificates, Node's does not. Core must not know Electron, so the
// function that it finds under the usual name is exchanged here, before core's first line runs.
globalThis.fetch = ((input, init) =>
  net.fetch(input instanceof URL ? input.href : (input as string | Request), init)) as typeof fetch

// What speaks to its parent as a Node child does (the hub) finds the same two ways here. The port is opened only when
// somebody listens: an entry that listens to the port itself must not lose what comes early.
const { parentPort } = process
process.send = (message: unknown) => (parentPort.postMessage(message), true)
const openPort = (event: string | symbol): void => {
  if (event !== 'message') return
  process.off('newListener', openPort)
  parentPort.on('message', ({ data }) => process.emit('message', data, undefined))
}
process.on('newListener', openPort)

const [opener, entry, ...args] = process.argv.slice(1)
if (opener === undefined || entry === undefined) throw new Error('the entry of the utility process is missing')
process.argv.splice(1, process.argv.length - 1, entry, ...args)
await import(pathToFileURL(entry).href)
