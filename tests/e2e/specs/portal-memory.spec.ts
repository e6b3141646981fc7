import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { candidateLink, me } from '../../../electron/shared/domain/sync-records.ts'
import { hubClient, pushItem } from '../../helpers/hub-client.ts'
import { logDevice } from '../../helpers/log-device.ts'
import { expect, test } from '../fixtures/index.ts'
import { openPhone, type Phone } from '../fixtures/phone.ts'
import { startHub, type Hub } from '../pages/hub.ts'

/** Two visits of the same phone: between them the hub's log grows honestly, or is rewritten by whoever has the hub. */

const folder = mkdtempSync(join(tmpdir(), 'candor-portal-memory-'))
const person = 'cand-000005'
const subjects = { mine: person }
const deviceId = `dev-${randomUUID()}`
const look = { action: 'view', subject: { platform: 'zhaopin', candidate: 'mine' }, job: 'job-01' }
let hub: Hub
let phone: Phone

test.beforeAll(async () => {
  test.setTimeout(180_000)
  hub = await startHub(folder, 20)
  phone = await openPhone()
})
test.afterAll(async () => {
  await phone?.close()
  await hub?.kill()
  rmSync(folder, { recursive: true, force: true })
})

/** The hub is stopped, its log of the device emptied in its own database, and started again where it was. */
const emptyLog = async (): Promise<void> => {
  await hub.kill()
  const db = await PGlite.create(join(folder, 'pglite'))
  for (const table of ['log_head', 'log_leaf', 'log_node', 'log_subject'])
    await db.query(`delete from ${table} where device_id = $1`, [deviceId])
  await db.close()
  hub = await startHub(folder, 20)
}

test('[ZP-32] the browser finds a log that was rewritten since the last visit, and says of an honest one that it only grew', async () => {
  test.setTimeout(240_000)
  const { page } = phone
  const first = await hubClient(hub.url).signIn(hub.account, hub.password)
  const account = (await first.call('GET', '/v1/me')).as(me)
  const actor = { account: account.id, role: account.role }
  const device = logDevice(deviceId, actor)
  await first.call('PUT', `/v1/devices/${deviceId}`, {
    json: { name: '工位 3', os: 'linux', app_version: '0.1.0', log_key: device.logKey },
  })
  const { link } = (await first.call('POST', '/v1/candidate-links', { json: { candidate_id: person } })).as(
    candidateLink,
  )
  const open = async (language: 'zh-CN' | 'en-US'): Promise<void> => {
    await page.goto(`${link}?lang=${language}`)
    await expect(page.locator('[data-verdict="running"]')).toHaveCount(0)
  }
  const add = async (from: number, count: number, with_ = device): Promise<void> => {
    const client = await hubClient(hub.url).signIn(hub.account, hub.password)
    // The hub ties a session to the device that it made known.
    await client.call('PUT', `/v1/devices/${deviceId}`, {
      json: { name: '工位 3', os: 'linux', app_version: '0.1.0', log_key: device.logKey },
    })
    for (let i = 0; i < count; i += 1) with_.append(i % 2 === 0 ? look : { action: 'search' })
    expect((await pushItem(client, 'log', with_.push(from, subjects))).status).toBe('accepted')
  }

  await add(0, 11)
  await open('zh-CN')
  await expect(page.locator('[data-verdict="valid"]')).toContainText('此浏览器已记下日志现在的长度和指纹')
  await open('zh-CN')
  await expect(page.locator('[data-verdict="valid"]')).toContainText('只有增加，没有缩短或改写')
  await add(11, 12)
  await open('en-US')
  await expect(page.locator('[data-verdict="valid"]')).toContainText(
    'the log only grew and was neither cut nor rewritten',
  )

  // The same device key signs another history, longer than what was seen: every row of it proves well by itself.
  await emptyLog()
  const forged = logDevice(deviceId, actor, device.pair)
  await add(0, 30, forged)
  await open('zh-CN')
  await expect(page.locator('[data-verdict="invalid"]')).toContainText('一台设备的日志被改写')
  await expect(page.locator('[data-verdict="invalid"]')).toContainText('看到 23 条（含他人的），现在是 30 条')
  await page.screenshot({ path: test.info().outputPath('rewritten.png') })
  await open('en-US')
  await expect(page.locator('[data-verdict="invalid"]')).toContainText('A device’s log was rewritten')

  await emptyLog()
  await add(0, 5, logDevice(deviceId, actor, device.pair))
  await open('en-US')
  await expect(page.locator('[data-verdict="invalid"]')).toContainText('is shorter than the one you saw last time')

  // All of it gone: the page of the server would show nothing at all.
  await emptyLog()
  await open('zh-CN')
  await expect(page.locator('[data-verdict="invalid"]')).toContainText('您上次看到的记录，这次没有显示')
  await phone.setScripts(false)
  await open('zh-CN')
  await expect(page.getByRole('heading', { name: '我的请求' })).toBeVisible()
  await phone.setScripts(true)

  // What was seen stays the measure: the true log, put back, is believed again.
  await add(0, 0, device)
  await open('zh-CN')
  await expect(page.locator('[data-verdict="valid"]')).toContainText('只有增加，没有缩短或改写')
})
