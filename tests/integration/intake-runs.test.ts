import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Arrival } from '../../electron/core/intake/arrival.ts'
import { takeIn } from '../../electron/core/intake/take-in.ts'
import type { JobId } from '../../electron/shared/domain/ids.ts'
import type { ParsedFile, ParseOutcome } from '../../electron/shared/domain/intake.ts'
import { newLocalHome, openCoreHome, parsedFile, parserOf, passphrase, type CoreHome } from '../helpers/core-home.ts'
import { syncPage } from '../helpers/retention-home.ts'
import { applicationChange, candidateChange } from '../helpers/sync-records.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

/** What every run did with every file, whatever source it came from. */
const folder = mkdtempSync(join(tmpdir(), 'candor-runs-'))
let core: CoreHome
let job: JobId

/** A file of this test is what the parser shall make of it. */
const parser = parserOf((_name, bytes) => JSON.parse(Buffer.from(bytes).toString('utf8')) as ParseOutcome)
const bytesOf = (outcome: object): Uint8Array => Buffer.from(JSON.stringify(outcome))

beforeAll(async () => {
  core = await newLocalHome(folder, { parser })
  job = (await core.call('job.create', { title: '后端工程师' })).id
})
afterAll(async () => {
  await core.stop('quit')
  rmSync(folder, { recursive: true, force: true })
})

const add = (outcome: object, more: object = {}) =>
  core.call('intake.add', {
    name: 'x.txt',
    content_base64: Buffer.from(bytesOf(outcome)).toString('base64'),
    job_id: job,
    ...more,
  })
const slots = () => core.core.vault?.keystore.listLive().length ?? 0

type Mail = NonNullable<ParsedFile['mail']>
const passed = { name: 'authentication-results', value: 'mx.example.org; dkim=pass header.d=zhaopin.com' }
const mailed = (mail: Partial<Mail>, name = '某某', cn: object = {}): ParsedFile => ({
  ...parsedFile({ name }, cn),
  format: 'eml',
  mail: { body: '', from: 'hr@zhaopin.com', messageId: `<${name}@example.com>`, ...mail },
})
const arrive = (outcome: ParseOutcome, more: Partial<Arrival> = {}) =>
  takeIn(core.core, {
    name: 'mail.eml',
    bytes: bytesOf(outcome),
    way: 'mail',
    source: 'email',
    mail: { mailbox: 'box', authority: 'mx.example.org' },
    ...more,
  })
const rowOf = (id: string) =>
  core.core.account?.store.reader.get<{ platform: string; channel: string; job_id: string }>(
    'SELECT c.platform, a.channel, a.job_id FROM candidate c JOIN application a ON a.record_id = c.record_id WHERE c.record_id = ?',
    id,
  )

