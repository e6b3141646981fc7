import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { syncOnce } from '../../electron/core/accounts/session.ts'
import { heldLogs } from '../../electron/shared/domain/log-health.ts'
import { ledgerAnswer } from '../../electron/shared/domain/sync-records.ts'
import { IpcError } from '../../electron/shared/ipc/ipc-error.ts'
import { commandLine } from '../helpers/cli.ts'
import { newHome, newLocalHome } from '../helpers/core-home.ts'
import { startSandboxHub } from '../helpers/sandbox-hub.ts'

it('[ZP-96] an officer sees how every device’s log stands, a recruiter does not', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'candor-devices-'))
  const hub = await startSandboxHub({ seed: 20 })
  const hr = await newHome(join(folder, 'hr'))
  const officer = await newHome(join(folder, 'officer'))
  onTestFinished(async () => {
    await hr.stop('quit')
    await officer.stop('quit')
    await hub.close()
    rmSync(folder, { recursive: true, force: true })
  })
  for (const [seat, role] of [
    [hr, 'hr'],
    [officer, 'officer'],
  ] as const) {
    await seat.call('account.sign_in', { hub: hub.url, account: `${role}@sandbox`, password: hub.passwordOf(role) })
    await syncOnce(seat.core)
  }
  const device = hr.core.vault?.ledger.deviceId
  const { hub: asked, items } = await officer.call('ledger.devices', {})
  expect(asked).toBe(true)
  const own = items.find((log) => log.device === device)
  expect(own).toMatchObject({ state: 'same', faults: 0, revoked: false })
  expect(own?.size).toBeGreaterThan(0)
  expect(hr.core.vault?.ledger.compareHead(own?.size ?? 0, own?.root ?? '')).not.toBe('conflict')
  expect(await hr.codeOf('ledger.devices', {})).toBe('E_ROLE')
  const here = items.find((log) => log.device === officer.core.vault?.ledger.deviceId)
  expect(here?.here).toBe(officer.core.vault?.ledger.size())
  expect(own?.here).toBeUndefined()

  // Who read the log on any device: the recruiter's reading reaches the officer with the recruiter's next sync.
  await hr.call('ledger.list', {})
  await syncOnce(hr.core)
  const reads = await officer.call('officer.log_reads', {})
  expect(reads.devices).toBe('all')
  expect(reads.items.filter((one) => one.device !== undefined)).toMatchObject([{ role: 'hr', device: own?.name }])
  expect(reads.items.some((one) => one.device === undefined)).toBe(false)
  expect((await officer.call('officer.log_reads', {})).items[0]).toMatchObject({ detail: 'log_reads', role: 'officer' })
  expect((await hr.call('officer.log_reads', {})).devices).toBe('not_allowed')
  await hub.close()
  expect(await officer.call('officer.log_reads', {})).toMatchObject({ devices: 'hub_away' })
  expect(await officer.codeOf('ledger.devices', {})).toBe('E_HUB_UNREACHABLE')
})

it('[ZP-96] an anchor kept outside shows every later change of what was before it, as a line and as a file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'candor-anchor-'))
  const home = await newLocalHome(folder)
  onTestFinished(async () => {
    await home.stop('quit')
    rmSync(folder, { recursive: true, force: true })
  })
  for (let n = 0; n < 5; n += 1) await home.call('ledger.list', {})
  const { line, size, root, origin } = await home.call('ledger.anchor', {})
  expect(origin).toBe(home.core.vault?.ledger.origin)
  await home.call('ledger.list', {})
  const file = await home.call('ledger.anchor_file', { size, as: 'txt' })
  expect(file.file_name).toBe(`candor-checkpoint-${size}.txt`)
  const page = Buffer.from((await home.call('ledger.anchor_file', { size, as: 'pdf' })).base64, 'base64')
  expect(page.subarray(0, 5).toString()).toBe('%PDF-')
  expect(await home.codeOf('ledger.anchor_file', { size: size + 1, as: 'txt' })).toBe('E_NOT_FOUND')
  const { items } = await home.call('ledger.list', { limit: 500 })
  expect(items.filter(({ action }) => action === 'export').map(({ detail }) => detail)).toEqual([`anchor size ${size}`])

  const { bundle } = await home.call('ledger.export', {})
  const put = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }
  const exported = put('log.jsonl', bundle)
  const { run } = commandLine(join(folder, 'none'), folder)
  const anchors = [
    put('line.txt', line),
    // As a mail program breaks it.
    put('mailed.txt', `\r\n  ${line.replaceAll(/.{60}/g, '$&\r\n')}\r\n`),
    put('note.txt', Buffer.from(file.base64, 'base64').toString()),
  ]
  for (const anchor of anchors) {
    const answer = await run(['ledger', 'verify', exported, '--checkpoint', anchor, '--require-anchor'])
    expect(answer).toMatchObject({ code: 0, json: { verdict: 'valid', completeness: 'proven', provenTo: size } })
  }
  // Somebody with the key and the file makes a new log that is whole in itself, and without the first entry.
  const other = await newLocalHome(join(folder, 'other'))
  for (let n = 0; n < 9; n += 1) await other.call('ledger.list', {})
  const forged = put('forged.jsonl', (await other.call('ledger.export', {})).bundle)
  await other.stop('quit')
  for (const anchor of anchors) expect((await run(['ledger', 'verify', forged, '--checkpoint', anchor])).code).toBe(5)
  expect(root).toMatch(/^[A-Za-z0-9+/]{43}=$/)
})

