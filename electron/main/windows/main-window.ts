import { join } from 'node:path'
import { BrowserWindow, screen } from 'electron'
import { protectContent } from '../security/content-protection.ts'
import { pageUrl } from '../security/page-address.ts'
import { webPreferences } from '../security/web-preferences.ts'
import { fitBox, readWindowState, smallestSize, usualSize, writeWindowState } from './window-state.ts'

export type MainWindowOptions = {
  readonly programRoot: string
  readonly packaged: boolean
  /** The file that keeps its place, size and zoom. */
  readonly stateFile: string
}

/** Moving a window is a hundred events and one write. */
const pause = 400

/** The one window, as it was left. */
export const openMainWindow = ({ programRoot, packaged, stateFile }: MainWindowOptions): BrowserWindow => {
  const state = readWindowState(stateFile)
  const box = fitBox(
    state.box,
    screen.getAllDisplays().map(({ workArea }) => workArea),
  )
  const window = new BrowserWindow({
    title: 'Candor',
    ...usualSize,
    ...box,
    minWidth: smallestSize.width,
    minHeight: smallestSize.height,
    show: false,
    autoHideMenuBar: true,
    webPreferences: webPreferences(join(programRoot, 'out', 'preload', 'index.cjs'), !packaged),
  })
  protectContent(window)
  if (state.maximised) window.maximize()
  window.once('ready-to-show', () => window.show())
  window.webContents.on('did-finish-load', () => window.webContents.setZoomLevel(readWindowState(stateFile).zoom))
  keepState(window, stateFile)
  reopenAfterCrash(window)
  void window.loadURL(pageUrl)
  return window
}

const keepState = (window: BrowserWindow, stateFile: string): void => {
  let timer: ReturnType<typeof setTimeout> | undefined
  const keep = (): void => {
    if (window.isDestroyed()) return
    writeWindowState(stateFile, {
      ...readWindowState(stateFile),
      box: window.getNormalBounds(),
      maximised: window.isMaximized(),
      zoom: window.webContents.getZoomLevel(),
    })
  }
  const later = (): void => {
    clearTimeout(timer)
    timer = setTimeout(keep, pause)
  }
  window.on('resize', later)
  window.on('move', later)
  window.on('maximize', later)
  window.on('unmaximize', later)
  window.on('close', keep)
  window.on('closed', () => clearTimeout(timer))
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