describe('a run', () => {
  it('reports every file with what became of it and by which rule, and nothing that the files say', async () => {
    const { run_id: run } = await core.call('intake.begin', { total: 6 })
    const young = `${new Date().getUTCFullYear() - 14}-01`
    const outcomes: object[] = [
      parsedFile({ name: '报告甲' }),
      parsedFile({ name: '报告甲' }),
      { quarantined: 'scanned', detail: '' },
      parsedFile({ name: '报告乙' }, { birth_month: young }),
      { ...mailed({ from: 'x@example.com', subject: '青云选岗 应聘' }, '报告丙') },
      { ...parsedFile({}), format: 'image', unread: { why: 'image', media_type: 'image/png' } },
    ]
    for (const outcome of outcomes) await add(outcome, { run_id: run, name: '报告甲.pdf' })
    const ended = await core.call('intake.end', { run_id: run })
    expect(ended).toMatchObject({
      state: 'done',
      total: 6,
      read: 6,
      counts: { imported: 1, merged: 1, quarantined: 1, refused: 2, asked: 1 },
    })
    const { items } = await core.call('intake.run', { id: run })
    expect(items.toReversed().map((item) => [item.result, item.reason, item.clause])).toEqual([
      ['imported', undefined, undefined],
      ['merged', undefined, undefined],
      ['quarantined', 'scanned', undefined],
      ['refused', 'UNDER_AGE', 'K14'],
      ['refused', 'NO_CANDIDATES_HERE', 'QY-09'],
      ['asked', 'words', undefined],
    ])
    expect(JSON.stringify([items, await core.call('intake.runs', {})])).not.toContain('报告')
    expect(await core.codeOf('intake.add', { name: 'x', content_base64: 'eA==', job_id: job, run_id: run })).toBe(
      'E_CONFLICT',
    )
  })

  it('counts what was over the limit, and therefore not read, as refused with its reason', async () => {
    const { run_id: run } = await core.call('intake.begin', { total: 2 })
    await add(parsedFile({ name: '不大' }), { run_id: run })
    const ended = await core.call('intake.end', { run_id: run, too_large: [{ name: '太大.pdf', size: 20_000_001 }] })
    expect(ended).toMatchObject({ state: 'done', read: 2, counts: { imported: 1, refused: 1 } })
    const { items } = await core.call('intake.run', { id: run })
    expect(items[0]).toMatchObject({ result: 'refused', reason: 'too_large', label: 'pdf', size: 20_000_001 })
  })

  it('that was interrupted goes on and counts nothing twice', async () => {
    const { run_id: run } = await core.call('intake.begin', { way: 'folder' })
    await add(parsedFile({ name: '中断一' }), { run_id: run })
    await core.stop('quit')
    core = openCoreHome(core.home, { parser })
    await core.call('vault.unlock', { passphrase })
    await core.call('account.resume', { id: 'local' as never })
    const { items } = await core.call('intake.runs', {})
    expect(items[0]).toMatchObject({ id: run, state: 'interrupted', read: 1 })
    await core.call('intake.begin', { resume: run })
    for (const name of ['中断一', '中断二']) await add(parsedFile({ name }), { run_id: run })
    expect(await core.call('intake.end', { run_id: run })).toMatchObject({ counts: { imported: 2, merged: 0 } })
    expect(await core.codeOf('intake.begin', { resume: 'none' })).toBe('E_NOT_FOUND')
  })

  it('takes an archive in file by file; what it could not take out leaves the archive in quarantine', async () => {
    const parts = ['甲', '乙', '甲'].map((name, index) => ({
      name: `${index}.txt`,
      bytes: bytesOf(parsedFile({ name: `压缩${name}` })),
    }))
    const archive = { kind: 'archive', format: 'zip', parts, refused: [], warnings: [] }
    const zipParser = parserOf((name, bytes) =>
      name === 'all.zip'
        ? ({
            ...archive,
            refused: bytes.length > 1 ? [{ name: 'x', quarantined: 'encrypted', detail: '' }] : [],
          } as never)
        : (JSON.parse(Buffer.from(bytes).toString('utf8')) as ParseOutcome),
    )
    const other = await newLocalHome(temporaryFolder(), { parser: zipParser })
    const { id } = await other.call('job.create', { title: 'x' })
    const { run_id: run } = await other.call('intake.begin', {})
    const zip = { name: 'all.zip', job_id: id, run_id: run }
    expect(await other.call('intake.add', { ...zip, content_base64: 'eA==' })).toEqual({
      result: 'unpacked',
      counts: { imported: 2, merged: 1, quarantined: 0, refused: 0, asked: 0 },
    })
    expect(await other.call('intake.add', { ...zip, content_base64: 'eHg=' })).toMatchObject({
      result: 'quarantined',
      reason: 'encrypted',
    })
    expect(await other.call('intake.end', { run_id: run })).toMatchObject({
      counts: { imported: 2, merged: 4, quarantined: 1 },
    })
    await other.stop('quit')
  })
})

