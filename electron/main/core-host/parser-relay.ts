import { app, MessageChannelMain, utilityProcess } from 'electron'
import type { UtilityProcess } from 'electron'
import type { ToCore } from '../../shared/ipc/core-messages.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { HostedProcess } from './hosted-process.ts'

/** Starts parsers for a core that is a utility process. The files go past main, over a port between the two. */
export type ParserRelay = {
  /** @returns the parser's number */
  start(core: HostedProcess): string
  kill(parser: string): string
  /** @returns resident bytes, in digits; empty when the system does not tell */
  memory(parser: string): string
}

/** Old space of V8, in MiB; the rest of a parser's memory is watched by core. */
const heapLimit = 512

/** @param entry the built `parser.js`; undefined where core starts its parser itself */
export const createParserRelay = (entry: string | undefined): ParserRelay => {
  const running = new Map<number, UtilityProcess>()
  let last = 0

  return {
    start(core) {
      if (entry === undefined) throw new IpcError('E_RUNTIME', 'a Node child starts its parser itself')
      const parser = ++last
      // No key, no folder, no proxy: nothing of the surroundings reaches the code that opens strangers' files.
      const child = utilityProcess.fork(entry, [], {
        env: {},
        execArgv: [`--max-old-space-size=${heapLimit}`],
        serviceName: 'Candor parser',
        stdio: 'ignore',
      })
      const { port1, port2 } = new MessageChannelMain()
      running.set(parser, child)
      child.once('exit', (code) => {
        running.delete(parser)
        setImmediate(() => core.send({ kind: 'parser_exit', parser, code } satisfies ToCore))
      })
      child.postMessage(null, [port1])
      core.send({ kind: 'parser_port', parser } satisfies ToCore, [port2])
      return String(parser)
    },
    kill(parser) {
      // At once: it holds nothing that could be lost, and a file may keep it too busy to listen.
      const pid = running.get(Number(parser))?.pid
      if (pid !== undefined) process.kill(pid, 'SIGKILL')
      return ''
    },
    memory(parser) {
      const pid = running.get(Number(parser))?.pid
      const size = app.getAppMetrics().find((metric) => metric.pid === pid)?.memory.workingSetSize
      return pid === undefined || size === undefined ? '' : String(size * 1024)
    },
  }
}
