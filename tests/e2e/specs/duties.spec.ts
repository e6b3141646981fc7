import { expect, test } from '../fixtures/index.ts'
import { resumeFiles } from '../pages/resume-files.ts'
import { Workstation } from '../pages/workstation.ts'

type List = { readonly items: ReadonlyArray<{ readonly id: string }> }

const ageless = {
  name: '钱思远.txt',
  mimeType: 'text/plain',
  buffer: Buffer.from('钱思远\n手机：13800010010\n工作经历\n2018.03 - 至今  锦里商贸有限公司  店长\n负责排班与库存。'),
}

test('[ZP-74] an age is confirmed in place, a hire locks the record, and many are destroyed at once', async ({
  launch,
}) => {
  test.setTimeout(180_000)
  const desk = new Workstation((await launch()).page)
  await desk.setUp()
  await desk.by('workspace-local').click()
  await desk.by('nav-settings').waitFor()
  await desk.open('jobs')
  await desk.by('job-create').click()
  await desk.by('job-title').fill('门店店长')
  await desk.by('job-submit').click()
  await desk.by('job-row').waitFor()
  const jobs = await desk.call<List>('job.list', {})
  await desk.takeIn(jobs.items[0]?.id ?? '', [...(await resumeFiles()).slice(3), ageless])

  await test.step('a record of unknown age says so in the list and opens after the confirmation', async () => {
    await desk.open('candidates')
    const row = desk.by('candidate-row').filter({ hasText: '钱某' })
    await expect(row).toContainText('年龄')
    await row.click()
    await expect(desk.by('error-message')).toHaveAttribute('data-code', 'E_MINOR')
    await desk.by('age-confirm').click()
    await expect(desk.by('candidate-detail')).toContainText('锦里商贸')
    await expect(desk.by('error-message')).toHaveCount(0)
  })

  await test.step('whoever is hired is locked: nobody reads the record, and the page says where it goes', async () => {
    for (const stage of ['面试', '录用意向']) {
      await desk.by('stage-advance').click()
      await expect(desk.by('detail-head')).toContainText(stage)
    }
    await desk.by('stage-advance').click()
    await desk.by('stage-confirm').click()
    await expect(desk.by('candidate-detail').getByTestId('error-message')).toHaveAttribute('data-code', 'E_LOCKED')
    await desk.by('candidate-detail').getByRole('link', { name: '留存与销毁' }).click()
    const row = desk.page.locator('[data-testid="retention-row"][data-state="locked"]')
    await expect(row).toContainText(/记录 \d+/)
  })

  await test.step('choosing all and destroying them leaves a certificate each and nobody in the list', async () => {
    const count = await desk.by('retention-row').count()
    expect(count).toBe(3)
    await desk.by('retention-all').check()
    await desk.by('destroy-many').click()
    await expect(desk.by('destroy-submit')).toBeDisabled()
    await desk.by('destroy-confirm').fill('销毁')
    await desk.by('destroy-submit').click()
    await expect(desk.by('certificate-row')).toHaveCount(count, { timeout: 60_000 })
    await expect(desk.by('retention-row')).toHaveCount(0)
    await desk.open('candidates')
    await expect(desk.by('candidate-row')).toHaveCount(0)
  })
})