describe('a mail', () => {
  it('[ZP-19] of a platform whose sender is proved becomes a record of the job that its subject names, once', async () => {
    const mail = mailed({ subject: '(Zhaopin.com) 应聘 后端工程师-上海-某某', headers: [passed] }, '邮件一')
    const first = await arrive(mail)
    if (first.result !== 'imported') throw new Error(first.result)
    expect(rowOf(first.recordId)).toEqual({ platform: 'zhaopin', channel: 'emailed', job_id: job })
    // The same message again, forwarded by another server: other bytes, the same id.
    const again = await arrive({ ...mail, warnings: ['truncated'] })
    expect(again).toEqual({ result: 'merged', recordId: first.recordId })
    expect(await arrive(mail)).toEqual({ result: 'merged', recordId: first.recordId })
  })

  it('[ZP-19] that the platform has sent by sync already is merged with that record', async () => {
    const mail = (name: string, delivery: string) =>
      mailed({ subject: '(Zhaopin.com) 应聘 后端工程师-上海-某某', headers: [passed], messageId: delivery }, name)
    const first = await arrive(mail('同步一', '<sync-1@zhaopin.com>'))
    if (first.result !== 'imported') throw new Error(first.result)
    const { db } = core.core.account?.store ?? {}
    // As a hub names it: its own record, with the message as evidence.
    db?.run("UPDATE candidate SET origin = 'hub' WHERE record_id = ?", first.recordId)
    db?.run("UPDATE application SET evidence = 'sync-2@zhaopin.com' WHERE record_id = ?", first.recordId)
    expect(await arrive(mail('同步二', '<sync-2@zhaopin.com>'))).toEqual({ result: 'merged', recordId: first.recordId })
    expect((await arrive(mail('同步三', '<sync-3@zhaopin.com>'))).result).toBe('imported')
  })

  it('[ZP-19] whose delivery comes by sync afterwards becomes that delivery, with what was done in it', async () => {
    const mail = mailed(
      { subject: '(Zhaopin.com) 应聘 后端工程师-上海-某某', headers: [passed], messageId: '<sync-9@zhaopin.com>' },
      '同步后到',
    )
    const first = await arrive(mail)
    if (first.result !== 'imported') throw new Error(first.result)
    await core.call('note.add', { id: first.recordId, job_id: job, text: '电话里聊过' })
    await core.call('application.move', { ids: [first.applicationId], stage: 'reviewed' })
    const db = core.core.account?.store.db
    const people = db?.get<{ n: number }>('SELECT count(*) AS n FROM candidate')?.n
    const now = new Date(core.core.clock.now()).toISOString()
    const delivery = [
      candidateChange('zp-9', 1, { resume: { basics: { name: '同步后到' }, meta: { cn: {} } } }),
      applicationChange('zp-a9', 'zp-9', 2, {
        job_id: job,
        evidence: 'sync-9@zhaopin.com',
        evidence_at: now,
        at: now,
        attachment: 'present',
      }),
    ]
    await syncPage(core, delivery)
    await syncPage(core, delivery)
    expect(db?.get('SELECT count(*) AS n FROM candidate')).toEqual({ n: people })
    expect(
      db?.all(
        `SELECT c.origin, c.platform_id, a.id, a.channel, a.stage FROM candidate c JOIN application a ON a.record_id = c.record_id
         WHERE c.record_id = ?`,
        first.recordId,
      ),
    ).toEqual([{ origin: 'hub', platform_id: 'zp-9', id: 'zp-a9', channel: 'delivered', stage: 'reviewed' }])
    const detail = await core.call('candidate.get', { id: first.recordId })
    expect(detail.attachments).toHaveLength(1)
    expect(detail.notes.map(({ text }) => text)).toEqual([['电话里聊过']])
    // The person's book holds what was done while only the mail was here, under the hash that it had then.
    const ledger = core.core.vault?.ledger
    const book = ledger?.list({ subject: { platform: 'zhaopin', id: 'zp-9' }, limit: 50 }).items
    expect(book?.map(({ entry }) => entry.detail)).toEqual(
      expect.arrayContaining([`intake emailed email`, `delivered as local-${first.recordId}`]),
    )
    expect(ledger?.count({ platform: 'zhaopin', id: `local-${first.recordId}` })).toBe(0)
    expect(db?.all("SELECT application_id FROM outbox WHERE kind = 'stage'")).toEqual([{ application_id: 'zp-a9' }])
    expect(db?.all('PRAGMA foreign_key_check')).toEqual([])
    // The mail once more, and a delivery that no mail announced.
    expect(await arrive({ ...mail, warnings: ['truncated'] })).toEqual({ result: 'merged', recordId: first.recordId })
    await syncPage(core, [
      candidateChange('zp-10', 3),
      applicationChange('zp-a10', 'zp-10', 4, { job_id: job, evidence_at: now, at: now }),
    ])
    expect(db?.get('SELECT count(*) AS n FROM candidate')).toEqual({ n: (people ?? 0) + 1 })
  })

  it('of an unproved sender waits for one word, which is remembered for its like and only for them', async () => {
    const subject = '(Zhaopin.com) 应聘 后端工程师-上海-某某'
    const forged = (name: string, from = 'a@zhaopin.com') => mailed({ subject, from, headers: [] }, name)
    const before = slots()
    const asked = await Promise.all(['甲', '乙', '丙'].map((name) => arrive(forged(`未证${name}`))))
    expect(asked.map(({ result }) => result)).toEqual(['asked', 'asked', 'asked'])
    expect(slots()).toBe(before + 3)
    const { items } = await core.call('intake.asks', {})
    const [ask] = items.filter((item) => item.asks === 'platform')
    expect(ask).toMatchObject({
      domain: 'zhaopin.com',
      guess: { platform: 'zhaopin', confidence: 'claimed', job_id: job },
      alike: { sender: 2, template: 2, mailbox: 2 },
    })
    expect(JSON.stringify(items)).not.toContain('a@')
    const answer = { platform: 'zhaopin', job_id: job, remember: 'sender' } as const
    const { taken, alike } = await core.call('intake.answer', { id: ask?.id ?? '', ...answer })
    expect(taken.result).toBe('imported')
    for (const id of alike) {
      expect((await core.call('intake.answer', { id, ...answer, remember: undefined })).taken.result).toBe('imported')
    }
    expect((await core.call('intake.asks', {})).items.filter((item) => item.asks === 'platform')).toEqual([])
    const next = await arrive(forged('未证丁'))
    if (next.result !== 'imported') throw new Error(next.result)
    expect(rowOf(next.recordId)?.platform).toBe('zhaopin')
    expect((await arrive(forged('未证戊', 'b@zhaopin.com'))).result).toBe('asked')
    const { items: choices } = await core.call('intake.choices', {})
    expect(choices).toMatchObject([{ kind: 'sender', domain: 'zhaopin.com', platform: 'zhaopin', used: 1 }])
    await core.call('intake.forget_choice', { id: choices[0]?.id ?? '' })
    expect((await arrive(forged('未证己'))).result).toBe('asked')
  })

  it('whose job nobody can tell waits for the job', async () => {
    expect(await arrive(mailed({ subject: '你好', headers: [passed] }, '无职位'))).toMatchObject({
      result: 'asked',
      asks: 'job',
    })
  })

  it('[ZP-13] [MM-27] keeps of a resume from Maimai what its list names and counts the rest', async () => {
    const outcome = mailed({ subject: '脉脉 投递了「后端工程师」', from: 'x@maimai.cn' }, '脉脉人')
    outcome.resume.basics.phone = '13900001111'
    const { run_id: run } = await core.call('intake.begin', {})
    const made = await add(outcome, { run_id: run, name: 'a.eml' })
    if (made.result !== 'imported') throw new Error(made.result)
    const { items } = await core.call('intake.run', { id: run })
    expect(items[0]?.dropped).toBe(1)
    expect(await core.codeOf('candidate.reveal', { id: made.record_id, field: 'phone', reason: 'contact' })).not.toBe(
      'none',
    )
  })
})

