import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { batchBody, signCertificate, type AnyBody, type BatchBody } from '../../electron/core/retention/certificate.ts'
import { checkCertificate } from '../../electron/core/retention/check-certificate.ts'
import { checkExported, checkPdf } from '../../electron/core/retention/pdf/pdf-proof.ts'
import { sha256 } from '../../electron/core/ledger/node-ledger-crypto.ts'
import { toHex, utf8 } from '../../electron/shared/ledger/bytes.ts'
import type { ApplicationId } from '../../electron/shared/domain/ids.ts'
import { commandLine } from '../helpers/cli.ts'
import { day, makeLocalHome, monday, reopen, retentionHome, type RetentionHome } from '../helpers/retention-home.ts'

const people = [
  { name: '林若曦', phone: '13800138000', summary: '八年支付系统经验' },
  { name: '高远', phone: '13800138001', summary: '财务主管' },
  { name: '罗兰', phone: '13800138002', summary: '门店店长' },
]
const vault = (home: RetentionHome) => {
  if (home.core.vault === null) throw new Error('locked')
  return home.core.vault
}
const intakeAll = async (home: RetentionHome): Promise<ApplicationId[]> => {
  const job = await home.newJob()
  const ids: ApplicationId[] = []
  for (const person of people) ids.push((await home.intake(job, person)).application)
  return ids
}
const documentsOf = async (home: RetentionHome, kind: 'single' | 'batch') => {
  const { items } = await home.call('certificate.list', { kind })
  return Promise.all(items.map(async ({ id }) => (await home.call('certificate.get', { id })).document))
}
const exported = async (home: RetentionHome, id: string, as: 'json' | 'pdf', language: 'zh-CN' | 'en-US' = 'zh-CN') =>
  Buffer.from((await home.call('certificate.export', { id, as, language })).base64, 'base64')
