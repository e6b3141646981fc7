import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  flagsOf,
  lastSuccessAt,
  listApplications,
  requireCandidate,
} from '../../electron/core/candidates/candidate-rows.ts'
import { detailFields } from '../../electron/core/candidates/detail-view.ts'
import { contactValue, openPerson, personFacts } from '../../electron/core/candidates/person.ts'
import { decideFields, policyRequest, viewerOf } from '../../electron/core/candidates/policy-request.ts'
import { syncOnce } from '../../electron/core/accounts/session.ts'
import { makeCandidate } from '../../electron/hub/sandbox/make-candidate.ts'
import type { CandidateDetail, CandidateRow } from '../../electron/shared/domain/views.ts'
import type { Input } from '../../electron/shared/ipc/routes/index.ts'
import { newHome, type CoreHome } from '../helpers/core-home.ts'
import { startSandboxHub, type SandboxHub, type Seat } from '../helpers/sandbox-hub.ts'

/** The real hub's people, synced over HTTP, looked at through the router by every role and channel. */
const seeded = 120
const people = Array.from({ length: seeded }, (_, index) => makeCandidate(index, Date.now()).person)
const contacts = people.flatMap((person) => [person.phone, person.email, person.wechat])
const names = [...new Set(people.map((person) => person.name))]

let hub: SandboxHub
const folder = mkdtempSync(join(tmpdir(), 'candor-core-'))
/** Moves on in the last test of a group only. */
let wall = 0
let core: CoreHome

const enterAs = async (seat: Seat): Promise<void> => {
  await core.call('account.sign_in', { hub: hub.url, account: `${seat}@sandbox`, password: hub.passwordOf(seat) })
  await syncOnce(core.core)
  await core.core.account?.indexer.settle()
}

beforeAll(async () => {
  hub = await startSandboxHub({ seed: seeded })
  core = await newHome(folder, { wall: () => Date.now() + wall })
})
afterAll(async () => {
  await core.stop('quit')
  await hub.close()
  rmSync(folder, { recursive: true, force: true })
})

const listAll = async (filter: Input<'candidate.list'> = {}): Promise<CandidateRow[]> => {
  const rows: CandidateRow[] = []
  for (let cursor: string | undefined; ;) {
    const page = await core.call('candidate.list', {
      ...filter,
      limit: 30,
      ...(cursor === undefined ? {} : { cursor }),
    })
    rows.push(...page.items)
    if (page.next_cursor === null) return rows
    cursor = page.next_cursor
  }
}

const recordAt = (platform: string, channel: string, more = 'TRUE'): { id: string; job: string } => {
  const row = core.core.account?.store.reader.get<{ id: string; job: string }>(
    `SELECT c.record_id AS id, a.job_id AS job FROM candidate c JOIN application a ON a.record_id = c.record_id
     WHERE c.platform = ? AND a.channel = ? AND c.life = 'live' AND c.visibility = 'public' AND c.flags NOT LIKE '%do_not%'
       AND (SELECT count(*) FROM application o WHERE o.record_id = c.record_id) = 1 AND ${more} ORDER BY c.platform_id`,
    platform,
    channel,
  )
  if (row === undefined) throw new Error(`nobody on ${platform} by ${channel}`)
  return row
}

