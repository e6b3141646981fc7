import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { syncOnce } from '../../electron/core/accounts/session.ts'
import type { ApplicationId, RecordId } from '../../electron/shared/domain/ids.ts'
import { newHome, type CoreHome } from '../helpers/core-home.ts'
import { startSandboxHub, type SandboxHub } from '../helpers/sandbox-hub.ts'

/** Links that a recruiter makes at the workstation and a candidate opens at the hub. */

const day = 86_400_000
const folder = mkdtempSync(join(tmpdir(), 'candor-links-'))
let hub: SandboxHub
let hr: CoreHome
let person: { readonly record_id: RecordId; readonly platform: string; readonly platform_id: string }

beforeAll(async () => {
  hub = await startSandboxHub({ seed: 60 })
  hr = await newHome(folder)
  await hr.call('account.sign_in', { hub: hub.url, account: 'hr@sandbox', password: hub.passwordOf('hr') })
  await syncOnce(hr.core)
  await hr.core.account?.indexer.settle()
  const found = hr.core.account?.store.reader.get<typeof person>(
    "SELECT record_id, platform, platform_id FROM candidate WHERE life = 'live' AND visibility = 'public' ORDER BY platform_id",
  )
  if (found === undefined) throw new Error('nobody came with the sync')
  person = found
})
afterAll(async () => {
  await hr.stop('quit')
  await hub.close()
  rmSync(folder, { recursive: true, force: true })
})

const ref = () => ({ record_id: person.record_id })
const list = async () => (await hr.call('portal_link.list', { person: ref() })).items
const statusOf = async (link: string): Promise<number> => (await fetch(link)).status

