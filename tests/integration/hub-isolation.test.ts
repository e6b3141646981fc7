import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Operation } from '../../electron/hub/operation.ts'
import { operations } from '../../electron/hub/operations.ts'
import { jsonLine } from '../../electron/hub/service/log-line.ts'
import {
  outboxBodies,
  outboxAnswer,
  type OutboxKind,
  type SyncRole,
} from '../../electron/shared/domain/sync-records.ts'
import type { HubAnswer } from '../helpers/hub-client.ts'
import { addressOf, sampleCall, sampleOf, type SampledCall } from '../helpers/sample-input.ts'
import { startSandboxHub, type SandboxHub } from '../helpers/sandbox-hub.ts'
import { sweepCounts } from '../helpers/sweep-counts.ts'
import { addStrangers, digestOf, idsOfTheirs, roles, theirs, type Strangers } from '../helpers/two-employers.ts'

/**
 * Attack: people of one employer call everything that the hub answers with the ids of another's, in one database. Every operation is
 * taken from the list that the server serves, so a new one is walked without a word here.
 */

/**
 * Moves the clock of the whole sandbox: no part of the protocol. Streams do not end; they are tested by themselves. The last one
 * takes no id, and ends the caller's own sessions, so that nobody would call any more.
 */
const left = new Set(['sandboxMoveClock', 'streamEvents', 'changePassword'])
const walked = operations(true).filter(({ id }) => !left.has(id))
/** What one names there is made in one's own employer, whoever else has such an id. */
const ownNamespace = new Set(['putDevice', 'sandboxPutAttachment', 'sandboxPutRecords', 'sandboxDeleteCandidate'])

const lines: string[] = []
let hub: SandboxHub
let strangers: Strangers
let ids: Readonly<Record<string, string>>
let before: Readonly<Record<string, string>>
beforeAll(async () => {
  hub = await startSandboxHub({
    seed: 20,
    limitFactor: Infinity,
    log: (line) => lines.push(jsonLine(line, 0)),
  })
  ids = await idsOfTheirs(hub)
  strangers = await addStrangers(hub)
  before = await digestOf(hub, theirs)
})
afterAll(() => hub.close())

const call = (entry: Operation, sampled: SampledCall, role: SyncRole): Promise<HubAnswer> => {
  const client =
    entry.auth === 'session'
      ? strangers.clients[role]
      : entry.auth === 'candidate'
        ? hub.client.withToken(strangers.link)
        : hub.client
  const body = sampled.body as Readonly<Record<string, string>> | undefined
  return client.call(entry.method, addressOf(entry, sampled), {
    ...(body === undefined ? {} : entry.form === true ? { form: body } : { json: body }),
  })
}
const pick = (name: string): string | undefined => (name === 'token' ? strangers.link : ids[name])
const unchanged = async (): Promise<void> => expect(await digestOf(hub, theirs)).toEqual(before)
/** Nothing of theirs is in an answer but what the call itself named. */
const tellsNothing = (answer: HubAnswer, sampled: SampledCall): void => {
  const named = new Set([...Object.values(sampled.params), ...Object.values(ids)])
  let { text } = answer
  for (const one of named) text = text.replaceAll(one, '')
  expect(text).not.toMatch(/北辰|acc-|cand-0|job-\d/u)
}

