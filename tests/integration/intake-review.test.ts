import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { JobId, RecordId } from '../../electron/shared/domain/ids.ts'
import { newLocalHome, type CoreHome } from '../helpers/core-home.ts'

/** The original beside what was read of it: what a rule hides is hidden in both, and what somebody put right stays right. */
const folder = mkdtempSync(join(tmpdir(), 'candor-review-'))
let core: CoreHome
let job: JobId
let id: RecordId

const text = [
  '欧阳明月',
  '性别：女 | 出生年月：1991年3月 | 现居城市：成都',
  '电话：13911112222',
  '邮箱：ouyang@example.com',
  '求职意向：后端开发工程师',
  '工作经历',
  '2015.07 - 2024.06 某科技有限公司 后端工程师',
  '负责订单系统，使用 Java 与 PostgreSQL，联系人王五 13800138000',
  '教育经历',
  '2009.09 - 2013.06 某大学 软件工程 本科',
].join('\n')

beforeAll(async () => {
  core = await newLocalHome(folder)
  job = (await core.call('job.create', { title: '后端开发工程师' })).id
  const content_base64 = Buffer.from(text).toString('base64')
  const made = await core.call('intake.add', { name: 'a.txt', content_base64, job_id: job })
  if (made.result !== 'imported') throw new Error(made.result)
  id = made.record_id
})
afterAll(async () => {
  await core.stop('quit')
  rmSync(folder, { recursive: true, force: true })
})

const valueOf = (review: Awaited<ReturnType<typeof look>>, field: string) =>
  review.fields.find((row) => row.field === field)
const look = () => core.call('intake.review', { id })

describe('the page to correct', () => {
  it('shows the text with its places, and nothing of what a rule hides', async () => {
    const review = await look()
    const shown = review.pieces.map((piece) => piece.text).join('')
    expect(shown.split('\n')).toHaveLength(text.split('\n').length)
    // As many stars as there were letters would tell one word from another.
    expect(new Set(shown.match(/\*+/gu))).toEqual(new Set(['****']))
    for (const hidden of ['欧阳明月', '13911112222', '13800138000', 'ouyang@example.com', '女', '1991年3月']) {
      expect(JSON.stringify(review)).not.toContain(hidden)
    }
    for (const open of ['负责订单系统', '工作经历', '教育经历']) expect(shown).toContain(open)
    expect(
      review.pieces
        .filter(({ field }) => field === 'work')
        .map((piece) => piece.text)
        .join(''),
    ).toContain('某科技有限公司')
    expect(valueOf(review, 'phone')).toMatchObject({ state: 'reveal', value: '139****2222', whole: false })
    expect(valueOf(review, 'expected_job')).toMatchObject({ value: '后端开发工程师', whole: true })
    expect(valueOf(review, 'sex')?.value).not.toBe('female')
    const { items } = await core.call('ledger.list', { record_id: id, limit: 5 })
    expect(items.find(({ detail }) => detail === 'original')).toMatchObject({ action: 'view', outcome: 'shown' })
  })

  it('takes what is put right, keeps what it does not show, and enters who did it', async () => {
    const before = await look()
    const work = before.lists.find(({ field }) => field === 'work')
    expect(work?.entries).toHaveLength(1)
    await core.call('intake.correct', {
      id,
      changes: [
        { kind: 'value', field: 'expected_job', value: '架构师' },
        { kind: 'value', field: 'skills', value: 'Go、Rust' },
        { kind: 'value', field: 'phone', value: '13911119999' },
        { kind: 'entry', field: 'work', index: 0, values: { position: '高级工程师' } },
        { kind: 'entry', field: 'education', index: 1, values: { institution: '另一大学' } },
      ],
    })
    const after = await look()
    expect(valueOf(after, 'expected_job')).toMatchObject({ value: '架构师', corrected: { by: 'hr' } })
    expect(valueOf(after, 'phone')).toMatchObject({ value: '139****9999' })
    expect(valueOf(after, 'city')?.corrected).toBeUndefined()
    const { value } = await core.call('candidate.reveal', { id, field: 'phone', reason: 'contact' })
    expect(value).toBe('13911119999')
    const { items } = await core.call('ledger.list', { record_id: id, limit: 5 })
    expect(items.find(({ detail }) => detail === 'corrected 5')).toMatchObject({
      fields: ['expected_job', 'skills', 'phone', 'work', 'education'],
    })
  })

  it('refuses a mask that is sent back, and values that are none', async () => {
    for (const change of [
      { kind: 'value', field: 'phone', value: '139****2222' },
      { kind: 'value', field: 'birth', value: '很久以前' },
      { kind: 'value', field: 'sex', value: 'x' },
      { kind: 'entry', field: 'work', index: 9, values: { name: 'x' } },
    ]) {
      expect(await core.codeOf('intake.correct', { id, changes: [change] })).toBe('E_INPUT')
    }
  })

  it('wins over a later reading of the same file', async () => {
    expect(await core.call('intake.reread', { id })).toEqual({ corrections: 5 })
    const review = await look()
    expect(valueOf(review, 'expected_job')?.value).toBe('架构师')
    expect(valueOf(review, 'skills')?.value).toBe('Go、Rust')
    expect(review.lists.find(({ field }) => field === 'work')?.entries[0]).toMatchObject({
      name: '某科技有限公司',
      position: '高级工程师',
    })
    expect(review.lists.find(({ field }) => field === 'education')?.entries[1]).toEqual({ institution: '另一大学' })
  })

  it('shows nothing while the log cannot be written', async () => {
    const ledger = core.core.vault?.ledger
    if (ledger === undefined) throw new Error('locked')
    const refuse = vi.spyOn(ledger, 'appendCanonical').mockImplementation(() => {
      throw new Error('the disk is full')
    })
    expect(await core.codeOf('intake.review', { id })).not.toBe('none')
    refuse.mockRestore()
    expect(await core.codeOf('intake.review', { id })).toBe('none')
  })

  it('[ZP-04] closes the record of somebody who turns out to be a child', async () => {
    const birth = `${new Date().getUTCFullYear() - 14}-01`
    await core.call('intake.correct', { id, changes: [{ kind: 'value', field: 'birth', value: birth }] })
    for (const route of ['intake.review', 'intake.reread', 'candidate.get']) {
      expect(await core.codeOf(route, { id })).toBe('E_MINOR')
    }
  })
})
