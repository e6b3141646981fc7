import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { readEscrowSlots } from '../../electron/core/backup/escrow-file.ts'
import { restoreBackup, restoreIntoNewHome } from '../../electron/core/backup/restore-backup.ts'
import { unlock } from '../../electron/core/accounts/system-handlers.ts'
import { checkStore } from '../../electron/core/cli/check-store.ts'
import { renewRecoveryCode } from '../../electron/core/keys/kek-file.ts'
import { decodeKey, isSound, stateAt } from '../../electron/core/keys/slot-format.ts'
import { decryptPages } from '../../electron/core/store/decrypt-pages.ts'
import { openCoreHome, passphrase } from '../helpers/core-home.ts'
import { rejectionCodeOf as codeOf } from '../helpers/error-code.ts'
import { findHits, listSealed, needlesOf, openSealed, rawKeys } from '../helpers/forensic-scan.ts'
import { quickParser, retentionHome, reopen, type RetentionHome } from '../helpers/retention-home.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

const quick = { memory_kib: 64, passes: 1, parallelism: 1 }
const phone = '13900008888'
const words = '鸮鸣第一封存词'

const open = (home: RetentionHome) => {
  const { account, vault } = home.core
  if (account === null || vault === null) throw new Error('nobody is signed in')
  return { account, vault }
}

/** A home with two people in two jobs, a backup of both on another drive, and a recovery code. */
const backedUp = async () => {
  const home = await retentionHome()
  const job = await home.newJob()
  const gone = await home.intake(job, { name: '林若曦', phone, summary: words })
  const kept = await home.intake(await home.newJob('另一个职位'), { name: '赵无忌', phone: '13700001111' })
  const { recoveryCode } = await renewRecoveryCode({ dir: home.home, secret: { passphrase }, kdf: quick })
  const drive = join(home.home, '..', 'drive')
  mkdirSync(drive)
  const path = join(drive, 'one')
  await open(home).account.backups.once(path)
  /** Destroys the first person, as a closed job does. */
  const destroy = async (): Promise<void> => {
    await home.call('job.set_status', { id: job, status: 'closed' })
    home.passDays(7)
    expect(await home.runDue()).toBe(1)
  }
  return { home, job, gone, kept, path, drive, recoveryCode, destroy }
}

/** A machine that knows nothing. */
const newMachine = (home: RetentionHome) => {
  const folder = join(temporaryFolder(), 'home')
  const { time } = home
  const core = openCoreHome(folder, { parser: quickParser, wall: () => time.wall, monotonic: () => time.run })
  onTestFinished(() => core.stop('quit').catch(() => undefined))
  return core
}

