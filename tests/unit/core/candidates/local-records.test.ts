import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ParsedFile } from '../../../../electron/shared/domain/intake.ts'
import type { JobId, RecordId } from '../../../../electron/shared/domain/ids.ts'
import { newLocalHome, parsedFile, parserOf, type CoreHome } from '../../../helpers/core-home.ts'

const phone = '13912345678'
const email = 'xiuyuan.ouyang@example.com'
const wechat = 'ouyang_xy88'
const person = '欧阳修远'

let core: CoreHome
let job: JobId
let parsed: ParsedFile = parsedFile({})
const folder = mkdtempSync(join(tmpdir(), 'candor-records-'))

beforeAll(async () => {
  core = await newLocalHome(folder, { parser: parserOf(() => parsed) })
  job = (await core.call('job.create', { title: '测试工程师' })).id
})
afterAll(async () => {
  await core.stop('quit')
  rmSync(folder, { recursive: true, force: true })
})

let files = 0
const take = async (file: ParsedFile, more: { source?: 'fair'; origin?: string } = {}): Promise<RecordId> => {
  parsed = file
  files += 1
  const content = Buffer.from(`file ${files}`).toString('base64')
  const made = await core.call('intake.add', { name: 'x.txt', content_base64: content, job_id: job, ...more })
  if (made.result !== 'imported') throw new Error(made.result)
  await core.core.account?.indexer.settle()
  return made.record_id
}
const found = async (query: string): Promise<string[]> =>
  (await core.call('candidate.list', { query, limit: 200 })).items.map((row) => row.id)

/** A resume with its owner's contacts in every place where somebody may write one. */
const careless = (): ParsedFile => {
  const told = `${person} ${phone} ${email} 微信 ${wechat}`
  return parsedFile(
    { name: person, phone, email, summary: `联系我：${told}`, label: told },
    {
      wechat,
      city: `深圳 ${phone}`,
      household: told,
      political_status: told,
      expected_job: told,
      expected_city: told,
      job_state: told,
      years: 8,
    },
    {
      work: [
        {
          name: `${person}工作室`,
          position: told,
          startDate: phone,
          endDate: phone,
          summary: told,
          highlights: [told],
        },
      ],
      education: [{ institution: told, area: told, studyType: `本科 ${phone}`, startDate: phone }],
      projects: [{ name: told, description: told, highlights: [told], endDate: phone }],
      skills: [{ name: told, keywords: [told, 'Rust 语言'] }],
      languages: [{ language: told, fluency: told }],
      certificates: [{ name: told }],
    },
  )
}

describe('a resume that is full of contacts', () => {
  it('[L-2] is shown, listed and cut into snippets without any of them', async () => {
    const id = await take(careless(), { source: 'fair', origin: `校园宣讲会，${person} ${phone} 现场递交` })
    await core.call('note.add', { id, text: `已加 ${wechat}，电话 ${phone}，${person} 周五到` })
    const answers = [
      await core.call('candidate.get', { id }),
      await core.call('candidate.list', { query: 'rust' }),
      await core.call('candidate.list', {}),
      await core.call('candidate.facets', {}),
      await core.call('retention.plan', {}),
      await core.call('ledger.list', {}),
      await core.call('ledger.export', {}),
    ]
    const all = JSON.stringify(answers)
    for (const secret of [phone, email, wechat, person]) expect([secret, all.includes(secret)]).toEqual([secret, false])
    expect(answers[1]).toMatchObject({ total: 1, items: [{ id, snippet: [expect.stringContaining('Rust')] }] })
    expect(answers[0]).toMatchObject({ source: { origin: expect.stringContaining('fair: 校园宣讲会') } })
  })

  it('[L-2] is found by none of them', async () => {
    await take(careless())
    const parts = [
      phone,
      phone.slice(0, 7),
      phone.slice(-4),
      email,
      'xiuyuan',
      wechat,
      'ouyang_xy',
      person,
      '修远',
      '阳修',
    ]
    for (const query of parts) expect([query, await found(query)]).toEqual([query, []])
    expect((await found('rust')).length).toBeGreaterThan(0)
  })

  it('reveals a field without what else was written into it', async () => {
    const id = await take(careless())
    const detail = await core.call('candidate.get', { id })
    for (const field of ['household', 'political_status', 'birth_date', 'current_salary', 'sex'] as const) {
      const answer = await core.router.call('candidate.reveal', { id, field, reason: 'other' })
      expect([field, JSON.stringify(answer).includes(phone)]).toEqual([field, false])
    }
    expect(await core.call('candidate.reveal', { id, field: 'phone', reason: 'contact' })).toMatchObject({
      value: phone,
    })
    expect(detail.phone).toBe('139****5678')
  })

  it('with a contact in the place of the name shows none of it', async () => {
    for (const name of [phone, email, `Mail ${email}`, `张${phone}.x`, `Call ${phone}`]) {
      const id = await take(parsedFile({ name }))
      const row = (await core.call('candidate.list', { limit: 200 })).items.find((one) => one.id === id)
      expect([name, row?.name?.includes(phone), row?.name?.includes('@example')]).toEqual([name, false, false])
    }
  })
})

