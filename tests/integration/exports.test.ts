import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { syncOnce } from '../../electron/core/accounts/session.ts'
import { parseTable } from '../../electron/parser/parse-table.ts'
import type { ApplicationId, RecordId } from '../../electron/shared/domain/ids.ts'
import { newHome, newLocalHome, type CoreHome } from '../helpers/core-home.ts'
import { startSandboxHub, type SandboxHub } from '../helpers/sandbox-hub.ts'

/** Lists that leave the vault: by approval of two, as the list shows them, marked, registered, and gone with the first of their people. */

const day = 86_400_000
const folders = [0, 1, 2, 3].map(() => realpathSync(mkdtempSync(join(tmpdir(), 'candor-export-'))))
const out = folders[3] ?? ''
const clock = { ahead: 0 }
let hub: SandboxHub
let hr: CoreHome
let officer: CoreHome
let admin: CoreHome

type Row = { readonly id: RecordId; readonly application: ApplicationId; readonly job: string }
const sync = async (core: CoreHome): Promise<void> => {
  await syncOnce(core.core)
  await core.core.account?.retention.runDue()
  await core.core.account?.indexer.settle()
}
const enter = async (core: CoreHome, seat: 'hr' | 'officer' | 'admin'): Promise<void> => {
  await core.call('account.sign_in', { hub: hub.url, account: `${seat}@sandbox`, password: hub.passwordOf(seat) })
  await sync(core)
}
/** Live people of one job, whom nothing locks in these days. */
const people = (): Row[] =>
  hr.core.account?.store.reader.all<Row>(
    `SELECT c.record_id AS id, min(a.id) AS application, a.job_id AS job FROM candidate c
     JOIN application a ON a.record_id = c.record_id JOIN job j ON j.id = a.job_id
     WHERE c.life = 'live' AND c.visibility = 'public' AND a.channel = 'delivered' AND a.decision IS NULL AND j.status = 'open'
     GROUP BY c.record_id HAVING count(*) = 1 ORDER BY a.job_id, c.platform_id`,
  ) ?? []
/** Of the job with the most of them. */
const some = (n: number): Row[] => {
  const [best = []] = [...Map.groupBy(people(), ({ job }) => job).values()].toSorted((a, b) => b.length - a.length)
  expect(best.length).toBeGreaterThanOrEqual(n)
  return best.slice(0, n)
}
const ask = async (rows: readonly Row[], reason = '交用人经理周会讨论 13800138000'): Promise<string> => {
  const [first] = rows
  if (first === undefined) throw new Error('nobody to ask for')
  const { id } = await hr.call('approval.ask', {
    id: first.id,
    job_id: first.job as never,
    kind: 'export',
    reason,
    ...(rows.length > 1 ? { application_ids: rows.map(({ application }) => application) } : {}),
  })
  return id
}
const grant = async (id: string): Promise<void> => {
  await officer.call('approval.decide', { id, status: 'granted', hours: 72 })
  await admin.call('approval.decide', { id, status: 'granted', hours: 72 })
  await sync(hr)
}
const to = (path: string | null): void => {
  Object.assign(hr.core, { askPlace: () => Promise.resolve(path) })
}
const count = (table: string): number =>
  hr.core.account?.store.reader.get<{ n: number }>(`SELECT count(*) AS n FROM ${table}`)?.n ?? -1