describe('a hub whose database was put back', () => {
  const place = async () => {
    const folder = mkdtempSync(join(tmpdir(), 'candor-refill-'))
    const home = join(folder, 'hub')
    let hub = await startSandboxHub({ seed: 20, home })
    const { url } = hub
    const port = Number(new URL(url).port)
    const hr = await newHome(join(folder, 'hr'))
    onTestFinished(async () => {
      await hr.stop('quit')
      await hub.close()
      rmSync(folder, { recursive: true, force: true })
    })
    await hr.call('account.sign_in', { hub: url, account: 'hr@sandbox', password: hub.passwordOf('hr') })
    await syncOnce(hr.core)
    const ledger = hr.core.vault?.ledger
    if (ledger === undefined) throw new Error('no vault is open')
    const copy = join(folder, 'copy')
    return {
      hr,
      ledger,
      hub: () => hub,
      look: async () => {
        for (const id of (await hr.call('candidate.list', {})).items.slice(0, 5).map((row) => row.id))
          await hr.call('candidate.get', { id })
        await syncOnce(hr.core)
      },
      /** Copies the hub's folder as it stands, or puts the copy in its place. */
      turn: async (what: 'keep' | 'put_back') => {
        await hub.close()
        if (what === 'keep') cpSync(home, copy, { recursive: true })
        else {
          rmSync(home, { recursive: true })
          cpSync(copy, home, { recursive: true })
        }
        hub = await startSandboxHub({ seed: 20, home, port })
      },
      entries: async () => (await hr.call('ledger.list', { limit: 500 })).items,
      held: async () => {
        const officer = await hub.signIn('officer')
        const { logs } = (await officer.call('GET', '/v1/ledger/logs')).as(heldLogs)
        return logs.find((log) => log.device === ledger.deviceId)
      },
    }
  }

  it('[ZP-96] gets from the device what it lost, and the log says so on both sides', async () => {
    const { hr, ledger, look, turn, entries, held, hub } = await place()
    await turn('keep')
    const before = ledger.pushedSize()
    expect(before).toBeGreaterThan(0)
    await look()
    const after = ledger.pushedSize()
    expect(after).toBeGreaterThan(before)
    await turn('put_back')
    expect((await held())?.size).toBe(before)
    await syncOnce(hr.core)
    const whole = await held()
    expect(whole?.size).toBe(ledger.size())
    expect(whole?.root).toBe(Buffer.from(ledger.root()).toString('base64'))
    // Nobody has to look into a fault that healed itself.
    expect(whole?.fault).toBeUndefined()
    const said = (await entries()).filter(({ action }) => action === 'incident' || action === 'restore')
    expect(said.map(({ action, detail }) => [action, detail])).toEqual([
      ['restore', `hub log from=${before} lost=${after - before}`],
      ['incident', 'log hub_behind'],
    ])
    const officer = await hub().signIn('officer')
    const { rows } = (await officer.call('GET', '/v1/ledger')).as(ledgerAnswer)
    expect(rows.filter((row) => row.device === ledger.deviceId && row.action === 'restore')).toHaveLength(1)
    // A second run has nothing to do.
    const size = ledger.size()
    await syncOnce(hr.core)
    expect(ledger.size()).toBe(size)
    expect(ledger.verifySelf().verdict).toBe('valid')
  })

  it('shows the officer a device that no longer keeps what the hub lost', async () => {
    const { hr, ledger, look, turn, entries, held } = await place()
    await turn('keep')
    await look()
    await turn('put_back')
    // As after months: the entries behind the hub's end are no longer kept here (`retention-of-the-log.test.ts` has the months).
    const { pendingPush } = ledger
    Object.assign(ledger, {
      pendingPush: (limit?: number, from?: number) => {
        if (from !== undefined) throw new IpcError('E_LEDGER', 'no longer kept', { found: 'dropped' })
        return pendingPush(limit)
      },
    })
    for (let run = 0; run < 2; run += 1) await syncOnce(hr.core)
    expect(await held()).toMatchObject({ fault: { kind: 'hub_behind' } })
    const found = (await entries()).filter(({ action }) => action === 'incident')
    expect(found.map(({ detail }) => detail)).toEqual(['log hub_behind'])
  })
})