describe('links to a candidate’s own page', () => {
  it('[ZP-32] are made for one person and a channel, listed without their address, and revoked', async () => {
    const made = await hr.call('portal_link.make', { person: ref(), channel: 'sms', days: 14 })
    expect(made.text).toContain(made.link)
    expect(made.text.length).toBeLessThanOrEqual(2000)
    expect(made.expires_at - hr.core.clock.now()).toBeLessThanOrEqual(14 * day)
    expect(await statusOf(made.link)).toBe(200)
    const [row] = await list()
    expect(row).toMatchObject({ id: made.id, state: 'open', channel: 'sms' })
    expect(row?.created_by).not.toMatch(/^acc/u)
    expect(JSON.stringify(row)).not.toContain(made.link.split('/').at(-1))
    await hr.call('portal_link.revoke', { person: ref(), link: made.id })
    expect(await statusOf(made.link)).toBe(401)
    expect(await list()).toMatchObject([{ state: 'revoked' }])
  })

  it('leave an entry each that names the person and holds neither link nor words', async () => {
    const before = hr.core.vault?.ledger.size() ?? 0
    const made = await hr.call('portal_link.make', { person: ref(), channel: 'paper' })
    await hr.call('portal_link.revoke', { person: ref(), link: made.id })
    const { items } = hr.core.vault?.ledger.list({ limit: 10 }) ?? { items: [] }
    const own = items.filter(({ i }) => i >= before).toSorted((a, b) => a.i - b.i)
    expect(own.map(({ entry }) => [entry.action, entry.detail, entry.subject !== undefined])).toEqual([
      ['request', 'portal_link made paper days 30', true],
      ['request', 'portal_link revoked', true],
    ])
    expect(JSON.stringify(own)).not.toContain(made.link.split('/').at(-1))
  })

  it('come in the language that is asked for and never name the person', async () => {
    const made = await hr.call('portal_link.make', { person: ref(), channel: 'email', language: 'en-US' })
    expect(made.text).toContain('The link is for you alone')
    const zh = await hr.call('portal_link.make', { person: ref(), channel: 'email' })
    expect(zh.text).toContain('只供您本人使用')
  })

  it('are refused for more than 90 days, for another person’s link and for somebody unknown', async () => {
    expect(await hr.codeOf('portal_link.make', { person: ref(), channel: 'sms', days: 91 })).toBe('E_INPUT')
    expect(await hr.codeOf('portal_link.revoke', { person: ref(), link: 'lnk_other' })).toBe('E_NOT_FOUND')
    const nobody = { platform: 'zhaopin', candidate: 'nobody' } as const
    expect(await hr.codeOf('portal_link.make', { person: nobody, channel: 'sms' })).toBe('E_NOT_FOUND')
    expect(await hr.codeOf('portal_link.list', { person: nobody })).toBe('E_NOT_FOUND')
  })

  it('[ZP-91] [ZP-92] carry a request from the page to the desk, and its answer back to the page', async () => {
    const { link } = await hr.call('portal_link.make', { person: ref(), channel: 'chat' })
    const form = new URLSearchParams({ kind: 'delete', requester: 'self', detail: '不再找工作' })
    expect((await fetch(`${link}/requests`, { method: 'POST', body: form, redirect: 'manual' })).status).toBe(303)
    await syncOnce(hr.core)
    const { items } = await hr.call('request.list', { state: 'open' })
    const filed = await Promise.all(items.map(({ id }) => hr.call('request.get', { id })))
    const mine = filed.find((one) => one.record_id === person.record_id)
    expect(mine).toMatchObject({ kind: 'delete', via: 'portal' })
    await hr.call('request.answer', { id: mine?.id ?? '', outcome: 'refused', reason: '法定保存期未满' })
    await syncOnce(hr.core)
    const page = await (await fetch(`${link}?lang=zh-CN`)).text()
    expect(page).toContain('答复：未予办理')
    expect(page).toContain('法定保存期未满')
    expect(page).toContain('12315')
  })

  it('can be made at the hub itself by those who may, after a password', async () => {
    const post = async (seat: 'hr' | 'headhunter' | 'officer', password: string, candidate = person.platform_id) => {
      const body = new URLSearchParams({ account: `${seat}@sandbox`, password, candidate, days: '7', channel: 'paper' })
      return (await fetch(`${hub.url}/links?lang=zh-CN`, { method: 'POST', body })).text()
    }
    const made = /http:[^<\s]+\/c\/[\w-]+/u.exec(await post('officer', hub.passwordOf('officer')))?.[0] ?? ''
    expect(await statusOf(made)).toBe(200)
    expect(await post('officer', 'wrong')).toContain('账号或密码不对')
    expect(await post('headhunter', hub.passwordOf('headhunter'))).toContain('只有招聘专员')
    expect(await post('hr', hub.passwordOf('hr'), 'nobody')).toContain('本公司没有这个编号的候选人')
    expect((await list()).some((row) => row.channel === 'paper' && row.state === 'open')).toBe(true)
  })

  it('[ZP-79] are made by platform and number for somebody who is destroyed, and show certificate, looks and a form', async () => {
    const gone = { platform: person.platform as 'zhaopin', candidate: person.platform_id }
    const seen = await hr.call('portal_link.make', { person: ref(), channel: 'chat' })
    await hr.call('candidate.get', { id: person.record_id })
    const applications =
      hr.core.account?.store.reader
        .all<{ id: ApplicationId }>('SELECT id FROM application WHERE record_id = ?', person.record_id)
        .map(({ id }) => id) ?? []
    await hr.call('retention.destroy_now', { application_ids: applications })
    await hr.core.account?.retention.runDue()
    await syncOnce(hr.core)
    expect(
      hr.core.account?.store.reader.get('SELECT 1 FROM candidate WHERE record_id = ?', person.record_id),
    ).toBeUndefined()
    const made = await hr.call('portal_link.make', { person: gone, channel: 'paper' })
    for (const link of [made.link, seen.link]) {
      const page = await (await fetch(`${link}?lang=zh-CN`)).text()
      expect(page).toContain('销毁证明')
      expect(page).toContain('查看了简历')
      expect(page).toContain('提交请求')
    }
    expect((await hr.call('portal_link.list', { person: gone })).items.some(({ id }) => id === made.id)).toBe(true)
    expect(await hr.codeOf('portal_link.make', { person: { ...gone, candidate: 'cand-x' }, channel: 'sms' })).toBe(
      'E_NOT_FOUND',
    )
  })

  it('do not exist in a workspace without a hub, which says so', async () => {
    const other = mkdtempSync(join(tmpdir(), 'candor-links-local-'))
    const local = await newHome(other)
    await local.call('account.start_local', { name: '林晓', employer: '北辰科技', officer: '沈清' })
    const someone = { platform: 'direct', candidate: 'x' } as const
    expect(await local.codeOf('portal_link.make', { person: someone, channel: 'sms' })).toBe('E_CONFLICT')
    await local.stop('quit')
    rmSync(other, { recursive: true, force: true })
  })
})
