import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startHub, type RunningHub } from '../../electron/hub/start-hub.ts'
import type { HubTokens } from '../../electron/core/sync/hub-client.ts'
import { enqueue } from '../../electron/core/sync/outbox.ts'
import { getCursor, setCursor } from '../../electron/core/sync/sync-state.ts'
import { rejectionCodeOf } from '../helpers/error-code.ts'
import { sweepCounts } from '../helpers/sweep-counts.ts'
import { startFaultyProxy, type FaultyProxy } from '../helpers/faulty-proxy.ts'
import { openSyncAccount, signIn, type SyncAccount } from '../helpers/sync-account.ts'
import { dumpStore } from '../helpers/sync-place.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

let hub: RunningHub
let proxy: FaultyProxy
let hr: HubTokens
let clean: Record<string, unknown>
const now = Date.now()
const accountOf = (role: string) => {
  const found = hub.accounts.find((account) => account.role === role)
  if (found === undefined) throw new Error(`no account ${role}`)
  return found
}

const open: SyncAccount[] = []
const account = (options: Partial<Parameters<typeof openSyncAccount>[0]> = {}): SyncAccount => {
  const opened = openSyncAccount({ url: proxy.url, tokens: hr, now, ...options })
  open.push(opened)
  return opened
}

/** What an undisturbed run of a new device ends with, by the hub's state of this moment. */
const cleanRun = async (): Promise<Record<string, unknown>> => {
  const one = openSyncAccount({ url: hub.url, tokens: hr, now, times: { answer: 20_000 } })
  await one.runner.once()
  const dump = dumpStore(one.place)
  one.place.close()
  return dump
}

beforeAll(async () => {
  hub = await startHub({ home: undefined, seed: 60 })
  hr = await signIn(hub.url, accountOf('hr'))
  // What a first run reports comes back to later ones.
  await cleanRun()
  clean = await cleanRun()
})
afterAll(() => hub.close())
beforeEach(async () => {
  proxy = await startFaultyProxy(hub.url)
})
afterEach(async () => {
  for (const one of open.splice(0)) {
    await one.runner.close()
    one.place.close()
  }
  await proxy.close()
})

const pages = '/v1/changes'
type PageJson = { readonly changes: unknown[]; readonly next_cursor: string; readonly has_more: boolean }

describe('a run against a hub', () => {
  it('brings people with their applications and files, and says when it did', async () => {
    const { runner, place, progress } = account()
    await runner.once()
    const status = runner.status()
    expect(status.counts.candidates).toBeGreaterThan(40)
    expect(status.counts.attachments).toBeGreaterThan(0)
    expect(status).toMatchObject({ progress: { state: 'done' }, outbox: { waiting: 0, rejected: 0, unplaced: 0 }, local: false })
    expect(status.lease_until).toBe((status.last_success_at ?? 0) + 72 * 3_600_000)
    const lonely = place.store.get<{ n: number }>(
      'SELECT count(*) AS n FROM candidate c WHERE NOT EXISTS (SELECT 1 FROM application a WHERE a.record_id = c.record_id)',
    )
    expect(lonely?.n).toBe(0)
    expect(dumpStore(place)).toEqual(clean)
    expect(progress.map((one) => one.phase)).toEqual(
      expect.arrayContaining(['account', 'outbox', 'changes', 'attachments']),
    )
  })

  it('has nothing left to do the second time', async () => {
    const { runner, facts } = account()
    await runner.once()
    facts.splice(0)
    await runner.once()
    expect(facts.filter((one) => one.event === 'sync.page')).toMatchObject([{ changes: 0 }])
  })

  it('[QY-09] brings no candidate of a platform that has none', () => {
    const platforms = (clean.candidate as Array<{ platform: string }>).map((one) => one.platform)
    expect(new Set(platforms)).toEqual(new Set(['zhaopin', 'lagou', 'wanzhou', 'maimai']))
  })

  it('pushes the log and keeps the witness’s cosignature', async () => {
    const { runner, place } = account()
    place.ledger.append(place.actor, [{ action: 'sign_in', outcome: 'done' }])
    await runner.once()
    expect(place.ledger.pendingPush()).toBeNull()
    expect(place.ledger.lastCosigned()?.size).toBe(place.ledger.size())
  })

  it('goes on with a log whose push was taken but whose answer was lost', async () => {
    const { runner, place } = account({ times: { pause: 1 } })
    await runner.once()
    place.ledger.append(place.actor, [{ action: 'sign_in', outcome: 'done' }])
    proxy.inject({ kind: 'cut', asked: true }, { path: '/v1/outbox', times: 9 })
    expect(await rejectionCodeOf(runner.once())).toBe('E_HUB_UNREACHABLE')
    place.ledger.append(place.actor, [{ action: 'sign_in', outcome: 'done' }])
    proxy.clear()
    await runner.once()
    expect(place.ledger.lastCosigned()?.size).toBe(place.ledger.size())
  })
})

