import { join } from 'node:path'
import { BrowserWindow } from 'electron'
import { protectContent } from '../security/content-protection.ts'
import { pageUrl } from '../security/page-address.ts'
import { webPreferences } from '../security/web-preferences.ts'

/** The one window. Its place and size are kept by Electron where it knows how (`windowStatePersistence`). */
export const openMainWindow = (programRoot: string, packaged: boolean): BrowserWindow => {
  const window = new BrowserWindow({
    name: 'main',
    windowStatePersistence: true,
    title: 'Candor',
    width: 1400,
    height: 900,
    minWidth: 960,
    minHeight: 600,
    show: false,
    autoHideMenuBar: true,
    webPreferences: webPreferences(join(programRoot, 'out', 'preload', 'index.cjs'), !packaged),
  })
  protectContent(window)
  window.once('ready-to-show', () => window.show())
  reopenAfterCrash(window)
  void window.loadURL(pageUrl)
  return window
}

/** Loads the page anew, without the place in it: after locking nobody should see what was open. */
export const restartPage = async (window: BrowserWindow): Promise<void> => {
  // A second restart may overtake this one; its own load decides then.
  await window.loadURL(pageUrl).catch(() => undefined)
  if (!window.isDestroyed()) window.webContents.navigationHistory.clear()
}

/** A page that crashed is loaded again, but not for ever. */
const reopenAfterCrash = (window: BrowserWindow, limit = 3): void => {
  let crashes = 0
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || window.isDestroyed() || ++crashes > limit) return
    void restartPage(window)
  })
}