const folder = (): string => {
  const path = mkdtempSync(join(tmpdir(), 'candor-certificates-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

let home: RetentionHome

/** One home for the reading tests: three people destroyed by one order. */
const destroyedHome = async (): Promise<RetentionHome> => {
  const made = await retentionHome()
  await made.call('retention.destroy_now', { application_ids: await intakeAll(made), reason: 'law_requires' })
  expect(await made.runDue()).toBe(3)
  return made
}

describe('a certificate', () => {
  it('[ZP-79] says everything that an auditor asks for, and names nobody', async () => {
    home = await destroyedHome()
    const [document = ''] = await documentsOf(home, 'single')
    const { body } = JSON.parse(document) as { body: AnyBody }
    expect(body).toMatchObject({
      format: 'candor-certificate/1',
      id: expect.stringMatching(/^CD-\d{4}-\d{4}-[0-9a-f]{8}$/) as string,
      subject: { platform: 'direct', candidate: expect.any(String) as string },
      scope: 'person',
      reason: 'law_requires',
      clause: 'ZP-79',
      ground: { code: 'law_requires', clause: 'ZP-79', law: 'PIPL 47(5)' },
      policy: { profile: 'direct', version: expect.any(String) as string },
      due_at: expect.any(Number) as number,
      started_at: expect.any(Number) as number,
      finished_at: expect.any(Number) as number,
      time_source: 'device',
      counts: { keys: 2, resumes: 1, applications: 1 },
      left_behind: 0,
      not_reached: [],
      verified: { rows_left: 0, keys_left: 0 },
      operator: 'hr',
      operator_role: 'hr',
      device: vault(home).ledger.deviceId,
      software: expect.stringMatching(/^candor \d/) as string,
      limits: expect.stringContaining('not physically destroyed') as string,
    })
    if (body.format !== 'candor-certificate/1') throw new Error('a batch')
    expect(body.methods.map(({ of }) => of)).toEqual(['keys', 'rows', 'index'])
    expect(Object.keys(body.ledger).toSorted()).toEqual([
      'checkpoint',
      'cosignatures',
      'entry',
      'index',
      'origin',
      'proof',
    ])
    for (const { name, phone, summary } of people)
      for (const word of [name, phone, summary]) expect(document).not.toContain(word)
  })

  it('[ZP-79] names the ground of every reason, and a wrong ground is found out', async () => {
    home = await destroyedHome()
    const [document = ''] = await documentsOf(home, 'single')
    const { body } = JSON.parse(document) as { body: AnyBody }
    const { ledger } = vault(home)
    const other = { ...body, ground: { code: 'consent_withdrawn', clause: 'ZP-79', law: 'PIPL 47(3)' } } as AnyBody
    expect(checkCertificate(signCertificate(other, ledger)).problem).toBe('other_ground')
  })

  it('is listed by kind, reason and time', async () => {
    home = await destroyedHome()
    const list = async (filter: object) => (await home.call('certificate.list', filter)).total
    expect(await list({})).toBe(4)
    expect(await list({ kind: 'single' })).toBe(3)
    expect(await list({ kind: 'batch' })).toBe(1)
    expect(await list({ reason: 'law_requires' })).toBe(4)
    expect(await list({ reason: 'rejected' })).toBe(0)
    const now = home.core.clock.now()
    expect(await list({ from: now - day, to: now + day })).toBe(4)
    expect(await list({ to: now - day })).toBe(0)
    expect((await home.call('retention.summary', {})).counts.destroyed).toBe(3)
  })
})

describe('an order of several', () => {
  it('gets a certificate with a row each that names their hashes, once', async () => {
    home = await destroyedHome()
    const singles = await documentsOf(home, 'single')
    const [document = '', ...others] = await documentsOf(home, 'batch')
    expect(others).toEqual([])
    const body = batchBody.parse((JSON.parse(document) as { body: unknown }).body)
    expect(body).toMatchObject({ order: { reason: 'law_requires' }, not_destroyed: 0, operator: 'hr', left_behind: 0 })
    expect(body.counts).toMatchObject({ keys: 6, resumes: 3, applications: 3 })
    const hashes = (list: readonly string[]) => list.map((text) => toHex(sha256(utf8(text)))).toSorted()
    expect(body.rows.map((row) => row.sha256).toSorted()).toEqual(hashes(singles))
    expect(checkCertificate(document, { key: vault(home).ledger.verifierKey }).problem).toBeNull()
    expect(home.core.vault?.ledgerDb.reader.all('SELECT * FROM destruction_order')).toEqual([])
    await home.runDue()
    expect(await documentsOf(home, 'batch')).toHaveLength(1)
  })

  it('is found out when a row is taken from it and it is signed anew', async () => {
    home = await destroyedHome()
    const [document = ''] = await documentsOf(home, 'batch')
    const { body } = JSON.parse(document) as { body: BatchBody }
    const fewer = { ...body, rows: body.rows.slice(1) }
    expect(checkCertificate(signCertificate(fewer, vault(home).ledger)).problem).toBe('other_entry')
  })

  it('tells how far it is after each person', async () => {
    home = await retentionHome()
    const seen: number[] = []
    const { emit } = home.core
    Object.assign(home.core, {
      emit: (event: string, payload: { readonly done?: number }) => {
        if (event === 'retention.progress' && payload.done !== undefined) seen.push(payload.done)
        emit(event as never, payload as never)
      },
    })
    await home.call('retention.destroy_now', { application_ids: await intakeAll(home) })
    await home.runDue()
    expect([...new Set(seen)]).toEqual([0, 1, 2, 3])
  })

  it('counts what was taken back, and is not made for one person', async () => {
    home = await retentionHome()
    const ids = await intakeAll(home)
    await home.call('retention.destroy_now', { application_ids: ids.slice(0, 1) })
    await home.runDue()
    expect((await home.call('certificate.list', { kind: 'batch' })).total).toBe(0)
    // Stopped after the one at hand: the other one's intent is taken back.
    await home.call('retention.destroy_now', { application_ids: ids.slice(1) })
    await home.call('retention.cancel', {})
    await home.runDue()
    const [document = ''] = await documentsOf(home, 'batch')
    const { body } = JSON.parse(document) as { body: BatchBody }
    expect([body.rows.length, body.not_destroyed]).toEqual([1, 1])
  })
})

/** A home of another device; the others here are copies of one. */
const openFresh = async (): Promise<RetentionHome> => {
  const fresh = await reopen(await makeLocalHome(monday), { wall: monday, run: 0 })
  onTestFinished(() => fresh.stop('quit'))
  return fresh
}

describe('an exported certificate', () => {
  it('stands alone as JSON and as PDF, in both languages, and every flipped byte is found', async () => {
    home = await destroyedHome()
    const { ledger } = vault(home)
    const { items } = await home.call('certificate.list', {})
    const id = items.find(({ kind }) => kind === 'single')?.id ?? ''
    const batchId = items.find(({ kind }) => kind === 'batch')?.id ?? ''
    for (const language of ['zh-CN', 'en-US'] as const) {
      for (const one of [id, batchId]) {
        const pdf = await exported(home, one, 'pdf', language)
        expect(checkPdf(pdf, { key: ledger.verifierKey })).toMatchObject({ problem: null, body: { id: one } })
      }
    }
    const files = [
      await exported(home, id, 'json'),
      await exported(home, batchId, 'json'),
      await exported(home, id, 'pdf'),
      await exported(home, batchId, 'pdf'),
    ]
    fc.assert(
      fc.property(fc.constantFrom(...files), fc.nat(), fc.integer({ min: 1, max: 255 }), (file, at, flip) => {
        const changed = Buffer.from(file)
        const index = at % changed.length
        changed[index] = (changed[index] ?? 0) ^ flip
        expect(checkExported(changed).problem).not.toBeNull()
      }),
      { numRuns: 600 },
    )
    for (const file of files) {
      expect(checkExported(file.subarray(0, -1)).problem).not.toBeNull()
      expect(checkExported(Buffer.concat([file, Buffer.from('\n')])).problem).not.toBeNull()
      expect(checkExported(Buffer.concat([file, file])).problem).not.toBeNull()
    }
    // Every byte of the smallest file, each bit of it: nothing is left to chance.
    const [json = Buffer.alloc(0)] = files
    for (let index = 0; index < json.length; index += 1) {
      const changed = Buffer.from(json)
      changed[index] = (changed[index] ?? 0) ^ (1 << (index % 8))
      expect([index, checkExported(changed).problem]).not.toEqual([index, null])
    }
  })

  it('is refused when another device signed it, which only the registered key tells', async () => {
    home = await destroyedHome()
    const [document = ''] = await documentsOf(home, 'single')
    const other = await openFresh()
    const registered = vault(other).ledger.verifierKey
    expect(checkCertificate(document).problem).toBeNull()
    expect(checkCertificate(document, { key: registered }).problem).toBe('other_device')
  })

  it('shows its text in Chinese and no contact to other programs, and gives the signed document back', async ({
    skip,
  }) => {
    try {
      execFileSync('pdftotext', ['-v'], { stdio: 'ignore' })
    } catch {
      skip('pdftotext (poppler-utils) is not installed')
    }
    home = await destroyedHome()
    const place = folder()
    const { items } = await home.call('certificate.list', { kind: 'single' })
    const id = items[0]?.id ?? ''
    const path = join(place, 'c.pdf')
    writeFileSync(path, await exported(home, id, 'pdf'))
    const text = execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' })
    for (const word of [
      '销毁证明',
      id,
      '法律法规要求',
      'ZP-79',
      'PIPL 47(5)',
      '1 份简历',
      '加密擦除',
      vault(home).ledger.verifierKey.slice(0, 20),
    ])
      expect(text).toContain(word)
    for (const { name, phone, summary } of people)
      for (const word of [name, phone, summary]) expect(text).not.toContain(word)
    execFileSync('pdfdetach', ['-saveall', '-o', place, path])
    const { document } = await home.call('certificate.get', { id })
    expect(readFileSync(join(place, `${id}.json`), 'utf8')).toBe(document)
  })

  it('is verified by the command line without a home, and by the home as a whole', async () => {
    home = await destroyedHome()
    const place = folder()
    const { items } = await home.call('certificate.list', {})
    const paths: string[] = []
    for (const { id } of items)
      for (const as of ['json', 'pdf'] as const) {
        const path = join(place, `${id}.${as}`)
        writeFileSync(path, await exported(home, id, as))
        paths.push(path)
      }
    const nowhere = join(place, 'no-home')
    const { run } = commandLine(nowhere, place)
    const verify = (...words: string[]) => run(['certificates', '--verify', ...words])
    const unknown = await verify(...paths)
    expect(unknown).toMatchObject({ code: 0, json: { valid: 8, invalid: 0, device: 'not_provable' } })
    const known = await verify(...paths, '--key', vault(home).ledger.verifierKey)
    expect(known).toMatchObject({ code: 0, json: { valid: 8, invalid: 0, device: 'given' } })
    const [first = ''] = paths
    const text = readFileSync(first, 'utf8')
    const bad = join(place, 'bad.json')
    writeFileSync(bad, text.replace('"left_behind":0', '"left_behind":1'))
    expect(await verify(bad, first)).toMatchObject({
      code: 5,
      json: { valid: 1, invalid: 1, files: [{ problem: 'bad_signature' }, { verdict: 'valid' }] },
    })
    expect(existsSync(nowhere)).toBe(false)
  })
})
