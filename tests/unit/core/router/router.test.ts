import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { handlers } from '../../../../electron/core/handlers.ts'
import type { Handlers } from '../../../../electron/core/handler.ts'
import { logPath } from '../../../../electron/core/log-file.ts'
import { createRouter } from '../../../../electron/core/router.ts'
import { errorCode } from '../../../../electron/shared/ipc/ipc-error.ts'
import { routes, type RouteName } from '../../../../electron/shared/ipc/routes/index.ts'
import type { RouteDefinition } from '../../../../electron/shared/ipc/define-route.ts'
import { newHome, newLocalHome, openCoreHome, parsedFile, parserOf, passphrase } from '../../../helpers/core-home.ts'
import type { CoreHome } from '../../../helpers/core-home.ts'
import { temporaryFolder } from '../../../helpers/temporary-folder.ts'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { openToUnverified } from './open-to-unverified.ts'

const all = Object.entries(routes as Readonly<Record<string, RouteDefinition>>)
const folder = mkdtempSync(join(tmpdir(), 'candor-router-'))
let core: CoreHome
let jobId = ''

beforeAll(async () => {
  core = await newLocalHome(folder, {
    parser: parserOf((name) => parsedFile({ name: '欧阳修远', phone: '13912345678', email: `${name}@example.com` })),
  })
  jobId = (await core.call('job.create', { title: '测试工程师' })).id
})
afterAll(async () => {
  await core.stop('quit')
  rmSync(folder, { recursive: true, force: true })
})

const intake = async (name: string): Promise<string> => {
  const content = Buffer.from(`file ${name}`).toString('base64')
  const output = await core.call('intake.add', { name, content_base64: content, job_id: jobId as never })
  if (output.result !== 'imported') throw new Error(output.result)
  return output.record_id
}

describe('the contract as data', () => {
  it('lists every route with access, action, roles and JSON Schema', async () => {
    const { routes: listed } = await core.call('system.routes', {})
    expect(listed.map((route) => route.name).sort()).toEqual(all.map(([name]) => name).sort())
    for (const route of listed) {
      const known = routes[route.name as RouteName] as RouteDefinition
      expect(route).toMatchObject({ host: known.host, access: known.access, roles: known.roles })
      expect(route.action).toBe(known.action)
      const { oneOf = [route.input] } = route.input as { oneOf?: unknown[] }
      for (const form of oneOf) expect(form).toMatchObject({ type: 'object' })
      expect(route.output).toHaveProperty('$schema')
    }
  })

  it('names a ledger action for whatever is not reading', () => {
    for (const [name, route] of all) expect([name, route.action !== undefined]).toEqual([name, route.access !== 'read'])
  })
})

describe('the order of checks', () => {
  it('knows the route, then the input, then who calls', async () => {
    const closed = openCoreHome(temporaryFolder(), { parser: parserOf(() => parsedFile({})) })
    expect(await closed.codeOf('no.such', { title: 7 })).toBe('E_ROUTE')
    expect(await closed.codeOf('job.create', { title: 7 })).toBe('E_INPUT')
    expect(await closed.codeOf('job.create', { title: 'x' })).toBe('E_SESSION')
    expect(await closed.codeOf('candidate.list', {})).toBe('E_SESSION')
    await closed.stop('quit')
  })

  it('finds nothing under names that every object has, nor what main serves', async () => {
    const names = ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf', '', ' job.list', 'job.list ']
    for (const name of [...names, 'clipboard.copy', 'vault.lock', 'sandbox.start']) {
      expect([name, await core.codeOf(name, {})]).toEqual([name, 'E_ROUTE'])
    }
  })

  it('writes a refusal by role into the ledger, with what was tried', async () => {
    const { core: inner } = core
    const { account } = inner
    if (account === null) throw new Error()
    const licensed = { ...account.gates(), licenceUntil: Date.UTC(2099, 0, 1) }
    inner.account = { ...account, role: 'headhunter', gates: () => licensed }
    const before = inner.vault?.ledger.size() ?? 0
    expect(await core.codeOf('job.create', { title: 'x' })).toBe('E_ROLE')
    inner.account = { ...account, role: 'unverified' }
    expect(await core.codeOf('candidate.list', {})).toBe('E_UNVERIFIED')
    inner.account = account
    const { items } = await core.call('ledger.list', { limit: 10 })
    expect(items.filter((row) => row.i >= before).map((row) => [row.action, row.outcome])).toEqual([
      ['log_read', 'shown'],
      ['search_hit', 'denied'],
      ['stage', 'denied'],
    ])
  })

  it('[ZP-42] answers E_UNVERIFIED to an unverified account on every route that meets a candidate', async () => {
    const { core: inner } = core
    const { account } = inner
    if (account === null) throw new Error()
    const id = await intake('unverified')
    const application = account.store.reader.get<{ id: string }>('SELECT id FROM application WHERE record_id = ?', id)
    inner.account = { ...account, role: 'unverified' }
    const calls: ReadonlyArray<readonly [RouteName, unknown]> = [
      ['candidate.list', {}],
      ['candidate.facets', {}],
      ['candidate.get', { id }],
      ['candidate.reveal', { id, field: 'phone', reason: 'contact' }],
      ['candidate.explain', { id, field: 'phone' }],
      ['candidate.confirm_age', { id }],
      ['application.set_stage', { id: application?.id, stage: 'reviewed' }],
      ['note.add', { id, text: 'x' }],
      ['attachment.open', { id: 'a' }],
      ['attachment.page', { view: 'a', number: 1 }],
      ['attachment.reveal', { view: 'a', number: 1, reason: 'contact' }],
      ['attachment.close', { view: 'a' }],
      ['intake.add', { name: 'x', content_base64: '', job_id: jobId }],
      ['quarantine.list', {}],
      ['quarantine.retry', { id: 'x', job_id: jobId }],
      ['quarantine.discard', { id: 'x' }],
      ['purpose.add', { id, job_id: jobId, legal_basis: 'consent', reference: '电话同意' }],
      ['leak.report', { id, text: '138 0013' }],
      ['policy.tighten', { platform: 'direct', document: '' }],
      ['retention.plan', {}],
      ['retention.counts', {}],
      ['retention.destroy_now', { application_ids: [application?.id] }],
    ]
    for (const [name, input] of calls) expect([name, await core.codeOf(name, input)]).toEqual([name, 'E_UNVERIFIED'])
    inner.account = account
    // Whoever adds a route about candidates adds it above: these are the ones left for everybody.
    const open = all.filter(([, route]) => route.host === 'core' && route.roles.includes('unverified'))
    expect(open.map(([name]) => name).sort()).toEqual(openToUnverified)
  })
})