describe('[ZP-19] faults on the way end in the same state as a clean run', () => {
  const sameAfter = async (prepare: () => void, tries = 1): Promise<void> => {
    const { runner, place } = account()
    prepare()
    for (let attempt = 1; ; attempt += 1) {
      const code = await rejectionCodeOf(runner.once())
      if (code === 'none') break
      expect(attempt).toBeLessThan(tries)
    }
    expect(dumpStore(place)).toEqual(clean)
  }

  it('500 between pages', () =>
    sameAfter(() => proxy.inject({ kind: 'status', status: 500 }, { path: pages, times: 2 })))
  it('429 with Retry-After', () =>
    sameAfter(() => proxy.inject({ kind: 'status', status: 429, retryAfter: 1 }, { path: pages })))
  it('503 with Retry-After', () =>
    sameAfter(() => proxy.inject({ kind: 'status', status: 503, retryAfter: 1 }, { path: '/v1/me' })))
  it('a connection cut before and after the hub did its work', () =>
    sameAfter(() => {
      proxy.inject({ kind: 'cut', asked: false }, { path: pages })
      proxy.inject({ kind: 'cut', asked: true }, { path: pages })
    }))
  it('a body cut in its middle', () => sameAfter(() => proxy.inject({ kind: 'truncated' }, { path: pages, times: 2 })))
  it('an attachment cut in its middle', () =>
    sameAfter(() => proxy.inject({ kind: 'truncated' }, { path: '/v1/attachments', times: 3 })))
  it('HTML instead of a page', () => sameAfter(() => proxy.inject({ kind: 'nonsense' }, { path: pages }), 2))
  it('JSON that is no page', () =>
    sameAfter(() => proxy.inject({ kind: 'rewrite', change: () => ({ changes: 'all' }) }, { path: pages }), 2))
  it('a page that comes twice', () => sameAfter(() => proxy.inject({ kind: 'repeat_page' }, { path: pages, times: 3 })))
  it('pages in reverse', () => sameAfter(() => proxy.inject({ kind: 'reorder' }, { path: pages, times: 99 })))
  it('changes that come twice in a page', () =>
    sameAfter(() =>
      proxy.inject(
        {
          kind: 'rewrite',
          change: (json) => ({
            ...(json as PageJson),
            changes: (json as PageJson).changes.flatMap((one) => [one, one]),
          }),
        },
        { path: pages, times: 99 },
      ),
    ))
  it('flipped bits in an attachment are noticed by its hash and mended by the next run', async () => {
    let flips = 1
    const flipping: typeof fetch = async (input, init) => {
      const response = await fetch(input, init)
      const url = input instanceof Request ? input.url : String(input)
      if (!url.includes('/v1/attachments/') || flips === 0) return response
      flips -= 1
      const bytes = new Uint8Array(await response.arrayBuffer())
      bytes[0] = (bytes[0] ?? 0) ^ 1
      return new Response(bytes, { status: response.status, headers: response.headers })
    }
    const { runner, place, facts } = account({ fetch: flipping })
    await runner.once()
    expect(facts).toContainEqual(expect.objectContaining({ event: 'sync.attachments', failed: 1 }))
    expect(dumpStore(place)).not.toEqual(clean)
    await runner.once()
    expect(dumpStore(place)).toEqual(clean)
  })
  it('an expired cursor starts over and loses nothing', async () => {
    const { runner, place } = account()
    await runner.once()
    setCursor(place.store, 'bm9uc2Vuc2U')
    await runner.once()
    expect(dumpStore(place)).toEqual(clean)
    expect(getCursor(place.store)).not.toBe('bm9uc2Vuc2U')
  })
  it('a cancelled run goes on from its last whole page', async () => {
    const { runner, place, progress } = account({ pageSize: 5 })
    const running = runner.once()
    const code = rejectionCodeOf(running)
    while (!progress.some((one) => one.phase === 'changes' && one.done > 10))
      await new Promise((resolve) => setImmediate(resolve))
    runner.cancel()
    expect(await code).toBe('E_CANCELLED')
    expect(runner.status().progress.state).toBe('cancelled')
    expect(getCursor(place.store)).not.toBeNull()
    await runner.once()
    expect(dumpStore(place)).toEqual(clean)
  })
})

