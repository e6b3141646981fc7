import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import {
  factorPage,
  factorsAnswer,
  mfaGrant,
  problem,
  stepUpState,
  tokenAnswer,
} from '../../../electron/shared/domain/sync-records.ts'
import { authenticator } from '../../helpers/authenticator.ts'
import { hubClient } from '../../helpers/hub-client.ts'
import { expect, test } from '../fixtures/index.ts'
import { openPhone, type Phone } from '../fixtures/phone.ts'
import { lookAt } from '../pages/look.ts'
import { startHub, type Hub } from '../pages/hub.ts'
import { Workstation } from '../pages/workstation.ts'

const folder = mkdtempSync(join(tmpdir(), 'candor-factor-'))
let hub: Hub
let phone: Phone

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })

test.beforeAll(async () => {
  test.setTimeout(180_000)
  const port = String(await freePort())
  hub = await startHub(folder, 20, ['--port', port, '--public-url', `http://localhost:${port}`])
  phone = await openPhone()
  await phone.setWidth(390, 844)
})
test.afterAll(async () => {
  await phone?.close()
  await hub?.kill()
  rmSync(folder, { recursive: true, force: true })
})

const fits = async (page: Page): Promise<void> =>
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0)

test('[QY-08] [ZP-94] a phone signs the workstation in, an authenticator is added in the settings and asked for at the next sign-in', async ({
  launch,
}) => {
  test.setTimeout(300_000)
  const { page } = await launch()
  const desk = new Workstation(page)
  await desk.setUp()
  await desk.by('sign-in-hub').fill(hub.url)
  await lookAt(page, 'sign-in-zh')
  await desk.by('sign-in-qr').click()
  const code = (await desk.by('qr-code').textContent()) ?? ''
  await expect(page.locator('input[type="password"]')).toHaveCount(0)
  await lookAt(page, 'qr-zh')

  const address = (await desk.by('qr-picture').getAttribute('data-uri')) ?? ''
  expect(address).toContain(code)
  await phone.page.goto(`${address}?lang=zh-CN`)
  await fits(phone.page)
  await lookAt(phone.page, 'phone-zh')
  await phone.page.goto(`${address}?lang=en-US`)
  await phone.setScheme('dark')
  await fits(phone.page)
  await lookAt(phone.page, 'phone-en-dark')
  await expect(phone.page.locator('[data-device]')).not.toBeEmpty()
  await phone.page.fill('[name="account"]', hub.account)
  await phone.page.fill('[name="password"]', hub.password)
  await phone.page.click('button[value="grant"]')
  await expect(phone.page.locator('h1')).toHaveText('Confirmed')
  await phone.page.locator('form button').click()
  await lookAt(phone.page, 'phone-sessions')
  await desk.by('nav-settings').waitFor({ timeout: 30_000 })

  await desk.open('account')
  const card = desk.by('factor-settings')
  await card.scrollIntoViewIfNeeded()
  await desk.by('factor-add').click()
  await desk.by('factor-label').fill('工作手机')
  await desk.by('factor-password').fill(hub.password)
  await desk.by('factor-begin').click()
  const app = authenticator(((await desk.by('factor-secret').textContent()) ?? '').replaceAll(/\s/g, ''))
  await desk.by('factor-qr').waitFor()
  await card.scrollIntoViewIfNeeded()
  await lookAt(page, 'setup-zh')
  await desk.by('factor-code').fill(app.next())
  await desk.by('factor-confirm').click()
  await expect(desk.by('factor-recovery').locator('li')).toHaveCount(10)
  await lookAt(page, 'recovery-zh')
  await desk.by('factor-recovery-kept').click()
  await expect(desk.by('factor-row')).toHaveCount(1)
  await desk.open('settings')
  await desk.by('language-en').click()
  await desk.by('theme-dark').click()
  await desk.open('account')
  await card.scrollIntoViewIfNeeded()
  await lookAt(page, 'settings-en-dark')

  await desk.call('account.sign_out', {})
  await desk.by('sign-in-hub').fill(hub.url)
  await desk.by('sign-in-account').fill(hub.account)
  await desk.by('sign-in-password').fill(hub.password)
  await desk.by('sign-in-submit').click()
  await desk.by('factor-code').fill('000000')
  await desk.by('factor-submit').click()
  await expect(desk.by('error-message')).toHaveAttribute('data-code', 'E_WRONG_CODE')
  await lookAt(page, 'code-en-dark')
  await desk.by('factor-code').fill(app.next())
  await desk.by('factor-submit').click()
  await desk.by('nav-settings').waitFor({ timeout: 30_000 })
})

test('[ZP-94] a passkey is added in a real browser, signs in, proves, and is taken from nobody else', async () => {
  const cdp = await phone.page.context().newCDPSession(phone.page)
  await cdp.send('WebAuthn.enable')
  await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  const seats = new Map<string, string>(hub.accounts.map(({ name, password }) => [name, password]))
  const client = hubClient(hub.url)
  const password = seats.get('headhunter@sandbox') ?? ''
  const session = await client.signIn('headhunter@sandbox', password)
  const use = async (uri: string): Promise<string> => {
    await phone.page.goto(`${uri}?lang=en-US`)
    await phone.page.click('button[value="passkey"]')
    await phone.page.waitForLoadState('load')
    return (await phone.page.locator('h1, [role="alert"]:visible').first().textContent()) ?? ''
  }

  const begun = (await session.call('POST', '/v1/factors/passkey', { json: { label: 'Phone', password } })).as(
    factorPage,
  )
  expect(await use(begun.verification_uri)).toBe('The passkey was added')
  await expect(phone.page.locator('.codes li')).toHaveCount(10)
  await lookAt(phone.page, 'phone-passkey-added')
  expect((await session.call('GET', '/v1/factors')).as(factorsAnswer).factors).toMatchObject([
    { kind: 'webauthn', label: 'Phone' },
  ])
  // The address works once.
  await phone.page.goto(begun.verification_uri)
  await expect(phone.page.locator('[role="alert"]')).toBeVisible()

  const asked = await client.call('POST', '/v1/oauth/token', {
    form: { grant_type: 'password', username: 'headhunter@sandbox', password },
  })
  const { mfa_token: token = '', verification_uri: page = '', accepted } = asked.as(problem)
  expect(accepted).toEqual(['webauthn', 'recovery'])
  const finish = () => client.call('POST', '/v1/oauth/token', { form: { grant_type: mfaGrant, mfa_token: token } })
  expect((await finish()).code).toBe('authorization_pending')
  expect(await use(page)).toBe('Confirmed that it is you')
  const entered = client.withToken((await finish()).as(tokenAnswer).access_token)
  expect((await finish()).code).toBe('invalid_grant')

  const state = async (of: typeof client) => (await of.call('GET', '/v1/step-up')).as(stepUpState)
  expect((await state(entered)).proved_until).toBeDefined()
  const prove = (await entered.call('POST', '/v1/step-up/passkey', { json: {} })).as(factorPage)
  expect(await use(prove.verification_uri)).toBe('Confirmed that it is you')

  // Somebody else's page does not take this person's passkey.
  const officer = await client.signIn('officer@sandbox', seats.get('officer@sandbox') ?? '')
  const other = (await officer.call('POST', '/v1/step-up/passkey', { json: {} })).as(factorPage)
  await use(other.verification_uri)
  await expect(phone.page.locator('[role="alert"]').first()).toBeVisible()
  expect((await state(officer)).proved_until).toBeUndefined()
})
