import type { FromCore, ToCore } from '../shared/ipc/core-messages.ts'
import { IpcError } from '../shared/ipc/ipc-error.ts'
import { openCorePort } from './core-port.ts'
import { createCore, type RunningCore } from './create-core.ts'
import { environment } from './environment.ts'
import { createHostRequests } from './host-requests.ts'
import { createParserHost } from './intake/parser-host.ts'
import { hostKeychain } from './keys/host-keychain.ts'
import { relayedParser } from './intake/relayed-parser.ts'

/** The core process: one home, one router, one port to main. */
const port = openCorePort()
const send = (message: FromCore): void => port.send(message)

const ask = createHostRequests(port)
const parser = createParserHost({
  clock: { now: () => Date.now() + environment.clockOffsetSeconds * 1000 },
  ...(port.kind === 'utility' ? { spawn: () => relayedParser(port, ask) } : {}),
})

const start = (): RunningCore | null => {
  try {
    return createCore({
      home: environment.home,
      fetch: (...request) => globalThis.fetch(...request),
      parser,
      watchMail: true,
      watchHub: true,
      keychain: hostKeychain(ask),
      askPlace: async (purpose, name) => {
        const path = await ask(`place_${purpose}`, name)
        return typeof path === 'string' && path !== '' ? path : null
      },
      openBrowser: async (address) => (await ask('browser_open', address)) === 'opened',
      emit: (name, data) => send({ kind: 'event', name, json: JSON.stringify(data) }),
    })
  } catch (error) {
    if (environment.debug) console.error(error)
    const refusal = error instanceof IpcError ? error : new IpcError('E_INTERNAL', 'core could not start')
    send({ kind: 'refused', error: refusal.toShape() })
    // Let the message leave before the process does.
    setTimeout(() => process.exit(1), 200)
    return null
  }
}

const running = start()
let stopping = false

const stop = async (reason: 'lock' | 'quit'): Promise<void> => {
  if (stopping) return
  stopping = true
  await running?.stop(reason)
  process.exit(0)
}

const receive = async (message: ToCore): Promise<void> => {
  if (message.kind === 'stop') return stop(message.reason)
  if (message.kind !== 'call' || running === null) return
  const answer = await running.router.call(message.route, message.input)
  send({ kind: 'answer', id: message.id, json: JSON.stringify(answer) })
}

port.onMessage((message) => void receive(message))
// Without main there is nobody to serve and nobody to lock the vault.
port.onClosed(() => void stop('quit'))
process.on('SIGTERM', () => void stop('quit'))
process.on('SIGINT', () => void stop('quit'))
if (running !== null) send({ kind: 'ready' })
