import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { syncOnce } from '../../electron/core/accounts/session.ts'
import { makeCandidate } from '../../electron/hub/sandbox/make-candidate.ts'
import type { RouteDefinition } from '../../electron/shared/ipc/define-route.ts'
import { routes } from '../../electron/shared/ipc/routes/index.ts'
import { detailFields } from '../../electron/core/candidates/detail-view.ts'
import { newHome, type CoreHome } from '../helpers/core-home.ts'
import { startSandboxHub, type SandboxHub } from '../helpers/sandbox-hub.ts'

/** An interviewer and whoever assigns, each on a workstation of their own, at a real hub; what is assigned comes over sync. */
const seeded = 240
const people = Array.from({ length: seeded }, (_, index) => makeCandidate(index, Date.now()))
const colleagues = ['林晓', '周衡', '顾明', '沈清', '许衡之']
const me = 'acc-interviewer'

const folders = [mkdtempSync(join(tmpdir(), 'candor-hr-')), mkdtempSync(join(tmpdir(), 'candor-interviewer-'))] as const
let hub: SandboxHub
let hr: CoreHome
let own: CoreHome

type Assigned = { readonly id: string; readonly record: string; readonly job: string; readonly person: string }

const enter = async (core: CoreHome, seat: 'hr' | 'interviewer'): Promise<void> => {
  await core.call('account.sign_in', { hub: hub.url, account: `${seat}@sandbox`, password: hub.passwordOf(seat) })
  await sync(core)
}
const sync = async (core: CoreHome): Promise<void> => {
  await syncOnce(core.core)
  await core.core.account?.retention.runDue()
  await core.core.account?.indexer.settle()
}
const all = <T>(core: CoreHome, sql: string, ...params: string[]): T[] =>
  core.core.account?.store.reader.all<T>(sql, ...params) ?? []

const ofStore = (core: CoreHome, where = 'TRUE', ...params: string[]): Assigned[] =>
  all(
    core,
    `SELECT a.id, a.record_id AS record, a.job_id AS job, c.platform_id AS person FROM application a
     JOIN candidate c ON c.record_id = a.record_id WHERE c.life = 'live' AND ${where} ORDER BY a.id`,
    ...params,
  )
/** As the workstation of hr has it, which has everybody. */
const assignedAtHr = (): Assigned[] =>
  ofStore(hr, 'a.id IN (SELECT application_id FROM assignment WHERE account = ?)', me)

const assign = async (application: string, assigned: boolean): Promise<void> => {
  await hr.call(assigned ? 'assignment.add' : 'assignment.remove', {
    application_id: application as never,
    account: me as never,
  })
  await sync(hr)
  await sync(own)
}

/** A person of two applications of which neither is assigned. */
const twice = (): readonly [Assigned, Assigned] => {
  const [first] = ofStore(
    hr,
    `a.id LIKE '%b' AND c.visibility = 'public' AND c.flags NOT LIKE '%do_not%'
     AND NOT EXISTS (SELECT 1 FROM application o JOIN assignment s ON s.application_id = o.id WHERE o.record_id = a.record_id)
     AND (SELECT count(*) FROM application o WHERE o.record_id = a.record_id) = 2`,
  )
  const other = ofStore(hr, 'a.record_id = ? AND a.id <> ?', first?.record ?? '', first?.id ?? '')[0]
  if (first === undefined || other === undefined) throw new Error('nobody applied twice')
  return [first, other]
}

