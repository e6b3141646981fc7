import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { syncOnce } from '../../electron/core/accounts/session.ts'
import type { ApplicationId, RecordId } from '../../electron/shared/domain/ids.ts'
import { openZip } from '../../electron/parser/formats/read-zip.ts'
import { newHome, type CoreHome } from '../helpers/core-home.ts'
import { findChange, type HubClient } from '../helpers/hub-client.ts'
import { startSandboxHub, type SandboxHub } from '../helpers/sandbox-hub.ts'

/** The hand-over of a hired person between a recruiter and an officer, each on a workstation of their own, with a real hub between them. */

const day = 86_400_000
const folders = [mkdtempSync(join(tmpdir(), 'candor-hand-')), mkdtempSync(join(tmpdir(), 'candor-hand-'))] as const
const clock = { ahead: 0 }
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
type Row = {
  readonly record_id: RecordId
  readonly platform_id: string
  readonly job_id: string
  readonly application: ApplicationId
}
/** People with one application, whom both workstations have. */
const people = (): Row[] => {
  const sql = `SELECT c.record_id, c.platform_id, a.job_id, min(a.id) AS application FROM candidate c
     JOIN application a ON a.record_id = c.record_id
     WHERE c.life = 'live' AND c.visibility = 'public' AND a.channel = 'delivered' AND a.decision IS NULL
     GROUP BY c.record_id HAVING count(*) = 1 ORDER BY c.platform_id`
  const known = new Set(
    officer.core.account?.store.reader
      .all<{ platform_id: string }>('SELECT platform_id FROM candidate')
      .map((row) => row.platform_id),
  )
  return (hr.core.account?.store.reader.all<Row>(sql) ?? []).filter((row) => known.has(row.platform_id))
}
const itemOf = async (core: CoreHome, id: string) =>
  (await core.call('handover.list', {})).items.find((item) => item.id === id)
const basis = { legal_basis: 'contract', reason: '订立劳动合同 13800138000' } as const
/** Hires somebody and lets both workstations know. */
const hire = async (person: Row | undefined): Promise<Row> => {
  if (person === undefined) throw new Error('nobody is on both')
  await hr.call('application.set_stage', { id: person.application, stage: 'hired' })
  await sync(hr)
  await sync(officer)
  return person
}

beforeAll(async () => {
  hub = await startSandboxHub({ seed: 120 })
  const wall = { wall: () => Date.now() + clock.ahead }
  hr = await newHome(folders[0], wall)
  officer = await newHome(folders[1], wall)
  await enter(hr, 'hr')
  await enter(officer, 'officer')
})
afterAll(async () => {
  await hr.stop('quit')
  await officer.stop('quit')
  await hub.close()
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

describe('a hand-over between workstations', () => {
  it('[D21] [D5] is asked for by one, approved by another, written once, and stands on the certificate', async () => {
    const person = await hire(people()[0])
    const { id } = await hr.call('handover.request', { application_id: person.application, ...basis })
    expect(await itemOf(hr, id)).toMatchObject({ state: 'pending', may_decide: false })
    // Who asked cannot approve, here or at the hub, and nothing is written before somebody else has.
    expect(await hr.codeOf('handover.decide', { id, status: 'granted' })).toBe('E_APPROVAL')
    expect(await hr.codeOf('handover.make', { id })).toBe('E_APPROVAL')
    const own = await (
      await hub.signIn('hr')
    ).call('POST', `/v1/approvals/${id}/decision`, {
      json: { status: 'granted' },
    })
    expect(own.status).toBe(403)
    await sync(officer)
    const theirs = await itemOf(officer, id)
    expect(theirs).toMatchObject({ state: 'pending', may_decide: true, legal_basis: 'contract' })
    expect(theirs?.reason).toBe('订立劳动合同 ***********')
    await officer.call('handover.decide', { id, status: 'granted' })
    await sync(hr)
    expect(await itemOf(hr, id)).toMatchObject({ state: 'granted' })
    const path = join(realpathSync(folders[0]), 'package.zip')
    Object.assign(hr.core, { askPlace: () => Promise.resolve(path) })
    expect(await hr.call('handover.make', { id })).toMatchObject({ written: true })
    const bytes = readFileSync(path)
    const manifest = JSON.parse(Buffer.from(openZip(bytes).read('manifest.json')).toString('utf8')) as object
    expect(manifest).toMatchObject({
      format: 'candor-handover/1',
      candidate: person.platform_id,
      legal_basis: 'contract',
      asked_by: expect.any(String) as string,
      approved_by: expect.any(String) as string,
    })
    expect(await hr.codeOf('handover.make', { id })).toBe('E_CONFLICT')
    // A later run of sync does not make it new again.
    await sync(hr)
    expect(await itemOf(hr, id)).toMatchObject({ state: 'used' })
    const admin: HubClient = await hub.signIn('admin')
    expect(await findChange(admin, 'approval', id)).toMatchObject({
      data: { kind: 'handover', status: 'granted', account_id: 'acc-hr', by: 'acc-officer', legal_basis: 'contract' },
    })
    await hr.call('retention.destroy_now', { application_ids: [person.application] })
    await hr.core.account?.retention.runDue()
    const { items } = await hr.call('certificate.list', { kind: 'single', limit: 5 })
    const { document } = await hr.call('certificate.get', { id: items[0]?.id ?? '' })
    expect((JSON.parse(document) as { body: object }).body).toMatchObject({
      left_behind: 0,
      counts: { files_handed_over: 1 },
      handed_over: [{ sha256: createHash('sha256').update(bytes).digest('hex'), legal_basis: 'contract' }],
    })
    expect(existsSync(path)).toBe(true)
    await sync(hr)
    const refused = hr.core.account?.store.reader.all("SELECT kind, problem FROM outbox WHERE state = 'rejected'")
    expect(refused).toEqual([])
  })

  it('[D21] refused by the officer is not written, and may be asked for again', async () => {
    const person = await hire(people()[0])
    const { id } = await hr.call('handover.request', { application_id: person.application, ...basis })
    await sync(officer)
    await officer.call('handover.decide', { id, status: 'refused' })
    await sync(hr)
    expect(await itemOf(hr, id)).toMatchObject({ state: 'refused' })
    expect(await hr.codeOf('handover.make', { id })).toBe('E_APPROVAL')
    const again = await hr.call('handover.request', { application_id: person.application, ...basis })
    expect(again.id).not.toBe(id)
  })

  it('[D21] granted by the hub ends with the day of the approval', async () => {
    const person = await hire(people()[0])
    const { id } = await hr.call('handover.request', { application_id: person.application, ...basis })
    await sync(officer)
    await officer.call('handover.decide', { id, status: 'granted' })
    await sync(hr)
    clock.ahead = day + 60_000
    expect(await hr.codeOf('handover.make', { id })).toBe('E_APPROVAL')
    clock.ahead = 0
  })

  it('[D21] is not asked for without the hub, and nothing of it is kept then', async () => {
    const person = await hire(people()[0])
    await hub.close()
    expect(await hr.codeOf('handover.request', { application_id: person.application, ...basis })).toBe(
      'E_HUB_UNREACHABLE',
    )
    expect(
      (await hr.call('handover.list', {})).items.find((item) => item.application_id === person.application),
    ).toMatchObject({ state: 'none' })
  })
})
