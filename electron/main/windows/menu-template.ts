import type { MenuItemConstructorOptions } from 'electron'
import { menuTexts } from './menu-texts.ts'

type Options = {
  readonly language: 'zh-CN' | 'en-US'
  readonly packaged: boolean
  readonly platform: string
  readonly lock: () => void
}

/** The application's menu. A packaged program has no developer tools and no reload. */
export const menuTemplate = ({ language, packaged, platform, lock }: Options): MenuItemConstructorOptions[] => {
  const text = menuTexts[language]
  return [
    ...(platform === 'darwin' ? [{ role: 'appMenu' } as const] : []),
    {
      label: text.file,
      submenu: [
        { label: text.lock, accelerator: 'CmdOrCtrl+L', click: lock },
        { type: 'separator' },
        { role: 'quit', label: text.quit },
      ],
    },
    {
      label: text.edit,
      submenu: [
        { role: 'undo', label: text.undo },
        { role: 'redo', label: text.redo },
        { type: 'separator' },
        { role: 'cut', label: text.cut },
        { role: 'copy', label: text.copy },
        { role: 'paste', label: text.paste },
        { role: 'selectAll', label: text.selectAll },
      ],
    },
    {
      label: text.view,
      submenu: [
        { role: 'resetZoom', label: text.resetZoom },
        { role: 'zoomIn', label: text.zoomIn },
        { role: 'zoomOut', label: text.zoomOut },
        { type: 'separator' },
        { role: 'togglefullscreen', label: text.fullScreen },
        ...(packaged ? [] : [{ role: 'toggleDevTools', label: text.devTools } as const]),
      ],
    },
    {
      label: text.window,
      submenu: [
        { role: 'minimize', label: text.minimize },
        { role: 'close', label: text.close },
      ],
    },
  ]
}
