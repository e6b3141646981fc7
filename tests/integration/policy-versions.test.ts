import { mkdtempSync, readFileSync, rmSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { syncOnce } from '../../electron/core/accounts/session.ts'
import type { CandidateRow } from '../../electron/shared/domain/views.ts'
import { newHome, openCoreHome, passphrase, type CoreHome } from '../helpers/core-home.ts'
import { startGenerousHub, type GenerousHub, type HubSeat } from '../helpers/generous-hub.ts'
import { applicationChange, candidateChange, change, contactOf, iso, jobChange } from '../helpers/sync-records.ts'

/** Versions of the rules: stricter at once, looser by consent alone, announced before their day, answered by each person. */
const day = 86_400_000
let hub: GenerousHub
let core: CoreHome
let folder: string
let wall = 0

const options = { wall: () => Date.now() + wall }
const enterAs = async (seat: HubSeat): Promise<void> => {
  await core.call('account.sign_in', { hub: hub.url, account: seat, password: 'x' })
  await sync()
}
const sync = async (): Promise<void> => {
  await syncOnce(core.core)
  await core.core.account?.indexer.settle()
}
const rowOf = async (platformId: string): Promise<CandidateRow> => {
  const id = core.core.account?.store.reader.get<{ record_id: string }>(
    'SELECT record_id FROM candidate WHERE platform_id = ?',
    platformId,
  )?.record_id
  const { items } = await core.call('candidate.list', {})
  const row = items.find((one) => one.id === id)
  if (row === undefined) throw new Error(`${platformId} is not in the list`)
  return row
}
const phoneOf = async (platformId: string): Promise<string> => {
  const { why } = await rowOf(platformId)
  const phone = why.find((one) => one.field === 'phone')
  return `${phone?.state} ${phone?.rule}`
}
const accept = async (): Promise<void> => {
  const { rules_version: version, notices } = await core.call('policy.updates', {})
  await core.call('policy.answer', {
    rules_version: version,
    choice: 'accept',
    notices: notices.map((notice) => notice.key),
  })
  await sync()
}
const putPerson = (id: string, more: Record<string, unknown> = {}): void => {
  hub.put(
    candidateChange(id, 1, { contact: contactOf(`app-${id}`), ...more }),
    applicationChange(`app-${id}`, id, 1, { evidence_at: iso(Date.now() - day), at: iso(Date.now() - day) }),
  )
}
const stricter = {
  cells: { phone: { delivered: { hr: ['masked', 'full', 't', 'ZP-21'] } } },
  retention: { rejected_days: [10, 'D4'] },
}
const profileChange = (id: string, version: string, from: string, document: unknown) =>
  change('profile', id, 1, { platform: 'zhaopin', version, effective_from: from, document })

beforeEach(async () => {
  wall = 0
  folder = mkdtempSync(join(tmpdir(), 'candor-versions-'))
  hub = await startGenerousHub()
  hub.put(jobChange('job-1', 1, { owner_id: 'acc-hr', opened_at: iso(Date.now() - 9 * day) }))
  putPerson('one')
  core = await newHome(folder, options)
  await enterAs('hr')
})
afterEach(async () => {
  await core.stop('quit')
  await hub.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('a stricter version from a platform', () => {
  it('[ZP-106] holds at once, is listed as a difference, and must be answered before anybody looks on', async () => {
    expect(await phoneOf('one')).toBe('reveal REVEAL_LOGGED')
    hub.put(profileChange('p-1', '2026 V4', iso(Date.now() - day), stricter))
    await sync()
    const refused = await core.router.call('candidate.list', {})
    expect(refused).toMatchObject({
      ok: false,
      error: { code: 'E_CONSENT', data: { rule: 'RULES_NOT_ACCEPTED', clause: 'WZ-32', lift: 'ACCEPT_RULES' } },
    })
    const state = await core.call('system.state', {})
    expect([state.rules_to_answer, state.gate?.rule]).toEqual([true, 'RULES_NOT_ACCEPTED'])
    const { items, must_answer: must } = await core.call('policy.updates', {})
    expect(must).toBe(true)
    expect(items[0]).toMatchObject({ platform: 'zhaopin', source: 'hub', version: '2026 V4', in_force: true })
    expect(items[0]?.changes.map((one) => [one.part, one.direction])).toEqual(
      expect.arrayContaining([
        ['cell', 'stricter'],
        ['number', 'stricter'],
      ]),
    )
    expect(items[0]?.changes.filter((one) => one.direction === 'looser')).toEqual([])
    await accept()
    expect(await phoneOf('one')).toBe('masked ENTERPRISE_RULE')
    const row = await rowOf('one')
    expect(
      await core.codeOf('candidate.reveal', { id: row.id, field: 'phone', reason: 'contact', job_id: 'job-1' }),
    ).toBe('E_CHANNEL')
    const { items: log } = await core.call('ledger.list', { limit: 50 })
    expect(log.map((entry) => `${entry.action} ${entry.detail ?? ''}`)).toEqual(
      expect.arrayContaining([expect.stringMatching(/^policy_change rules [0-9a-f]{12}$/)]),
    )
  })

  it('[WZ-32] is accepted by each person for themselves, and what one has accepted stays so', async () => {
    hub.put(profileChange('p-1', '2026 V4', iso(Date.now() - day), stricter))
    await sync()
    const before = await core.call('policy.updates', {})
    expect(before.accepted_version).not.toBe(before.rules_version)
    await accept()
    const own = await core.call('policy.updates', {})
    expect(own).toMatchObject({ must_answer: false, accepted_version: before.rules_version })
    expect(own.accepted_at).toBeGreaterThanOrEqual(Date.now() - 60_000)
    // A colleague in the same home has not said a word yet.
    await enterAs('officer')
    const theirs = await core.call('policy.updates', {})
    expect(theirs).toMatchObject({ rules_version: own.rules_version, must_answer: true })
    expect(theirs.accepted_version).not.toBe(own.rules_version)
    expect(await core.codeOf('request.list', {})).toBe('E_CONSENT')
    await accept()
    expect(await core.codeOf('request.list', {})).toBe('none')
    await enterAs('hr')
    expect((await core.call('policy.updates', {})).must_answer).toBe(false)
    // The next version asks again.
    hub.put(profileChange('p-2', '2026 V5', iso(Date.now() - day), { retention: { rejected_days: [5, 'D4'] } }))
    await sync()
    expect((await core.call('policy.updates', {})).must_answer).toBe(true)
    expect(await core.codeOf('candidate.list', {})).toBe('E_CONSENT')
  })

  it('[ZP-01] is announced before its day, while the old rules hold, and begins on it', async () => {
    hub.put(profileChange('p-1', '2026 V4', iso(Date.now() + 2 * day), stricter))
    await sync()
    expect(await phoneOf('one')).toBe('reveal REVEAL_LOGGED')
    const announced = await core.call('policy.updates', {})
    expect(announced.must_answer).toBe(false)
    expect(announced.items[0]).toMatchObject({ version: '2026 V4', in_force: false, source: 'hub' })
    expect(announced.items[0]?.changes.length).toBeGreaterThan(0)
    wall = 3 * day
    await sync()
    expect(core.core.policies.refresh(core.core.clock.now())).toBe(true)
    expect(await core.codeOf('candidate.list', {})).toBe('E_CONSENT')
    await accept()
    expect(await phoneOf('one')).toBe('masked ENTERPRISE_RULE')
    // What was agreed to is no news any more, but stays where one looks for it.
    expect((await core.call('policy.updates', {})).items).toEqual([])
    expect((await core.call('policy.updates', { all: true })).items[0]).toMatchObject({
      version: '2026 V4',
      in_force: true,
    })
  })

  it('never loosens, whatever it says, and harms nothing when it is no profile', async () => {
    hub.put(
      profileChange('p-1', 'loose', iso(Date.now() - day), {
        cells: { phone: { searched: { hr: ['see', 'full', 't', 'ZP-26'] } }, name: { nowhere: {} } },
        retention: { rejected_days: [999, 'D4'] },
      }),
      profileChange('p-2', 'rubbish', 'no day', { cells: 'all', lease: 7, minors: { min_age: ['x'] } }),
      change('profile', 'p-3', 1, { platform: 'nobody', version: '1', effective_from: '', document: {} }),
    )
    putPerson('two')
    await sync()
    const { document } = core.core.profiles.get('zhaopin') ?? {}
    expect(document?.retention.rejected_days.value).toBe(30)
    expect(document?.cells.phone?.searched?.hr?.[0]).toBe('absent')
    if ((await core.call('policy.updates', {})).must_answer) await accept()
    expect(await phoneOf('two')).toBe('reveal REVEAL_LOGGED')
  })
})

describe('looser rules', () => {
  const yaml =
    'cells:\n  phone:\n    delivered:\n      hr: [masked, full, t, ZP-21]\nretention:\n  rejected_days: [10, D4]\n'

  it('[ZP-106] reach what came under stricter ones by a consent of the person only', async () => {
    await enterAs('admin')
    await core.call('policy.tighten', { platform: 'zhaopin', document: yaml })
    await enterAs('hr')
    await accept()
    putPerson('two')
    await sync()
    expect(await phoneOf('two')).toBe('masked ENTERPRISE_RULE')
    await enterAs('admin')
    await core.call('policy.tighten', { platform: 'zhaopin', document: '' })
    const { items } = await core.call('policy.updates', {})
    expect(items.every((update) => update.changes.length > 0)).toBe(true)
    await enterAs('hr')
    const updates = await core.call('policy.updates', {})
    expect(updates.items[0]?.changes.map((one) => one.direction)).toContain('looser')
    await accept()
    putPerson('three')
    await sync()
    // The one that came before the stricter rules has no more than it was promised; the one between keeps what it was promised.
    expect([await phoneOf('one'), await phoneOf('two'), await phoneOf('three')]).toEqual([
      'reveal REVEAL_LOGGED',
      'masked ENTERPRISE_RULE',
      'reveal REVEAL_LOGGED',
    ])
    hub.put(
      change('consent', 'k-1', 1, {
        candidate_id: 'two',
        purpose: 'purpose',
        granted: true,
        scope: `policy:zhaopin@${core.core.profiles.get('zhaopin')?.document.policy.version}`,
      }),
    )
    await sync()
    expect(await phoneOf('two')).toBe('reveal REVEAL_LOGGED')
  })

  it('are refused to an enterprise, with line and rule', async () => {
    await enterAs('admin')
    const answer = await core.router.call('policy.tighten', {
      platform: 'zhaopin',
      document: 'cells:\n  phone:\n    searched:\n      hr: [see, full, t, ZP-26]\n',
    })
    expect(answer).toMatchObject({ ok: false, error: { code: 'E_INPUT', data: { line: 4, rule: 'never-looser' } } })
    expect(
      await core.router.call('policy.tighten', {
        platform: 'zhaopin',
        document: 'retention:\n  rejected_days: [99, D4]\n',
      }),
    ).toMatchObject({ ok: false, error: { code: 'E_INPUT', data: { line: 2 } } })
    expect(await core.codeOf('policy.tighten', { platform: 'zhaopin', document: 'cells: [' })).toBe('E_INPUT')
    await enterAs('hr')
    expect(await core.codeOf('policy.tighten', { platform: 'zhaopin', document: yaml })).toBe('E_ROLE')
  })

  it('shorten deadlines for what is here already, and outlive a restart; the files say nothing to others', async () => {
    const dueOf = () =>
      core.core.account?.store.reader.get<{ due_at: number }>("SELECT due_at FROM application WHERE id = 'app-one'")
        ?.due_at ?? 0
    const { items } = await core.call('candidate.list', {})
    await core.call('application.set_stage', { id: items[0]?.application?.id as never, stage: 'rejected' })
    const before = dueOf()
    await enterAs('admin')
    await core.call('policy.tighten', { platform: 'zhaopin', document: yaml })
    await enterAs('hr')
    await core.stop('lock')
    for (const { name } of readdirSync(core.home, { withFileTypes: true }).filter((entry) => entry.isFile()))
      expect(readFileSync(join(core.home, name)).includes('rejected_days'), name).toBe(false)
    core = openCoreHome(core.home, options)
    await core.call('vault.unlock', { passphrase })
    const account = core.core.vault?.accounts.list().find((one) => one.name === 'hr')
    await core.call('account.resume', { id: account?.id ?? '' })
    expect(core.core.profiles.get('zhaopin')?.document.retention.rejected_days.value).toBe(10)
    expect(dueOf()).toBe(before - 20 * day)
  })
})

describe('silence', () => {
  it('[WZ-02] [K10] accepts nothing: neither time nor work nor a new sign-in is an answer', async () => {
    hub.put(profileChange('p-1', '2026 V4', iso(Date.now() - day), stricter))
    await sync()
    putPerson('two')
    for (const step of [() => sync(), () => enterAs('hr'), () => Promise.resolve(void (wall += 2 * day))]) {
      await step()
      expect(await core.codeOf('candidate.list', {})).toBe('E_CONSENT')
    }
    await sync()
    // WZ-40: and nothing new comes in meanwhile.
    const two = core.core.account?.store.reader.get("SELECT 1 FROM candidate WHERE platform_id = 'two'")
    expect(two).toBeUndefined()
    await accept()
    expect(core.core.account?.store.reader.get("SELECT 1 FROM candidate WHERE platform_id = 'two'")).toBeDefined()
  })

  it('takes no answer to a version that is not the one in force', async () => {
    expect(await core.codeOf('policy.answer', { rules_version: 'older', choice: 'accept' })).toBe('E_CONFLICT')
  })

  it('lets the first agreement count for the very rules that were agreed to, and for no others', async () => {
    hub.put(profileChange('p-1', '2026 V4', iso(Date.now() - day), stricter))
    await sync()
    await enterAs('headhunter')
    expect((await core.call('policy.updates', {})).must_answer).toBe(true)
    expect(await core.codeOf('candidate.list', {})).toBe('E_CONSENT')
  })
})

describe('declining', () => {
  it('[ZP-107] [ZP-03] leads into browse mode: vault locked, open jobs by date, no candidate; agreeing leads back', async () => {
    hub.put(
      jobChange('job-2', 1, { title: '较新的职位', owner_id: 'acc-hr', opened_at: iso(Date.now() - day) }),
      jobChange('job-3', 1, {
        title: '已关闭',
        status: 'closed',
        owner_id: 'acc-hr',
        opened_at: iso(Date.now() - day),
      }),
    )
    await sync()
    const { rules_version: version } = await core.call('policy.updates', {})
    await core.call('policy.answer', { rules_version: version, choice: 'browse' })
    expect(await core.codeOf('candidate.list', {})).toBe('E_CONSENT')
    await core.stop('lock')
    const asked: string[] = []
    core = openCoreHome(core.home, {
      ...options,
      fetch: (...request) => {
        asked.push(String(request[0]))
        return globalThis.fetch(...request)
      },
    })
    expect((await core.call('system.state', {})).phase).toBe('browse')
    expect((await core.call('job.list_public', {})).items.map((job) => job.title)).toEqual(['较新的职位', '后端工程师'])
    expect(await core.codeOf('candidate.list', {})).toBe('E_SESSION')
    expect(asked).toEqual([])
    expect((await core.call('policy.get', { platform: 'zhaopin' })).rows.length).toBeGreaterThan(0)
    await core.call('notice.answer', { choice: 'accept' })
    expect((await core.call('system.state', {})).phase).toBe('locked')
    await core.call('vault.unlock', { passphrase })
    await enterAs('hr')
    expect(await core.codeOf('candidate.list', {})).toBe('none')
  })
})

describe('records and their version', () => {
  it('[ZP-01] [MM-01] [QY-01] keep the revision they came under, and their log entries the version in force', async () => {
    const { document, revision } = core.core.profiles.get('zhaopin') ?? {}
    expect(
      core.core.account?.store.reader.get("SELECT policy_revision AS r FROM candidate WHERE platform_id = 'one'"),
    ).toEqual({ r: revision })
    const row = await rowOf('one')
    await core.call('candidate.get', { id: row.id, job_id: 'job-1' as never })
    const { bundle } = await core.call('ledger.export', {})
    expect(bundle).toContain(JSON.stringify(document?.policy.version).replaceAll('"', ''))
    const { items } = await core.call('policy.list', {})
    expect(items.find((one) => one.platform === 'zhaopin')).toMatchObject({
      version: document?.policy.version,
      updated: '2026-06-08',
      effective: '2026-06-15',
    })
  })

  it('show notices of the hub, and wait for an answer where one asks for consent', async () => {
    hub.put(
      change('notice', 'n-1', 1, { title: '更新说明', body: '…', requires_consent: true, version: '7' }),
      change('notice', 'n-2', 1, { title: '维护', body: '…', requires_consent: false, version: '1' }),
    )
    await sync()
    const updates = await core.call('policy.updates', {})
    expect(updates.notices.map((notice) => [notice.id, notice.requires_consent, notice.answered]).sort()).toEqual([
      ['n-1', true, false],
      ['n-2', false, false],
    ])
    expect((await core.call('system.state', {})).rules_to_answer).toBe(true)
    await accept()
    expect((await core.call('system.state', {})).rules_to_answer).toBe(false)
  })
})