beforeAll(async () => {
  hub = await startSandboxHub({ seed: seeded })
  hr = await newHome(folders[0])
  own = await newHome(folders[1])
  await enter(hr, 'hr')
  await enter(own, 'interviewer')
})
afterAll(async () => {
  await hr.stop('quit')
  await own.stop('quit')
  await hub.close()
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

describe('what an interviewer has', () => {
  it('[ZP-95] is what was assigned, and of nobody else a single row in the store', async () => {
    const expected = assignedAtHr().map(({ id }) => id)
    expect(expected.length).toBeGreaterThan(1)
    expect(ofStore(own).map(({ id }) => id)).toEqual(expected)
    expect(all(own, 'SELECT 1 FROM attachment')).toEqual([])
    expect(all(own, 'SELECT 1 FROM message')).toEqual([])
    const { items, total } = await own.call('candidate.list', { limit: 200 })
    expect(new Set(items.map(({ id }) => id))).toEqual(new Set(ofStore(own).map(({ record }) => record)))
    expect(total).toBe(items.length)
  })

  it('[ZP-95] counts, searches and offers nothing by which others could be told', async () => {
    const records = new Set(ofStore(own).map(({ record }) => record))
    const jobs = new Set(ofStore(own).map(({ job }) => job))
    const facets = await own.call('candidate.facets', {})
    for (const [name, values] of Object.entries(facets)) {
      for (const { count, value } of values) expect([name, value, count <= records.size]).toEqual([name, value, true])
    }
    expect(new Set(facets.job.map(({ value }) => value))).toEqual(jobs)
    const listed = await own.call('job.list', {})
    expect(new Set(listed.items.map(({ id }) => id as string))).toEqual(jobs)
    expect(listed.items.reduce((sum, { total }) => sum + total, 0)).toBe(ofStore(own).length)
    expect(listed.items.some((job) => 'next_due_at' in job)).toBe(false)
    const known = new Set(ofStore(own).map(({ person }) => person))
    for (const { person, id } of people) {
      for (const query of [person.phone, person.email, ...(known.has(id) ? [] : [person.name])]) {
        const { items, total } = await own.call('candidate.list', { query })
        // Words of one's own people may happen to be another's name; nobody else is ever counted.
        expect(total).toBeLessThanOrEqual(query === person.name ? records.size : 0)
        expect(items.every((item) => records.has(item.id))).toBe(true)
      }
    }
  })

  it('[ZP-95] [D17] holds no contact in any answer of any route that the role may call', async () => {
    const [note] = await Promise.all(
      ofStore(hr, 'a.id = ?', ofStore(own)[0]?.id ?? '').map(({ record, job, person }) => {
        const { phone, email, wechat, name } = people.find(({ id }) => id === person)?.person ?? people[0]!.person
        return hr.call('note.add', {
          id: record as never,
          job_id: job as never,
          text: `请联系 ${name}，电话 ${phone}，邮箱 ${email}，加 ${wechat}`,
          mentions: [me],
        })
      }),
    )
    expect(note?.id).toBeTypeOf('string')
    await sync(hr)
    await sync(own)
    const answers: string[] = []
    const called = new Set<string>()
    const take = async (route: string, input: unknown): Promise<string> => {
      called.add(route)
      const answer = await own.router.call(route, input)
      answers.push(JSON.stringify(answer))
      return answer.ok ? 'none' : answer.error.code
    }
    for (const { record: id, job: job_id } of ofStore(own)) {
      expect(await take('candidate.get', { id, job_id })).toBe('none')
      expect(await take('candidate.get', { id })).toBe('none')
      for (const field of detailFields) {
        for (const role of [undefined, 'hr'] as const) {
          expect(await take('candidate.explain', { id, job_id, field, ...(role === undefined ? {} : { role }) })).toBe(
            'none',
          )
        }
      }
      expect(await take('ledger.list', { record_id: id })).toBe('none')
      expect(await take('attachment.open', { id: `att-${id}` })).toBe('E_NOT_FOUND')
      expect(await take('attachment.page', { view: id, number: 1 })).toBe('E_NOT_FOUND')
      await take('attachment.close', { view: id })
      await take('leak.report', { id, text: '138 0013' })
      expect(
        await take('scorecard.give', {
          id,
          job_id,
          marks: { fit: 4 },
          recommendation: 'yes',
          text: '电话 13912345678',
        }),
      ).toBe('none')
      expect(await take('candidate.get', { id, job_id })).toBe('none')
    }
    const [first] = ofStore(own)
    const added = await own.call('note.add', { id: first?.record as never, text: '先看作品', mentions: ['acc-hr'] })
    for (const sort of ['newest', 'years', 'activity', 'score', 'salary'] as const)
      await take('candidate.list', { sort })
    for (const query of ['Java', '工程师', people[0]?.person.name]) await take('candidate.list', { query })
    await take('candidate.facets', {})
    for (const facet of Object.keys(await own.call('candidate.facets', {}))) {
      await take('candidate.list_values', { facet })
    }
    await take('note.add', { id: first?.record, text: '补充' })
    await take('note.edit', { id: added.id, text: '先看作品集' })
    await take('note.remove', { id: added.id })
    await take('note.restore', { id: added.id })
    expect(await take('mention.list', {})).toBe('none')
    await take('mention.counts', {})
    await take('mention.mark_seen', { notes: [note?.id] })
    for (const route of [
      'colleague.list',
      'job.list',
      'job.list_public',
      'ledger.list',
      'ledger.verify',
      'ledger.export',
      'certificate.list',
      'retention.status',
      'sync.status',
      'matching.get_shown',
      'permission.list',
      'policy.list',
      'policy.updates',
      'system.state',
      'system.paths',
      'system.routes',
    ])
      expect([route, await take(route, {})]).toEqual([route, 'none'])
    await take('certificate.get', { id: 'none' })
    await take('certificate.export', { id: 'none', as: 'json' })
    await take('policy.get', { platform: 'zhaopin' })
    // What neither reads nor tells of people: published posts, the session, its second factor, the vault, the servers that may be synced with, the window, the account's own switches.
    const elsewhere =
      /^(account|factor|hub_host|post|vault|settings|desktop|notice|sandbox|screen|permission|policy|sync|retention)\./
    const mine = Object.entries(routes as Readonly<Record<string, RouteDefinition>>)
      .filter(([name, { host, roles }]) => host === 'core' && roles.includes('interviewer') && !elsewhere.test(name))
      .map(([name]) => name)
    expect(mine.filter((name) => !called.has(name))).toEqual([])

    const text = answers.join('\n')
    const leaks = people
      .flatMap(({ person: { phone, email, wechat } }) => [phone, email, wechat])
      .filter((word) => text.includes(word))
    expect(leaks).toEqual([])
    expect(text).not.toContain('13912345678')
    const known = new Set(ofStore(own).map(({ person }) => person))
    const strangers = people.filter(({ id }) => !known.has(id)).map(({ id }) => id)
    expect(strangers.filter((id) => text.includes(`"${id}"`))).toEqual([])
    const names = people
      .map(({ person }) => person.name)
      .filter((name) => name.length > 2 && !colleagues.includes(name))
    expect([...new Set(names)].filter((name) => text.includes(name))).toEqual([])
  })

  it('[ZP-95] can reveal, export, move and send nothing', async () => {
    const [first] = ofStore(own)
    const codes = await Promise.all(
      (
        [
          ['candidate.reveal', { id: first?.record, field: 'phone', reason: 'contact' }],
          ['application.move', { ids: [first?.id], stage: 'reviewed' }],
          ['application.set_stage', { id: first?.id, stage: 'reviewed' }],
          ['message.send', { application_id: first?.id, text: 'x' }],
          ['message.greet', { application_id: first?.id, text: 'x' }],
          ['message.thread', { application_id: first?.id }],
          ['interview.list', {}],
          ['interview.calendar', { id: 'x' }],
          ['board.get', { job_id: first?.job }],
          ['job.get', { id: first?.job }],
          ['duplicate.list', { id: first?.record }],
          ['matching.explain', { id: first?.record }],
          ['report.get', { kind: 'funnel' }],
          ['pool.list', {}],
          ['assignment.add', { application_id: first?.id, account: me }],
          ['retention.plan', {}],
        ] as const
      ).map(async ([route, input]) => [route, await own.codeOf(route, input)]),
    )
    expect(codes.filter(([, code]) => code !== 'E_ROLE')).toEqual([])
  })
})

describe('an assignment', () => {
  it('[ZP-95] of one of two applications shows that one, and tells nothing of the other', async () => {
    const [one, other] = twice()
    await assign(one.id, true)
    const [mine] = ofStore(own, 'c.platform_id = ?', one.person)
    expect(mine?.id).toBe(one.id)
    expect(all(own, 'SELECT 1 FROM application WHERE id = ?', other.id)).toEqual([])
    const detail = await own.call('candidate.get', { id: mine?.record as never })
    expect(detail.others).toEqual([])
    const text = JSON.stringify(detail)
    expect(text).not.toContain(`"${other.id}"`)
    expect(text).not.toContain(`"${other.job}"`)
    expect(await own.codeOf('candidate.get', { id: mine?.record, job_id: other.job })).not.toBe('none')
    await assign(one.id, false)
  })

  it('[ZP-95] that ends takes the keys, the rows and the index with it, and one made anew brings the person back', async () => {
    const [other, one] = twice()
    await assign(one.id, true)
    await assign(other.id, true)
    const here = ofStore(own, 'c.platform_id = ?', one.person)
    expect(here.map(({ id }) => id).sort()).toEqual([one.id, other.id].sort())
    const record = here[0]?.record ?? ''
    const slotOf = (id: string): string =>
      all<{ key_slot: string }>(own, 'SELECT key_slot FROM application WHERE id = ?', id)[0]?.key_slot ?? ''
    const slots = {
      record:
        all<{ key_slot: string }>(own, 'SELECT key_slot FROM candidate WHERE record_id = ?', record)[0]?.key_slot ?? '',
      one: slotOf(one.id),
      other: slotOf(other.id),
    }
    const { account } = own.core
    const states = () => Object.values(slots).map((slot) => account?.keystore.state(slot))
    expect(states()).toEqual(['live', 'live', 'live'])
    await own.call('note.add', { id: record as never, job_id: other.job as never, text: '说得清楚' })
    await sync(own)

    await assign(other.id, false)
    expect(states()).toEqual(['live', 'live', 'destroyed'])
    expect(ofStore(own, 'c.platform_id = ?', one.person).map(({ id }) => id)).toEqual([one.id])
    expect((await own.call('candidate.list', { job_id: other.job as never })).items.map(({ id }) => id)).not.toContain(
      record,
    )
    expect(JSON.stringify(await own.call('candidate.get', { id: record as never }))).not.toContain('说得清楚')

    await assign(one.id, false)
    expect(states()).toEqual(['destroyed', 'destroyed', 'destroyed'])
    for (const [table, column, value] of [
      ['candidate', 'record_id', record],
      ['application', 'record_id', record],
      ['note', 'record_id', record],
      ['mention', 'application_id', other.id],
      ['scorecard', 'application_id', one.id],
      ['assignment', 'application_id', one.id],
      ['consent', 'platform_id', one.person],
      ['aside_change', 'candidate_id', one.person],
      ['seen_rev', 'id', one.person],
    ] as const) {
      expect([table, all(own, `SELECT 1 FROM ${table} WHERE ${column} = ?`, value)]).toEqual([table, []])
    }
    expect(account?.index.reader.all('SELECT 1 FROM list_row WHERE record_id = ?', record)).toEqual([])
    expect(await own.codeOf('candidate.get', { id: record })).toBe('E_NOT_FOUND')

    await assign(other.id, true)
    const [again] = ofStore(own, 'c.platform_id = ?', one.person)
    expect(again?.id).toBe(other.id)
    // What was said before comes back with it.
    expect(JSON.stringify(await own.call('candidate.get', { id: again?.record as never }))).toContain('说得清楚')
  })
})
