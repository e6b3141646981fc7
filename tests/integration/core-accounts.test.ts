import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { syncOnce } from '../../electron/core/accounts/session.ts'
import { newHome, openCoreHome, parsedFile, parserOf, passphrase, type CoreHome } from '../helpers/core-home.ts'
import { startSandboxHub, type SandboxHub } from '../helpers/sandbox-hub.ts'

let hub: SandboxHub
let core: CoreHome
const folder = mkdtempSync(join(tmpdir(), 'candor-accounts-'))
const parser = parserOf(() => parsedFile({ name: '罗安宁', phone: '13900005678' }))

beforeAll(async () => {
  hub = await startSandboxHub({ seed: 30 })
  core = await newHome(folder, { parser })
})
afterAll(async () => {
  await core.stop('quit')
  await hub.close()
  rmSync(folder, { recursive: true, force: true })
})

const listed = async (): Promise<string[]> => {
  await core.core.account?.indexer.settle()
  return (await core.call('candidate.list', { limit: 200 })).items.map(({ id }) => id)
}

it('a local workspace and two accounts of a hub live side by side in one home, under one log, and see only their own', async () => {
  const local = await core.call('account.start_local', { name: '罗兰', employer: '北辰科技', officer: '沈清' })
  const job = await core.call('job.create', { title: '会计' })
  await core.call('intake.add', { name: 'a.txt', content_base64: 'YQ==', job_id: job.id })
  const own = await listed()
  expect(own).toHaveLength(1)

  const hr = await core.call('account.sign_in', {
    hub: hub.url,
    account: 'hr@sandbox',
    password: hub.passwordOf('hr'),
  })
  await syncOnce(core.core)
  const synced = await listed()
  expect(synced.length).toBeGreaterThan(5)
  expect(synced).not.toContain(own[0])
  expect(await core.codeOf('candidate.get', { id: own[0] })).toBe('E_NOT_FOUND')

  const headhunter = await core.call('account.sign_in', {
    hub: hub.url,
    account: 'headhunter@sandbox',
    password: hub.passwordOf('headhunter'),
  })
  expect(existsSync(core.core.home.account(hr.id).store)).toBe(true)
  expect(existsSync(core.core.home.account(headhunter.id).store)).toBe(false)

  await core.call('account.resume', { id: local.id })
  expect(await listed()).toEqual(own)
  expect((await core.call('system.state', {})).accounts.map(({ id }) => id).sort()).toEqual(
    [local.id, hr.id, headhunter.id].sort(),
  )

  // Everything of both is there again after a restart, and one log tells of all three.
  await core.stop('quit')
  core = openCoreHome(core.home, { parser })
  await core.call('vault.unlock', { passphrase })
  await core.call('account.resume', { id: hr.id })
  expect((await listed()).sort()).toEqual([...synced].sort())
  const { items } = await core.call('ledger.list', { limit: 500 })
  expect(new Set(items.map(({ account }) => account))).toEqual(
    new Set(['-', '罗兰', 'hr@sandbox', 'headhunter@sandbox']),
  )
  expect(await core.call('ledger.verify', {})).toMatchObject({ verdict: 'valid' })
})
