import { join } from 'node:path'
import type { BrowserWindow, Dialog, OpenDialogOptions } from 'electron'

/** Where a file lies or shall lie, by the system's own dialog; an empty text when the person would rather not. */
export type AskPlaces = {
  open(): Promise<string>
  /** @param name what the file would be called */
  save(name: string): Promise<string>
  folder(): Promise<string>
}

/** The page never names a place: core asks here, and the person answers. */
export const createAskPlaces = (
  dialog: Pick<Dialog, 'showOpenDialog' | 'showSaveDialog'>,
  window: () => BrowserWindow | undefined,
  folder: () => string,
): AskPlaces => {
  const choose = async (properties: OpenDialogOptions['properties']): Promise<string> => {
    const over = window()
    const options: OpenDialogOptions = { properties: [...(properties ?? []), 'dontAddToRecent'] }
    const { filePaths } = await (over ? dialog.showOpenDialog(over, options) : dialog.showOpenDialog(options))
    return filePaths[0] ?? ''
  }
  return {
    open: () => choose(['openFile']),
    folder: () => choose(['openDirectory', 'createDirectory']),
    save: async (name) => {
      const over = window()
      const options = { defaultPath: join(folder(), name), properties: ['dontAddToRecent' as const] }
      const { filePath } = await (over ? dialog.showSaveDialog(over, options) : dialog.showSaveDialog(options))
      return filePath
    },
  }
}
