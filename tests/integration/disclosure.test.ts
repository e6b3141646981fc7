import { existsSync, readFileSync, realpathSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { checkStatement, checkStatementFile } from '../../electron/core/disclosure/check-statement.ts'
import type { Statement } from '../../electron/core/disclosure/statement.ts'
import { newHome } from '../helpers/core-home.ts'
import { pushItem } from '../helpers/hub-client.ts'
import { logDevice } from '../helpers/log-device.ts'
import { startSandboxHub } from '../helpers/sandbox-hub.ts'
import { retentionHome, type RetentionHome } from '../helpers/retention-home.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

/** The access statement of one person: who looked, with proofs, made from the log alone, living or destroyed. */

const person = { name: '林若曦', phone: '13800138000', summary: '后端工程师' }

const start = async () => {
  const home = await retentionHome()
  const { record, application } = await home.intake(await home.newJob(), person)
  const folder = realpathSync(temporaryFolder())
  Object.assign(home.core, { askPlace: () => Promise.resolve(folder) })
  return { home, record, application, folder }
}

const made = (folder: string, ending: string): string => {
  const name = readdirSync(folder)
    .filter((each) => each.endsWith(ending))
    .toSorted()
    .at(-1)
  if (name === undefined) throw new Error(`no ${ending} was made`)
  return join(folder, name)
}
const readMade = (folder: string): Statement => JSON.parse(readFileSync(made(folder, '.json'), 'utf8')) as Statement

const platformIdOf = (home: RetentionHome, record: string): string =>
  home.core.account?.store.reader.get<{ platform_id: string }>(
    'SELECT platform_id FROM candidate WHERE record_id = ?',
    record,
  )?.platform_id ?? ''

describe('the access statement', () => {
  it('[ZP-32] [ZP-78] lists every look with its proof, in both forms, and holds neither name nor contact', async () => {
    const { home, record, folder } = await start()
    await home.call('candidate.get', { id: record })
    await home.call('candidate.reveal', { id: record, field: 'phone', reason: 'contact' })
    const output = await home.call('disclosure.make', { person: { record_id: record }, request_id: 'rq-1' })
    expect(output.files.map(({ written }) => written)).toEqual([true, true])
    const document = readFileSync(made(folder, '.json'), 'utf8')
    const statement = readMade(folder)
    expect(statement).toMatchObject({ format: 'candor-statement/1', state: 'live', completeness: 'device_only' })
    expect(statement.rows.map(({ action }) => action)).toEqual(expect.arrayContaining(['view', 'reveal']))
    expect(statement.rows.find(({ action }) => action === 'reveal')).toMatchObject({
      fields: ['phone'],
      reason: 'contact',
    })
    expect(checkStatement(document)).toMatchObject({ problem: null })
    expect(checkStatementFile(readFileSync(made(folder, '.pdf')))).toMatchObject({ problem: null })
    for (const word of [person.name, person.phone]) expect(document).not.toContain(word)
    // The export is in the log itself, with the request that it answers and nothing of the person.
    const { items } = await home.call('ledger.list', { limit: 5 })
    expect(items.find(({ action }) => action === 'export')).toMatchObject({ detail: 'statement rq-1', outcome: 'done' })
    // Both files are registered, and go with their time.
    const files = (await home.call('file.list', {})).items
    expect(files.map(({ state }) => state)).toEqual(['present', 'present'])
    const pdf = made(folder, '.pdf')
    home.passDays(8)
    await home.runDue()
    expect(existsSync(pdf)).toBe(false)
  })

  it('[K17] [D11] is still made after destruction, with the certificate inside, and no longer once the year is over', async () => {
    const { home, record, application, folder } = await start()
    await home.call('candidate.get', { id: record })
    const candidate = platformIdOf(home, record)
    const ref = { platform: 'direct', candidate } as const
    await home.call('retention.destroy_now', { application_ids: [application] })
    await home.runDue()
    expect(await home.codeOf('disclosure.make', { person: { record_id: record } })).toBe('E_NOT_FOUND')
    expect(await home.call('disclosure.find', { person: ref })).toMatchObject({ state: 'destroyed', certificates: 1 })
    await home.call('disclosure.make', { person: ref })
    const statement = readMade(folder)
    expect(statement.state).toBe('destroyed')
    expect(statement.certificates).toHaveLength(1)
    expect(statement.rows.map(({ action }) => action)).toEqual(expect.arrayContaining(['view', 'destroyed']))
    expect(checkStatementFile(readFileSync(made(folder, '.pdf')))).toMatchObject({ problem: null })
    // The register takes away what was made about somebody who is gone, too.
    home.passDays(8)
    await home.runDue()
    expect(home.count('registered_file')).toBe(0)
    home.passDays(366)
    await home.runDue()
    expect(await home.codeOf('disclosure.make', { person: ref })).toBe('E_NOT_FOUND')
    expect(await home.call('disclosure.find', { person: ref })).toMatchObject({ state: 'unknown', entries: 0 })
  })

  it('[ZP-32] shows every change made to it afterwards', async () => {
    const { home, record, folder } = await start()
    await home.call('candidate.get', { id: record })
    await home.call('disclosure.make', { person: { record_id: record } })
    const document = readFileSync(made(folder, '.json'), 'utf8')
    const changed = (change: (statement: Statement) => void): string | null => {
      const copy = JSON.parse(document) as Statement
      change(copy)
      return checkStatement(JSON.stringify(copy)).problem
    }
    expect(changed((copy) => void copy.rows.pop())).toBe('other_row')
    expect(changed((copy) => Object.assign(copy.rows[0] ?? {}, { action: 'print' }))).toBe('other_row')
    expect(changed((copy) => Object.assign(copy.rows[0] ?? {}, { at: '2020-01-01T00:00:00.000Z' }))).toBe('other_row')
    expect(
      changed(({ disclosure: { logs } }) => {
        const [row] = logs[0]?.rows ?? []
        if (row !== undefined) row.entry = row.entry.replace('"hr"', '"officer"')
      }),
    ).toBe('not_in_log')
    expect(changed((copy) => void (copy.disclosure.logs = []))).toBe('other_row')
    const pdf = readFileSync(made(folder, '.pdf'))
    const at = pdf.indexOf('/Title')
    pdf[at + 9] = (pdf[at + 9] ?? 0) ^ 1
    expect(checkStatementFile(pdf).problem).toBe('changed_pdf')
    expect(checkStatement('{}').problem).toBe('malformed')
  })

  it('is cancelled without a trace outside, never written into the home, and never over a file that is there', async () => {
    const { home, record, folder } = await start()
    Object.assign(home.core, { askPlace: () => Promise.resolve(null) })
    expect(await home.codeOf('disclosure.make', { person: { record_id: record } })).toBe('E_CANCELLED')
    Object.assign(home.core, { askPlace: () => Promise.resolve(home.home) })
    expect(await home.codeOf('disclosure.make', { person: { record_id: record } })).toBe('E_FILE')
    expect(readdirSync(folder)).toEqual([])
    Object.assign(home.core, { askPlace: () => Promise.resolve(folder) })
    const first = await home.call('disclosure.make', { person: { record_id: record } })
    const path = join(folder, first.files[0]?.name ?? '')
    writeFileSync(path, 'of the user')
    const second = await home.call('disclosure.make', { person: { record_id: record } })
    expect(second.files.map(({ written }) => written)).toEqual([true, true])
    expect(readFileSync(path, 'utf8')).toBe('of the user')
  })

  it('asks about somebody unknown without making them known', async () => {
    const { home } = await start()
    const subjects = (): number =>
      home.core.vault?.ledgerDb.reader.get<{ n: number }>('SELECT count(*) AS n FROM subject')?.n ?? -1
    const before = subjects()
    const found = await home.call('disclosure.find', { person: { platform: 'zhaopin', candidate: 'c-404' } })
    expect(found).toMatchObject({ state: 'unknown', entries: 0 })
    expect(subjects()).toBe(before)
    expect(JSON.stringify(await home.call('ledger.list', { limit: 20 }))).not.toContain('c-404')
  })
})

describe('at a hub', () => {
  it('[K17] [ZP-32] puts the logs of every device into one statement for the officer, each with its proofs, and says so where it cannot', async () => {
    const hub = await startSandboxHub({ seed: 20 })
    const core = await newHome(temporaryFolder())
    onTestFinished(async () => {
      await core.stop('quit')
      await hub.close()
    })
    const candidate = 'cand-000005'
    const hr = await hub.signIn('hr')
    const device = logDevice('dev-elsewhere', { account: 'acc-hr', role: 'hr' })
    await hr.call('PUT', '/v1/devices/dev-elsewhere', {
      json: { name: '工位 3', os: 'linux', app_version: '0.1.0', log_key: device.logKey },
    })
    const subject = { platform: 'zhaopin', candidate: 'A'.repeat(43) }
    device.append({ action: 'view', subject, job: 'job-01', fields: ['body'] })
    device.append({ action: 'sign_in' })
    device.append({ action: 'reveal', subject, fields: ['phone'], reason: 'contact' })
    await pushItem(hr, 'log', device.push(0, { [subject.candidate]: candidate }))
    const password = hub.passwordOf('officer')
    await core.call('account.sign_in', { hub: hub.url, account: 'officer@sandbox', password })
    const folder = realpathSync(temporaryFolder())
    Object.assign(core.core, { askPlace: () => Promise.resolve(folder) })
    const person = { platform: 'zhaopin', candidate } as const
    expect(await core.call('disclosure.make', { person })).toMatchObject({ entries: 2 })
    const statement = readMade(folder)
    expect(statement).toMatchObject({ devices: 'all' })
    expect(statement.rows.map(({ log, i, action }) => [log, i, action])).toEqual([
      ['candor/dev-elsewhere', 0, 'view'],
      ['candor/dev-elsewhere', 2, 'reveal'],
    ])
    expect(checkStatementFile(readFileSync(made(folder, '.pdf')))).toMatchObject({ problem: null })
    expect(await core.codeOf('disclosure.make', { person: { ...person, candidate: 'cand-none' } })).toBe('E_NOT_FOUND')
    await hub.close()
    // Known to nobody here, and the hub cannot be asked: nothing is made up.
    expect(await core.codeOf('disclosure.make', { person })).toBe('E_NOT_FOUND')
  })
})
