import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { candidateLink, me } from '../../../electron/shared/domain/sync-records.ts'
import { hubClient, pushItem } from '../../helpers/hub-client.ts'
import { logDevice } from '../../helpers/log-device.ts'
import { expect, test } from '../fixtures/index.ts'
import { openPhone, type Phone } from '../fixtures/phone.ts'
import { startHub, type Hub } from '../pages/hub.ts'
import { Workstation } from '../pages/workstation.ts'

/** The candidate's own page in a real browser, in a phone's size: with and without scripts, in both languages, light and dark. */

const folder = mkdtempSync(join(tmpdir(), 'candor-portal-'))
const person = 'cand-000005'
const subject = { platform: 'zhaopin', candidate: 'subject-of-person' }
let hub: Hub
let phone: Phone
let link: string

test.beforeAll(async () => {
  test.setTimeout(180_000)
  hub = await startHub(folder, 20)
  const hr = await hubClient(hub.url).signIn(hub.account, hub.password)
  const account = (await hr.call('GET', '/v1/me')).as(me)
  const device = logDevice(`dev-${randomUUID()}`, { account: account.id, role: account.role })
  await hr.call('PUT', `/v1/devices/${device.id}`, {
    json: { name: '工位 3', os: 'linux', app_version: '0.1.0', log_key: device.logKey },
  })
  const now = Date.now()
  device.append({ at: now - 3_600_000, action: 'search_hit', subject, job: 'job-01' })
  device.append({ at: now - 3_500_000, action: 'view', subject, job: 'job-01' })
  device.append({
    at: now - 3_400_000,
    action: 'reveal',
    fields: ['phone'],
    reason: 'interview',
    subject,
    job: 'job-01',
  })
  device.append({ at: now - 3_300_000, action: 'view' })
  device.append({
    at: now - 3_200_000,
    action: 'download',
    outcome: 'denied',
    policy: { profile: 'zhaopin', version: '2026 V3', clause: 'ZP-22' },
    subject,
  })
  expect((await pushItem(hr, 'log', device.push(0, { [subject.candidate]: person }))).status).toBe('accepted')
  link = (await hr.call('POST', '/v1/candidate-links', { json: { candidate_id: person } })).as(candidateLink).link
  phone = await openPhone()
})
test.afterAll(async () => {
  await phone?.close()
  await hub?.kill()
  rmSync(folder, { recursive: true, force: true })
})

const findingsOf = async (page: Page): Promise<string[]> => {
  const { violations, passes } = await new AxeBuilder({ page }).setLegacyMode().analyze()
  expect(passes.length).toBeGreaterThan(8)
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
}
/** Nobody scrolls sideways on a phone. */
const overflowOf = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

test('[ZP-32] the candidate’s own browser checks the proofs and says so, and finds a page that hides a row', async () => {
  const { page } = phone
  await page.goto(`${link}?lang=zh-CN`)
  await expect(page.locator('[data-verdict="valid"]')).toContainText('已在您的设备上验证：4 条记录均在 1 台设备')
  await expect(page.locator('[data-verdict="valid"]')).toContainText('见证方联署于')
  await expect(page.locator('[data-by-server]')).toHaveCount(0)
  await page.route('**/c/*', async (route) => {
    const answer = await route.fetch()
    const body = (await answer.text()).replace(/<li><article class="card" data-place[\s\S]*?<\/article><\/li>/u, '')
    await route.fulfill({ response: answer, body })
  })
  await page.goto(`${link}?lang=en-US`)
  await expect(page.locator('[data-verdict="invalid"]')).toContainText('A record of the log is not shown on this page')
  await page.unroute('**/c/*')
  expect(phone.complaints).toEqual([])
})