describe('a restore in the home that made the backup', () => {
  it('[ZP-82] [QY-41] [MM-42] [ZP-110] brings back who lives, and nobody who was destroyed since', async () => {
    const { home, gone, kept, path, destroy } = await backedUp()
    await destroy()
    const late = await home.intake(await home.newJob('第三个职位'), { name: '苏未' })
    await expect(codeOf(restoreBackup(home.core, path, { replace: false }))).resolves.toBe('E_CONFLICT')
    expect(await home.codeOf('candidate.get', { id: late.record })).toBe('none')
    const restored = await restoreBackup(home.core, path, { replace: true })
    expect(restored).toMatchObject({ people: 1, dropped: 1, hub: 'none', sequence: 1 })
    expect(await home.codeOf('candidate.get', { id: gone.record })).toBe('E_NOT_FOUND')
    expect(await home.codeOf('candidate.get', { id: late.record })).toBe('E_NOT_FOUND')
    await open(home).account.indexer.settle()
    const { items, total } = await home.call('candidate.list', {})
    expect([total, items.map(({ id }) => id)]).toEqual([1, [kept.record]])
    expect(await home.call('candidate.reveal', { id: kept.record, field: 'phone', reason: 'contact' })).toMatchObject({
      value: '13700001111',
    })
    expect(await home.certificates()).toHaveLength(1)
    const log = await home.call('ledger.list', { limit: 500 })
    expect(log.items.filter((row) => row.action === 'restore')).toMatchObject([
      { detail: 'backup 1 people 1 dropped 1 hub none' },
    ])
    expect(await checkStore(home.core, true)).toMatchObject({ ok: true })
    expect((await home.call('ledger.verify', {})).verdict).toBe('valid')
  })

  it('[ZP-82] [ZP-104] [MM-34] destroys what has become due before anybody can look', async () => {
    const { home, job, gone, path } = await backedUp()
    await home.call('job.set_status', { id: job, status: 'closed' })
    const second = join(path, '..', 'second')
    await open(home).account.backups.once(second)
    await home.stop('quit')
    for (let week = 0; week < 2; week += 1) home.time.wall += 6 * 86_400_000
    const next = await reopen(home.home, home.time, { signIn: false })
    onTestFinished(() => next.stop('quit').catch(() => undefined))
    expect(next.overdue).toBe(1)
    // As if the store had been lost before it could destroy: the backup alone knows of the person.
    const restored = await restoreBackup(next.core, second, { replace: true })
    expect(restored).toMatchObject({ people: 1, dropped: 1 })
    await next.call('account.resume', { id: 'local' })
    expect(await next.codeOf('candidate.get', { id: gone.record })).toBe('E_NOT_FOUND')
    expect(await next.certificates()).toHaveLength(1)
  })

  it('keeps destructions on their way, locks and holds that came after the backup', async () => {
    const { home, kept, path } = await backedUp()
    const { db } = open(home).account.store
    db.run("UPDATE candidate SET life = 'locked', lock_reason = 'deletion_notice', locked_at = ?", home.time.wall)
    db.run('UPDATE application SET held_until = ? WHERE id = ?', home.time.wall + 9e9, kept.application)
    await restoreBackup(home.core, path, { replace: true })
    expect(home.count('candidate', "life = 'locked'")).toBe(2)
    expect(home.count('application', 'held_until IS NOT NULL')).toBe(1)
    expect(await home.codeOf('candidate.get', { id: kept.record })).toBe('E_LOCKED')
  })

  it('[ZP-92] leaves answered what was answered since the backup, and loses nothing that somebody has asked since', async () => {
    const { home, kept, path, drive } = await backedUp()
    const ask = async (more: object): Promise<string> =>
      (await home.call('request.add', { kind: 'explain', via: 'phone', record_id: kept.record, ...more })).id
    const answered = await ask({ detail: '问规则' })
    const two = join(drive, 'two')
    await open(home).account.backups.once(two)
    await home.call('request.answer', { id: answered, outcome: 'refused', reason: '重复来电' })
    const later = await ask({ kind: 'access', detail: '谁看过我' })
    const stateOf = async (of: Pick<RetentionHome, 'call'>) => [
      (await of.call('request.list', {})).items.map(({ id }) => id),
      (await of.call('request.list', { state: 'closed' })).items.map(({ id, outcome }) => [id, outcome]),
    ]
    await restoreBackup(home.core, two, { replace: true })
    expect(await stateOf(home)).toEqual([[later], [[answered, 'refused']]])
    expect(await home.call('request.get', { id: answered })).toMatchObject({ reason: '重复来电', detail: '问规则' })
    expect(await home.call('request.get', { id: later })).toMatchObject({ detail: '谁看过我' })
    // Not from before the first request either: that backup knows of none.
    await restoreBackup(home.core, path, { replace: true })
    expect(await stateOf(home)).toEqual([[later], [[answered, 'refused']]])

    // Where the store itself is lost, the log's own file still knows what was answered.
    const { store } = home.core.home.account('local')
    await home.stop('quit')
    rmSync(store)
    const next = await reopen(home.home, home.time, { signIn: false })
    await restoreBackup(next.core, two, { replace: false })
    await next.call('account.resume', { id: 'local' })
    expect(await stateOf(next)).toEqual([[], [[answered, 'refused']]])
    expect(await next.codeOf('request.answer', { id: answered, outcome: 'refused', reason: 'x' })).toBe('E_CONFLICT')
    await next.stop('quit')
  })

  it('opens where the store itself is lost, damaged or empty, and its keys have waited', async () => {
    const { home, kept, path } = await backedUp()
    const { store } = home.core.home.account('local')
    await home.stop('quit')
    for (const harm of [
      () => truncateSync(store, 0),
      () => truncateSync(store, 5000),
      () => writeFileSync(store, 'x'.repeat(9000)),
    ]) {
      harm()
      const next = await reopen(home.home, home.time, { signIn: false })
      expect(await next.codeOf('account.resume', { id: 'local' })).toMatch(/^E_(DAMAGED|FOREIGN)$/)
      await restoreBackup(next.core, path, { replace: true })
      await next.call('account.resume', { id: 'local' })
      expect(await next.codeOf('candidate.get', { id: kept.record })).toBe('none')
      await next.stop('quit')
    }
    rmSync(store)
    const next = await reopen(home.home, home.time, { signIn: false })
    expect(await next.codeOf('account.resume', { id: 'local' })).toBe('E_DAMAGED')
    expect(existsSync(store)).toBe(false)
    await restoreBackup(next.core, path, { replace: false })
    await next.call('account.resume', { id: 'local' })
    expect(await next.codeOf('candidate.get', { id: kept.record })).toBe('none')
    await next.stop('quit')
  })

  it('refuses what is no whole backup by name, and leaves the store as it was', async () => {
    const { home, kept, path, drive } = await backedUp()
    const two = join(drive, 'two')
    await home.intake(await home.newJob('第三个职位'), { name: '苏未' })
    await open(home).account.backups.once(two)
    const [file, keys] = [readFileSync(path), readFileSync(`${path}.keys`)]
    const bent = (bytes: Buffer, at: number): Buffer => {
      const copy = Buffer.from(bytes)
      copy[at]! ^= 1
      return copy
    }
    const cases: ReadonlyArray<readonly [string, Buffer, Buffer | null]> = [
      ['E_DAMAGED', Buffer.alloc(0), keys],
      ['E_DAMAGED', Buffer.from('x'), keys],
      ['E_DAMAGED', file.subarray(0, file.length - 4096), keys],
      ['E_DAMAGED', bent(file, 5000), keys],
      ['E_FOREIGN', Buffer.concat([Buffer.from('SQLite format 3\0'), file.subarray(16)]), keys],
      ['E_FOREIGN', readFileSync(two), keys],
      ['E_KEYS_MISSING', file, null],
      ['E_DAMAGED', file, Buffer.alloc(0)],
      ['E_DAMAGED', file, keys.subarray(0, keys.length - 1)],
      ['E_DAMAGED', file, bent(keys, 20)],
      ['E_FOREIGN', file, bent(keys, 1)],
      ['E_FOREIGN', file, Buffer.from('a text of somebody')],
    ]
    for (const [i, [code, one, beside]] of cases.entries()) {
      const bad = join(drive, `bad-${i}`)
      writeFileSync(bad, one)
      if (beside !== null) writeFileSync(`${bad}.keys`, beside)
      expect([i, await codeOf(restoreBackup(home.core, bad, { replace: true }))]).toEqual([i, code])
      expect(await home.codeOf('candidate.get', { id: kept.record })).toBe('none')
    }
    expect(await codeOf(restoreBackup(home.core, join(drive, 'none'), { replace: true }))).toBe('E_NOT_FOUND')
    expect(home.count('candidate')).toBe(3)
  })
})

