import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AttachmentId, JobId, RecordId } from '../../electron/shared/domain/ids.ts'
import type { ShownPage } from '../../electron/shared/domain/page-model.ts'
import { barePicture } from '../../electron/core/viewer/bare-picture.ts'
import { picturesWith } from '../fixtures/viewer/hostile-files.ts'
import { linesPdf } from '../fixtures/resumes/make-pdf.ts'
import { newLocalHome, realParser, type CoreHome } from '../helpers/core-home.ts'

const folder = mkdtempSync(join(tmpdir(), 'candor-viewer-'))
const parser = realParser()
let core: CoreHome
let job: JobId

const resume = [
  '欧阳明月',
  '性别：女',
  '出生年月：1991年3月',
  '电话：13911112222',
  '邮箱：ouyang@example.com',
  '工作经历',
  '2015.07 - 2024.06 某科技有限公司 后端工程师',
  '联系人王五 13800138000',
]
const filler = Array.from({ length: 300 }, (_, index) => `负责第 ${index} 个项目的设计与交付`)

type Person = { readonly record: RecordId; readonly application: string; readonly file: AttachmentId }

const take = async (name: string, bytes: Buffer): Promise<Person> => {
  const made = await core.call('intake.add', { name, content_base64: bytes.toString('base64'), job_id: job })
  if (made.result !== 'imported') throw new Error(made.result)
  const detail = await core.call('candidate.get', { id: made.record_id })
  const [file] = detail.attachments
  if (file === undefined) throw new Error('no attachment')
  return { record: made.record_id, application: made.application_id, file: file.id }
}

const wordsOf = ({ runs }: ShownPage): string => runs.map(({ text }) => text).join('\n')
const entries = async (action: string) =>
  (await core.call('ledger.list', { limit: 100 })).items.filter((row) => row.action === action)

let pdf: Person
const carriers = picturesWith({ phone: '13911112222', email: 'ouyang@example.com' })

