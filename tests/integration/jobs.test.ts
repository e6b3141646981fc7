import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { syncOnce } from '../../electron/core/accounts/session.ts'
import { newHome, newLocalHome, type CoreHome } from '../helpers/core-home.ts'
import { startGenerousHub, type GenerousHub } from '../helpers/generous-hub.ts'
import { jobChange } from '../helpers/sync-records.ts'

const folder = mkdtempSync(join(tmpdir(), 'candor-jobs-'))
let local: CoreHome
let hub: GenerousHub
let atHub: CoreHome

beforeAll(async () => {
  local = await newLocalHome(join(folder, 'local'))
  hub = await startGenerousHub()
  hub.put(jobChange('job-1', 1))
  atHub = await newHome(join(folder, 'hub'))
  await atHub.call('account.sign_in', { hub: hub.url, account: 'hr', password: 'x' })
  await syncOnce(atHub.core)
})
afterAll(async () => {
  await local.stop('quit')
  await atHub.stop('quit')
  await hub.close()
  rmSync(folder, { recursive: true, force: true })
})

const requirementsOf = (core: CoreHome, id: string): string | null | undefined =>
  core.core.account?.store.reader.get<{ requirements: string | null }>('SELECT requirements FROM job WHERE id = ?', id)
    ?.requirements

describe('job.update', () => {
  it('rewords a local job, and its answer puts everything back', async () => {
    const { id } = await local.call('job.create', { title: '会计', city: '北京' })
    const { previous } = await local.call('job.update', { id, title: '总账会计', city: null, salary: '15-20K' })
    expect(previous).toEqual({ title: '会计', city: '北京', salary: null })
    const after = (await local.call('job.list', {})).items.find((job) => job.id === id)
    expect(after).toMatchObject({ title: '总账会计', salary: '15-20K' })
    expect(after?.city).toBeUndefined()
    await local.call('job.update', { id, ...previous })
    expect((await local.call('job.list', {})).items.find((job) => job.id === id)).toMatchObject({
      title: '会计',
      city: '北京',
    })
  })

  it('keeps requirements of a hub job through the next sync, and leaves its words to the hub', async () => {
    const requirements = { skills_must: ['Java'], years: { min: 3 } }
    const id = 'job-1' as never
    await atHub.call('job.update', { id, requirements })
    expect(await atHub.codeOf('job.update', { id, title: '别的' })).toBe('E_CONFLICT')
    hub.put(jobChange('job-1', 2, { title: '高级后端工程师' }))
    await syncOnce(atHub.core)
    expect(JSON.parse(requirementsOf(atHub, 'job-1') ?? 'null')).toEqual(requirements)
    const { previous } = await atHub.call('job.update', { id, requirements: null })
    expect(previous.requirements).toEqual(requirements)
    expect(requirementsOf(atHub, 'job-1')).toBe(null)
  })

  it('[ZP-88] stores no wish for what the law protects', async () => {
    for (const requirements of [{ sex: 'male' }, { age: { max: 35 } }, { skills_must: ['35岁以下'] }]) {
      expect(await atHub.codeOf('job.update', { id: 'job-1', requirements })).toBe('E_INPUT')
    }
    expect(requirementsOf(atHub, 'job-1')).toBe(null)
  })
})
