// @vitest-environment happy-dom
import { afterEach, expect, test, vi } from 'vitest'
import { defineComponent, h, nextTick } from 'vue'
import { isReportable, leakText } from '../../../../../src/features/candidates/leak-text.ts'
import { useLeakSelection, type LeakSelection } from '../../../../../src/features/candidates/use-leak-selection.ts'
import { mountInPage, type Mounted } from '../../mount-in-page.ts'

test('[L-2] a report carries one line, without masks and not too long', () => {
  expect(leakText('  微信\n kk_1990 ')).toBe('微信 kk_1990')
  expect(leakText('致电 *********** 或 kk')).toBe('致电 或 kk')
  expect(leakText('******')).toBe('')
  expect(leakText('a')).toBe('')
  expect(leakText('长'.repeat(300))).toHaveLength(200)
  expect([isReportable('kk'), isReportable(' k '), isReportable('x'.repeat(201))]).toEqual([true, false, false])
})

let mounted: Mounted | undefined
let found: LeakSelection | undefined
afterEach(() => {
  mounted?.unmount()
  vi.restoreAllMocks()
})
const select = async (node: Node | null, text: string): Promise<void> => {
  vi.spyOn(document, 'getSelection').mockReturnValue({
    isCollapsed: text === '',
    anchorNode: node,
    focusNode: node,
    rangeCount: 1,
    toString: () => text,
    getRangeAt: () => ({ getBoundingClientRect: () => ({ left: 12, bottom: 40 }) }),
  } as unknown as Selection)
  document.dispatchEvent(new Event('selectionchange'))
  await nextTick()
}

test('only what is selected in the resume or a note can be reported', async () => {
  mounted = await mountInPage(
    defineComponent(() => {
      found = useLeakSelection(() => document.getElementById('panel'), '[data-leakable]')
      return () =>
        h('div', { id: 'panel' }, [h('p', { 'data-leakable': '', id: 'in' }, 'kk_1990'), h('p', { id: 'out' }, 'x')])
    }),
  )
  await select(document.getElementById('in'), 'kk_1990')
  expect([found?.text.value, found?.place.value]).toEqual(['kk_1990', { left: 12, top: 40 }])
  window.dispatchEvent(new Event('scroll'))
  expect(found?.place.value).toBeUndefined()
  await select(document.getElementById('out'), 'heading')
  expect(found?.text.value).toBe('')
  await select(document.getElementById('in'), '')
  expect(found?.text.value).toBe('')
})
