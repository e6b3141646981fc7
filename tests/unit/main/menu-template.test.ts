import type { MenuItemConstructorOptions } from 'electron'
import { describe, expect, it, vi } from 'vitest'
import { trayTemplate } from '../../../electron/main/desktop/tray-template.ts'
import { menuTemplate, type MenuState } from '../../../electron/main/windows/menu-template.ts'
import { sectionTexts } from '../../../electron/main/windows/menu-texts.ts'

const open: MenuState = {
  language: 'zh-CN',
  signedIn: true,
  unlocked: true,
  sections: ['jobs', 'candidates', 'interviews', 'settings'],
  person: true,
}
const template = (state: Partial<MenuState> = {}, packaged = true, platform = 'linux') => {
  const lock = vi.fn()
  const run = vi.fn()
  const menus = menuTemplate({ ...open, ...state, packaged, platform, lock, run })
  const items = menus.flatMap((menu) => (Array.isArray(menu.submenu) ? menu.submenu : []))
  const press = (id: string): void =>
    items.find((item) => item.id === id)?.click?.(undefined as never, undefined, undefined as never)
  return { menus, items, lock, run, press }
}
const idsWhere = (items: readonly MenuItemConstructorOptions[], enabled: boolean) =>
  items.filter((item) => item.id !== undefined && item.enabled === enabled).map(({ id }) => id)

describe('the menu', () => {
  it('has neither developer tools nor a reload in a packaged program', () => {
    expect(JSON.stringify(template({}, true).menus)).not.toMatch(/devtools|reload/i)
    expect(JSON.stringify(template({}, false).menus)).toMatch(/toggleDevTools/)
  })

  it('locks with Ctrl or Cmd and L', () => {
    const { items, lock, press } = template({ language: 'en-US' })
    expect(items.find(({ accelerator }) => accelerator === 'CmdOrCtrl+L')?.label).toBe('Lock')
    press('lock')
    expect(lock).toHaveBeenCalledOnce()
  })

  it.each([true, false])('speaks the language of the program in every item (signed in: %s)', (signedIn) => {
    const labels = (language: 'zh-CN' | 'en-US') => {
      const { menus, items } = template({ language, signedIn, sections: signedIn ? open.sections : [] }, false)
      return [...menus, ...items].filter(({ type }) => type !== 'separator').map(({ label }) => label ?? '')
    }
    expect(labels('zh-CN').every((label) => /\p{Script=Han}/u.test(label))).toBe(true)
    expect(labels('en-US').every((label) => /^[\x20-\x7e]+$/.test(label))).toBe(true)
    expect(Object.keys(sectionTexts['zh-CN'])).toEqual(Object.keys(sectionTexts['en-US']))
  })

  it('leads to the sections of this role in their order, the first nine by figure, and to none that it does not know', () => {
    const names = [
      'jobs',
      'candidates',
      'board',
      'interviews',
      'messages',
      'pool',
      'reports',
      'sync',
      'retention',
      'ledger',
    ]
    const { items, press, run } = template({ sections: [...names, 'constructor'] })
    const going = items.filter(({ id }) => id?.startsWith('go:'))
    expect(going.map(({ id }) => id)).toEqual(names.map((name) => `go:${name}`))
    expect(going.map(({ accelerator }) => accelerator)).toEqual([
      ...Array.from({ length: 9 }, (_, i) => `CmdOrCtrl+${i + 1}`),
      undefined,
    ])
    press('go:interviews')
    expect(run).toHaveBeenCalledWith('go:interviews')
  })

  it('leads nowhere while locked, and offers nothing for a person where none is open', () => {
    const locked = template({ signedIn: false, unlocked: false, sections: [], person: false })
    expect(idsWhere(locked.items, true)).toEqual(['undo'])
    const nobody = template({ person: false })
    expect(idsWhere(nobody.items, false)).toEqual(['advance', 'reject', 'note', 'schedule', 'reveal', 'leak'])
    expect(idsWhere(template().items, false)).toEqual([])
  })

  it('leaves letters alone to whoever types: shown on Linux and Windows, not even that on macOS', () => {
    const single = (platform: string) =>
      template({}, true, platform).items.filter(({ accelerator }) => /^[A-Z?]$/.test(String(accelerator ?? '')))
    expect(single('linux').length).toBeGreaterThan(5)
    expect(single('linux').every(({ registerAccelerator }) => registerAccelerator === false)).toBe(true)
    expect(single('darwin')).toEqual([])
    expect(template().items.find(({ id }) => id === 'undo')?.registerAccelerator).toBe(false)
  })
})

describe('the tray', () => {
  const actions = { open: vi.fn(), lock: vi.fn(), sync: vi.fn(), quit: vi.fn() }

  it('opens, locks, syncs and quits; what needs an open vault is greyed without one', () => {
    const items = trayTemplate({ language: 'zh-CN', unlocked: false, signedIn: false }, actions)
    expect(items.filter(({ type }) => type !== 'separator').map(({ id, enabled }) => [id, enabled ?? true])).toEqual([
      ['open', true],
      ['lock', false],
      ['sync', false],
      ['quit', true],
    ])
    expect(items.map(({ label }) => label).join()).not.toMatch(/[A-Za-z]/)
  })
})