/** Decides anew from rows and sealed person, apart from the handlers, and holds the payload against it. */
const expectAllowedKeys = (payload: CandidateRow | CandidateDetail, jobId: string | undefined): void => {
  const { account, profiles, clock } = core.core
  if (account === null) throw new Error()
  const candidate = requireCandidate(account.store.reader, payload.id)
  const applications = listApplications(account.store.reader, payload.id)
  const person = openPerson(account.store.reader, account.keystore, candidate)
  const isDetail = 'timeline' in payload
  const request = policyRequest({
    profiles,
    viewer: viewerOf(account, clock.now()),
    candidate,
    applications,
    current: applications.find((one) => one.job_id === jobId) ?? applications[0] ?? null,
    facts: personFacts(person, applications),
    now: clock.now(),
    lastSuccessAt: lastSuccessAt(account.store.reader),
  })
  const decisions = decideFields(request, detailFields)
  const { cn } = person.resume.meta
  const values = {
    name: contactValue(person, 'name') ?? '',
    phone: contactValue(person, 'phone'),
    email: contactValue(person, 'email'),
    ...(isDetail
      ? {
          wechat: contactValue(person, 'wechat'),
          sex: cn.sex,
          birth_date: cn.birth_date ?? cn.birth_month,
          household: cn.household,
          political_status: cn.political_status,
          residence: cn.city,
          current_salary: cn.current_salary,
          expected_salary: cn.expected_salary,
        }
      : {}),
  } as const
  for (const [field, value] of Object.entries(values)) {
    const { state, form } = decisions[field as keyof typeof decisions]
    const shown = (payload as unknown as Record<string, string | undefined>)[field]
    const where = `${payload.platform} ${payload.application?.channel} ${field} ${state} ${form}`
    const allowed =
      ['masked', 'reveal', 'see'].includes(state) || (field === 'name' && ['alias', 'approval'].includes(state))
    if (!allowed) expect([where, shown]).toEqual([where, undefined])
    if (state === 'alias') expect([where, shown]).toEqual([where, expect.stringMatching(/[某士生.]|^M[rs]/)])
    // A city is the coarse form of a residence, and a hub sends the alias in place of a name that it keeps.
    const secret = typeof value === 'string' && value.length > 1 && field !== 'residence' && !/[某士生]$/.test(value)
    if (allowed && state !== 'see' && secret) expect(shown, where).not.toContain(value)
    const coarse = field === 'birth_date' || field === 'expected_salary'
    if (allowed && !coarse && value !== undefined) expect(shown, where).toBeDefined()
  }
  if (decisions.body.state !== 'see') {
    for (const key of ['years', 'degree', 'school', 'title', 'company', 'summary', 'work', 'education', 'skills']) {
      expect(payload).not.toHaveProperty(key)
    }
  }
}

/** Everything that the window can ask for about everybody, as the texts that would cross. */
const everyAnswer = async (): Promise<{ readonly texts: string[]; readonly rows: CandidateRow[] }> => {
  const texts: string[] = []
  const ask = async (route: string, input: unknown): Promise<void> => {
    texts.push(JSON.stringify(await core.router.call(route, input)))
  }
  const rows = await listAll()
  texts.push(JSON.stringify(rows))
  for (const row of rows) {
    await ask('candidate.get', { id: row.id })
    await ask('candidate.explain', { id: row.id, field: 'phone' })
  }
  for (const row of core.core.account?.store.reader.all<{ id: string }>('SELECT id FROM attachment LIMIT 20') ?? [])
    await ask('attachment.open', { id: row.id })
  for (const query of ['经理', '工程', 'a', '13', '@', people[0]?.name ?? '']) await ask('candidate.list', { query })
  for (const { id } of (await core.call('job.list', {})).items) {
    await ask('board.get', { job_id: id, limit: 100 })
    await ask('job.get', { id })
  }
  await ask('candidate.facets', {})
  await ask('retention.plan', { limit: 500 })
  await ask('ledger.list', { limit: 500 })
  for (const route of [
    'job.list',
    'sync.status',
    'quarantine.list',
    'certificate.list',
    'ledger.export',
    'system.state',
  ])
    await ask(route, {})
  return { texts, rows }
}

const publicName = (row: CandidateRow): boolean => row.why.some((why) => why.field === 'name' && why.state === 'see')

describe.each(['hr', 'headhunter', 'admin', 'officer'] as const)('as %s', (seat) => {
  it('[ZP-26] no answer of any route holds a contact that was not revealed', async () => {
    await enterAs(seat)
    const { texts, rows } = await everyAnswer()
    if (seat === 'officer') expect(rows).toEqual([])
    else expect(rows.length).toBeGreaterThan(20)
    const all = texts.join('\n')
    expect(contacts.filter((contact) => all.includes(contact))).toEqual([])
    // A number written with blanks or hyphens is a number, too. Times and counts are JSON numbers, so they have no quotes.
    const spoken = all.replace(/"(?:[^"\\]|\\.)*"/g, (text) => text.replace(/[\s-]/g, ''))
    expect(people.filter((person) => spoken.includes(person.phone))).toEqual([])
    const shownByWish = new Set(rows.filter(publicName).map((row) => row.name))
    const leaked = names.filter((name) => [...name].length > 2 && all.includes(name) && !shownByWish.has(name))
    expect(leaked).toEqual([])
  })

  it('[ZP-26] rows and details hold the keys that the decision lets through, and no other', async () => {
    for (const row of await listAll()) {
      expectAllowedKeys(row, undefined)
      const answer = await core.router.call('candidate.get', { id: row.id })
      if (answer.ok) expectAllowedKeys(answer.data as CandidateDetail, undefined)
    }
  })

  it('counts in totals and facets what it lists, and nothing else', async () => {
    const rows = await listAll()
    const { total, items } = await core.call('candidate.list', { limit: 1 })
    expect([total, items.length]).toEqual([rows.length, Math.min(1, rows.length)])
    const facets = await core.call('candidate.facets', {})
    const tally = (key: 'city' | 'degree' | 'platform'): Record<string, number> => {
      const counts: Record<string, number> = {}
      for (const row of rows) if (row[key] !== undefined) counts[row[key]] = (counts[row[key]] ?? 0) + 1
      return counts
    }
    for (const key of ['city', 'degree', 'platform'] as const) {
      expect([key, Object.fromEntries(facets[key].map(({ value, count }) => [value, count]))]).toEqual([
        key,
        tally(key),
      ])
    }
  })
})

