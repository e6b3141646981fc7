import { existsSync, readFileSync, readdirSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { createNoticeWatch } from '../../electron/core/notices/notice-watch.ts'
import { openPolicyPlace, type PolicyPlace } from '../helpers/policy-place.ts'
import { day, hour, monday, retentionHome, type RetentionHome } from '../helpers/retention-home.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

/** Incidents: five parts, who is affected from the log, letters and a public notice, channel and time per person (ZP-100). */

const people = [
  { name: '林若曦', phone: '13800138000' },
  { name: '赵无忌', phone: '13900139000' },
] as const

const parts = {
  facts_impact: '一台笔记本遗失，姓名与投递信息可能被看到。',
  measures: '已吊销设备。',
  advice: '请留意陌生来电。',
  remedies: '可申请删除或更换联系方式。',
  contact: '沈清 010-85001234 dpo@beichen.example',
}

const start = async () => {
  const home = await retentionHome()
  const job = await home.newJob()
  const [seen, unseen] = [await home.intake(job, people[0]), await home.intake(job, people[1], 'b.txt')]
  home.time.wall += hour
  await home.call('candidate.get', { id: seen.record })
  const folder = realpathSync(temporaryFolder())
  Object.assign(home.core, { askPlace: () => Promise.resolve(folder) })
  return { home, seen, unseen, folder }
}

const opened = (home: RetentionHome) =>
  home.call('incident.open', {
    kind: 'lost_device',
    title: '笔记本遗失',
    discovered_at: home.time.wall,
    from_at: monday + hour / 2,
    to_at: home.time.wall,
  })

describe('an incident', () => {
  it('[ZP-100] is told of before its 24 hours are over and once they are, until the notice is written', async () => {
    const { home } = await start()
    const watch = createNoticeWatch(home.core, home.core.account?.store.db as never, 'local')
    const told = () => home.events.filter(({ name }) => name === 'notice.due').map(({ data }) => data)
    home.core.settings.set({ desktop: { ...home.core.settings.get().desktop, quiet: { from: 0, until: 1439 } } })
    const { id } = await opened(home)
    const ends = home.time.wall + 24 * hour
    const other = await opened(home)
    await home.call('incident.save', { id: other.id, parts })
    home.time.wall += 17 * hour
    watch.tick()
    expect(told()).toEqual([])
    home.time.wall += 1.5 * hour
    for (let n = 0; n < 3; n += 1) watch.tick()
    const warned = { kind: 'incident_due', count: 1, late: 0, ends_at: ends }
    expect(told()).toEqual([warned])
    home.time.wall = ends
    // Also after a restart, once.
    createNoticeWatch(home.core, home.core.account?.store.db as never, 'local').tick()
    watch.tick()
    expect(told()).toEqual([warned, { ...warned, late: 1 }])
    await home.call('incident.save', { id, parts })
    home.time.wall += 48 * hour
    watch.tick()
    expect(told()).toHaveLength(2)
  })

  it('[ZP-100] [WZ-33] [QY-38] [MM-38] [D14] needs five parts within a day, finds who was seen, and records how and when each was told', async () => {
    const { home, seen, folder } = await start()
    const { id, persons, gone } = await opened(home)
    expect([persons, gone]).toEqual([1, 0])
    const first = (await home.call('incident.list', {})).items[0]
    expect(first).toMatchObject({ state: 'draft', draft_due_at: home.time.wall + 24 * hour })
    expect(first?.missing).toEqual(['facts_impact', 'measures', 'advice', 'remedies', 'contact'])
    // Nothing goes out before all is said.
    const letters = { id, record_ids: [seen.record] }
    expect(await home.codeOf('incident.make_letters', letters)).toBe('E_CONFLICT')
    expect(await home.codeOf('incident.mark', { id, what: 'public' })).toBe('E_CONFLICT')
    const { contact: _c, ...most } = parts
    expect((await home.call('incident.save', { id, parts: most })).missing).toEqual(['contact'])
    // No contact but the officer's, and no name, goes to many.
    expect(await home.codeOf('incident.save', { id, parts: { advice: '请拨 13800138000' } })).toBe('E_INPUT')
    const whole = await home.call('incident.save', { id, parts })
    expect(whole).toMatchObject({ state: 'telling', missing: [], drafted_at: home.time.wall })
    const { letter, notice } = await home.call('incident.preview', { id })
    for (const text of Object.values(parts)) {
      expect(letter).toContain(text)
      expect(notice).toContain(text)
    }
    expect(`${letter}${notice}`).not.toContain(people[0].name)
    const { files } = await home.call('incident.make_letters', letters)
    expect(files).toMatchObject([{ written: true }])
    expect(
      readFileSync(join(folder, files[0]?.name ?? ''))
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-')
    expect(await home.codeOf('incident.mark', { id, what: 'closed' })).toBe('E_CONFLICT')
    const done = await home.call('incident.tell', { id, record_ids: [seen.record], channel: 'letter' })
    expect(done).toMatchObject({ state: 'told', told: 1 })
    const detail = await home.call('incident.get', { id })
    expect(detail.persons).toMatchObject([{ channel: 'letter', told_at: home.time.wall, seen: 1 }])
    await home.call('incident.mark', { id, what: 'reported' })
    await home.call('incident.mark', { id, what: 'closed' })
    expect(await home.codeOf('incident.save', { id, parts })).toBe('E_CONFLICT')
    // Each person's own log says that they were told; no word of the incident is in it.
    const { items } = await home.call('ledger.list', { record_id: seen.record, limit: 20 })
    expect(items.map(({ action, detail: said }) => [action, said])).toContainEqual(['incident', 'told letter'])
    expect(JSON.stringify(items)).not.toContain('遗失')
  })

  it('[ZP-100] forgets whoever is destroyed, keeps the count, and asks for the public notice where somebody cannot be told', async () => {
    const { home, seen, unseen, folder } = await start()
    await home.call('candidate.get', { id: unseen.record })
    const { id } = await opened(home)
    await home.call('incident.save', { id, parts })
    await home.call('incident.make_letters', { id, record_ids: [seen.record] })
    await home.call('incident.tell', { id, record_ids: [unseen.record], channel: 'phone' })
    await home.call('retention.destroy_now', { application_ids: [seen.application, unseen.application] })
    await home.runDue()
    expect(readdirSync(folder)).toEqual([])
    expect(home.count('incident_person')).toBe(0)
    const after = (await home.call('incident.get', { id })).incident
    expect(after).toMatchObject({ persons: 0, gone_told: 1, gone_untold: 1, state: 'telling' })
    expect(await home.call('incident.mark', { id, what: 'public' })).toMatchObject({ state: 'told' })
    // A later incident over the same time counts those whose records are gone.
    const again = await home.call('incident.open', {
      kind: 'other',
      title: '复查',
      discovered_at: home.time.wall,
      from_at: monday + hour / 2,
      to_at: home.time.wall,
      account: 'hr',
    })
    expect(again).toMatchObject({ persons: 0, gone: 2 })
  })

  it('[ZP-103] is kept for three years after it was closed and goes then', async () => {
    const { home, seen } = await start()
    const { id } = await opened(home)
    await home.call('incident.save', { id, parts })
    await home.call('incident.tell', { id, record_ids: [seen.record], channel: 'email' })
    await home.call('incident.mark', { id, what: 'closed' })
    home.passDays(3 * 365)
    await home.runDue()
    expect(home.count('incident')).toBe(1)
    home.passDays(7)
    await home.runDue()
    expect(home.count('incident')).toBe(0)
  })
})

describe('at a hub', () => {
  let at: PolicyPlace | undefined
  afterEach(() => at?.close())

  it('[ZP-100] takes whoever was seen on any device from the logs that the hub holds, and tells the hub of it', async () => {
    at = await openPolicyPlace()
    at.put('z', 'delivered')
    await at.enterAs('officer')
    const now = Date.now()
    const row = (i: number, candidate: string, outcome: 'shown' | 'denied') => ({
      device: 'other',
      i,
      at: new Date(now - i).toISOString(),
      action: 'view',
      outcome,
      account: 'acc-hr',
      candidate_id: candidate,
      entry: JSON.stringify({
        v: 1,
        at: now - i,
        action: 'view',
        actor: { account: 'acc-hr', role: 'hr', employer: 'emp-1', device: 'other' },
        subject: { platform: 'zhaopin', candidate: 'hash' },
        fields: ['body'],
        outcome,
        nonce: `n${i}`,
      }),
    })
    at.hub.logRows.push(row(1, 'z', 'shown'), row(2, 'gone', 'shown'), row(3, 'denied', 'denied'))
    const input = {
      kind: 'unauthorised_access',
      title: '账号被盗用',
      discovered_at: now,
      from_at: now - day,
      to_at: now,
      account: 'acc-hr',
    } as const
    const { id, ...found } = await at.core.call('incident.open', input)
    expect(found).toEqual({ persons: 1, gone: 1, logs: 'all' })
    // Without the hub the plan starts all the same, and says what it could not read.
    at.hub.down = true
    expect(await at.core.call('incident.open', input)).toMatchObject({ persons: 0, logs: 'own' })
    at.hub.down = false
    expect(at.core.core.account?.store.reader.get("SELECT 1 FROM outbox WHERE kind = 'incident'")).toBeDefined()
    expect((await at.core.call('incident.get', { id })).persons).toMatchObject([{ platform: 'zhaopin' }])
    await at.enterAs('headhunter')
    expect(await at.core.codeOf('incident.list', {})).toBe('E_ROLE')
    expect(existsSync(at.folder)).toBe(true)
  })
})
