import type { MenuItemConstructorOptions } from 'electron'
import { menuTexts } from '../windows/menu-texts.ts'

export type TrayState = { readonly language: 'zh-CN' | 'en-US'; readonly unlocked: boolean; readonly signedIn: boolean }
export type TrayActions = {
  readonly open: () => void
  readonly lock: () => void
  readonly sync: () => void
  readonly quit: () => void
}

/** The tray's menu: four items, those that need an open vault greyed while there is none. */
export const trayTemplate = (state: TrayState, actions: TrayActions): MenuItemConstructorOptions[] => {
  const text = menuTexts[state.language]
  return [
    { id: 'open', label: text.open, click: actions.open },
    { id: 'lock', label: text.lockNow, enabled: state.unlocked, click: actions.lock },
    { id: 'sync', label: text.sync, enabled: state.signedIn, click: actions.sync },
    { type: 'separator' },
    { id: 'quit', label: text.quit, click: actions.quit },
  ]
}
