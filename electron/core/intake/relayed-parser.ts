import type { ParseRequest } from '../../shared/domain/intake.ts'
import type { ToCore } from '../../shared/ipc/core-messages.ts'
import type { CorePort } from '../core-port.ts'
import type { AskHost } from '../host-requests.ts'
import type { ParserChild } from './parser-host.ts'

/** The part of Electron's `MessagePortMain` that is used here. */
type PassedPort = {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void
  start(): void
}

/**
 * A parser that main started for us: a utility process cannot start another one itself. The files go over a port between the
 * two, past main.
 */
export const relayedParser = (port: CorePort, ask: AskHost): ParserChild => {
  const early: ParseRequest[] = []
  let parser: string | undefined
  let channel: PassedPort | undefined
  let gone = false
  let onMessage: ((message: unknown) => void) | undefined
  let onExit: ((cause: 'memory' | 'crashed') => void) | undefined
  const ports = new Map<string, PassedPort>()

  const connect = (): void => {
    if (parser === undefined || channel !== undefined) return
    channel = ports.get(parser)
    if (channel === undefined) return
    channel.on('message', ({ data }) => onMessage?.(data))
    channel.start()
    for (const request of early.splice(0)) channel.postMessage(request)
  }
  const leave = (): void => {
    if (gone) return
    gone = true
    onExit?.('crashed')
  }
  port.onMessage((message: ToCore, passed) => {
    if (message.kind === 'parser_port') {
      ports.set(String(message.parser), passed[0] as PassedPort)
      connect()
    }
    if (message.kind === 'parser_exit' && String(message.parser) === parser) leave()
  })
  ask('parser_start', '').then((number) => {
    parser = String(number)
    connect()
  }, leave)
  return {
    post(request) {
      if (channel === undefined) early.push(request)
      else channel.postMessage(request)
    },
    onMessage(listener) {
      onMessage = listener
    },
    onExit(listener) {
      onExit = listener
      if (gone) listener('crashed')
    },
    residentBytes: async () => {
      if (parser === undefined || gone) return undefined
      const bytes = Number(await ask('parser_memory', parser))
      return bytes > 0 ? bytes : undefined
    },
    kill() {
      if (parser !== undefined) void ask('parser_kill', parser)
      gone = true
    },
  }
}
