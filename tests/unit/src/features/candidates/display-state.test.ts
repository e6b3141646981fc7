// @vitest-environment happy-dom
import { afterEach, describe, expect, test } from 'vitest'
import type { WhyView } from '../../../../../electron/shared/domain/views.ts'
import { displayStates, type DisplayState } from '../../../../../electron/shared/domain/vocabulary.ts'
import FieldCell from '../../../../../src/features/candidates/components/FieldCell.vue'
import RichTextView from '../../../../../src/features/candidates/components/RichTextView.vue'
import { lookOf } from '../../../../../src/features/candidates/display-state.ts'
import { mountInPage, type Mounted } from '../../mount-in-page.ts'

const why = (state: DisplayState, rule = 'NOT_DISCLOSED'): WhyView => ({
  field: 'phone',
  state,
  form: 'full',
  rule,
  clause: 'ZP-26',
  lift: null,
})
let mounted: Mounted | undefined
afterEach(() => mounted?.unmount())
const show = async (state: DisplayState, text?: string, rule?: string): Promise<HTMLElement> => {
  mounted = await mountInPage(FieldCell, { look: lookOf(why(state, rule), text) })
  return mounted.root
}

describe('one look for each display state', () => {
  test('[ZP-26] an absent cell says the same whether or not core sent a value', () => {
    for (const rule of ['NOT_DISCLOSED', 'FIRST_STAGE', 'CALLS_NOT_ALLOWED', 'CARD_STALE'])
      expect(lookOf(why('absent', rule), '13812345678')).toEqual(lookOf(why('absent', rule), undefined))
  })
  test('未提供 stands only where the cell could show a value', () => {
    const states = displayStates.filter((state) => lookOf(why(state), undefined).kind === 'missing')
    expect(states).toEqual(['reveal', 'see'])
  })
  test.each([
    ['see', '北京', '北京'],
    ['alias', '李某', '李某'],
    ['masked', '138****5678', '138****5678'],
    ['reveal', '138****5678', '138****5678'],
    ['VN', undefined, '虚拟号码'],
    ['approval', undefined, '需审批'],
    ['absent', undefined, '不显示'],
  ] as const)('%s', async (state, text, words) => {
    const root = await show(state, text)
    expect(root.textContent).toBe(words)
    expect(root.querySelector(`[data-state="${state}"]`)).not.toBeNull()
  })
  test('masks are monospaced, so that columns stay calm', async () => {
    expect((await show('masked', '138****5678')).querySelector('.mono')).not.toBeNull()
  })
  test('[D18] the first stage has words of its own', async () => {
    expect((await show('absent', undefined, 'FIRST_STAGE')).textContent).toBe('首轮不显示')
  })
  test('a locked record shows no field at all', () => {
    expect(lookOf(why('see'), '北京', 'locked')).toEqual({ kind: 'locked' })
  })
})

test('masked parts of free text are marks of the same length that say what they hide', async () => {
  mounted = await mountInPage(RichTextView, { text: ['请加 ', { masked: 'wechat', text: '******' }, '。'] })
  const mark = mounted.root.querySelector('.seal')
  expect(mark?.querySelector('[aria-hidden]')?.textContent).toBe('******')
  expect(mark?.getAttribute('title')).toBe('已遮盖：微信')
  expect(mounted.root.textContent).toContain('。')
})
test('markup in a resume stays text', async () => {
  mounted = await mountInPage(RichTextView, { text: ['<img src=x onerror=alert(1)>'] })
  expect(mounted.root.querySelector('img')).toBeNull()
  expect(mounted.root.textContent).toBe('<img src=x onerror=alert(1)>')
})
