import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { verifyLedgerFile } from '../../../electron/core/ledger/verify-command.ts'
import { expect, test } from '../fixtures/index.ts'
import { lookAt } from '../pages/look.ts'
import { Workstation } from '../pages/workstation.ts'

const looks = [
  ['zh', 'light'],
  ['en', 'dark'],
] as const

const parts = {
  facts_impact: '一台招聘笔记本电脑遗失，姓名和投递信息可能被看到。',
  measures: '已吊销设备并报案。',
  advice: '请留意陌生来电。',
  remedies: '可申请删除资料。',
  contact: '负责人 010-85001234',
} as const

test('[ZP-100] [ZP-99] an incident goes from its first note to its end at the officer’s desk, and an auditor gets a package', async ({
  launch,
}) => {
  test.setTimeout(420_000)
  const { page, app } = await launch()
  const desk = new Workstation(page)
  const look = (name: string): Promise<void> => lookAt(page, name)
  const openTab = async (tab: string): Promise<void> => {
    await desk.open('officer')
    await desk.by(`officer-tab-${tab}`).click()
  }
  const out = mkdtempSync(join(tmpdir(), 'candor-officer-'))
  await desk.setUp()
  await desk.signIn('hr@sandbox')
  await desk.sync()
  await app.evaluate(({ dialog }, folder) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [folder] })
  }, out)

  await test.step('the incident is noted, and the log says who was seen', async () => {
    await desk.open('candidates')
    await page.waitForTimeout(500)
    await openTab('incidents')
    await desk.by('incident-add').click()
    await look('incident-dialog')
    await desk.by('incident-title').fill('招聘笔记本电脑遗失')
    await desk.by('incident-kind').selectOption('lost_device')
    await desk.by('incident-submit').click()
    await expect(desk.by('incident-step-parts')).toHaveAttribute('aria-current', 'step')
  })

  await test.step('nobody is told before all five parts are written', async () => {
    await desk.by('incident-step-persons').click()
    await expect(desk.by('incident-letters')).toBeDisabled()
    await desk.by('incident-step-parts').click()
    for (const [part, text] of Object.entries(parts)) await desk.by(`incident-part-${part}`).fill(text)
    await look('incident-parts')
    await desk.by('incident-save').click()
    await desk.by('incident-step-persons').click()
    await expect(desk.by('incident-person').first()).toBeVisible()
    await look('incident-persons')
    const all = await desk.by('incident-person').count()
    await desk.by('incident-person').first().getByRole('checkbox').check()
    await desk.by('incident-letters').click()
    await expect.poll(() => readdirSync(out).filter((name) => name.endsWith('.pdf')).length).toBe(1)
    await desk.by('incident-channel').selectOption('phone')
    await desk.by('incident-tell').click()
    await expect(desk.by('incident-person').and(page.locator('[data-told="true"]'))).toHaveCount(1)
    if (all > 1) await desk.by('incident-tell').click()
    await expect(desk.by('incident-person').and(page.locator('[data-told="true"]'))).toHaveCount(all)
  })

  await test.step('the notice is there to be copied, and the incident closes once everybody was told', async () => {
    await desk.by('incident-step-notice').click()
    await expect(desk.by('incident-text')).toHaveValue(new RegExp(parts.measures, 'u'))
    await look('incident-notice')
    await desk.by('incident-mark-public').click()
    await desk.by('incident-mark-closed').click()
    await expect(desk.by('incident-mark-closed')).toHaveCount(0)
    await desk.by('incident-back').click()
    await expect(desk.by('incident-row')).toHaveAttribute('data-state', 'closed')
  })

  await test.step('dates, assessments and an audit package', async () => {
    await openTab('dates')
    await desk.by('date-add').click()
    await desk.by('date-whose').fill('周岚')
    await desk.by('date-submit').click()
    await expect(desk.by('date-row')).toHaveCount(1)
    await openTab('assessments')
    await desk.by('assessment-add').click()
    await desk.by('assessment-title').fill('使用 AI 生成简历摘要')
    await desk.by('assessment-submit').click()
    await expect(desk.by('assessment-row')).toHaveCount(1)
    await openTab('audits')
    await desk.by('audit-make').click()
    await expect(desk.by('audit-row')).toHaveCount(1)
    expect(readdirSync(out).filter((name) => name.endsWith('.zip'))).toHaveLength(1)
  })

  await test.step('nobody unknown is made known by a search', async () => {
    await openTab('statements')
    await desk.by('statement-candidate').fill('nobody-404')
    await desk.by('statement-find').click()
    await expect(desk.by('statement-result')).toHaveAttribute('data-state', 'unknown')
    await expect(desk.by('statement-make')).toHaveCount(0)
    await look('statement-unknown')
  })

  await test.step('a statement of somebody who is here comes as PDF and JSON', async () => {
    // The sandbox's people have plain numbers; somebody of them is here.
    const numbers = Array.from({ length: 20 }, (_, n) => `cand-${String(n + 1).padStart(6, '0')}`)
    const stateOf = (platform: string, candidate: string) =>
      desk.call<{ state: string }>('disclosure.find', { person: { platform, candidate } })
    let here: readonly [string, string] | undefined
    for (const platform of ['zhaopin', 'lagou', 'maimai'])
      for (const candidate of numbers)
        if (here === undefined && (await stateOf(platform, candidate)).state === 'live') here = [platform, candidate]
    if (here === undefined) throw new Error('nobody of the first twenty is here')
    await desk.by('statement-platform').selectOption(here[0])
    await desk.by('statement-candidate').fill(here[1])
    await desk.by('statement-find').click()
    await expect(desk.by('statement-result')).toHaveAttribute('data-state', 'live')
    await desk.by('statement-make').click()
    await expect(desk.by('statement-written')).toContainText('.pdf')
    const statements = readdirSync(out).filter((name) => name.startsWith('candor-statement-'))
    expect(statements.map((name) => name.split('.').at(-1)).sort()).toEqual(['json', 'pdf'])
    await look('statement-made')
  })

  const resize = (width: number, height: number): Promise<void> =>
    app.evaluate(
      ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(size.width, size.height),
      { width, height },
    )

  for (const [language, theme] of looks) {
    await desk.dress(language, theme)
    for (const tab of ['desk', 'incidents', 'dates', 'assessments', 'audits', 'statements', 'reads']) {
      await openTab(tab)
      await look(`${tab}-${language}-${theme}`)
    }
  }

  await test.step('the officer sees how every device’s log stands, and keeps a head of it outside', async () => {
    await desk.by('sign-out').click()
    await desk.signIn('officer@sandbox')
    await desk.sync()
    await app.evaluate(({ dialog }, folder) => {
      dialog.showSaveDialog = ((...asked: unknown[]) => {
        const { defaultPath = '' } = asked.at(-1) as { defaultPath?: string }
        return Promise.resolve({ canceled: false, filePath: `${folder}/${defaultPath.split(/[\\/]/).at(-1)}` })
      }) as typeof dialog.showSaveDialog
    }, out)
    for (const [language, theme, width, height] of [
      ['en', 'dark', 1440, 900],
      ['zh', 'light', 1280, 800],
    ] as const) {
      await resize(width, height)
      await desk.dress(language, theme)
      await desk.open('ledger')
      await desk.by('ledger-tab-devices').click()
      await desk.by('devices-reload').click()
      await expect(desk.by('device-row').and(page.locator('[data-state="same"]'))).toHaveCount(1)
      await desk.by('ledger-verify').click()
      await expect(desk.by('ledger-verdict')).toHaveAttribute('data-verdict', 'valid')
      await look(`devices-${language}-${theme}`)
      await desk.by('ledger-tab-entries').click()
      await look(`entries-${language}-${theme}`)
      await desk.by('ledger-anchor').click()
      await expect(desk.by('anchor-line')).toHaveValue(/^candor-checkpoint\/1 \S+$/u)
      await look(`anchor-${language}-${theme}`)
      if (language === 'en') await page.keyboard.press('Escape')
    }
    const line = await desk.by('anchor-line').inputValue()
    await desk.by('anchor-copy').click()
    await expect.poll(() => app.evaluate(({ clipboard }) => clipboard.readText())).toBe(line)
    await desk.by('anchor-save').click()
    await expect.poll(() => readdirSync(out).filter((name) => name.startsWith('candor-checkpoint-'))).toHaveLength(1)
    await desk.by('anchor-print').click()
    const kept = (): string[] => readdirSync(out).filter((name) => /^candor-checkpoint-\d+\.(txt|pdf)$/u.test(name))
    await expect.poll(kept).toHaveLength(2)
    await page.keyboard.press('Escape')
    const { bundle } = await desk.call<{ bundle: string }>('ledger.export', {})
    const exported = join(out, 'log.jsonl')
    writeFileSync(exported, bundle)
    writeFileSync(join(out, 'line.txt'), line)
    for (const anchor of ['line.txt', kept().find((name) => name.endsWith('.txt')) ?? ''])
      expect(verifyLedgerFile(exported, { olderCheckpoint: join(out, anchor), requireAnchor: true })).toMatchObject({
        verdict: 'valid',
        completeness: 'proven',
      })
    await openTab('reads')
    await expect(desk.by('log-reads-devices')).toHaveAttribute('data-devices', 'all')
    await look('reads-officer')
  })
})
