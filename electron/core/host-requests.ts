import type { HostRequest, KeychainBackend, ToCore } from '../shared/ipc/core-messages.ts'
import { IpcError } from '../shared/ipc/ipc-error.ts'
import type { CorePort } from './core-port.ts'

/** Asks main for what only main can do. @throws IpcError as main answered it */
export type AskHost = (what: HostRequest, value: string) => Promise<string | KeychainBackend>

export const createHostRequests = (port: CorePort): AskHost => {
  const waiting = new Map<number, { resolve(value: string | KeychainBackend): void; reject(error: Error): void }>()
  let last = 0
  port.onMessage((message: ToCore) => {
    if (message.kind !== 'host_answer') return
    const request = waiting.get(message.id)
    waiting.delete(message.id)
    if (message.ok) request?.resolve(message.value)
    else request?.reject(new IpcError(message.error.code, message.error.message, message.error.data))
  })
  return (what, value) =>
    new Promise((resolve, reject) => {
      last += 1
      waiting.set(last, { resolve, reject })
      port.send({ kind: 'host_request', id: last, what, value })
    })
}