describe('another employer’s people, and the roles of one’s own', () => {
  it.each(walked.map((entry) => [`${entry.method} ${entry.path}`, entry] as const))(
    '%s changes and tells nothing, and is for its roles only',
    async (_name, entry) => {
      for (const role of entry.auth === 'session' ? roles : roles.slice(0, 1)) {
        const sampled = sampleCall(entry, pick)
        const answer = await call(entry, sampled, role)
        const allowed = entry.roles === undefined || entry.roles.includes(role)
        expect([role, answer.status === 403 && answer.code === 'role']).toEqual([role, !allowed])
        expect(answer.status).toBeLessThan(500)
        // Who calls is somebody all the time: a session that had ended would prove nothing.
        if (entry.auth === 'session') expect([401, 410]).not.toContain(answer.status)
        tellsNothing(answer, sampled)
        if (entry.auth !== 'session' || !/\{\w*id\}/.test(entry.path) || ownNamespace.has(entry.id)) continue
        expect([entry.id, [400, 403, 404, 409].includes(answer.status)]).toEqual([entry.id, true])
      }
      await unchanged()
    },
  )

  it.each(Object.keys(outboxBodies) as OutboxKind[])('an outbox item %s reaches no record of theirs', async (kind) => {
    for (const role of roles) {
      const item = { id: randomUUID(), kind, at: new Date().toISOString(), body: sampleOf(outboxBodies[kind], pick) }
      const answer = await strangers.clients[role].call('POST', '/v1/outbox', { json: { items: [item] } })
      expect(answer.as(outboxAnswer).results).toHaveLength(1)
      expect(answer.text).not.toMatch(/北辰/u)
    }
    await unchanged()
  })

  it('whatever id of theirs stands in whatever place', async () => {
    const pool = [...new Set(Object.values(ids)), theirs, `request|${ids['request_id']}`, `${theirs}|cand-000005`]
    const entries = walked.filter(
      ({ auth, id }) => auth === 'session' && !id.startsWith('sandbox') && id !== 'putDevice',
    )
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...entries),
        fc.constantFrom(...roles),
        fc.infiniteStream(fc.constantFrom(...pool)),
        async (entry, role, stream) => {
          const sampled = sampleCall(entry, (name) =>
            /id|account|candidate|device|name|cursor/.test(name) ? stream.next().value : undefined,
          )
          const answer = await call(entry, sampled, role)
          expect(answer.status).toBeLessThan(500)
          await unchanged()
        },
      ),
      { numRuns: sweepCounts.isolationRuns },
    )
  })

  it('their own people reach by the same ids what strangers do not', async () => {
    const [hr, admin, officer] = await Promise.all([hub.signIn('hr'), hub.signIn('admin'), hub.signIn('officer')])
    const own = async (client: typeof hr, id: string): Promise<number> => {
      const entry = walked.find((one) => one.id === id)
      if (entry === undefined) throw new Error(`no ${id}`)
      const sampled = sampleCall(entry, pick)
      const options = sampled.body === undefined ? {} : { json: sampled.body }
      return (await client.call(entry.method, addressOf(entry, sampled), options)).status
    }
    expect(await own(hr, 'getAttachment')).toBe(200)
    expect(await own(officer, 'decideApproval')).toBe(200)
    expect(await own(officer, 'releaseHold')).toBe(204)
    expect(await own(officer, 'revokeCandidateLink')).toBe(204)
    expect(await own(admin, 'updateAccount')).toBe(200)
    expect(await own(admin, 'revokeDevice')).toBe(204)
    const after = await digestOf(hub, theirs)
    expect(Object.keys(before).filter((table) => before[table] !== after[table])).toEqual(
      expect.arrayContaining(['candidate_link', 'device', 'record']),
    )
    before = after
  })
})

const poison = [
  "' or '1'='1",
  "'; drop table record; --",
  '../../../../etc/passwd',
  '%2e%2e%2f%00',
  '\u0000',
  '__proto__',
  'constructor',
  '{"$ne":null}',
  '${7*7}{{7*7}}<%= 7*7 %>',
  'a\r\nx-injected: 1',
  '\ud800',
  '９'.repeat(300),
] as const

/** The call with another text in the place that is the nth of all its texts. */
const poisoned = (sampled: SampledCall, nth: number, text: string): SampledCall | undefined => {
  let seen = 0
  let done = false
  const change = (value: unknown): unknown => {
    if (typeof value === 'string') {
      done ||= seen === nth
      return seen++ === nth ? text : value
    }
    if (Array.isArray(value)) return value.map(change)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, change(one)]))
  }
  const { params, query, body } = change({
    params: sampled.params,
    query: sampled.query,
    body: sampled.body,
  }) as SampledCall
  return done ? { ...sampled, params, query, body } : undefined
}

