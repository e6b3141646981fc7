import { join } from 'node:path'
import type { BrowserWindow, Dialog } from 'electron'

/** Where a file lies or shall lie, by the system's own dialog; an empty text when the person would rather not. */
export type AskPlaces = {
  open(): Promise<string>
  /** @param name what the file would be called */
  save(name: string): Promise<string>
}

/** The page never names a place: core asks here, and the person answers. */
export const createAskPlaces = (
  dialog: Pick<Dialog, 'showOpenDialog' | 'showSaveDialog'>,
  window: () => BrowserWindow | undefined,
  folder: () => string,
): AskPlaces => ({
  open: async () => {
    const over = window()
    const options = { properties: ['openFile' as const, 'dontAddToRecent' as const] }
    const { filePaths } = await (over ? dialog.showOpenDialog(over, options) : dialog.showOpenDialog(options))
    return filePaths[0] ?? ''
  },
  save: async (name) => {
    const over = window()
    const options = { defaultPath: join(folder(), name), properties: ['dontAddToRecent' as const] }
    const { filePath } = await (over ? dialog.showSaveDialog(over, options) : dialog.showSaveDialog(options))
    return filePath
  },
})
