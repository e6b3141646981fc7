import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '../fixtures/index.ts'
import { startHub } from '../pages/hub.ts'
import { resumeFiles } from '../pages/resume-files.ts'
import { Workstation } from '../pages/workstation.ts'

/** Words that stand on the page, in the first element found. */
const wordsOf = (desk: Workstation): Promise<string> => desk.by('error-message').first().innerText()

const setUpLocal = async (desk: Workstation): Promise<void> => {
  await desk.setUp()
  await desk.by('workspace-local').click()
  await desk.by('nav-settings').waitFor()
}

test('a wrong passphrase: says so, says what to do, and the right one still opens', async ({ launch }) => {
  const first = await launch()
  await new Workstation(first.page).setUp()
  await first.close()
  const desk = new Workstation((await launch({ home: first.home })).page)
  await desk.by('passphrase').fill('not the passphrase')
  await desk.by('unlock').click()
  await expect(desk.by('error-message')).toHaveAttribute('data-code', 'E_PASSPHRASE')
  expect(await wordsOf(desk)).toMatch(/再输入一次|恢复码/)
  await expect(desk.by('passphrase')).toHaveValue('')
  await desk.unlock()
  await desk.by('workspace-local').waitFor()
})

test('flipped bytes in the log and a missing key file: a code and the next step, and nothing is written over', async ({
  launch,
}) => {
  test.setTimeout(180_000)
  const first = await launch()
  await setUpLocal(new Workstation(first.page))
  await first.close()
  const { home } = first
  const names = readdirSync(home, { recursive: true, encoding: 'utf8' })
  const ledger = join(home, names.find((name) => name.endsWith('ledger.db')) ?? '')
  const whole = readFileSync(ledger)
  const broken = Buffer.from(whole)
  for (let at = 20; at < broken.length; at += 97) broken[at] = (broken[at] ?? 0) ^ 0xff
  writeFileSync(ledger, broken)

  await test.step('the log', async () => {
    const program = await launch({ home })
    const desk = new Workstation(program.page)
    await desk.unlock()
    await expect(desk.by('error-message').first()).toHaveAttribute('data-code', 'E_DAMAGED', { timeout: 30_000 })
    expect(await wordsOf(desk)).toMatch(/备份|store check/)
    await program.close()
    expect(readFileSync(ledger).equals(broken)).toBe(true)
    writeFileSync(ledger, whole)
  })

  await test.step('the key file', async () => {
    const file = join(home, 'kek.json')
    renameSync(file, `${file}.away`)
    const desk = new Workstation((await launch({ home })).page)
    await expect(desk.by('error-message').first()).toHaveAttribute('data-code', 'E_KEYS_MISSING')
    expect(await wordsOf(desk)).toMatch(/放回原处/)
    expect(existsSync(file)).toBe(false)
    renameSync(`${file}.away`, file)
    await desk.by('fault-again').click()
    await desk.unlock()
    await desk.by('account-resume').waitFor()
  })
})

test('the hub fails in the middle of a sync: the page says so, and a retry brings everything', async ({ launch }) => {
  test.setTimeout(240_000)
  const folder = mkdtempSync(join(tmpdir(), 'candor-e2e-hub-'))
  let hub = await startHub(folder, 300)
  try {
    const desk = new Workstation((await launch()).page)
    await desk.setUp()
    await desk.by('sign-in-hub').fill(hub.url)
    await desk.by('sign-in-account').fill(hub.account)
    await desk.by('sign-in-password').fill(hub.password)
    await desk.by('sign-in-submit').click()
    await expect(desk.by('sync-status')).toHaveAttribute('data-state', 'running')
    await hub.kill()
    await expect(desk.by('sync-status')).toHaveAttribute('data-state', 'failed', { timeout: 120_000 })
    await expect(desk.by('error-message')).toHaveAttribute('data-code', /^E_HUB/)
    expect(await wordsOf(desk)).toMatch(/服务器/)
    hub = await startHub(folder, 300)
    await desk.by('sync-fix').click()
    await expect(desk.by('sync-status')).toHaveAttribute('data-state', 'done', { timeout: 180_000 })
    await expect(desk.by('error-message')).toHaveCount(0)
    const { counts } = await desk.call<{ counts: { candidates: number } }>('sync.status', {})
    expect(counts.candidates).toBeGreaterThan(100)
  } finally {
    await hub.kill()
    rmSync(folder, { recursive: true, force: true })
  }
})

test('dropped files that are empty, too large or not what they say: each with its reason, and the window lives', async ({
  launch,
}) => {
  const desk = new Workstation((await launch()).page)
  await setUpLocal(desk)
  await desk.open('jobs')
  await desk.by('job-create').click()
  await desk.by('job-title').fill('门店店长')
  await desk.by('job-submit').click()
  await desk.by('job-row').waitFor()
  const pdf = (await resumeFiles())[0]?.buffer.toString('base64') ?? ''
  await desk.page.evaluate((content) => {
    const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0))
    const files = [
      new File([], 'empty.pdf'),
      new File([new Uint8Array(20_000_001)], 'large.pdf'),
      new File([bytes], 'resume.txt'),
      new File(['MZ\u0090\u0000 a program'], 'resume.docx'),
    ]
    const dataTransfer = new DataTransfer()
    for (const file of files) dataTransfer.items.add(file)
    window.dispatchEvent(new DragEvent('drop', { dataTransfer, cancelable: true }))
  }, pdf)
  const fileOf = (name: string) => desk.by('intake-file').filter({ hasText: name })
  await expect(fileOf('large.pdf')).toHaveAttribute('data-result', 'refused')
  await expect(fileOf('large.pdf')).toContainText('20 MB')
  await desk.by('intake-submit').click()
  await expect(fileOf('empty.pdf')).toHaveAttribute('data-result', 'quarantined', { timeout: 60_000 })
  await expect(fileOf('resume.docx')).toHaveAttribute('data-result', 'quarantined', { timeout: 60_000 })
  await expect(fileOf('resume.txt')).toHaveAttribute('data-result', /imported|quarantined/, { timeout: 60_000 })
  await expect(fileOf('resume.txt')).toContainText('扩展名与内容不符')
  await desk.page.keyboard.press('Escape')
  await desk.open('candidates')
  await expect(desk.by('candidate-row')).toHaveCount(1)
})

test('[D20] locking clears the page: nothing of a candidate is left in it', async ({ launch }) => {
  test.setTimeout(180_000)
  const desk = new Workstation((await launch()).page)
  await desk.setUp()
  await desk.signIn('hr@sandbox')
  await desk.sync()
  await desk.open('candidates')
  const { items } = await desk.call<{ items: Array<{ id: string; name?: string; phone?: string; school?: string }> }>(
    'candidate.list',
    { limit: 200 },
  )
  const shown = items.find(({ phone }) => phone?.includes('****'))
  if (shown === undefined) throw new Error('the sandbox has nobody who delivered')
  await desk.page.locator(`[data-id="${shown.id}"]`).click()
  await expect(desk.by('candidate-detail')).toHaveAttribute('data-id', shown.id)
  await desk.page.keyboard.press('Control+l')
  await desk.by('unlock').waitFor({ timeout: 30_000 })
  const left = await desk.page.content()
  const told = [shown.id, shown.name, shown.phone, shown.school].filter((text) => text !== undefined)
  expect(told.length).toBeGreaterThan(2)
  expect(told.filter((text) => left.includes(text))).toEqual([])
  expect(await desk.page.evaluate(() => location.hash)).toMatch(/^(#\/[a-z]*)?$/)
  await expect(desk.call('candidate.list', {})).rejects.toThrow('E_SESSION')
})
