import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JobId } from '../../electron/shared/domain/ids.ts'
import type { QuarantineReason } from '../../electron/shared/domain/intake.ts'
import { IpcError } from '../../electron/shared/ipc/ipc-error.ts'
import { makeDocx, makePdf } from '../../electron/hub/sandbox/documents.ts'
import { makeCandidate } from '../../electron/hub/sandbox/make-candidate.ts'
import { newLocalHome, openCoreHome, parsedFile, parserOf, passphrase, type CoreHome } from '../helpers/core-home.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

/** Files become records of a job, through the real parser process; what does not has a reason and a way on. */
const folder = mkdtempSync(join(tmpdir(), 'candor-intake-'))
let core: CoreHome
let job: JobId

beforeAll(async () => {
  core = await newLocalHome(folder)
  job = (await core.call('job.create', { title: '后端开发工程师' })).id
})
afterAll(async () => {
  await core.stop('quit')
  rmSync(folder, { recursive: true, force: true })
})

const add = (name: string, bytes: Uint8Array | string, more: object = {}) =>
  core.call('intake.add', { name, content_base64: Buffer.from(bytes).toString('base64'), job_id: job, ...more })
const slots = () => core.core.vault?.keystore.listLive().length ?? 0

const lines = (name: string, phone: string): string[] => [
  name,
  '性别：女 | 出生年月：1991年3月 | 现居城市：成都',
  `电话：${phone}`,
  `邮箱：${phone}@example.com`,
  '求职意向：后端开发工程师',
  '工作经历',
  '2015.07 - 2024.06 某科技有限公司 后端工程师',
  '负责订单系统，使用 Java 与 PostgreSQL',
  '教育经历',
  '2009.09 - 2013.06 某大学 软件工程 本科',
]
const mail = (name: string, phone: string): string =>
  [
    `From: ${phone}@example.com`,
    'To: hr@example.com',
    'Subject: resume',
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 8bit',
    '',
    ...lines(name, phone),
  ].join('\r\n')

const { person, resume } = makeCandidate(7, Date.now())