describe('texts that are meant to break something', () => {
  it('are texts in every place of every call', async () => {
    const each = sweepCounts.poisons
    let turn = 0
    for (const entry of walked) {
      for (let nth = 0; ; nth += 1) {
        if (poisoned(sampleCall(entry, pick), nth, '') === undefined) break
        for (let count = 0; count < Math.min(each, poison.length); count += 1) {
          const text = poison[turn++ % poison.length] ?? ''
          const sampled = poisoned(sampleCall(entry, pick), nth, text)
          if (sampled === undefined) continue
          const answer = await call(entry, sampled, entry.roles?.[0] ?? 'admin')
          expect([entry.id, nth, text, answer.status < 500]).toEqual([entry.id, nth, text, true])
          expect(answer.headers.get('x-injected')).toBeNull()
          expect(answer.text).not.toMatch(/root:x:|syntax error|at .*\.ts:\d/)
        }
      }
    }
    await unchanged()
  })

  it('as keys, as depth and as headers', async () => {
    const admin = strangers.clients.admin
    const headers = { authorization: `Bearer ${admin.token}`, 'content-type': 'application/json' }
    const post = async (path: string, body: string, more: Readonly<Record<string, string>> = {}) => {
      const answer = await fetch(hub.url + path, { method: 'POST', headers: { ...headers, ...more }, body })
      return [answer.status, ((await answer.json()) as { code?: string }).code] as const
    }
    const deep = '['.repeat(20_000) + ']'.repeat(20_000)
    for (const path of ['/v1/accounts', '/v1/approvals', '/v1/outbox', '/v1/invitations']) {
      expect(await post(path, '{"__proto__":{"role":"admin"},"role":"hr","name":"p"}')).toEqual([
        400,
        'invalid_request',
      ])
      expect(await post(path, '{"constructor":{"prototype":{"role":"admin"}}}')).toEqual([400, 'invalid_request'])
      expect((await post(path, deep))[0]).toBe(400)
      expect((await post(path, `{"items":${deep}}`))[0]).toBe(400)
      expect((await post(path, '{"role":"hr"'))[0]).toBe(400)
    }
    expect(({} as { role?: string }).role).toBeUndefined()
    for (const text of poison.filter((one) => /^[\x20-\x7e]+$/.test(one))) {
      for (const name of [
        'authorization',
        'range',
        'if-none-match',
        'accept-language',
        'x-forwarded-for',
        'content-type',
        'idempotency-key',
      ]) {
        const answer = await fetch(`${hub.url}/v1/me`, {
          headers: { authorization: headers.authorization, [name]: text },
        })
        expect([name, text, answer.status < 500]).toEqual([name, text, true])
      }
    }
    await unchanged()
  })
})

describe('keys', () => {
  /** Found before anybody knows whose they are; each is the hash of a random secret unless it says otherwise. */
  const exceptions: Readonly<Record<string, string>> = {
    'account (login)': 'who signs in says a login and no employer',
    'session (access_hash)': 'hash of a random secret',
    'session (refresh_hash)': 'hash of a random secret',
    'device_grant (device_hash)': 'hash of a random secret',
    'device_grant (user_code)': 'typed on the phone before anybody is known; random, and gone in minutes',
    'candidate_link (token_hash)': 'hash of a random secret',
    'invitation_token (token_hash)': 'hash of a random secret',
    'password_link (token_hash)': 'hash of a random secret',
  }

  it('are led by the employer, so that a cluster can keep each employer’s rows together', async () => {
    const { rows } = await sql<{ name: string; columns: string }>`select t.relname as name,
        (select string_agg(a.attname, ', ' order by k.ord) from unnest(i.indkey) with ordinality k(num, ord)
           join pg_attribute a on a.attrelid = t.oid and a.attnum = k.num) as columns
      from pg_index i join pg_class t on t.oid = i.indrelid join pg_namespace n on n.oid = t.relnamespace
      where i.indisunique and n.nspname = 'public' and t.relname not like 'kysely_%'`.execute(hub.hub.db)
    expect(rows.length).toBeGreaterThan(25)
    const others = rows
      .filter(({ columns }) => !/^employer_id\b/.test(columns))
      .map(({ name, columns }) => `${name} (${columns})`)
    expect(others.sort()).toEqual(Object.keys(exceptions).sort())
  })
})

describe('the log of all of this', () => {
  it('has a line for every route, and no token, login, name, id or contact in any', async () => {
    const text = lines.join('')
    for (const entry of walked) expect(text).toContain(JSON.stringify(entry.path.replaceAll(/\{(\w+)\}/g, ':$1')))
    const accounts = await hub.hub.db.selectFrom('account').select(['id', 'login', 'name', 'employer_id']).execute()
    const words = [
      ...accounts.flatMap(({ id, login, name, employer_id }) => [
        id,
        login,
        employer_id,
        ...(name.length > 1 && !/^[a-z]+$/.test(name) ? [name] : []),
      ]),
      ...Object.values(strangers.clients).map(({ token }) => token),
      strangers.link,
      hub.passwordOf('hr'),
      ...Object.values(ids),
    ]
    expect(words.length).toBeGreaterThan(30)
    for (const word of words) expect(text).not.toContain(word)
    expect(text).not.toMatch(/@|1[3-9]\d{9}|cand-|etc\/passwd/)
  })
})
