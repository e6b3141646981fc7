// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import AskList from '../../../../../src/features/intake/AskList.vue'
import FolderList from '../../../../../src/features/intake/FolderList.vue'
import QuarantineList from '../../../../../src/features/intake/QuarantineList.vue'
import ReviewDialog from '../../../../../src/features/intake/ReviewDialog.vue'
import { answerWith, mountInPage } from '../../mount-in-page.ts'

beforeEach(() => setActivePinia(createPinia()))
const jobs = () => ({ items: [{ id: 'job-1', title: '会计', status: 'open' }] })
const find = (root: Element, id: string): HTMLElement => {
  const found = root.querySelector<HTMLElement>(`[data-testid="${id}"]`)
  if (found === null) throw new Error(`no ${id}`)
  return found
}

test('one answer goes to all that are alike, and what is remembered is said', async () => {
  let left = 3
  const calls = answerWith({
    'job.list': jobs,
    'intake.choices': () => ({ items: [] }),
    'intake.asks': () => ({
      total: left,
      items:
        left === 0
          ? []
          : [
              {
                id: 'q1',
                at: 1,
                asks: 'platform',
                way: 'mail',
                label: 'eml',
                size: 10,
                domain: 'zhaopin.com',
                guess: { platform: 'zhaopin', confidence: 'claimed', job_id: 'job-1' },
                alike: { sender: 2, template: 2, mailbox: 2 },
              },
            ],
    }),
    'intake.answer': ({ id }) => {
      left -= 1
      const taken = { result: 'imported', record_id: 'r', application_id: 'a', warnings: [] }
      return { taken, alike: id === 'q1' ? ['q2', 'q3'] : [] }
    },
  })
  const { root, unmount } = await mountInPage(AskList)
  await vi.waitFor(() => expect(find(root, 'ask-submit').hasAttribute('disabled')).toBe(false))
  expect(root.textContent).toContain('@zhaopin.com')
  find(root, 'intake-ask').dispatchEvent(new Event('submit'))
  await vi.waitFor(() => expect(left).toBe(0))
  const answers = calls.filter(({ route }) => route === 'intake.answer').map(({ input }) => input)
  expect(answers).toEqual([
    { id: 'q1', platform: 'zhaopin', job_id: 'job-1', source: 'email', remember: 'sender', remember_job: false },
    { id: 'q2', platform: 'zhaopin', job_id: 'job-1', source: 'email' },
    { id: 'q3', platform: 'zhaopin', job_id: 'job-1', source: 'email' },
  ])
  unmount()
})

test('a file in quarantine says that the program was updated', async () => {
  const row = { at: 1, label: 'pdf', size: 10, attempts: 1 }
  answerWith({
    'quarantine.list': () => ({
      items: [
        { ...row, id: 'a', reason: 'timeout', updated: true },
        { ...row, id: 'b', reason: 'encrypted', updated: false },
      ],
    }),
  })
  const { root, unmount } = await mountInPage(QuarantineList)
  await vi.waitFor(() => expect(root.querySelectorAll('[data-testid="quarantine-row"]')).toHaveLength(2))
  expect(root.textContent?.match(/程序已更新/g)).toHaveLength(1)
  unmount()
})

test('[ZP-06] no folder is watched before somebody chooses one', async () => {
  const calls = answerWith({
    'job.list': jobs,
    'folder.list': () => ({ items: [], max_days: 7 }),
    'folder.add': () => ({ id: 'f' }),
  })
  const { root, unmount } = await mountInPage(FolderList)
  await vi.waitFor(() => expect(root.textContent).toContain('没有监视的文件夹'))
  expect(root.textContent).toContain('最迟 7 天')
  expect(find(root, 'folder-add').hasAttribute('disabled')).toBe(true)
  expect(calls.some(({ route }) => route === 'folder.add')).toBe(false)
  unmount()
})

test('the page to correct sends what was typed over, and nothing that it does not show', async () => {
  const calls = answerWith({
    'intake.review': () => ({
      record_id: 'r',
      application_id: 'a',
      format: 'txt',
      pieces: [
        { text: '城市：', masked: false },
        { text: '成都', masked: false, field: 'city' },
        { text: '***', masked: true, field: 'phone' },
      ],
      fields: [
        { field: 'city', state: 'see', value: '成都', whole: true, confidence: 0.9 },
        { field: 'phone', state: 'reveal', value: '139****2222', whole: false, confidence: 0.5 },
      ],
      lists: [{ field: 'work', entries: [{ name: '甲' }] }],
    }),
    'intake.correct': () => ({}),
  })
  const { root, unmount } = await mountInPage(ReviewDialog, { id: 'r', job: 'job-1' })
  await vi.waitFor(() => expect(root.querySelector('[data-testid="review-page"]')).not.toBeNull())
  const inputs = [...root.querySelectorAll<HTMLInputElement>('.fields > .field input')]
  expect(inputs.map((input) => input.dataset['testid'])).toEqual(['review-phone', 'review-city'])
  expect(inputs[0]?.value).toBe('')
  find(root, 'review-city').dispatchEvent(new Event('focus'))
  await vi.waitFor(() => expect(root.querySelector('mark.active')?.textContent).toBe('成都'))
  const city = find(root, 'review-city') as HTMLInputElement
  city.value = '重庆'
  city.dispatchEvent(new Event('input'))
  await vi.waitFor(() => expect(find(root, 'review-save').hasAttribute('disabled')).toBe(false))
  find(root, 'review-save').click()
  await vi.waitFor(() => expect(calls.some(({ route }) => route === 'intake.correct')).toBe(true))
  expect(calls.find(({ route }) => route === 'intake.correct')?.input).toEqual({
    id: 'r',
    job_id: 'job-1',
    changes: [{ kind: 'value', field: 'city', value: '重庆' }],
  })
  unmount()
})
