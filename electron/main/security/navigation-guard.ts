import type { App, WebContents } from 'electron'
import { isFrameAddress } from './page-address.ts'

/** The page never leaves its document (its router lives behind `#`), opens no window and holds no `<webview>`. */
export const guardNavigation = (contents: WebContents): void => {
  contents.on('will-navigate', (event) => event.preventDefault())
  contents.on('will-redirect', (event) => event.preventDefault())
  contents.on('will-frame-navigate', (event) => {
    if (event.isMainFrame || !isFrameAddress(event.url)) event.preventDefault()
  })
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
}

export const guardEveryNavigation = (app: App): void =>
  void app.on('web-contents-created', (_event, contents) => guardNavigation(contents))
