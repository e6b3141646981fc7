import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import type { ImportPreview } from '../../electron/shared/domain/job-import.ts'
import { columnsOf } from '../../electron/core/jobs/import-columns.ts'
import { newLocalHome, type CoreHome } from '../helpers/core-home.ts'
import { encodeGbk } from '../fixtures/resumes/encode-gbk.ts'
import { xlsxOf } from '../fixtures/tables/make-xlsx.ts'

const folder = mkdtempSync(join(tmpdir(), 'candor-job-import-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let home: CoreHome
let number = 0
beforeEach(async () => {
  home = await newLocalHome(join(folder, `${(number += 1)}`))
  const opened = home
  onTestFinished(() => opened.stop('quit'))
})

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
const preview = async (bytes: Uint8Array): Promise<Exclude<ImportPreview, { refused: unknown }>> => {
  const answer = await home.call('job.import_preview', { content_base64: base64(bytes) })
  if ('refused' in answer) throw new Error(answer.refused)
  return answer
}

const table = [
  ['职位名称*', '工作地点', '招聘人数', '薪资（月）', '工作年限', '学历要求', '技能', '备注'],
  ['后端工程师', '上海', '3人', '20-35K', '3-5年', '本科及以上', 'Java，MySQL、Redis', '急'],
  ['会计', '北京', '两名', '', '不限', '', '', ''],
  ['', '深圳', '1', '', '', '', '', ''],
  ['后端 工程师', '上海', '1', '', '', '', '', ''],
  ['前台', '上海', '1', '', '', '', '形象好,35岁以下', ''],
]
const csv = table.map((cells) => cells.join(',').replace('形象好,35岁以下', '"形象好,35岁以下"')).join('\r\n')

describe('importing jobs', () => {
  it('tells line by line what would come of a GBK table, through the parser process, and writes nothing', async () => {
    const found = await preview(encodeGbk(csv))
    expect(found.columns.map(({ field }) => field)).toEqual([
      'title',
      'city',
      'headcount',
      'salary',
      'years',
      'degree',
      'skills',
      null,
    ])
    expect(
      found.rows.map(({ line, state, faults, same_as }) => [line, state, faults.map(({ code }) => code), same_as]),
    ).toEqual([
      [2, 'ok', [], undefined],
      [3, 'faulty', ['not_a_figure'], undefined],
      [4, 'faulty', ['missing'], undefined],
      [5, 'duplicate', [], 2],
      [6, 'faulty', ['protected'], undefined],
    ])
    expect(found.counts).toEqual({ ok: 1, duplicate: 1, faulty: 3 })
    expect((await home.call('job.list', {})).items).toEqual([])
  })

  it('opens what is right, tells what is not, repeats nothing, and can be taken back', async () => {
    const content = base64(xlsxOf(table))
    const first = await home.call('job.import', { content_base64: content })
    expect([first.ids.length, first.skipped, first.faulty.map(({ line }) => line)]).toEqual([1, 1, [3, 4, 6]])
    const id = first.ids[0]
    if (id === undefined) throw new Error('nothing imported')
    const job = await home.call('job.get', { id })
    expect(job).toMatchObject({ title: '后端工程师', city: '上海', headcount: 3, salary: '20-35K', origin: 'local' })
    expect(job.requirements).toEqual({
      skills_must: ['Java', 'MySQL', 'Redis'],
      degree: 'bachelor',
      years: { min: 3, max: 5 },
    })
    // Pressed twice: it is here already.
    expect((await home.call('job.import', { content_base64: content })).ids).toEqual([])
    expect((await home.call('job.import', { content_base64: content, duplicates: 'import' })).ids).toHaveLength(2)
    expect(await home.call('job.remove', { ids: [id] })).toEqual({ removed: 1, kept: 0 })
    expect((await home.call('job.list', {})).items).toHaveLength(2)
  })

  it('takes no result of a formula, and no job away in which somebody is', async () => {
    const bytes = xlsxOf([['title'], [{ formula: 'WEBSERVICE("http://x")', claimed: '会计' }], ['Engineer']])
    const { ids, faulty } = await home.call('job.import', { content_base64: base64(bytes) })
    expect(faulty).toEqual([{ line: 2, faults: [{ field: 'title', code: 'formula' }] }])
    const [id] = ids
    if (id === undefined) throw new Error('nothing imported')
    home.core.account?.store.db.run(
      `INSERT INTO ai_output (id, job_id, kind, model, at, account, sealed) VALUES ('o', ?, 'posting', 'm', 0, 'a', x'00')`,
      id,
    )
    expect(await home.call('job.remove', { ids: [id] })).toEqual({ removed: 0, kept: 1 })
  })

  it.each([
    ['no_title_column', Buffer.from('城市,人数\n上海,2\n')],
    ['no_rows', Buffer.from('职位名称\n')],
    ['unknown_format', Buffer.from('%PDF-1.7')],
    ['malformed', Buffer.from('PK\u0003\u0004 and then nothing of the kind')],
  ] as const)('says why a file holds no jobs: %s', async (reason, bytes) => {
    expect(await home.call('job.import_preview', { content_base64: base64(bytes) })).toEqual({ refused: reason })
    expect(await home.codeOf('job.import', { content_base64: base64(bytes) })).toBe('E_FILE')
  })

  it('knows columns by their heads in Chinese and English, each once', () => {
    expect(columnsOf(['Job Title', 'Location', '岗位', 'HC', 'JD', 'xyz'])).toEqual([
      'title',
      'city',
      null,
      'headcount',
      'description',
      null,
    ])
  })
})