describe('faults that a run must name', () => {
  it('a line that went dead', async () => {
    const { runner } = account({ times: { answer: 100, idle: 100, pause: 1 } })
    proxy.inject({ kind: 'stall', milliseconds: 400 }, { path: '/.well-known', times: 9 })
    expect(await rejectionCodeOf(runner.once())).toBe('E_HUB_UNREACHABLE')
    expect(runner.status().progress).toMatchObject({ state: 'failed', error: { code: 'E_HUB_UNREACHABLE' } })
  })

  it('a hub that asks for a longer pause is not asked again before it', async () => {
    const { runner } = account()
    proxy.inject({ kind: 'status', status: 429, retryAfter: 600 }, { path: '/v1/me' })
    expect(await rejectionCodeOf(runner.once())).toBe('E_RATE')
    const before = proxy.seen.length
    expect(await rejectionCodeOf(runner.once())).toBe('E_RATE')
    expect(proxy.seen.length).toBe(before)
  })

  it('a page that names itself as the next one for ever', async () => {
    const { runner, place } = account()
    setCursor(place.store, null)
    proxy.inject(
      { kind: 'rewrite', change: (json) => ({ ...(json as PageJson), next_cursor: 'same', has_more: true }) },
      { path: pages, times: 1 },
    )
    proxy.inject(
      {
        kind: 'status',
        status: 200,
        body: JSON.stringify({ changes: [], next_cursor: 'same', has_more: true, server_time: '2026-03-02T00:00:00Z' }),
      },
      { path: pages, times: 99 },
    )
    expect(await rejectionCodeOf(runner.once())).toBe('E_HUB_ANSWER')
  })

  it('a session that the hub no longer takes', async () => {
    const { runner, tokens } = account({ tokens: { access: 'worn', refresh: 'out', expires_at: Date.now() + 600_000 } })
    expect(await rejectionCodeOf(runner.once())).toBe('E_SIGN_IN')
    expect(tokens()).toBeNull()
  })

  it('[ZP-101] a revoked device is told apart, so that it can wipe itself', async () => {
    const own = await signIn(hub.url, accountOf('officer'))
    const { runner, hub: client, place, revoked } = account({ tokens: own, role: 'officer' })
    await runner.once()
    const answer = await fetch(`${hub.url}/v1/devices/${place.ledger.deviceId}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${own.access}` },
    })
    expect(answer.status).toBe(204)
    expect(await rejectionCodeOf(client.me())).toBe('E_REVOKED')
    expect(await rejectionCodeOf(runner.once())).toBe('E_REVOKED')
    expect(revoked()).toBe(1)
  })
})

describe('a headhunter', () => {
  it('[ZP-22] gets no file, and no contact with whom nobody delivered', async () => {
    const tokens = await signIn(hub.url, accountOf('headhunter'))
    const one = account({ tokens, role: 'headhunter', keeps: false })
    await one.runner.once()
    const dump = dumpStore(one.place)
    expect((dump.candidate as unknown[]).length).toBeGreaterThan(0)
    expect(proxy.seen.filter((line) => line.includes('/v1/attachments'))).toEqual([])
    const contacts = (dump.candidate as Array<{ plain: { contact: Record<string, unknown> | null } }>).map(
      (row) => row.plain.contact,
    )
    expect(
      contacts.flatMap((contact) => Object.keys(contact ?? {})).filter((key) => key !== 'evidence' && key !== 'name'),
    ).toEqual([])
  })
})

