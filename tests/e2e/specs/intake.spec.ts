import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '../fixtures/index.ts'
import { lookAt } from '../pages/look.ts'
import { Workstation } from '../pages/workstation.ts'

const looks = [
  ['zh', 'light', 1280, 800],
  ['en', 'dark', 1440, 900],
] as const

const resume = (name: string, phone: string, title: string): string =>
  [
    name,
    '性别：女 | 出生年月：1991年3月 | 现居城市：成都',
    `电话：${phone}`,
    `邮箱：${phone}@example.com`,
    `求职意向：${title}`,
    '工作经历',
    '2015.07 - 2024.06 某科技有限公司 后端工程师',
    '负责订单系统，使用 Java 与 PostgreSQL，和同事一起把高峰时的延迟减半',
    '教育经历',
    '2009.09 - 2013.06 某大学 软件工程 本科',
  ].join('\n')

/** A mail that says of itself whose it is, as anybody could write it. */
const mail = (name: string, phone: string): string =>
  [
    'From: =?utf-8?B?5pm66IGU5oub6IGY?= <service@zhaopin.com>',
    `Subject: =?utf-8?B?${Buffer.from(`(Zhaopin.com) 应聘 会计-上海-${name}`).toString('base64')}?=`,
    `Message-ID: <${phone}@zhaopin.com>`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 8bit',
    '',
    resume(name, phone, '会计'),
  ].join('\r\n')

