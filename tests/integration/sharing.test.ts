import { readFileSync, readdirSync, realpathSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { syncOnce } from '../../electron/core/accounts/session.ts'
import type { Statement } from '../../electron/core/disclosure/statement.ts'
import { copyPackage } from '../../electron/core/disclosure/package/package-format.ts'
import { openZip } from '../../electron/parser/formats/read-zip.ts'
import type { RecordId } from '../../electron/shared/domain/ids.ts'
import { recipientCheck, shareReason } from '../../electron/shared/domain/sharing.ts'
import { candidateLink } from '../../electron/shared/domain/sync-records.ts'
import { routes } from '../../electron/shared/ipc/routes/index.ts'
import { newHome, type CoreHome } from '../helpers/core-home.ts'
import { findChange, pushItem } from '../helpers/hub-client.ts'
import { retentionHome } from '../helpers/retention-home.ts'
import { startSandboxHub, type SandboxHub } from '../helpers/sandbox-hub.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

/** Giving a person's data to another processor: by their own consent that names it, told to them, and ended with it. */

const person = { name: '林若曦', phone: '13800138000', summary: '八年支付系统经验' }
const recipient = '南山咨询有限公司'
const items = {
  contact: 'privacy@nanshan.example',
  purpose: '为同一岗位做技能测评',
  method: '加密文件当面交付',
  types: ['name', 'body'] as ('name' | 'body')[],
  reason: 'consent' as const,
  document: '合同 2026-071',
  checks: [...recipientCheck.options],
}

const start = async () => {
  const home = await retentionHome()
  const job = await home.newJob()
  const { record, application } = await home.intake(job, person)
  const folder = realpathSync(temporaryFolder())
  Object.assign(home.core, { askPlace: () => Promise.resolve(folder) })
  await home.call('application.set_stage', { id: application, stage: 'interview' })
  const said_at = home.core.clock.now()
  const agree = (to = recipient) =>
    home.call('share.consent', { id: record, recipient: to, said_at, reference: '2026-03-02 邮件确认' })
  return { home, record, application, folder, agree }
}

describe('sharing', () => {
  it('[ZP-34] [ZP-70] is closed without a consent that names the recipient, and says rule, clause and what lifts it', async () => {
    const { home, record, agree } = await start()
    const { consents, locked } = await home.call('share.list', { id: record })
    expect([consents, locked]).toEqual([[], { rule: 'SHARING_CONSENT', clause: 'ZP-34', lift: 'SHARING_ASK' }])
    const answer = await home.router.call('share.create', { id: record, consent_id: 'none', ...items })
    expect(answer).toMatchObject({
      ok: false,
      error: { code: 'E_CONSENT', data: { rule: 'SHARING_CONSENT', clause: 'ZP-34', lift: 'SHARING_ASK' } },
    })
    // A consent to one recipient is none to another, and one that is over is none.
    const { id } = await agree('另一家公司')
    expect((await home.call('share.create', { id: record, consent_id: id, ...items })).recipient).toBe('另一家公司')
    const now = home.core.clock.now()
    const short = { id: record, recipient, said_at: now, until: now + 86_400_000, reference: '电话' }
    expect(await home.codeOf('share.consent', short)).toBe('E_INPUT')
    const passing = await home.call('share.consent', { ...short, reference: '电话录音' })
    home.passDays(2)
    expect(await home.codeOf('share.create', { id: record, consent_id: passing.id, ...items })).toBe('E_CONSENT')
    const denied = (await home.call('ledger.list', { limit: 50 })).items.filter(
      ({ action, outcome }) => action === 'share' && outcome === 'denied',
    )
    expect(denied).toHaveLength(2)
  })

  it('[ZP-70] [MM-29] demands every one of the five items and a whole check of the recipient', async () => {
    const { home, record, agree } = await start()
    const { id: consent_id } = await agree()
    for (const left of ['contact', 'purpose', 'method', 'types', 'reason', 'checks']) {
      const { [left as 'contact']: _left, ...rest } = items
      expect([left, await home.codeOf('share.create', { id: record, consent_id, ...rest })]).toEqual([left, 'E_INPUT'])
    }
    for (const one of recipientCheck.options) {
      const checks = items.checks.filter((other) => other !== one)
      expect(await home.codeOf('share.create', { id: record, consent_id, ...items, checks })).toBe('E_INPUT')
    }
    expect(await home.codeOf('share.create', { id: record, consent_id, ...items, types: [] })).toBe('E_INPUT')
    const purpose = '联系 13800138000'
    expect(await home.codeOf('share.create', { id: record, consent_id, ...items, purpose })).toBe('E_INPUT')
    expect(home.count('share_act')).toBe(0)
  })

  it('[WZ-27] stores one of the eleven grounds with recipient, fields and document, and nothing that is not one of them', async () => {
    const { home, record, agree } = await start()
    const { id: consent_id } = await agree()
    expect(shareReason.options).toHaveLength(11)
    expect(await home.codeOf('share.create', { id: record, consent_id, ...items, reason: 'because' })).toBe('E_INPUT')
    for (const reason of shareReason.options) {
      await home.call('share.create', { id: record, consent_id, ...items, reason })
    }
    const { items: shares } = await home.call('share.list', { id: record })
    expect(shares.map(({ reason }) => reason).toSorted()).toEqual(shareReason.options.toSorted())
    expect(shares[0]).toMatchObject({ recipient, types: ['name', 'body'], document: '合同 2026-071' })
  })

  it('[ZP-34] gives nothing that whoever gives may not see themselves', async () => {
    const { home, record, agree } = await start()
    const { id: consent_id } = await agree()
    const { fields } = await home.call('share.list', { id: record })
    expect(fields).toContain('name')
    expect(fields).not.toContain('id_number')
    expect(await home.codeOf('share.create', { id: record, consent_id, ...items, types: ['id_number'] })).toBe(
      'E_INPUT',
    )
    await home.call('permission.set', { name: 'sealed_fields', on: false })
    expect(await home.codeOf('share.create', { id: record, consent_id, ...items, types: ['current_salary'] })).toBe(
      'E_CHANNEL',
    )
  })

  it('[ZP-70] tells the person the five items in the statement and in their copy', async () => {
    const { home, record, folder, agree } = await start()
    const { id: consent_id } = await agree()
    await home.call('share.create', { id: record, consent_id, ...items })
    await home.call('disclosure.make', { person: { record_id: record } })
    const file = readdirSync(folder).find((name) => name.endsWith('.json')) ?? ''
    const statement = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Statement
    const { contact, purpose, method, types } = items
    expect(statement.shares).toMatchObject([{ recipient, contact, purpose, method, types }])
    expect(statement.rows.find(({ action }) => action === 'share')).toMatchObject({ fields: types })
    const made = await home.call('package.make', { record_id: record, kind: 'copy' })
    const zip = openZip(readFileSync(join(folder, made.files[0]?.name ?? '')))
    const copy = copyPackage.parse(JSON.parse(Buffer.from(zip.read('package.json')).toString('utf8')))
    expect(copy.recipients).toContainEqual(
      expect.objectContaining({ kind: 'shared_with', name: recipient, contact, purpose, method, types }),
    )
  })

  it('[ZP-34] [ZP-70] ends with the consent; the recipient is told by a text that names nobody', async () => {
    const { home, record, agree } = await start()
    const { id: consent_id } = await agree()
    const { id } = await home.call('share.create', { id: record, consent_id, ...items })
    expect(await home.codeOf('share.notice', { id, language: 'zh-CN' })).toBe('E_CONFLICT')
    expect(await home.call('share.end', { id, why: 'withdrawn' })).toMatchObject({ ended_at: home.core.clock.now() })
    expect(await home.codeOf('share.create', { id: record, consent_id, ...items })).toBe('E_CONSENT')
    expect(await home.codeOf('share.end', { id, why: 'not_needed' })).toBe('E_CONFLICT')
    for (const language of ['zh-CN', 'en-US'] as const) {
      const { text } = await home.call('share.notice', { id, language })
      expect(text).toContain(recipient)
      expect(text).toContain(`S-${id.slice(0, 8).toUpperCase()}`)
      for (const word of [person.name, person.phone, '林', record]) expect(text).not.toContain(word)
    }
    expect(await home.call('share.told', { id })).toMatchObject({ told_at: home.core.clock.now() })
    const { items: log } = await home.call('ledger.list', { limit: 50 })
    expect(log.filter(({ action }) => action === 'share').map(({ detail }) => detail)).toEqual([
      `told ${id}`,
      'rule SHARING_CONSENT',
      `ended ${id}`,
      `given ${id}`,
    ])
  })

  it('[ZP-77] [MM-31] has no door to the public: what a job is told by comes from the job alone', async () => {
    const { home, record } = await start()
    const { items: jobs } = await home.call('job.list', {})
    const [job] = jobs
    if (job === undefined) throw new Error('no job')
    await home.call('note.add', { id: record, text: '林若曦 13800138000' })
    const { text } = await home.call('job.card_text', { id: job.id, language: 'zh-CN' })
    expect(text).toContain(job.title)
    for (const word of [person.name, person.phone, person.summary, record]) expect(text).not.toContain(word)
    // Every route that makes something reachable by a link or by everybody: the person's own page, and jobs as they are advertised.
    // What `post.` reads are posts of employers that are published already.
    const outward = Object.keys(routes)
      .filter((name) => !name.startsWith('post.'))
      .filter((name) => /publi[cs]|link|forward|post\b|upload/.test(name))
    expect(outward.toSorted()).toEqual([
      // A colleague's own way to a new password.
      'admin.password_link',
      // Two records of one person, and what the system opens the program with.
      'duplicate.link',
      'job.list_public',
      'link.take',
      'portal_link.list',
      'portal_link.make',
      'portal_link.revoke',
      'request.link',
    ])
  })
})

describe('at a hub', () => {
  const folder = mkdtempSync(join(tmpdir(), 'candor-share-'))
  let hub: SandboxHub
  let hr: CoreHome
  const sync = async (): Promise<void> => {
    await syncOnce(hr.core)
    await hr.core.account?.indexer.settle()
  }
  beforeAll(async () => {
    hub = await startSandboxHub({ seed: 40 })
    hr = await newHome(folder)
    await hr.call('account.sign_in', { hub: hub.url, account: 'hr@sandbox', password: hub.passwordOf('hr') })
    await sync()
  })
  afterAll(async () => {
    await hr.stop('quit')
    await hub.close()
    rmSync(folder, { recursive: true, force: true })
  })

  it('[ZP-34] [ZP-70] the hub asks for the consent itself, the person’s page tells the five items, and their withdrawal ends it', async () => {
    const row = hr.core.account?.store.reader.get<{ record_id: RecordId; platform_id: string; consents: number }>(
      `SELECT c.record_id, c.platform_id FROM candidate c JOIN application a ON a.record_id = c.record_id
       WHERE c.life = 'live' AND c.visibility = 'public' AND a.channel = 'delivered' AND a.decision IS NULL
         AND c.platform_id NOT IN (SELECT platform_id FROM consent WHERE purpose = 'sharing') LIMIT 1`,
    )
    if (row === undefined) throw new Error('nobody came')
    const client = await hub.signIn('hr')
    const { contact, purpose, method, reason } = items
    const body = { candidate_id: row.platform_id, recipient, contact, purpose, method, reason, types: ['body'] }
    const at = new Date().toISOString()
    expect(await pushItem(client, 'share', { ...body, at })).toMatchObject({
      status: 'rejected',
      code: 'consent_missing',
    })
    await hr.call('candidate.confirm_age', { id: row.record_id }).catch(() => undefined)
    const { id: consent_id } = await hr.call('share.consent', {
      id: row.record_id,
      recipient,
      said_at: Date.now() - 1000,
      reference: '当面签字',
    })
    const { id } = await hr.call('share.create', { id: row.record_id, consent_id, ...items, types: ['body'] })
    await sync()
    expect(hr.core.account?.store.reader.all("SELECT kind, problem FROM outbox WHERE state = 'rejected'")).toEqual([])
    expect(await findChange(client, 'share', id)).toMatchObject({ data: { recipient, contact, purpose, method } })
    const { link } = (await client.call('POST', '/v1/candidate-links', { json: { candidate_id: row.platform_id } })).as(
      candidateLink,
    )
    const { pathname } = new URL(link)
    for (const language of ['zh-CN', 'en-US']) {
      const page = (await hub.client.call('GET', `${pathname}?lang=${language}`)).text
      for (const item of [recipient, contact, purpose, method]) expect(page).toContain(item)
    }
    const form = { purpose: 'sharing', scope: `recipient:${recipient}`, granted: 'false' }
    expect((await hub.client.call('POST', `${pathname}/consents`, { form })).status).toBe(303)
    expect((await findChange(client, 'share', id))?.data).toHaveProperty('ended_at')
    await sync()
    const { items: shares, consents } = await hr.call('share.list', { id: row.record_id })
    expect(consents).toEqual([])
    expect(shares).toMatchObject([{ id, ended_at: expect.any(Number) as number }])
    expect(await pushItem(client, 'share', { ...body, at })).toMatchObject({ code: 'consent_missing' })
  })
})
