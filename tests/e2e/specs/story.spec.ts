import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '../fixtures/index.ts'
import { brokenFile, canaryPhones, resumeFiles } from '../pages/resume-files.ts'
import { Workstation } from '../pages/workstation.ts'

const languages = [
  { language: 'zh-CN', masked: /^\d{3}\*{4}\d{4}$/, valid: /有效|一致/ },
  { language: 'en-US', masked: /^\d{3}\*{4}\d{4}$/, valid: /valid|consistent/i },
] as const

type ListPage = {
  readonly items: ReadonlyArray<{ readonly id: string; readonly phone?: string }>
  readonly total: number
}

/** Every byte under a folder, for a search of what must not lie there in clear. */
const bytesUnder = (folder: string): Buffer[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile() === true && !path.endsWith('home.lock'))
    .map((path) => readFileSync(path))

for (const { language, masked } of languages) {
  test(`[ZP-03] [ZP-21] [ZP-74] the recruiter's whole job once, in ${language}`, async ({ launch }) => {
    test.setTimeout(420_000)
    const first = await launch({ env: { CANDOR_LANG: language } })
    const { home } = first
    const desk = new Workstation(first.page)
    expect(await desk.language()).toBe(language)

    await test.step('set up: notice, passphrase, recovery code', async () => {
      expect(await desk.setUp()).toMatch(/^([0-9A-Z]{4}-){6}[0-9A-Z]{4}$/)
    })

    await test.step('sandbox, sign-in, sync with progress', async () => {
      await desk.signIn('hr@sandbox')
      await desk.sync()
      const { counts } = await desk.call<{ counts: { jobs: number; candidates: number } }>('sync.status', {})
      expect(counts.jobs).toBeGreaterThanOrEqual(12)
      expect(counts.candidates).toBeGreaterThanOrEqual(400)
    })

    const delivered = await test.step('browse: names and contacts are masked', async () => {
      await desk.open('candidates')
      await expect(desk.by('candidate-row').first()).toBeVisible()
      const page = await desk.call<ListPage>('candidate.list', { limit: 200 })
      for (const { phone } of page.items) if (phone !== undefined) expect(phone).toMatch(masked)
      expect(await desk.page.locator('body').innerText()).not.toMatch(/(?<!\d)1[3-9]\d{9}(?!\d)/)
      const found = page.items.find(({ phone }) => phone !== undefined)
      if (found === undefined) throw new Error('the sandbox has nobody who delivered')
      return found.id
    })

    await test.step('search finds any fragment', async () => {
      await desk.by('candidate-search').fill('Java')
      await expect
        .poll(async () => (await desk.call<ListPage>('candidate.list', { query: 'Java' })).total)
        .toBeGreaterThan(10)
      await expect(desk.by('candidate-row').first()).toBeVisible()
      await desk.by('candidate-search').fill('')
    })

    await test.step('open: the view is in the log; reveal a number with a reason', async () => {
      const row = desk.page.locator(`[data-testid="candidate-row"][data-id="${delivered}"]`)
      await row.click()
      // The panel is there before its answer; whatever it shows was entered first.
      await expect(desk.by('detail-head')).toBeVisible()
      const views = await desk.call<{ items: ReadonlyArray<{ action: string }> }>('ledger.list', {
        record_id: delivered,
      })
      expect(views.items.map(({ action }) => action)).toContain('view')
      await desk.by('reveal-phone').first().click()
      await desk.by('reveal-reason').first().waitFor()
      await desk.by('reveal-submit').click()
      await expect(desk.by('candidate-detail')).toContainText(/(?<!\d)1[3-9]\d{9}(?!\d)/)
      const after = await desk.call<{ items: ReadonlyArray<{ action: string }> }>('ledger.list', {
        record_id: delivered,
      })
      expect(after.items.map(({ action }) => action)).toContain('reveal')
    })

    await test.step('take in files of five formats, and one that is none', async () => {
      await desk.takeIn('job-06', [...(await resumeFiles()), brokenFile])
      const list = await desk.call<ListPage>('candidate.list', { job_id: 'job-06', limit: 200 })
      expect(list.items.filter(({ phone }) => phone?.startsWith('138****000')).length).toBe(canaryPhones.length)
      const { items } = await desk.call<{ items: ReadonlyArray<{ reason: string }> }>('quarantine.list', {})
      expect(items.map(({ reason }) => reason)).toEqual(['malformed'])
    })

    await test.step('fill the job, see the countdown, move the clock on', async () => {
      await desk.open('jobs')
      const job = desk.by('job-row').filter({ hasText: '门店店长' })
      await job.getByTestId('job-fill').click()
      await expect(desk.by('job-consequence')).toBeVisible()
      await desk.by('job-confirm').click()
      await desk.open('retention')
      await expect(desk.by('retention-row').first()).toBeVisible()
      await desk.open('settings')
      await desk.by('sandbox-clock').scrollIntoViewIfNeeded()
      await desk.by('sandbox-clock-7').click()
      await desk.by('sandbox-clock-1').click()
      await expect
        .poll(async () => (await desk.call<{ total: number }>('certificate.list', {})).total, { timeout: 120_000 })
        .toBeGreaterThanOrEqual(20)
      expect((await desk.call<ListPage>('candidate.list', { job_id: 'job-06' })).total).toBe(0)
    })

    await test.step('certificates and a log that verifies', async () => {
      await desk.open('retention')
      await expect(desk.by('certificate-row').first()).toBeVisible()
      await desk.open('ledger')
      await expect(desk.by('ledger-row').first()).toBeVisible()
      await desk.by('ledger-verify').click()
      await expect(desk.by('ledger-verdict')).toBeVisible()
      expect(await desk.call('ledger.verify', {})).toMatchObject({ verdict: 'valid' })
    })

    await test.step('nothing of the files lies on the disk in clear', () => {
      const found = bytesUnder(home).filter((bytes) => canaryPhones.some((phone) => bytes.includes(phone)))
      expect(found.length).toBe(0)
    })

    const before = await desk.call<{ total: number }>('certificate.list', {})
    await expect
      .poll(async () => (await desk.call<{ screen: { section?: string } }>('system.state', {})).screen.section)
      .toBe('ledger')
    await first.close()

    await test.step('closing and opening again asks for the passphrase and loses nothing', async () => {
      const second = await launch({ home, env: { CANDOR_LANG: language } })
      const again = new Workstation(second.page)
      await again.by('passphrase').fill('not the passphrase at all')
      await again.by('unlock').click()
      await expect(again.by('error-message')).toBeVisible({ timeout: 30_000 })
      await again.unlock()
      await again.by('sandbox-start').waitFor({ timeout: 60_000 })
      expect((await again.call<{ accounts: unknown[] }>('system.state', {})).accounts.length).toBe(1)
      await again.by('sandbox-start').click()
      await again.by('sandbox-account').first().waitFor({ timeout: 120_000 })
      await again.by('account-resume').click()
      await again.by('nav-retention').waitFor({ timeout: 60_000 })
      // The section that was left, and nothing of whom it showed.
      await expect(again.by('nav-ledger')).toHaveAttribute('aria-current', 'page')
      expect((await again.call<{ total: number }>('certificate.list', {})).total).toBeGreaterThanOrEqual(before.total)
      expect((await again.call<ListPage>('candidate.list', {})).total).toBeGreaterThan(100)
      await second.close()
    })
  })
}

test('[ZP-22] a headhunter looks and keeps nothing', async ({ launch }) => {
  test.setTimeout(240_000)
  const program = await launch()
  const desk = new Workstation(program.page)
  await desk.setUp()
  await desk.signIn('headhunter@sandbox')
  await desk.sync()
  const page = await desk.call<ListPage>('candidate.list', { limit: 200 })
  expect(page.total).toBeGreaterThan(20)
  for (const { phone } of page.items) expect(phone).toBeUndefined()
  const id = page.items[0]?.id
  await expect(desk.call('candidate.reveal', { id, field: 'phone', reason: 'contact' })).rejects.toThrow(/E_/)
  await expect(desk.call('job.set_status', { id: 'job-01', status: 'closed' })).rejects.toThrow('E_ROLE')
  const { items } = await desk.call<{ items: ReadonlyArray<{ outcome: string }> }>('ledger.list', {})
  expect(items.map(({ outcome }) => outcome)).toContain('denied')
  await program.close()
  const files = readdirSync(join(program.home), { recursive: true, encoding: 'utf8' })
  expect(files.filter((name) => /store\.db|index\.db/.test(name))).toEqual([])
})
