import { spawn } from 'node:child_process'
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { expect, test } from '@playwright/test'
import { makeHome } from '../fixtures/program.ts'
import { readRuntime, root } from '../fixtures/runtime.ts'

/** The packaged program as it would be shipped: no inspector, so it is looked at from outside. */

const folder = join(root, 'dist', 'linux-unpacked')
const executable = join(folder, 'candor')
const isStandIn = readRuntime().kind === 'stand-in'

test.skip(process.platform !== 'linux', 'the package of this system is not looked at yet')
test.beforeAll(() => {
  if (!existsSync(executable)) throw new Error('run `npm run package` first')
})

type Run = { readonly lines: () => string; readonly ended: Promise<number | null>; stop(): Promise<unknown> }

const start = (home: string, args: readonly string[], extra: Readonly<Record<string, string>> = {}): Run => {
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const env = { ...process.env, CANDOR_HOME: home, CANDOR_DEBUG: '1', ...extra }
  const child = spawn(executable, [...asRoot, '--disable-gpu', ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  child.stdout.on('data', (data) => (output += String(data)))
  child.stderr.on('data', (data) => (output += String(data)))
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  return { lines: () => output, ended, stop: () => (child.kill(), ended) }
}

let home: string
test.beforeEach(() => void (home = makeHome()))
test.afterEach(() => rmSync(home, { recursive: true, force: true }))

test('it starts: core is ready and the page is loaded', async () => {
  const run = start(home, [])
  await expect.poll(run.lines).toContain('core ready')
  await expect.poll(run.lines).toContain('page loaded')
  expect(run.lines()).not.toContain('core ended')
  await run.stop()
})

test('it writes nothing outside of its home', async () => {
  const person = makeHome()
  const run = start(home, [], { HOME: person, XDG_CONFIG_HOME: '', XDG_CACHE_HOME: '', XDG_DATA_HOME: '' })
  await expect.poll(run.lines).toContain('page loaded')
  await run.stop()
  // GTK, which draws menus and dialogs, opens the desktop's settings there; nothing of ours goes into them.
  const strewn = readdirSync(person, { recursive: true, encoding: 'utf8' }).filter(
    (file) => !/^\.cache(\/dconf.*)?$/.test(file),
  )
  rmSync(person, { recursive: true, force: true })
  expect(strewn).toEqual([])
  expect(readdirSync(home)).toContain('profile')
})

for (const name of ['remote-debugging-port=0', 'remote-debugging-pipe', 'js-flags=--expose-gc']) {
  test(`it refuses --${name}`, async () => {
    const run = start(home, [`--${name}`])
    expect(await run.ended).toBe(2)
    expect(run.lines()).toContain(`the switch --${name.split('=')[0]} is refused`)
    expect(run.lines()).not.toContain('page loaded')
  })
}

test('it opens no inspector and is no Node', async () => {
  const run = start(home, ['--inspect=0', '--inspect-brk=0'])
  await expect.poll(run.lines).toContain('page loaded')
  expect(run.lines()).not.toContain('Debugger listening')
  await run.stop()
})

test('its fuses are set', async () => {
  const wire = await getCurrentFuseWire(executable)
  const off = [
    FuseV1Options.RunAsNode,
    FuseV1Options.EnableNodeOptionsEnvironmentVariable,
    FuseV1Options.EnableNodeCliInspectArguments,
    FuseV1Options.LoadBrowserProcessSpecificV8Snapshot,
    FuseV1Options.GrantFileProtocolExtraPrivileges,
  ]
  const on = [
    FuseV1Options.EnableCookieEncryption,
    // The stand-in's core runs on a Node that cannot read an archive, so that package has none.
    ...(isStandIn ? [] : [FuseV1Options.OnlyLoadAppFromAsar, FuseV1Options.EnableEmbeddedAsarIntegrityValidation]),
  ]
  for (const fuse of off) expect(wire[fuse], FuseV1Options[fuse]).toBe(FuseState.DISABLE)
  for (const fuse of on) expect(wire[fuse], FuseV1Options[fuse]).toBe(FuseState.ENABLE)
})

test('it holds the program and what it needs, and nothing of the workshop', () => {
  test.skip(!isStandIn, 'the files lie in an archive')
  const files = readdirSync(join(folder, 'resources', 'app'), { recursive: true, encoding: 'utf8' })
  const has = (pattern: RegExp): string[] => files.filter((file) => pattern.test(file))
  expect(has(/^out\/main\/(index|core|parser|hub)\.js$/)).toHaveLength(4)
  expect(has(/better-sqlite3\/prebuilds\/.+\.node$/)).toEqual([
    expect.stringMatching(new RegExp(`${process.platform}-${process.arch}\\.node$`)),
  ])
  expect(has(/^resources\/profiles\/.+\.yaml$/).length).toBeGreaterThan(0)
  expect(
    has(/^(tests|src|electron|scripts|docs)\/|\.map$|^node_modules\/(electron|vite|vitest|playwright.*|eslint|vue)\//),
  ).toEqual([])
})
