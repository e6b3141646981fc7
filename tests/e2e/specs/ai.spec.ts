import { expect, test } from '../fixtures/index.ts'
import { Workstation } from '../pages/workstation.ts'
import { completionOf, startModelEndpoint, textsOf } from '../../helpers/model-endpoint.ts'

type Detail = { readonly work?: readonly unknown[]; readonly wishes: readonly string[] }
type List = { readonly items: ReadonlyArray<{ readonly id: string }> }
const key = 'sk-e2e-secret-key'

test('[D22] [ZP-16] [ZP-17] the enterprise’s own model: two switches, a text with its label, a stop, and nothing of anybody in what leaves', async ({
  launch,
}) => {
  test.setTimeout(300_000)
  const endpoint = await startModelEndpoint()
  const { page } = await launch()
  const desk = new Workstation(page)
  await desk.setUp()
  await desk.signIn('hr@sandbox')
  await desk.sync()
  const section = desk.by('ai-section')
  const openReview = async (at = 0): Promise<void> => {
    await desk.open('candidates')
    await desk.by('candidate-row').nth(at).click()
    await expect(desk.by('candidate-detail')).toHaveAttribute('data-id', /.+/)
    await desk.by('detail-tab-review').click()
    await expect(section).toBeVisible()
  }

  /** Somebody whose resume may be read, and who has not refused AI. */
  const openReadable = async (): Promise<void> => {
    const { items } = await desk.call<List>('candidate.list', { limit: 50 })
    for (const [at, { id }] of items.entries()) {
      const detail = await desk.call<Detail>('candidate.get', { id }).catch(() => undefined)
      if (detail?.work === undefined || detail.work.length === 0 || detail.wishes.includes('ai_refused')) continue
      await openReview(at)
      await expect(desk.by('candidate-detail')).toHaveAttribute('data-id', id)
      return
    }
    throw new Error('nobody to read')
  }

  await test.step('off: no button, and the way to the settings', async () => {
    await openReview()
    await expect(desk.by('ai-off')).toBeVisible()
    await expect(desk.by('ai-run-summary')).toHaveCount(0)
    await desk.by('ai-off').getByRole('link').click()
    await expect(desk.by('ai-settings')).toBeVisible()
    await expect(desk.by('ai-address')).toHaveCount(0)
  })

  await test.step('the administrator names the model and switches it on for the enterprise', async () => {
    await desk.by('sign-out').click()
    await desk.signIn('admin@sandbox')
    await desk.sync()
    await desk.open('settings')
    await desk.by('ai-address').fill('http://model.example')
    await desk.by('ai-model').fill('enterprise-7b')
    await desk.by('ai-endpoint-save').click()
    await expect(desk.by('ai-settings')).toContainText('必须以 https 开头')
    await desk.by('ai-address').fill(endpoint.address)
    await desk.by('ai-key').fill(key)
    await desk.by('ai-endpoint-save').click()
    await expect(desk.by('ai-settings')).toContainText('密钥已保存')
    await desk.by('ai-test').click()
    await expect(page.getByText('连接正常')).toBeVisible()
    await desk.by('ai-switch-enterprise').click()
    await expect(desk.by('ai-switch-enterprise')).toHaveAttribute('aria-checked', 'true')
    await expect(desk.by('ai-switch-user')).toBeDisabled()
    expect(await page.content()).not.toContain(key)
  })

  await test.step('the user switches it on for themselves', async () => {
    await desk.by('sign-out').click()
    await desk.signIn('hr@sandbox')
    await desk.sync()
    await desk.open('settings')
    await expect(desk.by('ai-switch-enterprise')).toBeDisabled()
    await desk.by('ai-switch-user').click()
    await expect(desk.by('ai-switch-user')).toHaveAttribute('aria-checked', 'true')
  })

  await test.step('a text is asked for, shown as text under its label, and discarded', async () => {
    endpoint.say('六年经验。<b>推荐</b> 电话 13812345678')
    await openReadable()
    await desk.by('ai-run-summary').click()
    const output = desk.by('ai-output').first()
    await expect(output).toContainText('【AI 生成】')
    await expect(output).toContainText('enterprise-7b')
    await expect(desk.by('ai-text')).toContainText('<b>推荐</b>')
    await expect(desk.by('ai-text')).not.toContainText('13812345678')
    await output.getByTestId('ai-discard').click()
    await expect(desk.by('ai-output')).toHaveCount(0)
  })

  await test.step('by the keyboard: asked, waited for, stopped', async () => {
    endpoint.answer = () => undefined
    await desk.by('ai-run-evaluation').focus()
    await page.keyboard.press('Enter')
    await expect(desk.by('ai-progress')).toBeVisible()
    await desk.by('ai-stop').focus()
    await page.keyboard.press('Enter')
    await expect(desk.by('ai-progress')).toHaveCount(0)
    await expect(section.getByTestId('error-message')).toHaveCount(0)
  })

  await test.step('a failure says what to do and can be tried again', async () => {
    endpoint.answer = (response) => void response.writeHead(401).end('{}')
    await desk.by('ai-run-questions').click()
    const error = section.getByTestId('error-message')
    await expect(error).toContainText('密钥')
    endpoint.answer = (response) =>
      void response.writeHead(200, { 'content-type': 'application/json' }).end(completionOf('1. 请介绍一次排障经历'))
    await error.getByRole('button').click()
    await expect(desk.by('ai-output')).toContainText('排障')
  })

  await test.step('nothing of a person left, and each call is in the log', async () => {
    for (const request of endpoint.requests.slice(1)) {
      expect(textsOf(request)).not.toMatch(/1[3-9]\d{9}|@[a-z0-9-]+\./i)
    }
    await desk.open('ledger')
    await expect(page.getByText('交给模型 enterprise-7b').first()).toBeVisible()
  })

  await test.step('off again, at once', async () => {
    await desk.open('settings')
    await desk.by('ai-switch-user').click()
    await expect(desk.by('ai-switch-user')).toHaveAttribute('aria-checked', 'false')
    await openReview()
    await expect(desk.by('ai-off').or(desk.by('ai-refused'))).toBeVisible()
  })
  await endpoint.close()
})
