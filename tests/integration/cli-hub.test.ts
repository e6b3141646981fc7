import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { commandLine, type CliAnswer, type CommandLine } from '../helpers/cli.ts'
import { makeKeyFile } from '../helpers/core-home.ts'
import { startFaultyProxy, type Fault, type FaultyProxy } from '../helpers/faulty-proxy.ts'
import { startSandboxHub, type SandboxHub } from '../helpers/sandbox-hub.ts'

/** The command line with a hub that fails in every way, and with files that are not what they should be. */
const folder = mkdtempSync(join(tmpdir(), 'candor-cli-hub-'))
let hub: SandboxHub
let proxy: FaultyProxy
let cli: CommandLine
let passwordFile = ''

beforeAll(async () => {
  hub = await startSandboxHub({ seed: 24 })
  proxy = await startFaultyProxy(hub.url)
  await makeKeyFile(join(folder, 'home'))
  cli = commandLine(join(folder, 'home'), folder)
  passwordFile = cli.secretFile('password', hub.passwordOf('hr'))
  const answer = await cli.open(signIn())
  expect([answer.code, answer.err]).toEqual([0, ''])
  expect(await sync()).toMatchObject({ code: 0 })
})
afterEach(() => proxy.clear())
afterAll(async () => {
  await proxy.close()
  await hub.close()
  rmSync(folder, { recursive: true, force: true })
})

const signIn = (file = passwordFile): string[] => [
  'sign-in',
  '--hub',
  proxy.url,
  '--account',
  'hr@sandbox',
  '--password-file',
  file,
]
const sync = (): Promise<CliAnswer> => cli.open(['sync', '--once'])
const expectFailure = (answer: CliAnswer, code: number, name: string): void => {
  expect([answer.code, answer.out, answer.err]).toEqual([
    code,
    '',
    expect.stringMatching(/^candor: E_[A-Z_]+: [^\n]+\n$/),
  ])
  expect(answer.err).toContain(`candor: ${name}:`)
}
const total = async (): Promise<unknown> => (await cli.open(['candidates', '--limit', '1'])).json.total

describe('a hub that fails', () => {
  const persistent: ReadonlyArray<readonly [string, Fault, string]> = [
    ['answers 500', { kind: 'status', status: 500 }, 'E_HUB_UNREACHABLE'],
    ['asks for a pause', { kind: 'status', status: 429, retryAfter: 600 }, 'E_RATE'],
    ['answers nonsense', { kind: 'nonsense' }, 'E_HUB_ANSWER'],
    ['cuts the line', { kind: 'cut', asked: false }, 'E_HUB_UNREACHABLE'],
  ]
  it.each(persistent)('%s: one clear line, nothing lost, and the next sync is whole', async (_what, fault, name) => {
    const before = await total()
    proxy.inject(fault, { path: '/v1/changes', times: 999 })
    const answer = await sync()
    expect([answer.code, answer.out]).toEqual([1, ''])
    expect(answer.err).toMatch(new RegExp(`^candor: (?:${name}|E_HUB_ANSWER|E_HUB_UNREACHABLE): [^\\n]+\\n$`))
    proxy.clear()
    expect(await total()).toBe(before)
    expect(await sync()).toMatchObject({ code: 0 })
    expect(await total()).toBe(before)
  })

  it('sends a page twice, or slowly: the same records', async () => {
    const before = await total()
    proxy.inject({ kind: 'repeat_page' }, { path: '/v1/changes', times: 2 })
    proxy.inject({ kind: 'stall', milliseconds: 800 }, { path: '/v1/me' })
    expect(await sync()).toMatchObject({ code: 0 })
    expect(await total()).toBe(before)
  })

  it('is away: what is kept can be worked with, and the sync says why it cannot', async () => {
    const row = (
      (await cli.open(['candidates', '--limit', '100'])).json.items as Array<{
        id: string
        phone?: string
        application: { channel: string }
      }>
    ).find((one) => one.phone !== undefined && one.application.channel === 'delivered')
    proxy.inject({ kind: 'cut', asked: false }, { times: 999 })
    expect((await cli.open(['candidate', row?.id ?? ''])).code).toBe(0)
    expectFailure(await sync(), 1, 'E_HUB_UNREACHABLE')
    expectFailure(await cli.open(signIn()), 1, 'E_HUB_UNREACHABLE')
  })

  it('refuses the password; the session that was there goes on', async () => {
    expectFailure(await cli.open(signIn(cli.secretFile('wrong-password', 'not this one'))), 1, 'E_SIGN_IN')
    expect((await cli.open(['whoami'])).json).toMatchObject({ name: 'hr@sandbox' })
    expect(await sync()).toMatchObject({ code: 0 })
  })

  it('a rule that refuses is 4 and names itself', async () => {
    const { items } = (await cli.open(['candidates', '--limit', '100'])).json as {
      items: Array<{ id: string; application: { channel: string } }>
    }
    const unreached = ['searched', 'recommended', 'greeted']
    const found = items.find((row) => unreached.includes(row.application.channel))
    const answer = await cli.open(['reveal', found?.id ?? '', '--field', 'phone', '--reason', 'contact'])
    expectFailure(answer, 4, 'E_CHANNEL')
    expect(answer.err).toMatch(/\([A-Z]{1,2}-?\d+ [A-Z_]+\)/)
  })
})

describe('files that are not what they should be', () => {
  const swap = async (name: string, change: (bytes: Buffer) => Buffer, code: string): Promise<void> => {
    const path = join(cli.home, name)
    const before = readFileSync(path)
    const after = change(before)
    writeFileSync(path, after)
    const answer = await cli.open(['jobs'])
    const left = readFileSync(path)
    writeFileSync(path, before)
    expectFailure(answer, code === 'E_PASSPHRASE' ? 3 : 1, code)
    expect([name, left.equals(after)]).toEqual([name, true])
    expect(await cli.open(['jobs'])).toMatchObject({ code: 0 })
  }
  const flip = (at: number) => (bytes: Buffer) => {
    const copy = Buffer.from(bytes)
    copy[at] = (copy[at] ?? 0) ^ 0xff
    return copy
  }

  it('a damaged key file', () => swap('kek.json', (bytes) => bytes.subarray(0, bytes.length / 2), 'E_DAMAGED'))
  it('a key file of a newer program', () =>
    swap('kek.json', (bytes) => Buffer.from(bytes.toString().replace('"version": 1', '"version": 2')), 'E_NEWER'))
  it('a damaged log', () => swap('ledger.db', flip(40), 'E_DAMAGED'))
  it('a log of another program', () =>
    swap('ledger.db', () => Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(8176)]), 'E_FOREIGN'))
})

it('a revoked account is told so in one line', async () => {
  const admin = await hub.signIn('admin')
  await admin.call('PATCH', '/v1/accounts/acc-hr', { json: { status: 'revoked' } })
  const answer = await sync()
  expect([answer.code, answer.out]).toEqual([1, ''])
  expect(answer.err).toMatch(/^candor: (?:E_REVOKED|E_SIGN_IN): [^\n]+\n$/)
})