describe('a picture', () => {
  it('becomes a record once somebody typed whose it is', async () => {
    const image = { ...parsedFile({}, { birth_month: undefined }), format: 'image' as const }
    const unread = { why: 'image' as const, media_type: 'image/jpeg' }
    const made = await add({ ...image, unread }, { name: '微信图片.jpg' })
    if (made.result !== 'asked') throw new Error(made.result)
    const answer = { id: made.quarantine_id, platform: 'direct', job_id: job, source: 'hand_in' } as const
    const { taken } = await core.call('intake.answer', { ...answer, person: { name: '图中人', phone: '13900002222' } })
    if (taken.result !== 'imported') throw new Error(taken.result)
    // Nobody knows the age of whoever is in a picture.
    await core.call('candidate.confirm_age', { id: taken.record_id })
    const detail = await core.call('candidate.get', { id: taken.record_id })
    expect(detail.attachments).toMatchObject([{ media_type: 'image/jpeg', label: 'JPEG' }])
    expect(detail.phone).toBe('139****2222')
  })
})

describe('a file in quarantine', () => {
  it('is not set aside twice, and says when another version of the program may read it', async () => {
    const unreadable = { quarantined: 'malformed', detail: 'same' }
    const first = await add(unreadable)
    expect(await add(unreadable)).toEqual(first)
    const { items } = await core.call('quarantine.list', {})
    expect(items.find((row) => row.detail === 'same')).toMatchObject({ updated: false, attempts: 1 })
    core.core.account?.store.db.run("UPDATE quarantine SET program = '0.0.1' WHERE detail = 'same'")
    const later = await core.call('quarantine.list', {})
    expect(later.items.find((row) => row.detail === 'same')?.updated).toBe(true)
  })
})