describe('a restore on a new machine', () => {
  it('[ZP-82] opens with the recovery code, and brings back who lives', async () => {
    const { home, gone, kept, path, recoveryCode, destroy } = await backedUp()
    await destroy()
    await home.stop('quit')
    const machine = newMachine(home)
    await machine.call('notice.answer', { choice: 'accept' })
    const into = (code: string) =>
      restoreIntoNewHome(machine.core, { path, recoveryCode: code, passphrase: `${passphrase} neu`, kdf: quick })
    expect(await codeOf(into('0000-0000-0000-0000-0000-0000-0000'))).toBe('E_RECOVERY')
    expect(await codeOf(into('000G-40R4-0M30-E209-185G-R38E-1YQ4'))).toBe('E_RECOVERY')
    expect((await machine.call('system.state', {})).phase).toBe('new')
    const { kek, homeId } = await into(recoveryCode)
    const { restored } = await unlock(machine.core, kek, homeId)
    expect(restored).toMatchObject([{ people: 1, dropped: 1, hub: 'none' }])
    await machine.call('account.resume', { id: 'local' })
    expect(await machine.codeOf('candidate.get', { id: gone.record })).toBe('E_NOT_FOUND')
    expect(
      await machine.call('candidate.reveal', { id: kept.record, field: 'phone', reason: 'contact' }),
    ).toMatchObject({
      value: '13700001111',
    })
    // The new home knows where its keys lie as well: a destruction reaches the backup that it came from.
    expect(machine.core.vault?.backups.list('local')).toMatchObject([{ path, sequence: 1, state: 'ready' }])
    await machine.stop('quit')
    const again = openCoreHome(machine.home, { parser: quickParser, wall: () => home.time.wall, monotonic: () => 0 })
    await again.call('vault.unlock', { passphrase: `${passphrase} neu` })
    await again.call('account.resume', { id: 'local' })
    expect(await again.codeOf('candidate.get', { id: kept.record })).toBe('none')
    await again.stop('quit')
  })

  it('opens a later backup with the renewed code, an older one with the code of then', async () => {
    const { home, path, drive, recoveryCode } = await backedUp()
    const { recoveryCode: renewed } = await renewRecoveryCode({ dir: home.home, secret: { passphrase }, kdf: quick })
    const later = join(drive, 'later')
    await open(home).account.backups.once(later)
    const into = (from: string, code: string) =>
      codeOf(restoreIntoNewHome(newMachine(home).core, { path: from, recoveryCode: code, passphrase, kdf: quick }))
    expect(await into(path, recoveryCode)).toBe('none')
    expect(await into(path, renewed)).toBe('E_RECOVERY')
    expect(await into(later, renewed)).toBe('none')
    expect(await into(later, recoveryCode)).toBe('E_RECOVERY')
  })
})

