import { Menu, nativeImage, Tray } from 'electron'
import { menuTexts } from '../windows/menu-texts.ts'
import { trayPixels } from './tray-icon.ts'
import { trayTemplate, type TrayActions, type TrayState } from './tray-template.ts'

export type ProgramTray = { show(state: TrayState): void }

/** Undefined on a system without a tray; the program works without one. */
export const createTray = (actions: TrayActions): ProgramTray | undefined => {
  try {
    const icon = nativeImage.createFromBitmap(trayPixels(32), { width: 32, height: 32, scaleFactor: 2 })
    const tray = new Tray(icon)
    tray.on('click', actions.open)
    return {
      show: (state) => {
        tray.setToolTip(menuTexts[state.language].trayTip)
        tray.setContextMenu(Menu.buildFromTemplate(trayTemplate(state, actions)))
      },
    }
  } catch {
    return undefined
  }
}
