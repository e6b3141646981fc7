import { expect } from '@playwright/test'
import { brokenFile, resumeFiles } from './resume-files.ts'
import { putStricterRules } from './rules.ts'
import { passphrase, type Workstation } from './workstation.ts'

/** Called on each screen when it stands still. */
export type See = (name: string) => Promise<void>

/** Everything from the first start to an account of the sandbox. */
export const tourOfFirstStart = async (desk: Workstation, see: See): Promise<void> => {
  await see('notice')
  await desk.by('consent-accept').click()
  await desk.by('passphrase-new').fill(passphrase)
  await desk.by('passphrase-repeat').fill('another one')
  await see('passphrase')
  await desk.by('passphrase-repeat').fill(passphrase)
  await desk.by('passphrase-submit').click()
  await desk.by('recovery-code').waitFor({ timeout: 60_000 })
  await see('recovery')
  await desk.by('recovery-continue').click()
  await desk.by('sandbox-start').waitFor()
  await see('workspace')
  await desk.signIn('hr@sandbox')
  await desk.by('sync-status').waitFor()
  await see('sync-first')
  await desk.sync()
  await putStricterRules(desk)
  await desk.by('rules-update').waitFor({ timeout: 60_000 })
  await see('rules-update')
  await desk.acceptRules()
  await desk.sync()
}

/** One destruction by hand, so that there is a certificate to look at. */
export const destroyOne = async (desk: Workstation): Promise<void> => {
  await desk.open('retention')
  await desk.by('destroy-now').first().click()
  await desk.by('destroy-confirm').fill('销毁')
  await desk.by('destroy-submit').click()
  await desk.by('certificate-row').first().waitFor({ timeout: 60_000 })
}

/** Says what every job asks for, so that there are scores to look at. */
export const askOfJobs = async (desk: Workstation): Promise<void> => {
  const { items } = await desk.call<{ items: ReadonlyArray<{ id: string; title: string }> }>('job.list', {})
  for (const { id, title } of items) {
    const skills = /Java|后端|架构/u.test(title) ? ['Java', 'Redis', 'Spring Boot'] : ['沟通', '团队管理']
    await desk.call('job.update', {
      id,
      requirements: { skills_must: skills, years: { min: 3 }, degree: 'bachelor', cities: ['北京', '成都', '重庆'] },
    })
  }
  await expect.poll(async () => (await desk.call<{ unindexed: number }>('sync.status', {})).unindexed).toBe(0)
}

const escape = async (desk: Workstation): Promise<void> => {
  await desk.page.keyboard.press('Escape')
  await expect(desk.page.locator('dialog[open]')).toHaveCount(0)
}

/** Jobs, one of them, and its board, with what opens there. Changes nothing. */
export const tourOfJobs = async (desk: Workstation, see: See): Promise<void> => {
  const { page } = desk
  await desk.open('jobs')
  await desk.by('job-row').first().waitFor()
  await see('jobs')
  await desk.by('job-close').first().click()
  await desk.by('job-consequence').waitFor()
  await see('job-close')
  await escape(desk)
  await desk.by('job-link').first().click()
  await desk.by('job-funnel').waitFor()
  await see('job')
  await desk.by('job-ask').click()
  await desk.by('ask-must').waitFor()
  await see('job-requirements')
  await escape(desk)
  await desk.by('job-steps').click()
  await desk.by('step-row').first().waitFor()
  await see('job-steps')
  await escape(desk)
  await page.keyboard.press('Escape')

  await desk.by('nav-pipeline').click()
  await desk.by('board-card').first().waitFor()
  await see('board')
  await desk.by('board-card').first().click()
  await desk.by('detail-head').waitFor()
  await see('board-person')
  await page.keyboard.press('Escape')
  await desk.by('board-card').first().focus()
  await page.keyboard.press('x')
  await desk.by('reject-reason').first().waitFor()
  await see('board-reject')
  await escape(desk)
}

/** Conversations, one of them, texts for them, and the talent pool with the way into it. */
export const tourOfTalk = async (desk: Workstation, see: See): Promise<void> => {
  await desk.by('nav-messages').click()
  await desk.by('thread-row').first().waitFor()
  await see('messages')
  await desk.by('thread-row').nth(2).click()
  await desk.by('thread').getByTestId('message').first().waitFor()
  await see('messages-thread')
  await desk.by('no-contact').click()
  await desk.by('no-contact-confirm').waitFor()
  await see('messages-no-contact')
  await escape(desk)
  await desk.by('templates-open').click()
  await desk.by('template-name').waitFor()
  await see('messages-templates')
  await escape(desk)
  await desk.by('nav-pool').click()
  await desk.by('pool-offers').waitFor()
  await see('pool')
}

