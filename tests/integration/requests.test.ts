import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createNoticeWatch } from '../../electron/core/notices/notice-watch.ts'
import type { RecordId } from '../../electron/shared/domain/ids.ts'
import { day, monday, retentionHome, type RetentionHome } from '../helpers/retention-home.ts'

/** The request desk of a workstation: what people ask about their own data, to its answer. */

const person = { name: '林若曦', phone: '13800138000', summary: '支付系统' }
const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')

const start = async () => {
  const home = await retentionHome()
  const job = await home.newJob()
  const { record, application } = await home.intake(job, person)
  return { home, job, record, application }
}

const add = async (home: RetentionHome, record: string, more: object = {}): Promise<string> => {
  const input = { kind: 'delete', via: 'phone', record_id: record, ...more }
  return (await home.call('request.add', input as never)).id
}
const get = (home: RetentionHome, id: string) => home.call('request.get', { id })
const entries = async (home: RetentionHome): Promise<string[]> => {
  const { items } = await home.call('ledger.list', { limit: 500 })
  return items
    .filter(({ action }) => action === 'request' || action === 'hold')
    .map((row) => `${row.action} ${row.outcome} ${row.detail ?? ''}`)
    .reverse()
}
const verified = async (home: RetentionHome, id: string): Promise<void> => {
  await home.call('request.note_proof', { id, kind: 'identity' })
  await home.call('request.verify', { id, verdict: 'verified' })
}

