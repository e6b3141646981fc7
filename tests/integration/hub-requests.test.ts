import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { syncOnce } from '../../electron/core/accounts/session.ts'
import type { RecordId } from '../../electron/shared/domain/ids.ts'
import { newHome, type CoreHome } from '../helpers/core-home.ts'
import { startSandboxHub, type SandboxHub } from '../helpers/sandbox-hub.ts'

/** The request desk of a recruiter and of the officer, with a real hub between them. */

const folders = [mkdtempSync(join(tmpdir(), 'candor-ask-')), mkdtempSync(join(tmpdir(), 'candor-ask-'))] as const
let hub: SandboxHub
let hr: CoreHome
let officer: CoreHome

const sync = async (core: CoreHome): Promise<void> => {
  await syncOnce(core.core)
  await core.core.account?.retention.runDue()
  await core.core.account?.indexer.settle()
}
const enter = async (core: CoreHome, seat: 'hr' | 'officer'): Promise<void> => {
  await core.call('account.sign_in', { hub: hub.url, account: `${seat}@sandbox`, password: hub.passwordOf(seat) })
  await sync(core)
}
const rejected = (core: CoreHome): string[] =>
  core.core.account?.store.reader
    .all<{ kind: string; problem: string }>("SELECT kind, problem FROM outbox WHERE state = 'rejected'")
    .map(({ kind, problem }) => `${kind} ${problem}`) ?? []

beforeAll(async () => {
  hub = await startSandboxHub({ seed: 120 })
  hr = await newHome(folders[0])
  officer = await newHome(folders[1])
  await enter(hr, 'hr')
  await enter(officer, 'officer')
})
afterAll(async () => {
  await hr.stop('quit')
  await officer.stop('quit')
  await hub.close()
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

describe('requests between workstations', () => {
  it('reach every desk, and the answer of one closes them on all', async () => {
    const [request] = (await hr.call('request.list', {})).items
    if (request === undefined) throw new Error('the sandbox has requests')
    const { id } = request
    // The officer sees people by requests alone: by number, never by name.
    const theirs = (await officer.call('request.list', {})).items.find((item) => item.id === id)
    expect(theirs).toMatchObject({ kind: request.kind, via: 'portal' })
    expect(theirs?.label ?? '#').toMatch(/^#/)
    await officer.call('request.search', { id })
    await officer.call('request.carry_out', { id })
    await officer.call('request.answer', { id, outcome: 'done' })
    await sync(officer)
    expect(rejected(officer)).toEqual([])
    await sync(hr)
    expect((await hr.call('request.list', {})).items.map((item) => item.id)).not.toContain(id)
    expect((await hr.call('request.get', { id })).outcome).toBe('done')
    expect(await hr.codeOf('request.answer', { id, outcome: 'done' })).toBe('E_CONFLICT')
  })

  it('that came by mail are known to the hub without a word of them, and to the other desk', async () => {
    const person = hr.core.account?.store.reader.get<{ record_id: RecordId }>(
      `SELECT c.record_id FROM candidate c JOIN application a ON a.record_id = c.record_id
       WHERE c.life = 'live' AND c.origin = 'hub' AND a.channel = 'delivered' AND a.held_until IS NULL
         AND c.platform_id NOT IN (SELECT platform_id FROM subject_request) ORDER BY c.platform_id LIMIT 1`,
    )
    if (person === undefined) throw new Error('nobody is here')
    const { id } = await hr.call('request.add', {
      kind: 'delete',
      via: 'mail',
      source: '来信：请删除',
      detail: '只给招聘方看的话',
      record_id: person.record_id,
    })
    await sync(hr)
    expect(rejected(hr)).toEqual([])
    await sync(officer)
    const theirs = await officer.call('request.get', { id })
    expect(theirs).toMatchObject({ kind: 'delete', requester: 'self' })
    expect(theirs.detail).toBeUndefined()
    // The echo changed nothing here.
    expect(await hr.call('request.get', { id })).toMatchObject({ via: 'mail', detail: '只给招聘方看的话' })

    await hr.call('request.note_proof', { id, kind: 'identity' })
    await hr.call('request.verify', { id, verdict: 'verified' })
    const { places } = await hr.call('request.search', { id })
    expect(places.find(({ place }) => place === 'hub')).toMatchObject({ state: 'told' })
    await hr.call('request.destroy', { id })
    await hr.core.account?.retention.runDue()
    expect((await hr.call('request.get', { id })).certificates).toHaveLength(1)
    await hr.call('request.answer', { id, outcome: 'done' })
    await sync(hr)
    expect(rejected(hr)).toEqual([])
    await sync(officer)
    expect((await officer.call('request.get', { id })).outcome).toBe('done')
  })
})