test('files come in by drag and drop, paste and a watched folder; each run is reported, what is unclear asked once, what was misread put right', async ({
  launch,
}) => {
  test.setTimeout(420_000)
  const { page, app, home } = await launch()
  const desk = new Workstation(page)
  const see = (name: string): Promise<void> => lookAt(page, name)
  /** Drops files on the window as a file manager would. */
  const drop = (files: ReadonlyArray<{ readonly name: string; readonly text: string }>): Promise<void> =>
    page.evaluate((list) => {
      const dataTransfer = new DataTransfer()
      for (const { name, text } of list) dataTransfer.items.add(new File([text], name))
      for (const type of ['dragover', 'drop'])
        window.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }))
    }, files)
  const tab = (name: string) => desk.by(`intake-tab-${name}`).click()

  await desk.setUp()
  await desk.by('workspace-local').click()
  await desk.by('nav-settings').waitFor()
  const backend = await desk.call<{ id: string }>('job.create', { title: '后端开发工程师' })
  const accounting = await desk.call<{ id: string }>('job.create', { title: '会计' })
  await desk.open('candidates')

  await test.step('several files dropped at once, one of them unreadable, one a picture, one known', async () => {
    await drop([
      { name: '甲.txt', text: resume('欧阳明月', '13911112222', '后端开发工程师') },
      { name: '甲 (1).txt', text: resume('欧阳明月', '13911112222', '后端开发工程师') },
      { name: '乙.txt', text: resume('令狐问渠', '13911113333', '后端开发工程师') },
      { name: '程序.exe', text: 'MZ\u0090\u0000 nothing' },
    ])
    await expect(desk.by('intake-file')).toHaveCount(4)
    await desk.by('intake-job').selectOption(backend.id)
    await desk.by('intake-submit').click()
    await expect(desk.by('intake-submit')).toBeHidden({ timeout: 120_000 })
    await expect(page.locator('[data-testid=intake-file][data-result=imported]')).toHaveCount(2)
    await expect(page.locator('[data-testid=intake-file][data-result=duplicate]')).toHaveCount(1)
    await see('files')
    await desk.by('intake-report').click()
    await expect(desk.by('intake-item')).toHaveCount(4)
    await expect(desk.by('intake-run-counts')).toContainText('导入 2')
    await see('report')
    await tab('aside')
    await expect(desk.by('quarantine-row')).toHaveCount(1)
    await see('aside')
    await desk.by('quarantine-row').getByRole('button', { name: '丢弃' }).click()
    await expect(desk.by('quarantine-row')).toHaveCount(0)
    await page.keyboard.press('Escape')
  })

  await test.step('a text is pasted', async () => {
    await page.evaluate(
      (text) => {
        const clipboardData = new DataTransfer()
        clipboardData.setData('text/plain', text)
        document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }))
      },
      resume('司徒清风', '13911114444', '后端开发工程师'),
    )
    await expect(desk.by('intake-file')).toHaveCount(1)
    await desk.by('intake-job').selectOption('auto')
    await desk.by('intake-submit').click()
    await expect(page.locator('[data-testid=intake-file][data-result=asked]')).toHaveCount(1, { timeout: 60_000 })
    await desk.by('intake-go-asks').click()
    await expect(desk.by('intake-ask')).toHaveAttribute('data-asks', 'job')
    await desk.by('ask-job').selectOption(backend.id)
    await desk.by('ask-source').selectOption('hand_in')
    await see('ask-job')
    await desk.by('ask-submit').click()
    await expect(desk.by('intake-ask')).toHaveCount(0)
    await page.keyboard.press('Escape')
  })

  await test.step('a mail on the disk names its job and its platform', async () => {
    await drop([{ name: '来信.eml', text: mail('上官云间', '13911115555') }])
    await desk.by('intake-job').selectOption('auto')
    await desk.by('intake-submit').click()
    await expect(page.locator('[data-testid=intake-file][data-result=imported]')).toHaveCount(1, { timeout: 60_000 })
    await page.keyboard.press('Escape')
    const { items } = await desk.call<{ items: ReadonlyArray<{ platform: string; job_id: string }> }>(
      'candidate.list',
      { job_id: [accounting.id] },
    )
    expect(items).toMatchObject([{ platform: 'zhaopin' }])
  })

  await test.step('a folder is watched', async () => {
    const inbox = join(home, '..', 'inbox')
    mkdirSync(inbox, { recursive: true })
    writeFileSync(join(inbox, 'a.txt'), resume('公孙止水', '13911116666', '会计'))
    await app.evaluate(({ dialog }, folder) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [folder] })
    }, inbox)
    await drop([{ name: 'x.txt', text: resume('东方未明', '13911117777', '会计') }])
    await tab('folders')
    await desk.by('folder-job').selectOption(accounting.id)
    await desk.by('folder-add').click()
    await expect(desk.by('folder-row')).toHaveCount(1)
    await desk.by('folder-look').click()
    await see('folders')
    await tab('runs')
    await expect(desk.by('intake-run').first()).toBeVisible()
    await see('runs')
    await page.keyboard.press('Escape')
  })

  await test.step('what was read stands beside the original, and is put right', async () => {
    await desk.open('candidates')
    await desk.by('candidate-row').first().waitFor()
    const { items } = await desk.call<{ items: ReadonlyArray<{ id: string }> }>('candidate.list', {
      job_id: [backend.id],
    })
    await page
      .locator(`[data-testid=candidate-row][data-id="${items[0]?.id ?? ''}"]`)
      .first()
      .click()
    await desk.by('review-open').click()
    await expect(desk.by('review-page')).toBeVisible({ timeout: 60_000 })
    const shown = (await desk.by('review-original').textContent()) ?? ''
    expect(shown).toContain('负责订单系统')
    expect(shown).not.toMatch(/1391111\d{4}/)
    await desk.by('review-expected_job').focus()
    await expect(page.locator('[data-testid=review-original] mark.active').first()).toBeVisible()
    await see('review')
    await desk.by('review-expected_city').fill('杭州')
    await page.keyboard.press('Enter')
    await expect(desk.by('review-save')).toBeDisabled({ timeout: 60_000 })
    await expect(desk.by('review-expected_city')).toHaveValue('杭州')
    await desk.by('review-reread').click()
    await expect(desk.by('review-expected_city')).toHaveValue('杭州')
    await page.keyboard.press('Escape')
  })

  await test.step('every screen in both languages and looks', async () => {
    for (const [language, theme, width, height] of looks) {
      await app.evaluate(
        ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(size[0], size[1]),
        [width, height] as const,
      )
      await desk.dress(language, theme)
      await drop([{ name: 'Lebenslauf mit einem sehr langen Namen, der nicht passt.txt', text: 'x'.repeat(80) }])
      const view = `${language}-${theme}`
      for (const name of ['files', 'asks', 'aside', 'runs', 'folders']) {
        await tab(name)
        await see(`${view}-${name}`)
      }
      await page.keyboard.press('Escape')
      await desk.open('candidates')
      await desk.by('candidate-row').first().click()
      await desk.by('review-open').click()
      await desk.by('review-page').waitFor({ timeout: 60_000 })
      await desk.by('review-years').focus()
      await see(`${view}-review`)
      await page.keyboard.press('Escape')
    }
  })
})
