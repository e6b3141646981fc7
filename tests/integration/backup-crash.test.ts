import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { readEscrowSlots } from '../../electron/core/backup/escrow-file.ts'
import { checkStore } from '../../electron/core/cli/check-store.ts'
import { renewRecoveryCode } from '../../electron/core/keys/kek-file.ts'
import { slotStates, stateAt } from '../../electron/core/keys/slot-format.ts'
import { crashPoints } from '../../electron/core/crash-points.ts'
import { passphrase } from '../helpers/core-home.ts'
import { day, makeLocalHome, reopen } from '../helpers/retention-home.ts'
import { sweepCounts } from '../helpers/sweep-counts.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

const main = fileURLToPath(new URL('../../electron/core/cli/main.ts', import.meta.url))
const start = Date.now()
const later = 8 * day

type Child = { readonly signal: NodeJS.Signals | null; readonly out: string; readonly code: number | null }
type Options = {
  readonly crashAt?: string
  readonly offset?: number
  readonly input?: string
  /** Without the passphrase: a home that has none yet. */
  readonly bare?: boolean
}

/** The command line in a process of its own, as an administrator starts it. */
const candor = async (home: string, words: readonly string[], options: Options = {}): Promise<Child> => {
  const secret = join(home, '..', 'secret')
  writeFileSync(secret, passphrase)
  const opened = options.bare === true ? [] : ['--passphrase-file', secret]
  const child = spawn(process.execPath, [main, ...words, '--home', home, ...opened, '--json'], {
    env: {
      PATH: process.env['PATH'] ?? '',
      NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] ?? '',
      CANDOR_CLOCK_OFFSET: String((options.offset ?? 0) / 1000),
      ...(options.crashAt === undefined ? {} : { CANDOR_CRASH_AT: options.crashAt }),
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let out = ''
  child.stdout.on('data', (text: Buffer) => (out += text.toString('utf8')))
  child.stderr.resume()
  child.stdin.on('error', () => undefined).end(options.input ?? '')
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null]
  return { signal, out, code }
}
const json = ({ out }: Child) => JSON.parse(out) as Record<string, unknown>

let template: { readonly folder: string; readonly code: string }
beforeAll(async () => {
  const home = await makeLocalHome(start)
  const folder = join(home, '..')
  const opened = await reopen(home, { wall: start, run: 0 })
  const job = await opened.newJob()
  await opened.intake(job, { name: '林若曦' })
  await opened.intake(await opened.newJob('另一个职位'), { name: '赵无忌' })
  await opened.call('job.set_status', { id: job, status: 'closed' })
  const quick = { memory_kib: 64, passes: 1, parallelism: 1 }
  const { recoveryCode } = await renewRecoveryCode({ dir: home, secret: { passphrase }, kdf: quick })
  mkdirSync(join(folder, 'drive'))
  await opened.stop('quit')
  template = { folder, code: recoveryCode }
})

const copy = () => {
  const folder = temporaryFolder()
  cpSync(template.folder, folder, { recursive: true })
  const drive = join(folder, 'drive')
  return { home: join(folder, 'home'), drive, path: join(drive, 'one') }
}
/** The same with a backup of both people, which knows where it lies. */
const withBackup = async () => {
  const place = copy()
  expect(await candor(place.home, ['store', 'backup', place.path])).toMatchObject({ code: 0 })
  return place
}
const statesOf = (path: string) => readEscrowSlots(`${path}.keys`).map((slot) => stateAt(slot))
const expectWhole = async (home: string, people: number, offset = 0): Promise<void> => {
  const opened = await reopen(home, { wall: Date.now() + offset, run: 0 })
  expect(opened.count('candidate')).toBe(people)
  await opened.core.account?.indexer.settle()
  const { items } = await opened.call('candidate.list', {})
  expect(items).toHaveLength(people)
  for (const { id } of items) expect(await opened.codeOf('candidate.get', { id })).toBe('none')
  expect(await checkStore(opened.core, true)).toMatchObject({ ok: true })
  expect(readdirSync(opened.core.home.account('local').dir).filter((name) => name.startsWith('restore'))).toEqual([])
  await opened.stop('quit')
}

const of = (prefix: string): string[] => crashPoints.filter((point) => point.startsWith(prefix))
/** The steps at which most can go wrong stand first: the usual run kills at those, `npm run nightly` at all. */
const some = (points: readonly string[]): readonly string[] =>
  sweepCounts.backupKills === 0 ? points : points.slice(0, sweepCounts.backupKills)
const firstOf = (points: readonly string[], first: readonly string[]): readonly string[] => [
  ...first,
  ...points.filter((point) => !first.includes(point)),
]
const making = [
  'backup.keys_named',
  'backup.registered',
  'backup.begun',
  'backup.copied',
  'backup.keys',
  'backup.named',
]
const removing = ['backup.removing', 'backup.keys_removed', 'backup.removed']

it('every crash point of backups stands in one of these sweeps', () => {
  expect(of('backup.').toSorted()).toEqual([...making, ...removing, 'backup.slots'].toSorted())
})

describe('[ZP-82] a backup that is killed while it is made', () => {
  it.each(some(making))('at %s leaves a whole one or none, and no key anywhere', async (point) => {
    const { home, drive, path } = copy()
    expect(await candor(home, ['store', 'backup', path], { crashAt: point })).toMatchObject({ signal: 'SIGKILL' })
    const { items } = json(await candor(home, ['store', 'backups'])) as { items: unknown[] }
    const whole = point === 'backup.registered'
    expect(items).toMatchObject(whole ? [{ place: 'here', sequence: 1 }] : [])
    expect(readdirSync(drive).sort()).toEqual(whole ? ['one', 'one.keys'] : [])
    const second = join(drive, 'two')
    expect(await candor(home, ['store', 'backup', second])).toMatchObject({ code: 0 })
    expect(await candor(home, ['store', 'restore', second, '--replace'])).toMatchObject({ code: 0 })
    await expectWhole(home, 2)
  })

  it.each(some(removing))('or removed, at %s, is gone at the next start', async (point) => {
    const { home, drive } = await withBackup()
    const [item] = (json(await candor(home, ['store', 'backups'])) as { items: Array<{ id: string }> }).items
    const order = `${JSON.stringify({ id: 1, route: 'backup.remove', input: { id: item?.id } })}\n`
    expect(await candor(home, ['rpc'], { crashAt: point, input: order })).toMatchObject({ signal: 'SIGKILL' })
    expect(json(await candor(home, ['store', 'backups']))).toMatchObject({ items: [] })
    expect(readdirSync(drive)).toEqual([])
    await expectWhole(home, 2)
  })
})

describe('[ZP-74] [ZP-82] [QY-41] a destruction that is killed', () => {
  it.each(some(['backup.slots', 'destroy.copies', 'destroy.keys', 'destroy.verified']))(
    'at %s reaches every backup at the next start, and counts it once',
    async (point) => {
      const { home, drive, path } = await withBackup()
      const second = join(drive, 'two')
      expect(await candor(home, ['store', 'backup', second])).toMatchObject({ code: 0 })
      const killed = await candor(home, ['retention', 'run'], { crashAt: point, offset: later })
      expect(killed.signal).toBe('SIGKILL')
      expect(json(await candor(home, ['certificates', '--verify'], { offset: later }))).toMatchObject({
        total: 1,
        valid: 1,
        items: [{ left: 0, counts: { backups_destroyed: 2 } }],
      })
      for (const each of [path, second]) expect(statesOf(each).toSorted()).toEqual([1, 1, 2, 2])
      expect(await candor(home, ['store', 'restore', path, '--replace'], { offset: later })).toMatchObject({ code: 0 })
      await expectWhole(home, 1, later)
    },
  )
})

const here = of('restore.').filter((point) => point !== 'restore.key_file')

describe('[ZP-82] a restore that is killed', () => {
  it.each(some(firstOf(here, ['restore.committed', 'restore.keys', 'restore.named'])))(
    'at %s leaves the one store or the other, whole, and nobody who was destroyed',
    async (point) => {
      const { home, path } = await withBackup()
      expect(await candor(home, ['retention', 'run'], { offset: later })).toMatchObject({ code: 0 })
      const killed = await candor(home, ['store', 'restore', path, '--replace'], { crashAt: point, offset: later })
      expect(killed.signal).toBe('SIGKILL')
      expect(json(await candor(home, ['candidates'], { offset: later }))).toMatchObject({ total: 1 })
      await expectWhole(home, 1, later)
      expect(await candor(home, ['store', 'restore', path, '--replace'], { offset: later })).toMatchObject({ code: 0 })
      await expectWhole(home, 1, later)
    },
  )

  it.each(some(firstOf(of('restore.'), ['restore.key_file', 'restore.keys', 'restore.journal'])))(
    'on a new machine, at %s, is begun anew or finished',
    async (point) => {
      const { home, path } = await withBackup()
      rmSync(home, { recursive: true })
      const fresh = join(home, '..', 'fresh', 'home')
      mkdirSync(fresh, { recursive: true })
      const [code, secret] = [join(fresh, '..', 'code'), join(fresh, '..', 'new')]
      writeFileSync(code, template.code)
      writeFileSync(secret, passphrase)
      const words = ['store', 'restore', path, '--recovery-file', code, '--new-passphrase-file', secret]
      expect(await candor(fresh, words, { crashAt: point, bare: true })).toMatchObject({ signal: 'SIGKILL' })
      if (!existsSync(join(fresh, 'kek.json')))
        expect(await candor(fresh, words, { bare: true })).toMatchObject({ code: 0 })
      await expectWhole(fresh, 2)
      expect(statesOf(path)).toEqual([1, 1, 1, 1].map(() => slotStates.live))
    },
  )
})