describe('a file', () => {
  it.each([
    ['txt', () => Promise.resolve(Buffer.from(lines('欧阳明月', '13911112222').join('\n')))],
    [
      'html',
      () =>
        Promise.resolve(
          Buffer.from(`<html><body><p>${lines('司徒清风', '13911113333').join('</p><p>')}</p></body></html>`),
        ),
    ],
    ['eml', () => Promise.resolve(Buffer.from(mail('上官云间', '13911114444')))],
    ['docx', async () => Buffer.from(await makeDocx(person, resume))],
    ['pdf', async () => Buffer.from(await makePdf(person, resume, new Date(0)))],
  ])('of kind %s becomes a record of its job, with its contact sealed', async (kind, make) => {
    const bytes = await make()
    const made = await add(`resume.${kind}`, bytes)
    expect(made.result).toBe('imported')
    if (made.result !== 'imported') return
    await core.core.account?.indexer.settle()
    const row = core.core.account?.store.reader.get<{ channel: string; job_id: string; due_at: number | null }>(
      'SELECT channel, job_id, due_at FROM application WHERE id = ?',
      made.application_id,
    )
    expect(row).toMatchObject({ channel: 'direct', job_id: job, due_at: expect.any(Number) as number })
    // A PDF's birth date may be missing; somebody confirms then.
    await core.router.call('candidate.confirm_age', { id: made.record_id })
    const detail = await core.call('candidate.get', { id: made.record_id })
    expect(detail.phone).toMatch(/^1\d\d\*{4}\d{4}$/)
    const { value } = await core.call('candidate.reveal', { id: made.record_id, field: 'phone', reason: 'contact' })
    expect(value).toMatch(/^1\d{10}$/)
    expect(JSON.stringify(detail)).not.toContain(value)
    const again = await add(`copy.${kind}`, bytes)
    expect(again).toEqual({ result: 'duplicate', record_id: made.record_id })
  })

  it('that came twice leaves no key behind', async () => {
    const before = slots()
    await add('again.txt', lines('欧阳明月', '13911112222').join('\n'))
    expect(slots()).toBe(before)
  })

  it("of a closed job, of nobody's job, too large, or for a platform without candidates is refused", async () => {
    const closed = (await core.call('job.create', { title: 'x' })).id
    await core.call('job.set_status', { id: closed, status: 'closed' })
    const file = { name: 'x.txt', content_base64: 'eA==' }
    expect(await core.codeOf('intake.add', { ...file, job_id: closed })).toBe('E_CONFLICT')
    expect(await core.codeOf('intake.add', { ...file, job_id: 'nobody' })).toBe('E_NOT_FOUND')
    expect(await core.codeOf('intake.add', { ...file, job_id: job, platform: 'qingyun' })).toBe('E_CHANNEL')
    const large = Buffer.alloc(30 * 1024 * 1024 + 1).toString('base64')
    expect(await core.codeOf('intake.add', { ...file, content_base64: large, job_id: job })).toBe('E_FILE')
  })

  it('[ZP-98] [ZP-53] from elsewhere enters only with a word on its origin, and keeps it', async () => {
    const bytes = lines('令狐问渠', '13911115555').join('\n')
    for (const source of ['fair', 'campus', 'referral', 'other']) {
      const answer = await core.router.call('intake.add', {
        name: 'x.txt',
        content_base64: Buffer.from(bytes).toString('base64'),
        job_id: job,
        source,
        origin: '  ',
      })
      expect(answer).toMatchObject({ ok: false, error: { code: 'E_CONSENT', data: { clause: 'ZP-98' } } })
    }
    const made = await add('x.txt', bytes, { source: 'fair', origin: '春季招聘会 3 号展位，当场告知用途' })
    if (made.result !== 'imported') throw new Error(made.result)
    const detail = await core.call('candidate.get', { id: made.record_id })
    expect(detail.source.origin).toBe('fair: 春季招聘会 3 号展位，当场告知用途')
    expect(detail.others.concat(detail.application as never)[0]?.channel).toBe('direct')
  })
})