describe('the files of a backup', () => {
  it('[ZP-82] [QY-41] [MM-42] [ZP-110] hold nothing of a destroyed person that any key opens', async () => {
    const { home, kept, path, destroy } = await backedUp()
    const spared = new Set<string>()
    const { vault, account } = open(home)
    for (const table of ['candidate', 'application']) {
      const column = table === 'candidate' ? 'record_id' : 'id'
      const id = table === 'candidate' ? kept.record : kept.application
      const row = account.store.reader.get<{ key_slot: string }>(
        `SELECT key_slot FROM ${table} WHERE ${column} = ?`,
        id,
      )
      if (row !== undefined) spared.add(row.key_slot)
    }
    const keys = rawKeys(home, spared)
    const sealed = listSealed(home)
    const readable = openSealed(home, sealed)
    const needles = [...needlesOf(phone), ...needlesOf(words)]
    expect(findHits(needles, readable)).not.toEqual([])
    const escrowKey = vault.keys.escrowKey()
    const liveKeys = (): Buffer[] =>
      readEscrowSlots(`${path}.keys`)
        .filter((slot) => isSound(slot) && stateAt(slot) === 1)
        .map((slot) => decodeKey(escrowKey, slot))
    const inEscrow = () => keys.filter(({ bytes }) => liveKeys().some((key) => key.equals(bytes)))
    expect(inEscrow().length).toBe(2)
    await destroy()
    expect(inEscrow()).toEqual([])
    const storeKey = vault.keys.storeKey('local')
    const pages = Buffer.concat([...decryptPages(readFileSync(path), storeKey)].map((page) => page.bytes))
    const files = [
      { where: 'backup', bytes: readFileSync(path) },
      { where: 'keys', bytes: readFileSync(`${path}.keys`) },
      { where: 'pages', bytes: pages },
    ]
    expect(findHits([...needles, ...keys], files)).toEqual([])
    // The rows lie there, sealed, and nothing that is left opens them.
    expect(sealed.some(({ box }) => pages.includes(box.subarray(0, 28)))).toBe(true)
    expect(findHits(needles, openSealed(home, sealed))).toEqual([])
    // Neither an index nor a log went along.
    for (const table of ['list_row', 'document_text', 'entry_month', 'witness_head'])
      expect(pages.includes(table)).toBe(false)
  })

  it('are not overwritten by another backup, and not made inside the home', async () => {
    const { home, path } = await backedUp()
    const { backups } = open(home).account
    expect(await codeOf(backups.once(path))).toBe('E_FILE')
    expect(await codeOf(backups.once(join(home.home, 'inside')))).toBe('E_INPUT')
    expect(await codeOf(backups.once(join(home.home, '..', 'nowhere', 'one')))).toBe('E_DISK')
    copyFileSync(path, `${path}-copy`)
    expect(await codeOf(backups.once(`${path}-copy`))).toBe('E_FILE')
  })
})
