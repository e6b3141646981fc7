import { describe, expect, it, vi } from 'vitest'
import { menuTemplate } from '../../../electron/main/windows/menu-template.ts'

const template = (packaged: boolean, language: 'zh-CN' | 'en-US' = 'zh-CN', lock = () => {}) =>
  menuTemplate({ language, packaged, platform: 'linux', lock })

describe('the menu', () => {
  it('has neither developer tools nor a reload in a packaged program', () => {
    expect(JSON.stringify(template(true))).not.toMatch(/devtools|reload/i)
    expect(JSON.stringify(template(false))).toMatch(/toggleDevTools/)
  })

  it('locks with Ctrl or Cmd and L', () => {
    const lock = vi.fn()
    const items = template(true, 'en-US', lock).flatMap((menu) => (Array.isArray(menu.submenu) ? menu.submenu : []))
    const item = items.find(({ accelerator }) => accelerator === 'CmdOrCtrl+L')
    expect(item?.label).toBe('Lock')
    item?.click?.(undefined as never, undefined, undefined as never)
    expect(lock).toHaveBeenCalledOnce()
  })

  it('speaks the language of the program, in every item', () => {
    const labels = (language: 'zh-CN' | 'en-US') =>
      template(false, language)
        .flatMap((menu) => [menu, ...(Array.isArray(menu.submenu) ? menu.submenu : [])])
        .filter(({ type }) => type !== 'separator')
        .map(({ label }) => label ?? '')
    expect(labels('zh-CN').every((label) => /\p{Script=Han}/u.test(label))).toBe(true)
    expect(labels('en-US').every((label) => /^[\x20-\x7e]+$/.test(label))).toBe(true)
  })
})