describe('a killed process', () => {
  const child = fileURLToPath(new URL('../helpers/sync-child.ts', import.meta.url))
  /** Runs one whole sync in a process of its own; gives its exit code, null when it was killed. */
  const runChild = async (home: string, crashAt: string | undefined, killAfter?: number): Promise<number | null> => {
    const { CANDOR_CRASH_AT: _own, ...environment } = process.env
    const started = fork(child, {
      env: { ...environment, ...(crashAt === undefined ? {} : { CANDOR_CRASH_AT: crashAt }) },
      execArgv: [],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    started.send({ url: proxy.url, home, tokens: hr, pageSize: 10, now })
    if (killAfter !== undefined) {
      await once(started, 'message')
      setTimeout(() => started.kill('SIGKILL'), killAfter)
    }
    const [code] = (await once(started, 'exit')) as [number | null]
    return code
  }

  it('[ZP-19] in the middle of a run loses nothing and doubles nothing', async () => {
    const home = temporaryFolder()
    for (const point of ['sync.keys', 'sync.page', 'sync.keys', 'sync.page']) {
      expect(await runChild(home, point)).toBeNull()
    }
    for (let kill = 0; kill < sweepCounts.kills; kill += 1) {
      // Spread over the run without a pattern: the golden ratio visits every moment.
      await runChild(home, undefined, 20 + Math.floor(((kill * 0.618_034) % 1) * 200))
    }
    expect(await runChild(home, undefined)).toBe(0)
    const one = account({ home })
    expect(dumpStore(one.place)).toEqual(clean)
    const seals = one.place.store.get<{ n: number }>('SELECT count(*) AS n FROM pending_entry')
    expect(seals?.n).toBe(0)
  }, 180_000)
})

// Last: what it sends changes what later runs get.
describe('the outbox', () => {
  const noteFor = (one: SyncAccount, id: string, text: string): void => {
    const row = one.place.store.get<{ id: string; record_id: string; platform_id: string }>(
      `SELECT a.id, a.record_id, c.platform_id FROM application a JOIN candidate c ON c.record_id = a.record_id
       WHERE c.life = 'live' ORDER BY a.id LIMIT 1`,
    )
    if (row === undefined) throw new Error('nobody is here')
    one.place.store.transaction(() => {
      enqueue(
        one.place,
        {
          kind: 'note',
          id,
          body: { candidate_id: row.platform_id, application_id: row.id, at: '2026-03-02T00:00:00Z', text },
          recordId: row.record_id,
          applicationId: row.id,
        },
        one.place.clock.now(),
      )
    })
  }

  it('is accepted once, however often its answer gets lost', async () => {
    const one = account({ times: { pause: 1 } })
    await one.runner.once()
    const id = '0b5f3c1e-7b8a-4d0a-9c55-3f0f4be1a001'
    noteFor(one, id, '一次')
    proxy.inject({ kind: 'cut', asked: true }, { path: '/v1/outbox', times: 9 })
    expect(await rejectionCodeOf(one.runner.once())).toBe('E_HUB_UNREACHABLE')
    expect(one.runner.status().outbox).toEqual({ waiting: 1, rejected: 0, unplaced: 0 })
    proxy.clear()
    await one.runner.once()
    expect(one.runner.status().outbox).toEqual({ waiting: 0, rejected: 0, unplaced: 0 })
    const rows = await hub.hub.db.selectFrom('outbox_item').select('id').where('id', '=', id).execute()
    expect(rows).toHaveLength(1)
    const notes = await hub.hub.db
      .selectFrom('record')
      .select('id')
      .where('type', '=', 'note')
      .where('id', '=', id)
      .execute()
    expect(notes).toHaveLength(1)
  })

  it('keeps what the hub rejects, named, and sends the rest', async () => {
    const one = account()
    await one.runner.once()
    enqueue(
      one.place,
      { kind: 'stage', id: '0b5f3c1e-7b8a-4d0a-9c55-3f0f4be1a002', body: { application_id: 'nobody', stage: 'offer' } },
      one.place.clock.now(),
    )
    noteFor(one, '0b5f3c1e-7b8a-4d0a-9c55-3f0f4be1a003', '第二条')
    await one.runner.once()
    expect(one.runner.status().outbox).toEqual({ waiting: 0, rejected: 1, unplaced: 0 })
    expect(one.place.store.all('SELECT kind, problem FROM outbox')).toEqual([{ kind: 'stage', problem: 'not_found' }])
  })
})