describe('what cannot be taken in', () => {
  const reasons: ReadonlyArray<readonly [QuarantineReason, string, Uint8Array]> = [
    ['empty', 'e.txt', new Uint8Array()],
    ['unknown_format', 'p.exe', Buffer.from('4d5a90000300000004000000ffff', 'hex')],
    ['malformed', 'b.pdf', Buffer.from('%PDF-1.7\nnothing more')],
    ['no_resume', 'n.txt', Buffer.from('The quick brown fox jumps over the lazy dog. '.repeat(20))],
  ]

  it.each(reasons)('is set aside: %s', async (reason, name, bytes) => {
    const made = await add(name, bytes)
    expect(made).toMatchObject({ result: 'quarantined', reason })
    if (made.result !== 'quarantined') return
    const { items } = await core.call('quarantine.list', {})
    expect(items.find((row) => row.id === made.quarantine_id)).toMatchObject({
      reason,
      size: bytes.length,
      attempts: 1,
    })
    expect(JSON.stringify(items)).not.toContain(name)
    const before = slots()
    expect(await core.call('quarantine.retry', { id: made.quarantine_id, job_id: job })).toMatchObject({
      result: 'quarantined',
    })
    expect(slots()).toBe(before)
    await core.call('quarantine.discard', { id: made.quarantine_id })
    expect(slots()).toBe(before - 1)
    expect(await core.codeOf('quarantine.retry', { id: made.quarantine_id, job_id: job })).toBe('E_NOT_FOUND')
  })

  it('becomes a record once it can be read, and its first key goes', async () => {
    let readable = false
    const other = await newLocalHome(temporaryFolder(), {
      parser: parserOf(() => (readable ? parsedFile({ name: '欧阳修远' }) : { quarantined: 'timeout', detail: '' })),
    })
    const { id } = await other.call('job.create', { title: 'x' })
    const made = await other.call('intake.add', { name: '欧阳修远.txt', content_base64: 'eA==', job_id: id })
    if (made.result !== 'quarantined') throw new Error(made.result)
    readable = true
    expect(await other.call('quarantine.retry', { id: made.quarantine_id, job_id: id })).toMatchObject({
      result: 'imported',
    })
    expect((await other.call('quarantine.list', {})).items).toEqual([])
    const kept = other.core.account?.store.reader.all<{ key_slot: string }>(
      'SELECT key_slot FROM candidate UNION ALL SELECT key_slot FROM application',
    )
    const subjects = other.core.vault?.ledger.listSubjectSlots() ?? []
    expect(other.core.vault?.keystore.listLive()).toHaveLength((kept?.length ?? 0) + subjects.length)
    await other.stop('quit')
  })

  it('[ZP-04] a file of somebody under sixteen leaves nothing but the fact', async () => {
    const year = new Date().getUTCFullYear()
    const before = slots()
    const texts = [
      lines('小满满', '13911116666')
        .join('\n')
        .replace('1991年3月', `${year - 14}年3月`),
      lines('小寒寒', '13911117777').join('\n').replace('出生年月：1991年3月', '年龄：14岁'),
    ]
    for (const text of texts) {
      expect(await add('x.txt', text)).toEqual({ result: 'refused', code: 'E_MINOR', rule: 'UNDER_AGE' })
    }
    expect(slots()).toBe(before)
    const { items } = await core.call('ledger.list', { limit: 3 })
    expect(items.slice(1).map((row) => [row.outcome, row.detail, row.subject])).toEqual(
      Array.from({ length: 2 }, () => ['denied', expect.stringMatching(/^under_age /), undefined]),
    )
    for (const table of ['candidate', 'quarantine', 'attachment']) {
      const rows = core.core.account?.store.reader.all<{ at: number }>(`SELECT rowid AS at FROM ${table}`)
      expect(rows?.length).toBeLessThan(9)
    }
  })
})

describe('a disk that takes nothing more', () => {
  it('refuses the file, keeps what is there and frees the keys', async () => {
    const other = await newLocalHome(temporaryFolder(), { parser: parserOf((name) => parsedFile({ name })) })
    const { id } = await other.call('job.create', { title: 'x' })
    const input = (name: string) => ({ name, content_base64: Buffer.from(name).toString('base64'), job_id: id })
    await other.call('intake.add', input('第一份.txt'))
    const connection = other.core.account?.store.connection
    const before = other.core.vault?.keystore.listLive().length
    const pages = connection?.pragma('page_count', { simple: true }) as number
    connection?.pragma(`max_page_count = ${pages}`)
    const content = Buffer.alloc(3 * 1024 * 1024, 'x').toString('base64')
    expect(await other.codeOf('intake.add', { ...input('第二份.txt'), content_base64: content })).toBe('E_DISK')
    connection?.pragma('max_page_count = 1073741823')
    expect(other.core.vault?.keystore.listLive().length).toBe(before)
    await other.core.account?.indexer.settle()
    expect((await other.call('candidate.list', {})).total).toBe(1)
    expect(await other.codeOf('intake.add', input('第二份.txt'))).toBe('none')
    await other.stop('quit')
  })
})

it('keys without rows, as a kill leaves them, are freed by the next unlock', async () => {
  const home = await newLocalHome(temporaryFolder())
  const { id } = await home.call('job.create', { title: 'x' })
  home.core.vault?.keystore.create('candidate')
  home.core.vault?.keystore.create('application')
  const before = home.core.vault?.keystore.listLive().length ?? 0
  await home.stop('quit')
  const again = openCoreHome(home.home)
  await again.call('vault.unlock', { passphrase })
  expect(again.core.vault?.keystore.listLive().length).toBe(before - 2)
  expect([id.length, readFileSync(join(home.home, 'kek.json')).length > 0]).toEqual([36, true])
  await again.stop('quit')
  await expect(again.call('job.list', {})).rejects.toBeInstanceOf(IpcError)
})
