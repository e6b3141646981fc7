// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { nextTick } from 'vue'
import SealedField from '../../../../../src/features/candidates/components/SealedField.vue'
import RevealControl from '../../../../../src/features/candidates/components/RevealControl.vue'
import { answerWith, mountInPage, type Mounted } from '../../mount-in-page.ts'

const detail = {
  id: 'rec-1',
  platform: 'zhaopin',
  life: 'live',
  job: { id: 'job-1' },
  why: [],
  sealed: ['current_salary'],
}
const why = { field: 'phone', state: 'reveal', form: 'full', rule: 'REVEAL_LOGGED', clause: 'ZP-21', lift: null }
let mounted: Mounted
let calls: ReturnType<typeof answerWith>
const byId = (id: string): HTMLElement | null => document.querySelector(`[data-testid="${id}"]`)
const settle = async (): Promise<void> => {
  for (let n = 0; n < 10; n++) await Promise.resolve()
  await nextTick()
}
/** The environment has no popovers; the browser's own opening is told as the event it sends. */
const openCard = async (): Promise<void> => {
  const card = document.querySelector('[popover]')
  card?.dispatchEvent(Object.assign(new Event('toggle'), { newState: 'open' }))
  await settle()
}

beforeEach(async () => {
  vi.useFakeTimers()
  calls = answerWith({
    'candidate.reveal': () => ({ field: 'phone', value: '13812345678', seconds: 30, ledger_index: 7 }),
  })
  mounted = await mountInPage(SealedField, {
    name: 'phone',
    look: { kind: 'reveal', text: '138****5678' },
    why,
    detail,
  })
})
afterEach(() => {
  mounted.unmount()
  vi.useRealTimers()
})

test('[ZP-21] a reveal asks with its reason, shows the value for its time, then is masked again', async () => {
  expect(byId('candidate-phone')?.textContent).toBe('138****5678')
  await openCard()
  const words = byId('reveal-reason')
  if (!(words instanceof HTMLInputElement)) throw new Error('no field for the reason')
  words.value = '约周三面试'
  words.dispatchEvent(new Event('input'))
  await settle()
  document.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }))
  await settle()
  expect(calls).toEqual([
    {
      route: 'candidate.reveal',
      input: { id: 'rec-1', field: 'phone', job_id: 'job-1', reason: 'contact', words: '约周三面试' },
    },
  ])
  expect(byId('candidate-phone')?.textContent).toBe('13812345678')
  vi.advanceTimersByTime(29_000)
  await nextTick()
  expect(byId('candidate-phone')?.textContent).toBe('13812345678')
  vi.advanceTimersByTime(1_500)
  await nextTick()
  expect(byId('candidate-phone')?.textContent).toBe('138****5678')
  expect(document.body.textContent).not.toContain('13812345678')
})

test('[ZP-05] a sealed field takes over no reason: without a choice nothing is asked, and the badge stands beside it', async () => {
  mounted.unmount()
  mounted = await mountInPage(SealedField, {
    name: 'current_salary',
    look: { kind: 'reveal', text: '****' },
    why: { ...why, field: 'current_salary' },
    detail,
  })
  expect(byId('sealed-badge')?.textContent).toContain('封存')
  await openCard()
  expect(document.querySelector('[aria-pressed="true"]')).toBeNull()
  document.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }))
  await settle()
  expect(calls).toEqual([])
  document.querySelector('[aria-pressed]')?.dispatchEvent(new Event('click'))
  await settle()
  document.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }))
  await settle()
  expect(calls.map(({ input }) => [input['field'], input['reason']])).toEqual([['current_salary', 'contact']])
})

test('without a reason of its own, "other" asks nothing', async () => {
  mounted.unmount()
  mounted = await mountInPage(RevealControl, { field: 'phone', recordId: 'rec-1' })
  await openCard()
  const other = [...document.querySelectorAll('[aria-pressed]')].at(-1)
  other?.dispatchEvent(new Event('click'))
  await settle()
  document.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }))
  await settle()
  expect(calls).toEqual([])
})