describe('whatever is sent', () => {
  // Keys, sessions and clocks change by calls that would end this session; their inputs are fuzzed where nothing is open.
  const shaped = fc.oneof(
    fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true, withMap: true }),
    fc.record(
      {
        id: fc.anything(),
        job_id: fc.oneof(fc.string(), fc.anything()),
        limit: fc.oneof(fc.integer(), fc.double(), fc.string()),
        cursor: fc.string(),
        query: fc.string({ unit: 'binary' }),
        text: fc.string(),
        field: fc.constantFrom('phone', '__proto__', 'name', 'x'),
        reason: fc.constantFrom('contact', 'x'),
        application_ids: fc.array(fc.string()),
        sort: fc.constantFrom('due', 'newest', 'constructor'),
        stage: fc.constantFrom('new', 'x'),
        ['__proto__']: fc.anything(),
      },
      { requiredKeys: [] },
    ),
  )
  const harmless = all
    .filter(([, route]) => route.host === 'core')
    .map(([name]) => name)
    .filter((name) => !/^(vault|account|sandbox|notice|settings|retention\.run)/.test(name))

  it('answers with data or a code of the closed set, a thousand times', async () => {
    await intake('fuzz')
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...harmless), shaped, async (name, input) => {
        const code = await core.codeOf(name, input)
        expect(code === 'none' || errorCode.options.includes(code as never)).toBe(true)
        expect([name, code]).not.toEqual([name, 'E_INTERNAL'])
      }),
      { numRuns: 1000 },
    )
  })

  it('answers so without a vault, too', async () => {
    const closed = openCoreHome(temporaryFolder(), { parser: parserOf(() => parsedFile({})) })
    const names = all.map(([name]) => name).filter((name) => name !== 'vault.create')
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names), shaped, async (name, input) => {
        const code = await closed.codeOf(name, input)
        expect([name, code]).not.toEqual([name, 'E_INTERNAL'])
        expect(code === 'none' || errorCode.options.includes(code as never)).toBe(true)
      }),
      { numRuns: 300 },
    )
    await closed.stop('quit')
  })
})

