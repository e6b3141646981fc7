import { readdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { openAside } from '../../electron/core/sync/aside.ts'
import { syncOnce } from '../../electron/core/accounts/session.ts'
import { createGateway } from '../../electron/hub/sandbox/gateways/gateway.ts'
import type { GatewayEvent } from '../../electron/hub/sandbox/gateways/play-event.ts'
import { platform as platformName, type Platform } from '../../electron/shared/domain/vocabulary.ts'
import { newHome, type CoreHome } from '../helpers/core-home.ts'
import { pullAll, type HubClient } from '../helpers/hub-client.ts'
import { startSandboxHub, type SandboxHub } from '../helpers/sandbox-hub.ts'
import { profiles } from '../helpers/sync-place.ts'

/** The contract that every connector keeps, held against a simulator of each platform's gateway (`docs/connectors.md`). */
const hour = 3_600_000
const gateways = readdirSync(new URL('../../resources/gateways', import.meta.url))
  .map((file) => platformName.parse(file.replace('.yaml', '')))
  .sort()
const withPeople = gateways.filter((name) => profiles.get(name)?.hasCandidates === true)
const without = gateways.filter((name) => profiles.get(name)?.hasCandidates === false)

type Record = {
  readonly record_id: string
  readonly platform_id: string
  readonly life: string
  readonly lock_reason: string | null
}

const open = async (platform: Platform) => {
  const folder = mkdtempSync(join(tmpdir(), 'candor-gateway-'))
  const hub: SandboxHub = await startSandboxHub({ seed: 60, platform })
  const time = { moved: 0, asked: 0 }
  const core: CoreHome = await newHome(folder, {
    wall: () => Date.now() + time.moved,
    fetch: (...request) => {
      time.asked += 1
      return globalThis.fetch(...request)
    },
  })
  const client: HubClient = await hub.signIn('hr')
  await core.call('account.sign_in', { hub: hub.url, account: 'hr@sandbox', password: hub.passwordOf('hr') })
  const all = <T>(sql: string, ...values: string[]): T[] => core.core.account?.store.reader.all<T>(sql, ...values) ?? []
  const sync = async (): Promise<void> => {
    await syncOnce(core.core)
    await core.core.account?.retention.runDue()
    await core.core.account?.indexer.settle()
  }
  await sync()
  return {
    hub,
    core,
    client,
    time,
    all,
    sync,
    play: async (event: GatewayEvent): Promise<void> => {
      const answer = await client.call('POST', `/sandbox/gateways/${platform}/events`, { json: event })
      expect([event.event, answer.status]).toEqual([event.event, 204])
    },
    told: async () => {
      const answer = await client.call('GET', `/sandbox/gateways/${platform}/told`)
      return answer.as(z.object({ told: z.array(z.looseObject({ candidate_id: z.string(), action: z.string() })) }))
        .told
    },
    /** Live people that came by one of these channels alone, and for no job whose end would end them first. */
    people: (channel: string): Record[] =>
      all<Record>(
        `SELECT record_id, platform_id, life, lock_reason FROM candidate c WHERE life = 'live' AND visibility = 'public'
           AND flags NOT LIKE '%"blocked":true%'
           AND NOT EXISTS (SELECT 1 FROM application a WHERE a.record_id = c.record_id AND a.channel <> ?)
           AND EXISTS (SELECT 1 FROM application a WHERE a.record_id = c.record_id AND a.decision IS NULL)
           AND NOT EXISTS (SELECT 1 FROM application a JOIN job j ON j.id = a.job_id
                             WHERE a.record_id = c.record_id AND j.status <> 'open') ORDER BY platform_id`,
        channel,
      ),
    of: (id: string): Record | undefined =>
      all<Record>('SELECT record_id, platform_id, life, lock_reason FROM candidate WHERE platform_id = ?', id)[0],
    /** Both clocks, so that neither doubts the other. */
    pass: (hours: number): void => {
      time.moved += hours * hour
      hub.clock.setOffset(time.moved / 1000)
    },
    close: async () => {
      await core.stop('quit')
      await hub.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
type Place = Awaited<ReturnType<typeof open>>

it('has a simulator for each platform that has rules, and for no other', () => {
  const named = platformName.options.filter((name) => name !== 'direct')
  expect(gateways).toEqual([...named].sort())
  expect([withPeople.length, without.length]).toEqual([4, 1])
})

describe.each(withPeople)('the gateway of %s', (platform) => {
  const { rules } = createGateway(platform)
  let place: Place
  beforeAll(async () => {
    place = await open(platform)
  })
  afterAll(() => place.close())

  it('names its platform, and sends its people alone, in its own words', async () => {
    const found = await place.core.core.account?.hub?.discover()
    expect(found).toMatchObject({ platform, name: rules.name })
    const kept = place.all<{ platform: string }>('SELECT DISTINCT platform FROM candidate')
    expect(kept).toEqual([{ platform }])
    const labels = place.all<{ stage: string; stage_label: string }>(
      "SELECT DISTINCT stage, stage_label FROM application WHERE stage = 'new'",
    )
    expect(labels).toEqual([{ stage: 'new', stage_label: rules.stage_labels['new'] }])
  })

  it('is understood out of order, repeated, and with fields, types and values that nobody knows', async () => {
    const seen = place.all<{ platform_id: string }>('SELECT platform_id FROM candidate ORDER BY platform_id')
    const sent = (await pullAll(place.client)).changes.filter(({ type, op }) => type === 'candidate' && op === 'upsert')
    expect(sent.length).toBeGreaterThan(3)
    const ids = new Set(sent.map(({ id }) => id))
    expect(seen.every(({ platform_id: id }) => ids.has(id))).toBe(true)
    const unknown = () =>
      place.all<{ type: string }>("SELECT type FROM aside_change WHERE why = 'unknown' ORDER BY type")
    expect(unknown()).toEqual([])
    await place.play({ event: 'odd_page' })
    await place.play({ event: 'cursor_expired' })
    await place.sync()
    expect(unknown().map(({ type }) => type)).toEqual([rules.unknown_type.type, rules.unknown_value.type].sort())
    // A cursor that expired loses nothing and brings nobody twice.
    expect(place.all('SELECT platform_id FROM candidate ORDER BY platform_id')).toEqual(seen)
    const text = JSON.stringify(
      place.all('SELECT flags, stage_label FROM candidate c JOIN application a USING (record_id)'),
    )
    for (const key of Object.values(rules.extra).flatMap(Object.keys)) expect(text).not.toContain(key)
  })

  it('is waited for when it asks for a pause, and a wrong clock of its own is noticed and changes nothing here', async () => {
    const before = Date.now()
    await place.play({ event: 'rate_limited', times: 1 })
    await place.sync()
    if (rules.rate_limit.as === 'seconds') expect(Date.now() - before).toBeGreaterThanOrEqual(900)
    await place.play({ event: 'clock_skewed', seconds: -7200 })
    await place.sync()
    expect(place.core.core.account?.hub?.clockOffset()).toBeLessThan(-7_000_000)
    expect(place.core.core.clock.now()).toBeGreaterThanOrEqual(before)
    await place.play({ event: 'clock_skewed', seconds: 0 })
    await place.sync()
  })

  it('[ZP-32] hears of every view, also of one made while nothing was sent, and tells the person', async () => {
    const [person] = place.people('delivered')
    if (person === undefined) throw new Error('nobody delivered')
    const [job] = place.all<{ job_id: string }>('SELECT job_id FROM application WHERE record_id = ?', person.record_id)
    await place.core.call('candidate.get', { id: person.record_id as never, job_id: job?.job_id as never })
    const toldOf = async () => (await place.told()).filter(({ candidate_id: id }) => id === person.platform_id)
    expect(await toldOf()).toEqual([])
    const looked = place.core.core.clock.now()
    await place.sync()
    const [told] = await toldOf()
    expect(told).toMatchObject({ action: 'view', via: rules.told.via, text: `北辰科技${rules.told.words.view}` })
    expect(Date.parse(String(told?.['at']))).toBeLessThanOrEqual(looked)
    await place.sync()
    expect((await toldOf()).filter(({ action }) => action === 'view')).toHaveLength(1)
  })

  it('leases virtual numbers only where the platform has them', async () => {
    const codes = []
    for (const { id, op } of (await pullAll(place.client)).changes.filter(({ type }) => type === 'candidate')) {
      if (op === 'delete') continue
      const answer = await place.client.call('POST', '/v1/virtual-numbers', {
        json: { candidate_id: id, job_id: 'job-01' },
      })
      codes.push(answer.status === 200 ? 'leased' : answer.code)
    }
    expect(codes.length).toBeGreaterThan(3)
    expect(codes.includes('leased')).toBe(rules.virtual_numbers)
    expect(codes.filter((code) => code !== 'leased' && code !== 'candidate_declined')).toEqual([])
  })

  it('[ZP-33] [LG-11] takes a resume back that was hidden while nobody synced: locked after the lease, destroyed, and certified with the reason', async () => {
    const [person] = place.people('searched').concat(place.people('recommended'), place.people('greeted'))
    if (person === undefined) throw new Error('nobody was only looked at')
    await place.play({ event: 'visibility', candidate_id: person.platform_id, visibility: 'none' })
    place.pass(73)
    expect(await place.core.codeOf('candidate.get', { id: person.record_id })).toBe('E_LEASE')
    await place.sync()
    const locked = place.of(person.platform_id)
    if (locked !== undefined) {
      expect(locked.life).toBe('locked')
      place.pass(73)
      await place.sync()
    }
    expect(place.of(person.platform_id)).toBeUndefined()
    const { items } = await place.core.call('certificate.list', {})
    expect(items.map(({ reason }) => reason)).toContain('candidate_gone')
  })

  it('[MM-41] [ZP-82] has its order to delete obeyed: locked on receipt, destroyed in time, certificate sent back', async () => {
    const [person] = place.people('delivered')
    if (person === undefined) throw new Error('nobody delivered')
    await place.play({ event: 'deletion_notice', candidate_id: person.platform_id, reason: 'account_cancelled' })
    await place.sync()
    expect(place.of(person.platform_id)).toMatchObject({ life: 'locked', lock_reason: 'deletion_notice' })
    place.pass(73)
    await place.sync()
    await place.sync()
    expect(place.of(person.platform_id)).toBeUndefined()
    const rows = await place.hub.hub.db
      .selectFrom('certificate')
      .selectAll()
      .where('candidate_id', '=', person.platform_id)
      .execute()
    expect(rows.map(({ body }) => (body as { reason: string }).reason)).toEqual(['deletion_notice'])
  })

  it('[QY-46] is asked nothing more once it has banned the account, and the way to appeal is shown', async () => {
    await place.play({ event: 'banned' })
    await expect(syncOnce(place.core.core)).rejects.toMatchObject({ data: { code: 'banned' } })
    const asked = place.time.asked
    expect(await place.core.call('sync.start', {})).toEqual({ started: false })
    const { banned } = await place.core.call('sync.status', {})
    expect(banned).toMatchObject({ platform, appeal: { zh: profiles.get(platform)?.document.requests.complaint.zh } })
    expect(place.time.asked).toBe(asked)
    await place.play({ event: 'unbanned' })
    await place.sync()
    expect((await place.core.call('sync.status', {})).banned).toBeUndefined()
  })

  it('restricts the account, which then meets nobody, and restores it', async () => {
    await place.play({ event: 'account_restricted' })
    await place.sync().catch(() => undefined)
    expect(place.core.core.account?.role).toBe('unverified')
    expect(await place.core.codeOf('candidate.list', {})).not.toBe('none')
    await place.play({ event: 'account_restored' })
    await place.sync()
    expect(place.core.core.account?.role).toBe('hr')
  })

  it('[LG-09] [WZ-12] ends what was bought there, and with it what is shown where the rules say so', async () => {
    const people = async () =>
      (await place.core.call('candidate.list', { limit: 100 })).items.map(({ id }) => String(id))
    const handedOver = profiles.get(platform)?.deliveredChannels
    // What somebody delivered themselves was never bought.
    const bought = (id: string): boolean =>
      place
        .all<{ channel: never }>('SELECT channel FROM application WHERE record_id = ?', id)
        .every(({ channel }) => handedOver?.has(channel) !== true)
    expect((await people()).some(bought)).toBe(true)
    await place.play({ event: 'entitlement_ended' })
    await place.sync()
    const left = await people()
    expect(left.length).toBeGreaterThan(0)
    expect(left.some(bought)).toBe(profiles.get(platform)?.needsEntitlement !== true)
  })

  it('[ZP-105] ceases, and everybody who came from there goes', async () => {
    await place.play({ event: 'platform_ceased' })
    await place.sync()
    const left = place.all<{ life: string; due: number | null }>(
      'SELECT c.life, min(a.due_at) AS due FROM candidate c JOIN application a USING (record_id) GROUP BY c.record_id',
    )
    expect(left.every(({ life, due }) => life === 'locked' && due !== null)).toBe(true)
    place.pass(24 * 8)
    await place.sync()
    expect(place.all('SELECT 1 FROM candidate')).toEqual([])
  })
})

describe.each(without)('the gateway of %s, which has no candidates', (platform) => {
  const { rules } = createGateway(platform)
  let place: Place
  beforeAll(async () => {
    place = await open(platform)
  })
  afterAll(() => place.close())

  it('[QY-09] sends posts and consultations, and nobody', async () => {
    expect(await place.core.core.account?.hub?.discover()).toMatchObject({ platform, name: rules.name })
    expect(place.all('SELECT 1 FROM candidate')).toEqual([])
    expect((await place.core.call('post.list', {})).items.length).toBeGreaterThan(10)
    expect((await place.core.call('consult.list', {})).items.length).toBeGreaterThan(1)
  })

  it('[QY-13] [QY-23] is asked for no personal page, score or rating, and what comes unasked is not kept', async () => {
    await place.play({ event: 'odd_page' })
    await place.play({ event: 'cursor_expired' })
    await place.sync()
    const aside = place.all<{ type: string; record: string }>(
      "SELECT type FROM aside_change WHERE why = 'unknown' ORDER BY type",
    )
    expect(aside.map(({ type }) => type)).toEqual([rules.unknown_value.type, rules.unknown_type.type].sort())
    const key = place.core.core.vault?.keys.asideKey()
    const keystore = place.core.core.account?.keystore
    if (key === undefined || keystore === undefined) throw new Error('nobody is signed in')
    const store = place.core.core.account?.store.reader
    const rows = place.all<Parameters<typeof openAside>[1]>("SELECT * FROM aside_change WHERE why = 'unknown'")
    expect(rows.map((row) => openAside({ store: store as never, keystore, asideKey: key }, row))).toEqual([null, null])
    expect(JSON.stringify(await place.core.call('post.list', {}))).not.toMatch(/端木|applicants|141\b/u)
    const { items } = await place.core.call('consult.list', {})
    for (const { id } of items)
      expect(JSON.stringify(await place.core.call('consult.thread', { id }))).not.toMatch(/端木|u-77|rating/u)
  })

  it('[QY-46] is asked nothing more once it has banned the account, and the way to appeal is shown', async () => {
    await place.play({ event: 'banned' })
    await expect(syncOnce(place.core.core)).rejects.toMatchObject({ data: { code: 'banned' } })
    expect(await place.core.call('sync.start', {})).toEqual({ started: false })
    expect((await place.core.call('sync.status', {})).banned).toMatchObject({
      appeal: { zh: profiles.get(platform)?.document.requests.complaint.zh },
    })
    await place.play({ event: 'unbanned' })
    expect(await place.core.call('sync.start', { resume: true })).toEqual({ started: true })
    await place.sync()
    expect((await place.core.call('sync.status', {})).banned).toBeUndefined()
  })

  it('[QY-17] approves a filing, after which whoever asks can be answered', async () => {
    await place.core.call('filing.cancel', {})
    await place.core.call('filing.apply', {})
    await place.play({ event: 'asked', thread_id: 't-new', alias: '考友 8', text: '几号考试？' })
    await place.sync()
    expect(await place.core.codeOf('consult.reply', { threads: ['t-new'], text: '以公告为准。' })).toBe('E_APPROVAL')
    await place.play({ event: 'filing_approved' })
    await place.sync()
    expect(await place.core.codeOf('consult.reply', { threads: ['t-new'], text: '以公告为准。' })).toBe('none')
    await place.sync()
    const { messages } = await place.core.call('consult.thread', { id: 't-new' })
    expect(messages.map(({ author, state }) => [author, state])).toEqual([
      ['user', 'received'],
      ['institution', 'sent'],
    ])
  })
})