describe('a request', () => {
  it('[ZP-91] [QY-48] [MM-46] [WZ-38] is due after 15 working days of the Chinese calendar, warns on the tenth and alarms on the last', async () => {
    const { home, record } = await start()
    // 2026-03-30 is a Monday; Qingming makes 6 April a day off.
    home.passDays(28)
    const id = await add(home, record)
    const { clock } = await get(home, id)
    expect(clock).toMatchObject({
      level: 'calm',
      used: 0,
      of: 15,
      due_at: monday + 50 * day,
      warn_at: monday + 43 * day,
    })
    const watch = createNoticeWatch(home.core, home.core.account?.store.db as never, 'local')
    const told = () => home.events.filter(({ name }) => name === 'notice.due').map(({ data }) => data)
    home.passDays(14)
    watch.tick()
    expect(told()).toEqual([])
    home.passDays(1)
    watch.tick()
    watch.tick()
    expect((await get(home, id)).clock).toMatchObject({ level: 'warn', used: 10 })
    expect(await home.call('request.counts', {})).toEqual({ open: 1, warn: 1, alarm: 0 })
    expect(told()).toEqual([{ kind: 'request_due', count: 1, late: 0 }])
    home.passDays(7)
    watch.tick()
    expect((await get(home, id)).clock).toMatchObject({ level: 'alarm', used: 15 })
    expect(told()).toEqual([
      { kind: 'request_due', count: 1, late: 0 },
      { kind: 'request_due', count: 1, late: 1 },
    ])
  })

  it('[ZP-84] [ZP-91] to delete goes by identity, search, destruction and certificate to a reply, and is left without the person', async () => {
    const { home, record } = await start()
    const id = await add(home, record, {
      via: 'mail',
      source: '2026-03-02 来信，主题“删除我的简历”',
      detail: '我是林若曦，请删除 13800138000',
    })
    const opened = await get(home, id)
    expect(opened).toMatchObject({ step: 'check_identity', needed: ['identity'], identity: 'open' })
    // What people typed is shown without whom it is about.
    expect(opened.detail).not.toMatch(/林若曦|13800138000/)
    expect(await home.codeOf('request.verify', { id, verdict: 'verified' })).toBe('E_CONFLICT')
    expect(await home.codeOf('request.destroy', { id })).toBe('E_CONFLICT')
    expect(await home.codeOf('request.answer', { id, outcome: 'done' })).toBe('E_CONFLICT')
    await verified(home, id)
    expect((await get(home, id)).step).toBe('search')
    const { places } = await home.call('request.search', { id })
    expect(Object.fromEntries(places.map(({ place, state, count }) => [place, `${state} ${count}`]))).toMatchObject({
      vault: 'found 2',
      mailbox: 'absent 0',
      hub: 'absent 0',
      backups: 'absent 0',
      files: 'none 0',
    })
    expect(places.find(({ place }) => place === 'store')?.kinds).toMatchObject({ resumes: 1, applications: 1 })
    expect((await get(home, id)).step).toBe('destroy')
    await home.call('request.destroy', { id, also: [] })
    await home.runDue()
    expect(home.count('candidate')).toBe(0)
    const gone = await get(home, id)
    expect(gone).toMatchObject({ step: 'answer', platform: 'direct' })
    expect(gone.detail).toBeUndefined()
    expect(gone.certificates).toHaveLength(1)
    expect((await home.certificates()).map(({ reason }) => reason)).toEqual(['requested'])
    await home.call('request.answer', { id, outcome: 'done' })
    for (const language of ['zh-CN', 'en-US'] as const) {
      const { text } = await home.call('request.letter', { id, language })
      expect(text).toContain(gone.certificates[0])
      expect(text).toContain(gone.number)
    }
    expect(
      home.count(
        'subject_request',
        "platform_id IS NULL AND record_id IS NULL AND sealed = x'' AND person_hash IS NOT NULL",
      ),
    ).toBe(1)
    expect(await entries(home)).toContain('request done answered done')
  })

  it('[ZP-92] [QY-48] [MM-46] that is not simply done needs a reason, which stands in the reply with where to complain [ZP-108]', async () => {
    const { home, record } = await start()
    for (const outcome of ['alternative', 'fee_quoted', 'refused'] as const) {
      const id = await add(home, record, { kind: 'explain' })
      await verified(home, id)
      expect(await home.codeOf('request.answer', { id, outcome })).toBe('E_INPUT')
      expect(await home.codeOf('request.answer', { id, outcome, reason: '  ' })).toBe('E_INPUT')
      await home.call('request.answer', { id, outcome, reason: `缘由之${outcome}` })
      const { text } = await home.call('request.letter', { id, language: 'zh-CN' })
      expect(text).toContain(`缘由之${outcome}`)
      expect(text).toContain('12377')
      expect(await home.codeOf('request.answer', { id, outcome, reason: 'x' })).toBe('E_CONFLICT')
    }
    expect((await home.call('request.list', { state: 'closed' })).items).toHaveLength(3)
    expect((await home.call('request.list', {})).items).toEqual([])
  })

  it('[ZP-84] to withdraw takes the records that are the same person along, and the letter carries the certificate', async () => {
    const { home, record } = await start()
    const twin = await home.intake(await home.newJob('前端工程师'), { ...person, name: '林 若曦' })
    const other = await home.intake(await home.newJob('会计'), { name: '赵无忌' })
    await home.call('duplicate.link', { id: record as RecordId, other: twin.record })
    const id = await add(home, record, { kind: 'withdraw', via: 'in_person' })
    await verified(home, id)
    const { linked, places } = await home.call('request.search', { id })
    expect(linked.map(({ record_id: one }) => one)).toEqual([twin.record])
    expect(places.find(({ place }) => place === 'linked')).toMatchObject({ count: 1 })
    // Nobody's records but those that were said to be the same person go along.
    expect(await home.codeOf('request.destroy', { id, also: [other.record] })).toBe('E_INPUT')
    expect(await home.call('request.destroy', { id, also: [twin.record] })).toEqual({ accepted: 2 })
    await home.runDue()
    expect(home.count('candidate')).toBe(1)
    expect((await home.certificates()).map(({ reason }) => reason)).toEqual(['consent_withdrawn', 'consent_withdrawn'])
    await home.call('request.answer', { id, outcome: 'done' })
    const { certificates, number } = await get(home, id)
    expect(certificates).toHaveLength(1)

    const path = join(home.home, '..', 'letter.pdf')
    expect(await home.codeOf('request.save_letter', { id, language: 'zh-CN' })).toBe('E_CANCELLED')
    Object.assign(home.core, { askPlace: () => Promise.resolve(path) })
    expect(await home.call('request.save_letter', { id, language: 'zh-CN' })).toMatchObject({ written: true })
    const { getDocument } = await import('pdfjs-dist/legacy/build/pdf.mjs')
    const pdf = await getDocument({ data: new Uint8Array(readFileSync(path)), verbosity: 0 }).promise
    const [signed = ''] = (await pdf.getAttachments())?.keys() ?? []
    const content = await pdf.getAttachmentContent(signed)
    const stored = await home.call('certificate.get', { id: certificates[0] ?? '' })
    expect(Buffer.from(content ?? []).toString('utf8')).toBe(stored.document)
    const page = await (await pdf.getPage(1)).getTextContent()
    const printed = page.items.map((item) => ('str' in item ? item.str : '')).join('')
    for (const words of [number, '撤回同意', '不可恢复地销毁', certificates[0] ?? '']) expect(printed).toContain(words)
    expect(printed).not.toContain(person.name)
    await pdf.loadingTask.destroy()
    // What was printed outside is kept in view until it is gone as well (D21).
    expect(home.count('registered_file')).toBe(1)
  })

  it('of whoever is not who they say is refused and nothing else', async () => {
    const { home, record } = await start()
    const id = await add(home, record)
    await home.call('request.verify', { id, verdict: 'failed' })
    expect((await get(home, id)).step).toBe('refuse_identity')
    for (const outcome of ['done', 'alternative', 'fee_quoted'])
      expect(await home.codeOf('request.answer', { id, outcome, reason: 'x' })).toBe('E_CONFLICT')
    expect(await home.codeOf('request.destroy', { id })).toBe('E_CONFLICT')
    await home.call('request.answer', { id, outcome: 'refused', reason: '身份不符' })
    expect(home.count('candidate')).toBe(1)
  })

  it('[D13] has its papers destroyed 30 days after the answer, key first, and itself after three years [D11]', async () => {
    const { home, record } = await start()
    const id = await add(home, record, { kind: 'explain' })
    expect(
      await home.codeOf('request.add_paper', {
        id,
        kind: 'identity',
        name: 'a.exe',
        content_base64: Buffer.from('MZ').toString('base64'),
      }),
    ).toBe('E_FILE')
    const paper = await home.call('request.add_paper', {
      id,
      kind: 'identity',
      name: '林若曦身份证.png',
      content_base64: png.toString('base64'),
    })
    const { base64 } = await home.call('request.open_paper', { id: paper.id })
    expect(base64).toBe(png.toString('base64'))
    await home.call('request.verify', { id, verdict: 'verified' })
    await home.call('request.search', { id })
    await home.call('request.answer', { id, outcome: 'done' })
    const slot =
      home.core.account?.store.reader.get<{ key_slot: string }>('SELECT key_slot FROM request_paper')?.key_slot ?? ''
    home.passDays(29)
    await home.runDue()
    expect(home.count('request_paper')).toBe(1)
    home.passDays(1)
    await home.runDue()
    expect(home.count('request_paper')).toBe(0)
    expect(home.core.account?.keystore.state(slot)).toBe('destroyed')
    expect((await home.call('ledger.list', { limit: 50 })).items.some(({ detail }) => detail === 'papers 1 D13')).toBe(
      true,
    )
    expect(home.count('subject_request')).toBe(1)
  })

  it('to restrict takes the record out of use until the person lets it be used again', async () => {
    const { home, record } = await start()
    const id = await add(home, record, { kind: 'restrict' })
    await verified(home, id)
    await home.call('request.search', { id })
    expect((await get(home, id)).step).toBe('restrict')
    await home.call('request.carry_out', { id })
    await home.core.account?.indexer.settle()
    expect(await home.codeOf('candidate.get', { id: record })).toBe('E_LOCKED')
    expect((await home.call('candidate.list', {})).total).toBe(0)
    expect((await get(home, id)).restricted).toBe(true)
    await home.call('request.answer', { id, outcome: 'done' })
    await home.call('request.unrestrict', { id })
    await home.core.account?.indexer.settle()
    expect(await home.codeOf('candidate.get', { id: record })).toBe('none')
  })

  it('[ZP-78] to correct is passed on and changes nothing that the person wrote', async () => {
    const { home, record } = await start()
    const before = home.core.account?.store.reader.get('SELECT sealed FROM candidate')
    const id = await add(home, record, { kind: 'correct', detail: '毕业时间写错了' })
    await verified(home, id)
    await home.call('request.search', { id })
    expect((await get(home, id)).step).toBe('pass_on')
    await home.call('request.carry_out', { id })
    await home.call('request.answer', { id, outcome: 'done' })
    expect(home.core.account?.store.reader.get('SELECT sealed FROM candidate')).toEqual(before)
  })
})

