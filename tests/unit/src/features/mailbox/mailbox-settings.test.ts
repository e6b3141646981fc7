// @vitest-environment happy-dom
import { afterEach, expect, test } from 'vitest'
import { nextTick } from 'vue'
import MailboxSettings from '../../../../../src/features/mailbox/MailboxSettings.vue'
import { answerWith, mountInPage, type Mounted } from '../../mount-in-page.ts'

let mounted: Mounted | undefined
const byId = (id: string): HTMLElement | null => document.querySelector(`[data-testid="${id}"]`)
const settle = async (): Promise<void> => {
  for (let n = 0; n < 40; n++) await Promise.resolve()
  await nextTick()
}
const settings = {
  host: 'imap.example.com',
  port: 993,
  security: 'tls',
  plain_ok: false,
  user: 'hr@example.com',
  auth: 'password',
  folders: ['INBOX'],
  senders: [],
  platform_senders: true,
  after: 'keep',
  on_destruction: 'task',
}
const counts = { read: 3, imported: 1, merged: 1, quarantined: 1, asked: 0, refused: 0, aside: 0, others: 12 }

const open = async (items: readonly object[], handlers: Parameters<typeof answerWith>[0] = {}) => {
  const calls = answerWith({
    'mailbox.list': () => ({ items }),
    'mailbox.aside': () => ({ items: [] }),
    'mailbox.copies': () => ({ items: [] }),
    'job.list': () => ({ items: [{ id: 'job-1', title: '后端', status: 'open' }] }),
    ...handlers,
  })
  mounted = await mountInPage(MailboxSettings)
  await settle()
  return calls
}
const type = async (id: string, text: string): Promise<void> => {
  const input = byId(id)
  if (!(input instanceof HTMLInputElement)) throw new Error(`no input ${id}`)
  input.value = text
  input.dispatchEvent(new Event('input', { bubbles: true }))
  await settle()
}
const press = async (id: string): Promise<void> => {
  byId(id)?.click()
  await settle()
}

afterEach(() => {
  mounted?.unmount()
})

test('[ZP-06] without a mailbox there is nothing to read and a way to add one', async () => {
  await open([])
  expect(byId('mailbox-none')).not.toBeNull()
  expect([byId('mailbox-sync'), byId('mailbox-row')]).toEqual([null, null])
})

test('a run is told in figures, a failure in words with the next step', async () => {
  const run = { started_at: 1, ended_at: 2, state: 'failed', counts, reason: 'auth' }
  await open([{ id: 'm', on: true, settings, has_secret: true, state: 'failed', last_run: run, copies: 2 }])
  expect(byId('mailbox-counts')?.textContent).toBe('读取 3 · 导入 1 · 合并 1 · 隔离 1 · 其他发件人 12（未打开）')
  expect(byId('mailbox-problem')?.textContent).toContain('授权码')
})

test('an open line elsewhere is saved only with the word for it, and a sender only when it is one', async () => {
  const calls = await open([], { 'mailbox.add': () => ({ id: 'm' }) })
  await press('mailbox-add')
  for (const [id, text] of [
    ['mailbox-user', 'hr@example.com'],
    ['mailbox-password', 'secret'],
    ['mailbox-host', 'imap.example.com'],
    ['mailbox-sender-match', 'board.example'],
  ] as const)
    await type(id, text)
  const plain = [...document.querySelectorAll<HTMLElement>('[data-testid="mailbox-security"]')].find(
    (button) => button.dataset.value === 'plain',
  )
  plain?.click()
  await settle()
  const submit = async (): Promise<void> => {
    byId('mailbox-form')?.dispatchEvent(new Event('submit', { cancelable: true }))
    await settle()
  }
  await submit()
  await type('mailbox-sender-match', '@board.example')
  await submit()
  expect(calls.filter(({ route }) => route === 'mailbox.add')).toEqual([])
  const word = byId('mailbox-plain-ok')
  if (!(word instanceof HTMLInputElement)) throw new Error('no word is asked for')
  word.checked = true
  word.dispatchEvent(new Event('change', { bubbles: true }))
  await submit()
  expect(calls.find(({ route }) => route === 'mailbox.add')?.input).toMatchObject({
    settings: { security: 'plain', plain_ok: true, port: 143, senders: [{ match: '@board.example' }] },
    secret: { password: 'secret' },
  })
})
