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
export const restartPage = (window: BrowserWindow): Promise<void> =>
  window.loadURL(pageUrl).catch(() => {
    // A second restart overtook this one; its own load decides.
  })

/** A page that crashed is loaded again, but not for ever. */
const reopenAfterCrash = (window: BrowserWindow, limit = 3): void => {
  let crashes = 0
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || window.isDestroyed() || ++crashes > limit) return
    void restartPage(window)
  })
}