describe('[QY-44] relatives of a deceased person', () => {
  const relative = { requester: 'deceased_relative', kinship: 'spouse' }

  it('are close ones, show who they are and that they may, and ask for what the text lets them', async () => {
    const { home, record } = await start()
    expect(
      await home.codeOf('request.add', {
        kind: 'delete',
        via: 'post',
        record_id: record,
        requester: 'deceased_relative',
      }),
    ).toBe('E_INPUT')
    expect(await home.codeOf('request.add', { kind: 'port', via: 'post', record_id: record, ...relative })).toBe(
      'E_INPUT',
    )
    expect(
      await home.codeOf('request.add', {
        kind: 'access',
        via: 'post',
        record_id: record,
        ...relative,
        kinship: 'friend',
      }),
    ).toBe('E_INPUT')
    const id = await add(home, record, relative)
    expect((await get(home, id)).needed).toEqual(['identity', 'kinship', 'death'])
    await home.call('request.note_proof', { id, kind: 'identity' })
    await home.call('request.note_proof', { id, kind: 'kinship' })
    expect(await home.codeOf('request.verify', { id, verdict: 'verified' })).toBe('E_CONFLICT')
    await home.call('request.note_proof', { id, kind: 'death' })
    await home.call('request.verify', { id, verdict: 'verified' })
    expect((await get(home, id)).step).toBe('search')
  })

  it('who disagree stop the clock and the record until a document lifts it, and what was left of the clock runs on', async () => {
    const { home, job, record } = await start()
    const id = await add(home, record, relative)
    home.passDays(7)
    await home.call('request.dispute', { id, words: '子女反对删除' })
    await home.core.account?.indexer.settle()
    expect((await get(home, id)).clock).toMatchObject({ level: 'stopped', used: 5 })
    expect((await get(home, id)).clock.due_at).toBeUndefined()
    expect(await home.codeOf('candidate.get', { id: record })).toBe('E_LOCKED')
    // Not even its own clock destroys it meanwhile, and nobody releases it as a hold.
    await home.call('job.set_status', { id: job, status: 'closed' })
    home.passDays(63)
    await home.runDue()
    expect(home.count('candidate')).toBe(1)
    expect(await home.codeOf('hold.release', { id: `dispute-${id}`, reason: 'x' })).toBe('E_CONFLICT')
    expect(await home.codeOf('request.answer', { id, outcome: 'refused', reason: 'x' })).toBe('E_CONFLICT')
    expect(await home.codeOf('request.resolve', { id, words: '已达成一致' })).toBe('E_CONFLICT')
    await home.call('request.note_proof', { id, kind: 'resolution' })
    await home.call('request.resolve', { id, words: '已达成一致' })
    const { clock } = await get(home, id)
    expect(clock).toMatchObject({ level: 'calm', used: 5 })
    expect(clock.due_at).toBe(monday + 84 * day)
    await home.runDue()
    expect(home.count('candidate')).toBe(0)
    expect((await entries(home)).filter((line) => line.startsWith('hold'))).toEqual([
      'hold done dispute QY-44',
      'hold done dispute released QY-44',
    ])
  })
})
