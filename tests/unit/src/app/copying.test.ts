// @vitest-environment happy-dom
import { defineComponent, h, nextTick } from 'vue'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { useCopying } from '../../../../src/app/use-copying.ts'
import { useSession } from '../../../../src/stores/session.ts'
import { answerWith, mountInPage, type Mounted } from '../mount-in-page.ts'

let mounted: Mounted | undefined
afterEach(() => {
  mounted?.unmount()
  vi.restoreAllMocks()
})

/** A page of this role, with its resume text selected; answers what reached main's clipboard. */
const copyAs = async (role: string, from: 'page' | 'field'): Promise<{ taken: boolean; texts: unknown[] }> => {
  const calls = answerWith({
    'system.state': () => ({ phase: 'signed_in', account: { role }, accounts: [] }),
    'clipboard.copy': () => ({ cleared_after_s: 30 }),
  })
  mounted = await mountInPage(
    defineComponent({
      setup: () => {
        useCopying()
        void useSession().refresh()
        return () => [h('p', '139****0023 负责订单平台'), h('input', { value: '自己输入' })]
      },
    }),
  )
  await nextTick()
  await nextTick()
  const { root } = mounted
  const field = root.querySelector('input') ?? expect.unreachable()
  const target: HTMLElement = from === 'field' ? field : (root.querySelector('p') ?? expect.unreachable())
  if (from === 'field') {
    field.focus()
    field.setSelectionRange(0, 4)
  } else {
    vi.spyOn(document, 'getSelection').mockReturnValue({ toString: () => target.textContent } as Selection)
  }
  const event = new Event('copy', { bubbles: true, cancelable: true })
  target.dispatchEvent(event)
  await nextTick()
  return {
    taken: event.defaultPrevented,
    texts: calls.filter(({ route }) => route === 'clipboard.copy').map(({ input }) => input['text']),
  }
}

describe('a copy out of the page', () => {
  test('[D20] goes by main, which empties the clipboard again', async () => {
    expect(await copyAs('hr', 'page')).toEqual({ taken: true, texts: ['139****0023 负责订单平台'] })
  })

  test('is refused to whoever may look and not keep, but for their own words', async () => {
    expect(await copyAs('headhunter', 'page')).toEqual({ taken: true, texts: [] })
    mounted?.unmount()
    expect(await copyAs('headhunter', 'field')).toEqual({ taken: true, texts: ['自己输入'] })
  })
})
