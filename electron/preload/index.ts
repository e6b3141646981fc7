import { contextBridge, ipcRenderer } from 'electron'
import { callChannel, eventChannel } from '../shared/ipc/channels.ts'

/** Everything the page can reach: ask, and be told. No state, no logic; `bridge.d.ts` has the types. */
contextBridge.exposeInMainWorld('candor', {
  /** Crosses the processes as one text, which is cheaper than a page of rows; never rejects. */
  call: async (route: string, input: unknown): Promise<unknown> =>
    JSON.parse(await ipcRenderer.invoke(callChannel, route, input)),

  /** @returns a function that ends the listening */
  on: (event: string, listener: (payload: unknown) => void): (() => void) => {
    const hear = (_event: unknown, name: string, json: string): void => {
      if (name === event) listener(JSON.parse(json))
    }
    ipcRenderer.on(eventChannel, hear)
    return () => void ipcRenderer.off(eventChannel, hear)
  },
})
