import { expect, it, vi } from 'vitest'
import { browserAddress, createBrowserDoor } from '../../../electron/main/windows/browser-door.ts'

it('opens web pages by https and those of this machine, and no other address', () => {
  for (const good of [
    'https://login.example.com/a?b=c',
    'http://127.0.0.1:8080/',
    'http://localhost/',
    'http://[::1]:1/',
  ])
    expect([good, browserAddress(good)?.href]).toEqual([good, good])
  for (const bad of [
    'http://login.example.com/',
    'http://127.0.0.1.example.com/',
    'https://name@example.com/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'ms-settings:privacy',
    `https://example.com/${'x'.repeat(4000)}`,
    'nothing',
  ])
    expect([bad, browserAddress(bad)]).toEqual([bad, undefined])
})

it('asks first, names the place alone, and goes nowhere when the person would rather not', async () => {
  const shell = { openExternal: vi.fn(() => Promise.resolve()) }
  const dialog = { showMessageBox: vi.fn(() => Promise.resolve({ response: 1, checkboxChecked: false })) }
  const open = createBrowserDoor(
    dialog,
    shell,
    () => undefined,
    () => 'zh-CN',
  )
  expect(await open('https://login.example.com/a?secret=1')).toBe(false)
  expect(shell.openExternal).not.toHaveBeenCalled()
  const said = JSON.stringify(dialog.showMessageBox.mock.calls)
  expect(said).toContain('login.example.com')
  expect(said).not.toContain('secret')
  dialog.showMessageBox.mockResolvedValue({ response: 0, checkboxChecked: false })
  expect(await open('https://login.example.com/')).toBe(true)
  expect(shell.openExternal).toHaveBeenCalledWith('https://login.example.com/')
  expect(await open('file:///etc/passwd')).toBe(false)
  expect(shell.openExternal).toHaveBeenCalledTimes(1)
})
