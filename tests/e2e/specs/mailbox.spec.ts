import { join } from 'node:path'
import { expect, test } from '../fixtures/index.ts'
import { Workstation } from '../pages/workstation.ts'
import { noDovecot, startDovecot } from '../../helpers/dovecot.ts'
import { resumeMail } from '../../fixtures/resume-mail.ts'

const missing = noDovecot()
const authority = join(import.meta.dirname, '../../fixtures/tls/mail-ca.cert.pem')

test('[MM-08] [ZP-06] a mailbox is off until somebody adds it; then its mails come in, others stay unopened, and no password is seen again', async ({
  launch,
}) => {
  test.skip(missing !== undefined, missing)
  test.setTimeout(300_000)
  const server = await startDovecot()
  const client = await server.client()
  await client.append('INBOX', resumeMail(1))
  await client.append('INBOX', resumeMail(2, { from: 'friend@elsewhere.example' }))
  try {
    const { page } = await launch()
    const desk = new Workstation(page)
    await desk.setUp()
    await desk.signIn('hr@sandbox')
    await desk.sync()
    await desk.open('settings')
    await expect(desk.by('mailbox-none')).toBeVisible()
    await expect(desk.by('mailbox-sync')).toHaveCount(0)

    await test.step('what is not right is said before anything is sent', async () => {
      await desk.by('mailbox-add').click()
      await desk.by('mailbox-user').fill(server.user)
      await desk.by('mailbox-password').fill('wrong')
      await desk.by('mailbox-host').fill(server.host)
      await desk.by('mailbox-port').fill(String(server.tlsPort))
      await desk.by('mailbox-sender-match').fill('board.example')
      await desk.by('mailbox-test').click()
      await expect(page.getByRole('alert').filter({ hasText: '请检查标红' })).toBeVisible()
      await desk.by('mailbox-sender-match').fill('@board.example')
      await desk.by('mailbox-test').click()
      await expect(desk.by('mailbox-form').getByText('服务器证书无效')).toBeVisible({ timeout: 30_000 })
      await desk.by('mailbox-advanced').click()
      await desk.by('mailbox-form').locator('input[type=file]').setInputFiles(authority)
      await desk.by('mailbox-test').click()
      await expect(desk.by('mailbox-form').getByText('用户名或密码不对')).toBeVisible({ timeout: 30_000 })
    })

    await test.step('saved, it is read and watched', async () => {
      await desk.by('mailbox-password').fill(server.password)
      await desk.by('mailbox-test').click()
      await expect(desk.by('mailbox-works')).toContainText('连接成功')
      await desk.by('mailbox-job').selectOption({ index: 1 })
      await desk.by('mailbox-sender').getByRole('combobox').first().selectOption('zhaopin')
      await desk.by('mailbox-save').click()
      await expect(desk.by('mailbox-counts')).toContainText('导入 1', { timeout: 60_000 })
      await expect(desk.by('mailbox-counts')).toContainText('其他发件人 1')
      await expect(desk.by('mailbox-row')).toHaveAttribute('data-state', 'watching', { timeout: 30_000 })
      await client.append('INBOX', resumeMail(3))
      await expect
        .poll(() => desk.call<{ items: { copies: number }[] }>('mailbox.list', {}), { timeout: 30_000 })
        .toMatchObject({ items: [{ copies: 2 }] })
      expect(await page.content()).not.toContain(server.password)
      await desk.by('mailbox-edit').click()
      await expect(desk.by('mailbox-password')).toHaveValue('')
      await page.keyboard.press('Escape')
    })

    await test.step('switched off and removed', async () => {
      await desk.by('mailbox-switch').click()
      await expect(desk.by('mailbox-row')).toHaveAttribute('data-state', 'off')
      await desk.by('mailbox-remove').click()
      await desk.by('mailbox-remove').click()
      await expect(desk.by('mailbox-none')).toBeVisible()
    })

    await test.step('[ZP-22] a headhunter has none, in the window and in core', async () => {
      await desk.by('sign-out').click()
      await desk.signIn('headhunter@sandbox')
      await desk.sync()
      await desk.open('settings')
      await expect(desk.by('desktop-settings')).toBeVisible()
      await expect(desk.by('mailbox-settings')).toHaveCount(0)
      for (const [route, input] of [
        ['mailbox.list', {}],
        ['mailbox.sync', {}],
        ['mailbox.copies', {}],
      ] as const)
        await expect(desk.call(route, input)).rejects.toThrow('E_ROLE')
    })
  } finally {
    client.close()
    await server.stop()
  }
})