describe('a recruiter', () => {
  beforeAll(() => enterAs('hr'))

  it('[ZP-26] sees of somebody found or recommended an alias and no contact', async () => {
    for (const channel of ['searched', 'recommended']) {
      const { id } = recordAt('zhaopin', channel)
      const detail = await core.call('candidate.get', { id: id as never })
      expect(detail.name).toMatch(/某$/)
      for (const key of ['phone', 'email', 'wechat']) expect(detail).not.toHaveProperty(key)
      // Random ids hold digits and hyphens too.
      const texts = (JSON.stringify(detail).match(/"(?:[^"\\]|\\.)*"/g) ?? []).filter(
        (text) => !/^"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"$/.test(text),
      )
      expect(texts.filter((text) => /1[3-9]\d{9}/.test(text.replace(/[\s-]/g, '')))).toEqual([])
      for (const field of ['name', 'phone', 'email', 'wechat'] as const) {
        expect([field, await core.codeOf('candidate.reveal', { id, field, reason: 'contact' })]).toEqual([
          field,
          'E_CHANNEL',
        ])
      }
    }
  })

  it('[ZP-21] reveals name, phone and e-mail of somebody who delivered, each entered in the log first', async () => {
    const { id, job } = recordAt('zhaopin', 'delivered')
    const platformId = core.core.account?.store.reader.get<{ platform_id: string }>(
      'SELECT platform_id FROM candidate WHERE record_id = ?',
      id,
    )?.platform_id
    const person = people[Number(platformId?.slice(-6)) - 1]
    for (const field of ['name', 'phone', 'email'] as const) {
      const before = core.core.vault?.ledger.size()
      const answer = await core.call('candidate.reveal', {
        id: id as never,
        job_id: job as never,
        field,
        reason: 'contact',
      })
      expect(answer).toEqual({ field, value: person?.[field], seconds: 30, ledger_index: before })
      const [entry] = (await core.call('ledger.list', { record_id: id as never, limit: 5 })).items.filter(
        (row) => row.action === 'reveal',
      )
      expect(entry).toMatchObject({ i: before, outcome: 'shown', fields: [field], reason: 'contact', job, role: 'hr' })
    }
    await core.call('account.sign_out', {})
    expect(await core.codeOf('candidate.reveal', { id, field: 'phone', reason: 'contact' })).toBe('E_SESSION')
    await enterAs('hr')
  })

  it('[ZP-28] reveals of somebody who told one value in chat that one, and masks the others', async () => {
    const { account } = core.core
    const rows = account?.store.reader.all<{ id: string }>(
      `SELECT c.record_id AS id FROM candidate c JOIN application a ON a.record_id = c.record_id
       WHERE c.platform = 'zhaopin' AND a.channel = 'exchanged' AND c.life = 'live'
         AND (SELECT count(*) FROM application o WHERE o.record_id = c.record_id) = 1`,
    )
    expect(rows?.length).toBeGreaterThan(0)
    for (const { id } of rows ?? []) {
      if (account === null) throw new Error()
      const told = openPerson(
        account.store.reader,
        account.keystore,
        requireCandidate(account.store.reader, id),
      ).contact
      for (const field of ['phone', 'email', 'wechat'] as const) {
        const code = await core.codeOf('candidate.reveal', { id, field, reason: 'contact' })
        expect([field, code]).toEqual([field, told?.[field] === undefined ? 'E_CHANNEL' : 'none'])
      }
    }
    const { id } = recordAt('zhaopin', 'greeted')
    expect(await core.codeOf('candidate.reveal', { id, field: 'phone', reason: 'contact' })).toBe('E_CHANNEL')
  })

  it('[ZP-30] finds no contact with a downloaded resume, not even in the sealed record', async () => {
    const { account } = core.core
    if (account === null) throw new Error()
    const { id } = recordAt('zhaopin', 'downloaded')
    const person = openPerson(account.store.reader, account.keystore, requireCandidate(account.store.reader, id))
    expect([person.contact?.phone, person.contact?.email, person.contact?.wechat]).toEqual([
      undefined,
      undefined,
      undefined,
    ])
    const text = JSON.stringify(person)
    expect(contacts.filter((contact) => text.includes(contact))).toEqual([])
    expect(await core.codeOf('candidate.reveal', { id, field: 'phone', reason: 'contact' })).toBe('E_CHANNEL')
  })

  it('[ZP-08] opens a record for its own job and answers E_PURPOSE for another', async () => {
    const { id, job } = recordAt('zhaopin', 'delivered')
    const other = (await core.call('job.list', {})).items.find((one) => one.id !== job)
    expect(await core.codeOf('candidate.get', { id, job_id: job })).toBe('none')
    const answer = await core.router.call('candidate.get', { id, job_id: other?.id })
    expect(answer).toMatchObject({ ok: false, error: { code: 'E_PURPOSE', data: { clause: 'ZP-08' } } })
    expect(await core.codeOf('candidate.reveal', { id, job_id: other?.id, field: 'phone', reason: 'contact' })).toBe(
      'E_PURPOSE',
    )
    const { items } = await core.call('ledger.list', { record_id: id as never, limit: 3 })
    expect(items.slice(1, 3).map((row) => [row.action, row.outcome, row.clause])).toEqual([
      ['reveal', 'denied', 'ZP-08'],
      ['view', 'denied', 'ZP-08'],
    ])
  })

  it('a typed reason is sealed beside the record and stands in no log and no answer', async () => {
    const { id } = recordAt('zhaopin', 'delivered')
    const words = '候选人要求今晚回电确认薪资'
    await core.call('candidate.reveal', { id: id as never, field: 'phone', reason: 'other', words })
    const rows = core.core.account?.store.reader.all<{ sealed: Uint8Array }>(
      'SELECT sealed FROM typed_reason WHERE record_id = ?',
      id,
    )
    expect(rows).toHaveLength(1)
    expect(Buffer.from(rows?.[0]?.sealed ?? []).includes(Buffer.from(words))).toBe(false)
    const { bundle } = await core.call('ledger.export', {})
    expect(bundle).not.toContain(words)
    expect(JSON.stringify(await core.call('candidate.get', { id: id as never }))).not.toContain(words)
  })

  it('[ZP-04] neither lists nor opens a minor without a guardian, whoever confirms what', async () => {
    const { account } = core.core
    const minors = account?.store.reader
      .all<{ record_id: string; flags: string }>('SELECT record_id, flags FROM candidate')
      .filter((row) => flagsOf(row as never).guardian_consent === false)
    expect(minors?.length).toBeGreaterThan(0)
    const listed = new Set((await listAll()).map((row) => row.id as string))
    for (const { record_id: id } of minors ?? []) {
      expect(listed.has(id)).toBe(false)
      expect(await core.codeOf('candidate.get', { id })).toMatch(/E_MINOR|E_LOCKED/)
      expect(await core.codeOf('candidate.confirm_age', { id })).toMatch(/E_MINOR|E_LOCKED/)
    }
  })

  it('keeps a locked record closed for everybody and out of every list', async () => {
    const locked = core.core.account?.store.reader.get<{ record_id: string }>(
      "SELECT record_id FROM candidate WHERE life = 'locked' LIMIT 1",
    )
    expect(locked).toBeDefined()
    const id = locked?.record_id
    for (const [route, input] of [
      ['candidate.get', { id }],
      ['candidate.reveal', { id, field: 'phone', reason: 'contact' }],
      ['candidate.confirm_age', { id }],
      ['note.add', { id, text: 'x' }],
    ] as const) {
      expect([route, await core.codeOf(route, input)]).toEqual([route, 'E_LOCKED'])
    }
    expect((await listAll()).some((row) => row.id === id)).toBe(false)
  })

  it('reads nothing more once the lease is over, and goes on after the next sync', async () => {
    const { id } = recordAt('zhaopin', 'delivered')
    wall += 73 * 3_600_000
    expect(await core.codeOf('candidate.get', { id })).toBe('E_LEASE')
    expect(await core.codeOf('candidate.reveal', { id, field: 'phone', reason: 'contact' })).toBe('E_LEASE')
    expect(await core.codeOf('candidate.list', { query: '工程' })).toBe('E_LEASE')
    const rows = await listAll()
    expect(
      rows.flatMap((row) => Object.keys(row)).filter((key) => ['name', 'phone', 'email', 'city'].includes(key)),
    ).toEqual([])
    await syncOnce(core.core)
    expect(await core.codeOf('candidate.list', { query: '工程' })).toBe('none')
  })
})