/** Files handed over, their report, what was set aside, watched folders, and a reading beside its original. Takes two in. */
export const tourOfIntake = async (desk: Workstation, see: See): Promise<void> => {
  const { page } = desk
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles([...(await resumeFiles()).slice(0, 2), brokenFile])
  await desk.by('intake-job').selectOption({ index: 1 })
  await see('intake')
  await desk.by('intake-submit').click()
  await desk.by('intake-submit').waitFor({ state: 'hidden', timeout: 120_000 })
  await desk.by('intake-report').click()
  await desk.by('intake-item').nth(2).waitFor()
  await see('intake-report')
  for (const tab of ['aside', 'folders']) {
    await desk.by(`intake-tab-${tab}`).click()
    await page.locator(`#intake-panel-${tab}`).waitFor()
    await see(`intake-${tab}`)
  }
  await escape(desk)
  await desk.by('candidate-search').fill('锦里商贸')
  await desk.by('candidate-row').first().click()
  await desk.by('review-open').click()
  await desk.by('review-page').waitFor({ timeout: 60_000 })
  await desk.by('review-expected_job').focus()
  await see('intake-review')
  await escape(desk)
  await desk.by('candidate-search').fill('')
}

/** Every section of the shell, with what opens in it. Takes two people in, and changes nothing else. */
export const tourOfSections = async (desk: Workstation, see: See): Promise<void> => {
  const { page } = desk
  await tourOfJobs(desk, see)
  await tourOfTalk(desk, see)

  await desk.open('candidates')
  await desk.by('candidate-row').first().waitFor()
  await see('candidates')
  await desk.by('candidate-row').nth(3).click()
  await desk.by('detail-head').waitFor()
  await see('candidate')
  await desk.by('why-masked').first().click()
  await see('candidate-why')
  await page.keyboard.press('Escape')
  const view = desk.by('reveal-phone')
  if ((await view.count()) > 0) {
    await view.click()
    await desk.by('reveal-submit').waitFor()
    await see('candidate-reason')
    await page.keyboard.press('Escape')
  }
  for (const tab of ['review', 'contact', 'activity', 'resume']) {
    await desk.by(`detail-tab-${tab}`).click()
    await desk.by(`detail-panel-${tab}`).waitFor()
    await page.waitForTimeout(300)
    if (tab !== 'resume') await see(`candidate-${tab}`)
  }
  await desk.by('saved-views').click()
  await desk.by('view-name').waitFor()
  await see('candidates-views')
  await page.keyboard.press('Escape')
  await desk.by('list-columns').click()
  await desk.by('list-compact').waitFor()
  await see('candidates-columns')
  await page.keyboard.press('Escape')
  for (const place of [3, 4, 6])
    await desk
      .by('candidate-row')
      .nth(place)
      .click({ modifiers: ['Control'] })
  await desk.by('bulk-bar').waitFor()
  await see('candidates-marked')
  await desk.by('bulk-compare').click()
  await desk.by('compare-person').nth(2).waitFor()
  await see('compare')
  await desk.by('compare-close').click()
  await desk.by('bulk-review').click()
  await desk.by('detail-head').waitFor()
  await see('review')
  await desk.by('review-close').click()
  await desk.by('bulk-clear').click()
  await desk.by('candidate-search').fill('Java 重庆')
  await expect.poll(() => desk.by('candidate-total').textContent()).not.toBe('')
  await page.waitForTimeout(600)
  await see('candidates-search')
  await desk.by('candidate-search').fill('没有这样的人 zzz')
  await page.waitForTimeout(600)
  await see('candidates-none')
  await desk.by('candidate-search').fill('')
  await desk.by('candidate-row').first().waitFor()
  await desk.by('candidate-row').first().dblclick()
  await page.waitForTimeout(300)
  await see('candidate-wide')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')

  await tourOfIntake(desk, see)

  await desk.open('reports')
  await desk.by('report-funnel').getByTestId('report-table').waitFor()
  await desk.by('report-workload').getByTestId('report-table').waitFor()
  await see('reports')
  await desk.by('report-sources').locator('summary').click()
  await see('reports-figures')

  await desk.open('retention')
  await desk.by('retention-row').first().waitFor()
  await see('retention')
  await desk.by('destroy-now').first().click()
  await desk.by('destroy-confirm').waitFor()
  await see('retention-destroy')
  await escape(desk)

  await desk.open('ledger')
  await desk.by('ledger-row').first().waitFor()
  await desk.by('ledger-verify').click()
  await desk.by('ledger-verdict').waitFor()
  await see('ledger')

  await tourOfDuties(desk, see)
  await desk.open('rules')
  await desk.by('rules-cell').first().waitFor()
  await see('rules')
  await desk.by('rules-cell').first().click()
  await desk.by('rules-card').waitFor()
  await see('rules-card')
  await page.keyboard.press('Escape')
  await page.locator('[data-testid="rules-platform"][data-value="qingyun"]').click()
  await desk.by('rules-none').waitFor()
  await see('rules-none')
  await page.locator('[data-testid="rules-part"][data-value="changes"]').click()
  await desk.by('rules-changes').waitFor()
  await see('rules-changes')

  await tourOfInterviews(desk, see)
  await desk.open('sync')
  await desk.by('sync-status').waitFor()
  await see('sync')
  await desk.open('settings')
  await page.waitForTimeout(300)
  await see('settings')
  await desk.by('mailbox-add').click()
  await desk.by('mailbox-form').waitFor()
  await see('settings-mailbox')
  await escape(desk)
  await page.keyboard.press('Control+k')
  await desk.by('palette-input').waitFor()
  await see('palette')
  await escape(desk)
  await page.keyboard.press('?')
  await page.waitForTimeout(200)
  await see('keys')
  await escape(desk)
}

