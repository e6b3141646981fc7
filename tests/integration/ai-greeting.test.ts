import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { syncOnce } from '../../electron/core/accounts/session.ts'
import type { RecordId } from '../../electron/shared/domain/ids.ts'
import { newHome, type CoreHome } from '../helpers/core-home.ts'
import { startGenerousHub, type GenerousHub, type HubSeat } from '../helpers/generous-hub.ts'
import { startModelEndpoint, textsOf, type ModelEndpoint } from '../helpers/model-endpoint.ts'
import { monday } from '../helpers/sync-place.ts'
import { applicationChange, candidateChange, contactOf, jobChange } from '../helpers/sync-records.ts'

const folder = mkdtempSync(join(tmpdir(), 'candor-ai-greeting-'))
let hub: GenerousHub
let endpoint: ModelEndpoint
let core: CoreHome
let runs = 0

const enter = async (seat: HubSeat): Promise<void> => {
  await core.call('account.sign_in', { hub: hub.url, account: seat, password: 'x' })
  await syncOnce(core.core)
}
const recordOf = (platformId: string): RecordId => {
  const row = core.core.account?.store.reader.get<{ record_id: RecordId }>(
    'SELECT record_id FROM candidate WHERE platform_id = ?',
    platformId,
  )
  if (row === undefined) throw new Error('not synced')
  return row.record_id
}
const greet = async (id: RecordId) =>
  (await core.call('ai.run', { kind: 'greeting', id, run: `g-${(runs += 1)}` })).output

beforeAll(async () => {
  hub = await startGenerousHub()
  endpoint = await startModelEndpoint()
  hub.put(
    jobChange('job-1', 1, { owner_id: 'acc-hr' }),
    candidateChange('c-1', 1, { contact: contactOf('a-1') }),
    applicationChange('a-1', 'c-1'),
    candidateChange('c-2', 1, { ai_refused: true }),
    applicationChange('a-2', 'c-2'),
  )
  core = await newHome(folder, { wall: () => monday, monotonic: () => 0 })
})
afterAll(async () => {
  await core.stop('quit')
  await endpoint.close()
  await hub.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('a model at an enterprise with a hub', () => {
  it('[D22] [ZP-16] is switched on by its administrator, then by each user for themselves', async () => {
    await enter('hr')
    for (const [route, input] of [
      ['ai.set_endpoint', { address: endpoint.address, model: 'm-1' }],
      ['ai.set_enterprise', { on: true }],
      ['ai.test', {}],
    ] as const)
      expect([route, await core.codeOf(route, input)]).toEqual([route, 'E_ROLE'])
    expect(await core.codeOf('ai.set_user', { on: true })).toBe('E_CONFLICT')
    await enter('admin')
    await core.call('ai.set_endpoint', { address: endpoint.address, model: 'm-1', key: 'k' })
    await core.call('ai.set_enterprise', { on: true })
    expect(await core.codeOf('ai.set_user', { on: true })).toBe('E_ROLE')
    expect(await core.codeOf('ai.run', { kind: 'summary', id: recordOf('c-1'), run: 'x' })).toBe('E_ROLE')
    await enter('hr')
    expect(await core.call('ai.status', {})).toMatchObject({
      active: false,
      enterprise: { on: true, by: 'admin' },
      may: { enterprise: false, user: true },
    })
    await core.call('ai.set_user', { on: true })
    expect((await core.call('ai.status', {})).active).toBe(true)
  })

  it('[D22] is nobody else’s: a local workspace of the same home has switches of its own', async () => {
    await core.call('account.start_local', { name: 'local', employer: '北辰科技', officer: '沈清' })
    expect(await core.call('ai.status', {})).toMatchObject({
      active: false,
      enterprise: { on: false },
      user: { on: false },
    })
    await enter('hr')
    expect((await core.call('ai.status', {})).active).toBe(true)
  })

  it('[ZP-17] [D22] goes out as the model’s with a label that no words take away, and once until it is answered', async () => {
    const id = recordOf('c-1')
    endpoint.say('您好，我们在招后端工程师，[姓名]的支付经验很合适。')
    const draft = await greet(id)
    expect(textsOf(endpoint.requests.at(-1) as never)).not.toMatch(/林若曦|13800138000|lin_rx|lin@mail/)
    await expect(core.call('ai.send', { id: draft.id, text: draft.text })).rejects.toMatchObject({
      code: 'E_INPUT',
      data: { placeholder: '[姓名]' },
    })
    await core.call('ai.send', { id: draft.id, text: '【AI 生成】您好，我们在招后端工程师。' })
    await syncOnce(core.core)
    const sent = hub.sent.filter(({ kind }) => kind === 'greeting')
    expect(sent.map(({ body }) => body)).toEqual([
      { application_id: 'a-1', text: '【AI 生成】您好，我们在招后端工程师。', by_ai: true },
    ])
    expect((await core.call('ai.list', { id })).items).toEqual([])
    const again = await greet(id)
    await expect(core.call('ai.send', { id: again.id, text: '您好' })).rejects.toMatchObject({
      data: { rule: 'AI_UNANSWERED' },
    })
    await syncOnce(core.core)
    expect(hub.sent.filter(({ kind }) => kind === 'greeting')).toHaveLength(1)
  })

  it('[ZP-17] sends nothing once either switch is off, nor anything but a greeting', async () => {
    const id = recordOf('c-1')
    const { output } = await core.call('ai.run', { kind: 'summary', id, run: 'summary' })
    expect(await core.codeOf('ai.send', { id: output.id, text: 'x' })).toBe('E_INPUT')
    const draft = await greet(id)
    await core.call('ai.set_user', { on: false })
    expect(await core.codeOf('ai.send', { id: draft.id, text: '您好' })).toBe('E_MODEL')
    await core.call('ai.set_user', { on: true })
  })

  it('[ZP-17] writes to nobody who refused it', async () => {
    const before = endpoint.requests.length
    await expect(greet(recordOf('c-2'))).rejects.toMatchObject({ code: 'E_CONSENT', data: { rule: 'AI_REFUSED' } })
    expect(endpoint.requests.length).toBe(before)
    // The word comes with a sync, and takes with it what was written before.
    expect((await core.call('ai.list', { id: recordOf('c-1') })).items.length).toBeGreaterThan(0)
    hub.put(candidateChange('c-1', 2, { contact: contactOf('a-1'), ai_refused: true }))
    await syncOnce(core.core)
    expect(await core.call('ai.list', { id: recordOf('c-1') })).toMatchObject({ items: [], refused: true })
    expect(core.core.account?.store.reader.all('SELECT 1 FROM ai_output')).toEqual([])
  })
})