beforeAll(async () => {
  hub = await startSandboxHub({ seed: 120 })
  const wall = () => Date.now() + clock.ahead
  hr = await newHome(folders[0] ?? '', { wall })
  officer = await newHome(folders[1] ?? '')
  admin = await newHome(folders[2] ?? '')
  await enter(hr, 'hr')
  await enter(officer, 'officer')
  await enter(admin, 'admin')
})
afterAll(async () => {
  for (const core of [hr, officer, admin]) await core.stop('quit')
  await hub.close()
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

describe('a list of people', () => {
  it('[ZP-96] takes an approval of two others, of these people and of nobody else', async () => {
    const rows = some(3)
    const id = await ask(rows)
    to(join(out, 'refused.csv'))
    const make = { id, format: 'csv' } as const
    await sync(hr)
    expect(await hr.codeOf('export.make', make)).toBe('E_APPROVAL')
    expect(await officer.call('approval.decide', { id, status: 'granted' })).toEqual({ state: 'half' })
    await sync(hr)
    expect(await hr.codeOf('export.make', make)).toBe('E_APPROVAL')
    expect(await admin.call('approval.decide', { id, status: 'granted' })).toEqual({ state: 'granted' })
    // Somebody else's approval, and one for something else, are none.
    await sync(admin)
    await sync(hr)
    expect(await admin.codeOf('export.make', make)).toBe('E_NOT_FOUND')
    expect(await hr.codeOf('export.make', { ...make, id: 'apr_none' })).toBe('E_NOT_FOUND')
    expect(existsSync(join(out, 'refused.csv'))).toBe(false)
    expect(count('registered_file')).toBe(0)
  })

  it('[ZP-75] [D21] [LG-23] [WZ-23] is as the list shows it in every format, marked, and entered for each person before it is there', async () => {
    const rows = some(3)
    const id = await ask(rows, '第二次讨论 13800138000')
    await grant(id)
    const { items } = await hr.call('candidate.list', { job_id: rows[0]?.job as never, limit: 200 })
    const shown = items.filter((item) => rows.some((row) => row.id === item.id))
    const texts: string[] = []
    for (const format of ['csv', 'xlsx', 'pdf'] as const) {
      const path = join(out, `list.${format}`)
      to(path)
      expect(await hr.call('export.make', { id, format })).toMatchObject({ written: true, people: 3, left_out: 0 })
      if (format === 'pdf') {
        texts.push(execFileSync('pdftotext', ['-raw', path, '-'], { encoding: 'utf8' }))
        const info = execFileSync('pdfinfo', [path], { encoding: 'utf8' })
        expect(info).toContain(id)
        expect(info).toContain('hr@sandbox')
      } else {
        texts.push(JSON.stringify(parseTable(readFileSync(path))))
      }
    }
    for (const text of texts) {
      const plain = text.replaceAll(/\s/gu, '')
      for (const row of shown) {
        expect(plain).toContain(row.name)
        if (row.phone !== undefined) expect(plain).toContain(row.phone)
      }
      expect(plain).toContain('hr@sandbox')
      expect(plain).toContain(id)
      expect(plain).not.toMatch(/1[3-9]\d{9}/)
    }
    // The purpose is read by whoever gets the list, and names no number.
    expect(texts[2]?.replaceAll(/\s/gu, '')).toContain('第二次讨论***********')
    const log = (await hr.call('ledger.list', { limit: 50 })).items.filter(
      ({ action, outcome }) => action === 'export' && outcome === 'done',
    )
    expect(log).toHaveLength(9)
    expect(log[0]).toMatchObject({ detail: `approval ${id}`, fields: expect.arrayContaining(['name', 'body']) })
    expect((await hr.call('file.list', {})).items.map(({ people: n, state }) => [n, state])).toEqual([
      [3, 'present'],
      [3, 'present'],
      [3, 'present'],
    ])
  })

  it('[D21] [ZP-74] goes as soon as one of its people is destroyed, and the others’ certificates miss nothing', async () => {
    const [, second] = some(3)
    await hr.call('retention.destroy_now', { application_ids: [second?.application as ApplicationId] })
    await hr.core.account?.retention.runDue()
    for (const format of ['csv', 'xlsx', 'pdf']) expect(existsSync(join(out, `list.${format}`))).toBe(false)
    expect([count('registered_file'), count('registered_file_person')]).toEqual([0, 0])
    const [certificate] = (await hr.call('certificate.list', {})).items
    expect(certificate).toMatchObject({ left: 0, counts: { files_destroyed: 3 } })
    expect((await hr.call('candidate.get', { id: some(1)[0]?.id as RecordId })).life).toBe('live')
  })

  it('leaves out whoever the rules keep out by now, and says how many; with nobody left it is not written', async () => {
    const rows = some(2)
    const id = await ask(rows, '少一位')
    await grant(id)
    const [first, second] = rows
    const hide = (record: RecordId | undefined): void => {
      hr.core.account?.store.db.run("UPDATE candidate SET life = 'locked' WHERE record_id = ?", record ?? '')
    }
    hide(first?.id)
    to(join(out, 'one.csv'))
    expect(await hr.call('export.make', { id, format: 'csv' })).toMatchObject({ written: true, people: 1, left_out: 1 })
    hide(second?.id)
    expect(await hr.codeOf('export.make', { id, format: 'csv' })).toBe('E_CONFLICT')
    hr.core.account?.store.db.run(
      "UPDATE candidate SET life = 'live' WHERE record_id IN (?, ?)",
      first?.id ?? '',
      second?.id ?? '',
    )
  })

  it('writes over nothing, and nowhere inside of the home', async () => {
    const id = await ask(some(1), '一位')
    await officer.call('approval.decide', { id, status: 'granted', hours: 72 })
    await sync(hr)
    const taken = join(out, 'taken.csv')
    writeFileSync(taken, 'of the user')
    to(taken)
    expect(await hr.call('export.make', { id, format: 'csv' })).toMatchObject({ written: false })
    expect(readFileSync(taken, 'utf8')).toBe('of the user')
    to(join(hr.core.home.home, 'inside.csv'))
    expect(await hr.codeOf('export.make', { id, format: 'csv' })).toBe('E_FILE')
    to(null)
    expect(await hr.codeOf('export.make', { id, format: 'csv' })).toBe('E_CANCELLED')
  })

  it('[D21] ends after its days, once for everybody in it; what a person deleted is asked about once', async () => {
    const id = await ask(some(2), '到期')
    await grant(id)
    const kept = join(out, 'kept.xlsx')
    const gone = join(out, 'gone.csv')
    to(kept)
    await hr.call('export.make', { id, format: 'xlsx' })
    to(gone)
    await hr.call('export.make', { id, format: 'csv' })
    rmSync(gone)
    clock.ahead = 7 * day + 60_000
    await hr.core.account?.retention.runDue()
    expect(existsSync(kept)).toBe(false)
    const { items } = await hr.call('file.list', {})
    const [task, ...more] = items.filter(({ state }) => state === 'task')
    expect([task?.people, more]).toEqual([2, []])
    await hr.call('file.answer', { id: task?.id ?? '', answer: 'destroyed' })
    expect((await hr.call('file.list', {})).items.filter(({ state }) => state === 'task')).toEqual([])
    const log = (await hr.call('ledger.list', { limit: 20 })).items.map(({ detail }) => detail)
    expect(log.filter((detail) => detail === 'file said_destroyed D21')).toHaveLength(2)
    clock.ahead = 0
  })
})

it('[ZP-22] a headhunter exports nothing, whatever the approval', async () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'candor-export-')))
  const core = await newHome(folder)
  await core.call('account.sign_in', {
    hub: hub.url,
    account: 'headhunter@sandbox',
    password: hub.passwordOf('headhunter'),
  })
  expect(await core.codeOf('export.make', { id: 'apr_any', format: 'csv' })).toBe('E_ROLE')
  await core.stop('quit')
  rmSync(folder, { recursive: true, force: true })
})

it('[ZP-96] in a workspace without a hub there are no two others, so there is no list of many', async () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'candor-export-')))
  const core = await newLocalHome(folder)
  const job = await core.call('job.create', { title: '会计' })
  const added = await Promise.all(
    ['王晓', '赵宁'].map((name, index) =>
      core.call('intake.add', {
        name: `${index}.txt`,
        content_base64: Buffer.from(
          `姓名：${name}\n手机：1391234567${index}\n出生年月：1990年5月\n工作经历\n2018.01-2020.01 某公司 会计`,
        ).toString('base64'),
        job_id: job.id,
      }),
    ),
  )
  const [first, second] = added.map((one) => (one.result === 'imported' ? one : undefined))
  if (first === undefined || second === undefined) throw new Error('not taken in')
  const many = [first.application_id, second.application_id]
  const base = { id: first.record_id, job_id: job.id, kind: 'export', reason: '讨论' } as const
  expect(await core.codeOf('approval.ask', { ...base, application_ids: many })).toBe('E_CONFLICT')
  expect(await core.codeOf('approval.ask', { ...base, kind: 'print', application_ids: many })).toBe('E_INPUT')
  await core.stop('quit')
  rmSync(folder, { recursive: true, force: true })
})