describe('a person of unknown age', () => {
  const young = (): ParsedFile => {
    const { birth_month: _none, ...cn } = parsedFile({}).resume.meta.cn
    const file = parsedFile({ name: '慕容未知', summary: '负责过量子雷达项目' }, { city: '青岛', years: 3 })
    return { ...file, resume: { ...file.resume, meta: { cn: { ...cn, city: '青岛', years: 3 } } } }
  }

  it('[D15] is listed by an alias, found by nothing else, and opened only once somebody confirmed the age', async () => {
    const id = await take(young())
    const rowOf = async () => (await core.call('candidate.list', { limit: 200 })).items.find((row) => row.id === id)
    const row = await rowOf()
    expect(row?.name).toBe('慕容某')
    for (const key of ['phone', 'email', 'city', 'years', 'school']) expect(row).not.toHaveProperty(key)
    expect(await found('量子雷达')).toEqual([])
    expect((await core.call('candidate.list', { city: '青岛' })).total).toBe(0)
    expect((await core.call('candidate.facets', {})).city.map(({ value }) => value)).not.toContain('青岛')
    expect(await core.codeOf('candidate.get', { id })).toBe('E_MINOR')
    expect(await core.codeOf('candidate.reveal', { id, field: 'name', reason: 'contact' })).toBe('E_MINOR')
    await core.call('candidate.confirm_age', { id })
    await core.core.account?.indexer.settle()
    expect(await found('量子雷达')).toEqual([id])
    expect(await core.call('candidate.get', { id })).toMatchObject({ source: { age_confirmed: true } })
    expect((await rowOf())?.city).toBe('青岛')
    expect(await core.codeOf('candidate.confirm_age', { id })).toBe('E_CONFLICT')
  })

  it('[ZP-04] whose age is known is not lifted over the limit by a word', async () => {
    const now = new Date(core.core.clock.now())
    const id = await take(parsedFile({ name: '司徒少年' }, { birth_month: `${now.getUTCFullYear() - 17}-01` }))
    expect(await core.codeOf('candidate.get', { id })).toBe('E_MINOR')
    expect(await core.codeOf('candidate.confirm_age', { id })).toBe('E_MINOR')
    expect((await core.call('candidate.list', { limit: 200 })).items.some((row) => row.id === id)).toBe(false)
  })
})

describe('pages', () => {
  it.each(['newest', 'oldest', 'years', 'due'] as const)('by %s hold everybody once', async (sort) => {
    for (let i = 0; i < 6; i += 1) {
      await take(parsedFile({ name: `分页${i}`, summary: '分页检索' }, i % 2 === 0 ? { years: i } : {}))
    }
    for (const filter of [
      {},
      { query: '分页检索' },
      { job_id: job },
      { stage: 'new' as const },
      { platform: 'direct' as const },
    ]) {
      const ids: string[] = []
      for (let cursor: string | undefined; ;) {
        const page = await core.call('candidate.list', {
          ...filter,
          sort,
          limit: 3,
          ...(cursor === undefined ? {} : { cursor }),
        })
        ids.push(...page.items.map((row) => row.id))
        expect(page.total).toBeGreaterThan(5)
        if (page.next_cursor === null) {
          expect([ids.length, new Set(ids).size]).toEqual([page.total, page.total])
          break
        }
        cursor = page.next_cursor
      }
    }
  })

  it('refuse a cursor of another list', async () => {
    const { next_cursor: cursor } = await core.call('candidate.list', { sort: 'newest', limit: 1 })
    expect(await core.codeOf('candidate.list', { sort: 'due', limit: 1, cursor })).toBe('E_INPUT')
    for (const wrong of ['', 'x', 'e30', Buffer.from('["newest",null,"x"]').toString('base64url')]) {
      expect([wrong, await core.codeOf('candidate.list', { cursor: wrong })]).toEqual([wrong, 'E_INPUT'])
    }
  })

  it('are read along an index under every sort', () => {
    const plans = {
      newest: 'newest_at DESC, lr.id DESC',
      oldest: 'newest_at ASC, lr.id ASC',
      years: 'years DESC, lr.id DESC',
      due: 'due_at ASC, lr.id ASC',
    }
    for (const [sort, order] of Object.entries(plans)) {
      const [column = '', direction] = order.split(/ |,/)
      const steps = core.core.account?.index.connection
        .prepare(
          `EXPLAIN QUERY PLAN SELECT lr.id FROM list_row lr WHERE (lr.${column}, lr.id) ${direction === 'DESC' ? '<' : '>'} (?, ?)
           ORDER BY lr.${order} LIMIT 51`,
        )
        .all(1, 1) as Array<{ detail: string }>
      const details = steps.map((step) => step.detail).join(' | ')
      expect([sort, details]).toEqual([sort, expect.stringMatching(/^SEARCH lr USING (?:COVERING )?INDEX list_row_/)])
      expect([sort, details]).toEqual([sort, expect.not.stringContaining('TEMP B-TREE')])
    }
  })
})

describe('the index', () => {
  it('holds no trace of somebody who was destroyed', async () => {
    const id = await take(parsedFile({ name: '诸葛无踪', summary: '只此一处的词句蛟龙入海' }))
    expect(await found('蛟龙入海')).toEqual([id])
    const { application } = (await core.call('candidate.list', { query: '蛟龙入海' })).items[0] ?? {}
    await core.call('retention.destroy_now', { application_ids: [application?.id as never] })
    await core.core.account?.retention.runDue()
    await core.core.account?.indexer.settle()
    expect(await found('蛟龙入海')).toEqual([])
    const index = core.core.account?.index
    for (const table of ['document', 'document_text', 'list_row', 'row_application', 'document_data']) {
      const all = index?.reader.all<Record<string, unknown>>(`SELECT * FROM ${table}`) ?? []
      const bytes = all.flatMap((row) =>
        Object.values(row).map((value) =>
          value instanceof Uint8Array ? Buffer.from(value) : Buffer.from(String(value)),
        ),
      )
      expect([table, bytes.some((part) => part.includes('蛟龙'))]).toEqual([table, false])
    }
    expect(await core.codeOf('candidate.get', { id })).toBe('E_NOT_FOUND')
  })
})
