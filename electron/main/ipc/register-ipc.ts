import { ipcMain } from 'electron'
import { callChannel } from '../../shared/ipc/channels.ts'
import type { Dispatch } from './dispatch-call.ts'
import { dispatchCall } from './dispatch-call.ts'
import { isTrustedSender } from './trusted-sender.ts'

export type IpcDoor = Omit<Dispatch, 'isTrusted' | 'isUnlocked'> & {
  /** The id of the main window's contents, while there is one. */
  readonly windowId: () => number | undefined
  readonly isUnlocked: () => boolean
}

/** Opens the only channel that the page can call on. */
export const registerIpc = ({ windowId, isUnlocked, ...door }: IpcDoor): void =>
  ipcMain.handle(callChannel, (event, route: unknown, input: unknown) =>
    dispatchCall(route, input, { ...door, isTrusted: isTrustedSender(event, windowId()), isUnlocked: isUnlocked() }),
  )