/** What people asked about their data, and the officer's desk. */
export const tourOfDuties = async (desk: Workstation, see: See): Promise<void> => {
  await desk.open('requests')
  await desk.by('request-row').first().click()
  await desk.by('request-step').waitFor()
  await see('requests')
  await desk.by('request-add').click()
  await desk.by('request-add-submit').waitFor()
  await see('request-add')
  await escape(desk)
  await desk.open('officer')
  await desk.by('officer-figure').first().waitFor()
  await see('officer')
  for (const tab of ['incidents', 'dates', 'assessments', 'audits', 'reads']) {
    await desk.by(`officer-tab-${tab}`).click()
    await desk.page.locator(`#officer-panel-${tab}`).waitFor()
    await see(`officer-${tab}`)
  }
  await desk.by('officer-tab-incidents').click()
  await desk.by('incident-add').click()
  await desk.by('incident-submit').waitFor()
  await see('officer-incident')
  await escape(desk)
}

/** The week, empty and with an interview in it, and every dialog about one. */
export const tourOfInterviews = async (desk: Workstation, see: See): Promise<void> => {
  const { items } = await desk.call<{ items: Array<{ phone?: string; application?: { id: string } }> }>(
    'candidate.list',
    {
      stage: 'new',
      limit: 50,
    },
  )
  const application = items.find(({ phone }) => phone !== undefined)?.application
  const { id } = await desk.call<{ id: string }>('interview.schedule', {
    application_id: application?.id,
    starts_at: Math.floor(Date.now() / 3_600_000) * 3_600_000 + 3_600_000,
    minutes: 45,
    kind: 'onsite',
    place: '3 楼大会议室',
    interviewers: ['周岚', '李工'],
  })
  await desk.open('interviews')
  if ((await desk.by('interview-row').count()) === 0) await desk.by('interview-after').click()
  await desk.by('interview-row').first().waitFor()
  await see('interviews')
  await desk.by('interview-view').nth(1).click()
  await desk.by('interview-week').waitFor()
  await see('interviews-week')
  await desk.by('interview-view').nth(0).click()
  await desk.by('interview-change').first().click()
  await desk.by('interview-form').waitFor()
  await see('interview-dialog')
  await desk.page.keyboard.press('Escape')
  await desk.by('interview-share').first().click()
  await desk.by('interview-mail').waitFor()
  await see('interview-calendar')
  await desk.page.keyboard.press('Escape')
  await desk.call('interview.set_state', { id, state: 'cancelled' })
}

/** Every tab of a page of tabs. Changes nothing. */
export const tourOfTabs = async (desk: Workstation, section: 'admin' | 'bulletin', see: See): Promise<void> => {
  await desk.open(section)
  const tabs = desk.page.locator(`[id^="${section}-tab-"]`)
  await tabs.first().waitFor()
  const ids = await tabs.evaluateAll((found) => found.map(({ id }) => id))
  expect(ids.length).toBeGreaterThan(2)
  for (const id of ids) {
    await desk.page.locator(`#${id}`).click()
    await desk.page.locator(`#${id.replace('-tab-', '-panel-')}`).waitFor()
    await desk.page.waitForTimeout(300)
    await see(id.replace('-tab-', '-'))
  }
}