beforeAll(async () => {
  core = await newLocalHome(folder, { parser })
  job = (await core.call('job.create', { title: '后端开发工程师' })).id
  pdf = await take('a.pdf', await linesPdf([...resume, ...filler].join('\n')))
}, 60_000)
afterAll(async () => {
  await core.stop('quit')
  await parser.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('the attachment viewer', () => {
  it('[ZP-29] shows the first page with its contacts masked, and writes the log before', async () => {
    const before = (await entries('open_file')).length
    const opened = await core.call('attachment.open', { id: pdf.file })
    const text = JSON.stringify(opened)
    for (const hidden of ['13911112222', 'ouyang@example.com', '13800138000', '欧阳明月', '1991'])
      expect([hidden, text.includes(hidden)]).toEqual([hidden, false])
    expect(wordsOf(opened.page)).toContain('后端工程师')
    expect(opened.page.runs.some(({ marks }) => marks !== undefined)).toBe(true)
    expect(opened.total).toBeGreaterThan(5)
    expect(opened.reveals).toBe(true)
    const rows = await entries('open_file')
    expect(rows.length).toBe(before + 1)
    expect(rows[0]).toMatchObject({ outcome: 'shown', fields: ['attachment'], clause: 'ZP-53' })
  })

  it('carries the viewer, the moment and the record in its mark', async () => {
    const { mark } = await core.call('attachment.open', { id: pdf.file })
    expect(mark).toContain(core.core.account?.view.name)
    expect(mark).toMatch(/\d{4}-\d\d-\d\d \d\d:\d\d/)
    expect(mark).toContain(pdf.record.slice(0, 8))
  })

  it('gives one page at a time, none that is not there, and nothing after it is closed', async () => {
    const { view, total } = await core.call('attachment.open', { id: pdf.file })
    const last = await core.call('attachment.page', { view, number: total })
    expect(wordsOf(last.page)).toContain('第 299 个项目')
    expect(await core.codeOf('attachment.page', { view, number: total + 1 })).toBe('E_NOT_FOUND')
    await core.call('attachment.close', { view })
    expect(await core.codeOf('attachment.page', { view, number: 1 })).toBe('E_NOT_FOUND')
    expect(await core.codeOf('attachment.reveal', { view, number: 1, reason: 'contact' })).toBe('E_NOT_FOUND')
  })

  it('reveals a page for a purpose, with its own entry, and what the first stage hides stays hidden', async () => {
    const { view } = await core.call('attachment.open', { id: pdf.file })
    const revealed = await core.call('attachment.reveal', { view, number: 1, reason: 'contact' })
    const text = wordsOf(revealed.page)
    expect(text).toContain('13911112222')
    expect(text).toContain('ouyang@example.com')
    expect(text).not.toContain('女')
    expect(text).not.toContain('1991')
    expect(revealed.seconds).toBe(30)
    const [row] = await entries('reveal')
    expect(row).toMatchObject({ outcome: 'shown', fields: ['attachment'], reason: 'contact', detail: 'page 1' })
    // The page itself is masked again for whoever turns back to it.
    expect(JSON.stringify(await core.call('attachment.page', { view, number: 1 }))).not.toContain('13911112222')
  })

  it('[ZP-29] [ZP-22] gives headhunters masked pages and refuses to reveal any, and the log says so', async () => {
    const { core: inner } = core
    const { account } = inner
    if (account === null) throw new Error('nobody is signed in')
    const gates = { ...account.gates(), licenceUntil: Number.MAX_SAFE_INTEGER }
    inner.account = { ...account, role: 'headhunter', gates: () => gates }
    try {
      const opened = await core.call('attachment.open', { id: pdf.file })
      expect(opened).toMatchObject({ reveals: false, rule: 'VIEWER_REDACTED', clause: 'ZP-29' })
      expect(JSON.stringify(opened)).not.toContain('13911112222')
      const refused = await core.router.call('attachment.reveal', { view: opened.view, number: 1, reason: 'contact' })
      expect(refused).toMatchObject({ ok: false, error: { code: 'E_CHANNEL', data: { rule: 'VIEWER_REDACTED' } } })
    } finally {
      inner.account = account
    }
    const [row] = await entries('reveal')
    expect(row).toMatchObject({ outcome: 'denied', fields: ['attachment'] })
  })

  it('takes everything but the pixels out of a PNG and a JPEG', () => {
    for (const [kind, bytes] of Object.entries(carriers)) {
      const bare = barePicture(bytes)
      const file = Buffer.from(bare?.content_base64 ?? '', 'base64')
      expect([kind, bare?.media_type]).toEqual([kind, kind])
      expect([kind, file.includes('13911112222'), file.includes('tEXt'), file.includes('Exif')]).toEqual([
        kind,
        false,
        false,
        false,
      ])
      expect(file.length).toBeGreaterThan(20)
    }
  })

  it('keeps every scan of a JPEG, and nothing that stands between or behind them', () => {
    const scan = (bytes: readonly number[]): Buffer => Buffer.from([0xff, 0xda, 0, 4, 1, 0, ...bytes])
    const secret = Buffer.from('13911112222', 'latin1')
    const comment = Buffer.concat([Buffer.from([0xff, 0xfe, 0, secret.length + 2]), secret])
    const [first, second] = [scan([1, 0xff, 0, 2, 0xff, 0xd0, 3]), scan([4, 5, 6])] as const
    const end = Buffer.from([0xff, 0xd9])
    const whole = Buffer.concat([Buffer.from([0xff, 0xd8]), first, comment, second, end, secret])
    const bare = Buffer.from(barePicture(whole)?.content_base64 ?? '', 'base64')
    expect(bare).toEqual(Buffer.concat([Buffer.from([0xff, 0xd8]), first, second, end]))
  })

  it('[ZP-29] closes what is open as soon as the record is locked, and says the rule', async () => {
    const other = await take('b.txt', Buffer.from(resume.join('\n').replaceAll('欧阳明月', '诸葛小亮')))
    const { view } = await core.call('attachment.open', { id: other.file })
    core.core.account?.store.db.run("UPDATE candidate SET life = 'locked' WHERE record_id = ?", other.record)
    expect(await core.codeOf('attachment.page', { view, number: 1 })).toBe('E_LOCKED')
    expect(await core.codeOf('attachment.reveal', { view, number: 1, reason: 'contact' })).toBe('E_LOCKED')
    expect(await core.codeOf('attachment.open', { id: other.file })).toBe('E_LOCKED')
  })
})