describe('a handler that fails', () => {
  const failing = (error: unknown): Handlers => ({
    ...handlers,
    'job.list': {
      read: () => {
        throw error
      },
    },
  })
  const secret = '欧阳修远 13912345678 SELECT * FROM candidate /home/somebody'

  it.each([
    ['an error', new Error(secret)],
    ['an error with a code of its own', Object.assign(new Error(secret), { code: secret })],
    ['a text', secret],
    ['nothing', undefined],
  ])('leaks nothing of %s into the answer or the log', async (_what, error) => {
    const before = readFileSync(logPath(core.home), 'utf8').length
    const answer = await createRouter(core.core, failing(error)).call('job.list', {})
    expect(answer).toMatchObject({ ok: false, error: { code: 'E_INTERNAL' } })
    const line = readFileSync(logPath(core.home), 'utf8').slice(before)
    expect(line).toContain('"job.list"')
    for (const text of [JSON.stringify(answer), line]) {
      for (const part of secret.split(' ').filter((word) => word.length > 1)) expect(text).not.toContain(part)
    }
  })

  it('after its commit does not turn the write into a failure', async () => {
    const router = createRouter(core.core, {
      ...handlers,
      'job.create': {
        write: (call, input) => {
          const own = handlers['job.create']
          if (!('write' in own)) throw new Error()
          return {
            ...own.write(call, input),
            after: () => {
              throw new Error(secret)
            },
          }
        },
      },
    })
    expect(await router.call('job.create', { title: '之后失败' })).toMatchObject({ ok: true })
    expect((await core.call('job.list', {})).items.some((job) => job.title === '之后失败')).toBe(true)
  })

  it('before its commit leaves neither row nor entry', async () => {
    const own = handlers['job.create']
    const router = createRouter(core.core, {
      ...handlers,
      'job.create': {
        write: (call, input) => {
          if (!('write' in own)) throw new Error()
          own.write(call, input)
          throw new Error(secret)
        },
      },
    })
    const size = core.core.vault?.ledger.size()
    expect(await router.call('job.create', { title: '未提交' })).toMatchObject({ ok: false })
    expect((await core.call('job.list', {})).items.some((job) => job.title === '未提交')).toBe(false)
    expect(core.core.vault?.ledger.size()).toBe(size)
  })
})

describe('what is asked at the same time', () => {
  it('unlocks once', async () => {
    const home = temporaryFolder()
    const first = await newHome(home)
    await first.stop('quit')
    const again = openCoreHome(first.home)
    const codes = await Promise.all([
      again.codeOf('vault.unlock', { passphrase }),
      again.codeOf('vault.unlock', { passphrase }),
    ])
    expect(codes).toEqual(['none', 'E_CONFLICT'])
    await again.stop('quit')
  })

  it('does not take a file into a workspace that was left meanwhile', async () => {
    let answer: (() => void) | undefined
    const other = await newLocalHome(temporaryFolder(), {
      parser: {
        parse: () => new Promise((resolve) => (answer = () => resolve(parsedFile({ name: '欧阳修远' })))),
        parseTable: () => Promise.reject(new Error('no table here')),
        parsePages: () => Promise.reject(new Error('no page here')),
        close: () => Promise.resolve(),
      },
    })
    const { id } = await other.call('job.create', { title: 'x' })
    const coming = other.codeOf('intake.add', { name: 'x.txt', content_base64: 'eA==', job_id: id })
    while (answer === undefined) await new Promise((resolve) => setImmediate(resolve))
    await other.call('account.sign_out', {})
    answer()
    expect(await coming).toBe('E_SESSION')
    await other.call('account.resume', { id: 'local' })
    expect((await other.call('candidate.list', {})).total).toBe(0)
    await other.stop('quit')
  })
})

describe('the ledger first', () => {
  it('shows nothing when the log cannot be written', async () => {
    const broken = await newLocalHome(temporaryFolder(), {
      parser: parserOf(() => parsedFile({ name: '欧阳修远', phone: '13912345678' })),
    })
    const { id: job } = await broken.call('job.create', { title: 'x' })
    const made = await broken.call('intake.add', { name: 'x.txt', content_base64: 'eA==', job_id: job })
    if (made.result !== 'imported') throw new Error(made.result)
    const id = made.record_id
    await broken.core.account?.indexer.settle()
    broken.core.vault?.ledgerDb.connection.pragma('query_only = ON')
    const calls: ReadonlyArray<readonly [RouteName, unknown]> = [
      ['candidate.get', { id }],
      ['candidate.reveal', { id, field: 'phone', reason: 'contact' }],
      ['candidate.list', {}],
      ['ledger.list', {}],
    ]
    for (const [name, input] of calls) {
      const answer = await broken.router.call(name, input)
      expect([name, answer]).toMatchObject([name, { ok: false, error: { code: 'E_LEDGER' } }])
      expect(JSON.stringify(answer)).not.toContain('欧阳')
    }
    broken.core.vault?.ledgerDb.connection.pragma('query_only = OFF')
    expect(await broken.codeOf('candidate.get', { id })).toBe('none')
    await broken.stop('quit')
  })

  it('holds a disclosure before its answer is made', async () => {
    const id = await intake('first')
    const own = handlers['candidate.reveal']
    let sizeAtAnswer = 0
    const router = createRouter(core.core, {
      ...handlers,
      'candidate.reveal': {
        disclose: async (call, input) => {
          const disclosure = await own.disclose(call, input)
          return {
            ...disclosure,
            answer: (indices) => {
              sizeAtAnswer = call.vault.ledger.size()
              return disclosure.answer(indices)
            },
          }
        },
      },
    })
    const before = core.core.vault?.ledger.size() ?? 0
    const answer = await router.call('candidate.reveal', { id, field: 'phone', reason: 'contact', job_id: jobId })
    expect(answer).toMatchObject({ ok: true, data: { value: '13912345678', ledger_index: before } })
    expect(sizeAtAnswer).toBe(before + 1)
  })
})