test('everything works without scripts, in a phone’s size and in both languages', async () => {
  const { page } = phone
  await phone.setScripts(false)
  await page.goto(`${link}?lang=zh-CN`)
  await expect(page.getByText('已核对：4 条记录均在 1 台设备的签名日志中')).toBeVisible()
  await expect(page.getByText('被拒绝：下载简历')).toBeVisible()
  await page.getByLabel('我要').selectOption('delete')
  await page.getByLabel('说明（可不填）').fill('不再找工作')
  await page.getByRole('button', { name: '提交请求' }).click()
  await expect(page.getByRole('status')).toContainText('请求已送达，最晚')
  await expect(page.getByText('您的说明：不再找工作')).toBeVisible()
  await page.reload()
  await expect(page.getByText('您的说明：不再找工作')).toHaveCount(1)
  await page.getByRole('button', { name: '同意进入人才库', exact: true }).click()
  await expect(page.getByRole('status')).toContainText('已记录您的同意：进入人才库')
  await page.getByRole('link', { name: 'English' }).click()
  await expect(page.getByRole('heading', { name: 'Who looked, and what was done' })).toBeVisible()
  await page.getByRole('button', { name: 'Withdraw: talent pool' }).click()
  await expect(page.getByRole('status')).toContainText('Your withdrawal has been recorded')
  await phone.setScripts(true)
})

test('the page has nothing for axe to find and fits every width, light and dark, and a link that has ended says so', async () => {
  const { page } = phone
  const found: string[] = []
  for (const [language, scheme, width] of [
    ['zh-CN', 'light', 390],
    ['en-US', 'dark', 390],
    ['en-US', 'light', 320],
    ['zh-CN', 'dark', 1280],
  ] as const) {
    await phone.setScheme(scheme)
    await phone.setWidth(width, 844)
    await page.goto(`${link}?lang=${language}`)
    await expect(page.locator('[data-verdict="valid"]')).toBeVisible()
    found.push(...(await findingsOf(page)).map((one) => `${language} ${scheme} ${width}: ${one}`))
    expect(await overflowOf(page)).toBeLessThanOrEqual(0)
  }
  expect(found).toEqual([])
  await phone.setWidth(390, 844)
  await page.getByRole('button', { name: '立即停用此链接' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: '此链接已停用' })).toBeVisible()
  await page.goto(link)
  await expect(page.getByRole('heading', { name: /此链接打不开|This link does not open/u })).toBeVisible()
  expect(await findingsOf(page)).toEqual([])
})

test('a recruiter makes a link in the window, the person opens it on a phone, and the recruiter ends it', async ({
  launch,
}) => {
  test.setTimeout(180_000)
  const { page } = await launch()
  const desk = new Workstation(page)
  await desk.setUp()
  await desk.signIn('hr@sandbox')
  await desk.sync()
  await desk.open('candidates')
  const views = async (): Promise<number> => {
    const { items } = await desk.call<{ items: ReadonlyArray<{ action: string }> }>('ledger.list', { limit: 100 })
    return items.filter(({ action }) => action === 'view').length
  }
  await test.step('[MM-10] says before a profile is opened that this is recorded, and records it once', async () => {
    await expect(desk.by('visit-note')).toContainText('打开简历会记入查看记录，对方可以查到')
    expect(await views()).toBe(0)
    await desk.by('candidate-row').first().click()
    await desk.by('candidate-detail').waitFor()
    expect(await views()).toBe(1)
  })
  await page.getByRole('tab', { name: /动态|Activity/u }).click()
  await expect(desk.by('portal-section')).toContainText('还没有链接')
  await desk.by('portal-make').click()
  await desk.by('portal-channel').selectOption('sms')
  await desk.by('portal-create').click()
  const text = await desk.by('portal-text').inputValue()
  expect(await findingsOf(page)).toEqual([])
  const made = /http:\S+/u.exec(text)?.[0] ?? ''
  await phone.page.goto(made)
  await expect(phone.page.getByRole('heading', { level: 1 })).toContainText('北辰科技')
  await page.keyboard.press('Escape')
  const row = desk.by('portal-row')
  await expect(row).toHaveAttribute('data-state', 'open')
  await expect(row).toContainText('短信')
  await desk.by('portal-revoke').click()
  await desk.by('portal-revoke').click()
  await expect(row).toHaveAttribute('data-state', 'revoked')
  await phone.page.goto(made)
  await expect(phone.page.getByRole('heading', { level: 1 })).toContainText(/打不开|does not open/u)
})
