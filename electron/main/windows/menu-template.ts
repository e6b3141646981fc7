import type { MenuItemConstructorOptions } from 'electron'
import { acceleratorOf, type ShortcutId } from '../../shared/desktop/shortcuts.ts'
import { menuTexts, sectionTexts } from './menu-texts.ts'

export type MenuState = {
  readonly language: 'zh-CN' | 'en-US'
  /** Somebody is signed in: there is something to go to. */
  readonly signedIn: boolean
  /** The vault can be locked. */
  readonly unlocked: boolean
  /** Sections of this role, in the order of the window. */
  readonly sections: readonly string[]
  /** Somebody is looked at, so that keys for a person do something. */
  readonly person: boolean
}

type Options = MenuState & {
  readonly packaged: boolean
  readonly platform: string
  readonly lock: () => void
  /** Tells the page: `go:NAME`, `key:ID` (as if the key was pressed), or a command's own name. */
  readonly run: (command: string) => void
}

const personKeys = ['advance', 'reject', 'note', 'schedule', 'reveal', 'leak'] as const
const listKeys = ['next', 'previous', 'review', 'compare'] as const

/** The application's menu. A packaged program has no developer tools and no reload; a locked one leads nowhere. */
export const menuTemplate = (options: Options): MenuItemConstructorOptions[] => {
  const { language, packaged, platform, signedIn, unlocked, sections, person, lock, run } = options
  const text = menuTexts[language]
  const mac = platform === 'darwin'
  const item = (
    id: ShortcutId,
    label: string,
    more: MenuItemConstructorOptions = { click: () => run(`key:${id}`) },
  ): MenuItemConstructorOptions => {
    const accelerator = acceleratorOf(id)
    const plain = accelerator !== undefined && !accelerator.includes('+')
    return {
      id,
      label,
      enabled: signedIn,
      // The page hears keys itself. On macOS a letter alone would be taken from whoever types it.
      ...(accelerator === undefined || (plain && mac)
        ? {}
        : { accelerator, registerAccelerator: !plain && id !== 'undo' }),
      ...more,
    }
  }
  const known = sections.flatMap((name) => {
    const label = Object.hasOwn(sectionTexts[language], name) ? sectionTexts[language][name] : undefined
    return label === undefined ? [] : [{ name, label }]
  })
  return [
    ...(mac ? [{ role: 'appMenu' } as const] : []),
    {
      label: text.file,
      submenu: [
        { id: 'import', label: text.import, enabled: signedIn, click: () => run('import') },
        { id: 'sync', label: text.sync, enabled: signedIn, click: () => run('sync') },
        { type: 'separator' },
        item('settings', text.settings, { click: () => run('go:settings') }),
        item('lock', text.lock, { enabled: unlocked, click: lock }),
        { type: 'separator' },
        { role: 'quit', label: text.quit },
      ],
    },
    {
      label: text.edit,
      submenu: [
        item('undo', text.undo, { enabled: true, click: () => run('undo') }),
        { role: 'redo', label: text.redo },
        { type: 'separator' },
        { role: 'cut', label: text.cut },
        { role: 'copy', label: text.copy },
        { role: 'paste', label: text.paste },
        { role: 'selectAll', label: text.selectAll },
        { type: 'separator' },
        {
          id: 'search',
          label: text.find,
          enabled: signedIn,
          accelerator: 'CmdOrCtrl+F',
          click: () => run('key:search'),
        },
      ],
    },
    {
      label: text.view,
      submenu: [
        item('palette', text.palette),
        { type: 'separator' },
        { role: 'resetZoom', label: text.resetZoom },
        { role: 'zoomIn', label: text.zoomIn },
        { role: 'zoomOut', label: text.zoomOut },
        { type: 'separator' },
        { role: 'togglefullscreen', label: text.fullScreen },
        ...(packaged ? [] : [{ role: 'toggleDevTools', label: text.devTools } as const]),
      ],
    },
    {
      label: text.go,
      submenu:
        known.length === 0
          ? [{ label: text.locked, enabled: false }]
          : known.map(({ name, label }, index) => ({
              id: `go:${name}`,
              label,
              enabled: signedIn,
              ...(index < 9 ? { accelerator: `CmdOrCtrl+${index + 1}` } : {}),
              click: () => run(`go:${name}`),
            })),
    },
    {
      label: text.candidate,
      submenu: [
        ...listKeys.map((id) => item(id, text[id])),
        { type: 'separator' },
        ...personKeys.map((id) => item(id, text[id], { enabled: signedIn && person, click: () => run(`key:${id}`) })),
      ],
    },
    {
      label: text.window,
      submenu: [
        { role: 'minimize', label: text.minimize },
        { role: 'close', label: text.close },
      ],
    },
    {
      label: text.help,
      submenu: [
        item('sheet', text.sheet),
        { id: 'tour', label: text.tour, enabled: signedIn, click: () => run('tour') },
        { id: 'rules', label: text.rules, enabled: signedIn, click: () => run('go:rules') },
      ],
    },
  ]
}
