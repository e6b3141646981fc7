// @vitest-environment happy-dom
import { effectScope } from 'vue'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { useShortcuts } from '../../../../src/app/use-shortcuts.ts'

const reject = vi.fn()
const palette = vi.fn()
const undo = vi.fn()
const open = vi.fn()
let scope = effectScope()
beforeEach(() => {
  scope = effectScope()
  scope.run(() => useShortcuts({ x: reject, 'mod+k': palette, 'mod+z': undo, Enter: open }))
})
afterEach(() => {
  scope.stop()
  document.body.replaceChildren()
  vi.clearAllMocks()
})
const press = (key: string, options: KeyboardEventInit = {}, target: EventTarget = document.body): void => {
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...options }))
}
const put = (html: string): Element => {
  document.body.innerHTML = html
  return document.body.firstElementChild ?? expect.unreachable()
}

describe('keys', () => {
  test('act on the page, in either case', () => {
    press('x')
    press('X', { shiftKey: true })
    expect(reject).toHaveBeenCalledTimes(2)
  })
  test('belong to a field while somebody types in it, also in an input method', () => {
    const input = put('<input>')
    press('x', {}, input)
    press('x', { isComposing: true })
    press('z', { ctrlKey: true }, input)
    expect([reject.mock.calls.length, undo.mock.calls.length]).toEqual([0, 0])
    press('k', { ctrlKey: true }, input)
    press('k', { metaKey: true }, input)
    expect(palette).toHaveBeenCalledTimes(2)
  })
  test('do nothing behind an open dialog', () => {
    put('<dialog open></dialog>')
    press('x')
    expect(reject).not.toHaveBeenCalled()
  })
  test('Enter on a button presses the button', () => {
    press('Enter', {}, put('<button></button>'))
    expect(open).not.toHaveBeenCalled()
    press('Enter')
    expect(open).toHaveBeenCalledOnce()
  })
  test('end with the page', () => {
    scope.stop()
    press('x')
    expect(reject).not.toHaveBeenCalled()
  })
})
