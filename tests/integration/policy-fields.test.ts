import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newLocalHome, parsedFile, parserOf } from '../helpers/core-home.ts'
import { minute, openPolicyPlace, type PolicyPlace } from '../helpers/policy-place.ts'
import { candidateChange, contactOf } from '../helpers/sync-records.ts'

/** Fields with rules of their own: insights, the second layer, and words that the masking missed. */
let at: PolicyPlace

beforeEach(async () => {
  at = await openPolicyPlace()
})
afterEach(() => at.close())

describe('insights', () => {
  const insights = { reply_rate: 80, active_days_of_30: 20, gossip: '前同事说' }
  const orderBy = async () => (await at.core.call('candidate.list', { sort: 'activity' })).items.map((row) => row.id)

  it('[ZP-06] [ZP-62] are off until somebody switches them on, show known keys only, and live for a day', async () => {
    at.put('z', 'delivered', { insights })
    at.put('quiet', 'delivered', { insights: { active_days_of_30: 3 } })
    await at.enterAs('hr')
    const before = await at.open('z')
    expect(before).not.toHaveProperty('insights')
    expect(before.why.find((why) => why.field === 'insights')).toMatchObject({
      state: 'absent',
      rule: 'INSIGHTS_NOT_ALLOWED',
      clause: 'ZP-62',
      lift: 'ALLOW_INSIGHTS',
    })
    await at.core.call('permission.set', { name: 'insights', on: true })
    await at.core.core.account?.indexer.settle()
    const { insights: shown } = await at.open('z')
    expect(shown).toMatchObject({ reply_rate: 80, active_days_of_30: 20 })
    expect(Object.keys(shown ?? {}).sort()).toEqual(['active_days_of_30', 'fetched_at', 'reply_rate'])
    expect(await orderBy()).toEqual([at.idOf('z'), at.idOf('quiet')])
    at.wall = 25 * 60 * minute
    expect((await at.open('z')).why.find((why) => why.field === 'insights')?.rule).toBe('INSIGHTS_STALE')
    await at.core.core.account?.retention.runDue()
    expect(at.core.core.account?.store.reader.get("SELECT 1 FROM aside_change WHERE type = 'insights'")).toBeUndefined()
  })

  it('[ZP-63] that a person has switched off are gone with the next sync, are no key to sort by, and say so', async () => {
    at.put('z', 'delivered', { insights })
    at.put('quiet', 'delivered', { insights: { active_days_of_30: 3 } })
    await at.enterAs('hr')
    await at.core.call('permission.set', { name: 'insights', on: true })
    await at.core.core.account?.indexer.settle()
    expect(await orderBy()).toEqual([at.idOf('z'), at.idOf('quiet')])
    at.hub.put(candidateChange('z', 2, { contact: contactOf('app-z'), insights, insights_opt_out: true }))
    await at.sync()
    const detail = await at.open('z')
    expect(detail).not.toHaveProperty('insights')
    expect(detail.wishes).toContain('insights_off')
    expect(detail.why.find((why) => why.field === 'insights')).toMatchObject({ rule: 'INSIGHTS_OFF', clause: 'ZP-63' })
    expect(
      at.core.core.account?.store.reader.get("SELECT 1 FROM aside_change WHERE type = 'insights' AND id = 'z'"),
    ).toBeUndefined()
    expect(await orderBy()).toEqual([at.idOf('quiet'), at.idOf('z')])
  })
})

describe('sealed fields', () => {
  it('[ZP-05] lie in a second layer, open one at a time with a reason, and not at all once the permission is taken away', async () => {
    at.put('z', 'delivered', {
      resume: {
        basics: { name: '林某' },
        work: [{ name: '星河科技', position: '工程师' }],
        meta: { cn: { city: '上海', household: '云南大理', current_salary: 23456, political_status: '群众' } },
      },
    })
    await at.enterAs('hr')
    const { account, vault } = at.core.core
    if (account === null || vault === null) throw new Error()
    const row = account.store.reader.get<{ slot: string; sealed: Uint8Array; box: Uint8Array }>(
      'SELECT key_slot AS slot, sealed, sealed_fields AS box FROM candidate',
    )
    const plain = account.keystore.open(
      row?.slot ?? '',
      `${at.idOf('z')}|candidate|sealed|1`,
      row?.sealed ?? new Uint8Array(),
    )
    expect(Buffer.from(plain).toString()).not.toMatch(/大理|23456|群众/)
    const outer = account.keystore.open(
      row?.slot ?? '',
      `${at.idOf('z')}|candidate|sealed_fields|1`,
      row?.box ?? new Uint8Array(),
    )
    expect(Buffer.from(outer).toString()).not.toMatch(/大理|23456|群众/)
    const detail = await at.open('z')
    expect(detail.sealed).toEqual(expect.arrayContaining(['household', 'political_status', 'current_salary']))
    expect([detail.household, detail.current_salary]).toEqual(['****', '****'])
    const reveal = { id: at.idOf('z'), job_id: 'job-1', field: 'household' }
    expect(await at.core.codeOf('candidate.reveal', reveal)).toBe('E_INPUT')
    const answer = await at.core.call('candidate.reveal', { ...reveal, reason: 'offer' } as never)
    expect(answer.value).toBe('云南大理')
    const { items } = await at.core.call('permission.list', {})
    expect(items.find((one) => one.name === 'sealed_fields')?.last_used_at).toBeGreaterThan(0)
    await at.core.call('permission.set', { name: 'sealed_fields', on: false })
    expect(await at.refusal('candidate.reveal', { ...reveal, reason: 'offer' })).toBe(
      'E_CHANNEL SEALED_NOT_ALLOWED ZP-05 ALLOW_SEALED',
    )
  })

  it('hold what came in by a file, too, and survive a new version from the platform', async () => {
    await at.core.stop('quit')
    const parser = parserOf(() => parsedFile({ name: '冯若水' }, { household: '青海西宁', city: '上海' }))
    at.core = await newLocalHome(join(at.folder, 'local'), { parser })
    const { id: own } = await at.core.call('job.create', { title: '会计' })
    const output = await at.core.call('intake.add', { name: 'a.txt', content_base64: 'eA==', job_id: own })
    if (output.result !== 'imported') throw new Error(output.result)
    await at.core.call('application.set_stage', { id: output.application_id, stage: 'interview' })
    const detail = await at.core.call('candidate.get', { id: output.record_id })
    expect(detail.household).toBe('****')
    const { value } = await at.core.call('candidate.reveal', {
      id: output.record_id,
      field: 'household',
      reason: 'offer',
    })
    expect(value).toBe('青海西宁')
  })
})

describe('a report of a leak', () => {
  it('masks the words in this record from then on, in the search too, and tells the officer without them', async () => {
    at.put('z', 'delivered', {
      resume: {
        basics: { name: '林某', summary: '联系我请搜 星河老林2077 谢谢' },
        work: [],
        meta: { cn: { city: '上海' } },
      },
    })
    await at.enterAs('hr')
    const text = '星河老林2077'
    expect(JSON.stringify((await at.open('z')).summary)).toContain(text)
    expect((await at.core.call('candidate.list', { query: text })).total).toBe(1)
    await at.core.call('leak.report', { id: at.idOf('z') as never, job_id: 'job-1' as never, text })
    await at.core.core.account?.indexer.settle()
    expect(JSON.stringify(await at.open('z'))).not.toContain(text)
    expect((await at.core.call('candidate.list', { query: text })).total).toBe(0)
    at.hub.put(
      candidateChange('z', 2, {
        contact: contactOf('app-z'),
        resume: { basics: { name: '林某', summary: `新简历，仍是 ${text}` }, work: [], meta: { cn: { city: '上海' } } },
      }),
    )
    await at.sync()
    expect(JSON.stringify(await at.open('z'))).not.toContain(text)
    const incident = at.hub.sent.find((item) => item.kind === 'incident')
    expect(incident?.body).toMatchObject({ title: 'leak_reported', candidate_id: 'z' })
    expect(JSON.stringify(incident)).not.toContain(text)
    const { items } = await at.core.call('ledger.list', { limit: 20 })
    expect(items.filter((entry) => entry.action === 'incident').map((entry) => entry.detail)).toEqual(['leak_reported'])
    expect((await at.core.call('ledger.export', {})).bundle).not.toContain(text)
  })

  const report = (text: string, id = 'z') => at.core.codeOf('leak.report', { id: at.idOf(id), job_id: 'job-1', text })
  const put = (basics: Record<string, unknown>, more: Record<string, unknown> = {}) =>
    at.put('z', 'delivered', { resume: { basics: { name: '林某', ...basics }, work: [], ...more, meta: { cn: {} } } })

  it('masks inside of longer words and in what stands where dates belong', async () => {
    const [startDate, endDate] = ['since qq778zz', 'xqq778zzx']
    put(
      { summary: 'find me: callmeQQ778zz' },
      {
        work: [{ name: '星河', startDate, endDate }],
        education: [{ institution: '大学', startDate, endDate }],
        projects: [{ name: '北斗', startDate, endDate }],
      },
    )
    await at.enterAs('hr')
    expect(JSON.stringify(await at.open('z')).match(/qq778zz/gi)).toHaveLength(7)
    expect(await report('ｑｑ778ZZ')).toBe('none')
    const detail = await at.open('z')
    expect(JSON.stringify(detail)).not.toMatch(/qq778zz/i)
    for (const list of [detail.work, detail.education, detail.projects])
      expect(list?.[0]).toMatchObject({ from: 'since *******', to: 'x*******x' })
  })

  it('is refused when it is of nothing that is shown, so that nobody believes it masked', async () => {
    put({ summary: '电话 13912345678，星河 12 号，请搜 老林2077' })
    await at.enterAs('hr')
    const { record_id: record } = at.core.core.account?.store.reader.get<{ record_id: string }>(
      'SELECT record_id FROM candidate',
    ) ?? { record_id: '' }
    const version = () =>
      at.core.core.account?.store.reader.get('SELECT version FROM candidate WHERE record_id = ?', record)
    const before = version()
    expect(await report('qq778zz')).toBe('E_CONFLICT')
    // A guess at what a mark hides is answered like any other.
    for (const guess of ['13912345678', '13912345679', '电话 13912345678', '电话 *', '1391'])
      expect([guess, await report(guess)]).toEqual([guess, 'E_CONFLICT'])
    for (const little of ['号。', '……', ' 1 ', '😀😀']) expect([little, await report(little)]).not.toContain('none')
    expect(await report('1。')).toBe('E_INPUT')
    expect(version()).toEqual(before)
    expect(await report('请搜   老林2077')).toBe('none')
    expect(version()).not.toEqual(before)
    // Masked by now.
    expect(await report('老林2077')).toBe('E_CONFLICT')
  })

  it('may be of a note', async () => {
    put({ summary: '谢谢' })
    await at.enterAs('hr')
    await at.core.call('note.add', { id: at.idOf('z') as never, text: '他叫xqq778zz' })
    expect(await report('qq778zz')).toBe('none')
    expect((await at.open('z')).notes[0]?.text).toEqual(['他叫x', { masked: 'name', text: '*******' }])
  })

  it('never shows the first word again, however many follow', async () => {
    const words = Array.from({ length: 101 }, (_, index) => `w${String(index).padStart(3, '0')}x`)
    put({ summary: words.join('，') })
    await at.enterAs('hr')
    for (const word of words.slice(0, 100)) expect(await report(word)).toBe('none')
    expect(await report(words[100] ?? '')).toBe('E_CONFLICT')
    const shown = JSON.stringify((await at.open('z')).summary)
    expect(words.filter((word) => shown.includes(word))).toEqual([words[100]])
  })

  it('waits for the hub under its record, so that a destruction takes it along', async () => {
    put({ summary: '请搜 老林2077' })
    await at.enterAs('hr')
    expect(await report('老林2077')).toBe('none')
    const rows = at.core.core.account?.store.reader.all("SELECT record_id FROM outbox WHERE kind = 'incident'")
    expect(rows).toEqual([{ record_id: at.idOf('z') }])
  })
})

describe('a resume that is said to come from a platform without candidates', () => {
  it('[QY-10] [QY-09] comes in as the person’s own delivery with its origin, or not at all', async () => {
    await at.core.stop('quit')
    const parser = parserOf(() => parsedFile({ name: '冯若水' }, { city: '上海' }))
    at.core = await newLocalHome(join(at.folder, 'local'), { parser })
    const { id: own } = await at.core.call('job.create', { title: '会计' })
    const file = { name: 'a.txt', content_base64: 'eA==', job_id: own }
    expect(await at.core.codeOf('intake.add', { ...file, platform: 'qingyun' })).toBe('E_CHANNEL')
    expect(await at.core.codeOf('intake.add', { ...file, source: 'other' })).not.toBe('none')
    const origin = '本人在招聘会当面递交，自青云选岗导出'
    const output = await at.core.call('intake.add', { ...file, source: 'other', origin })
    if (output.result !== 'imported') throw new Error(output.result)
    const detail = await at.core.call('candidate.get', { id: output.record_id })
    expect([detail.platform, detail.application?.channel]).toEqual(['direct', 'direct'])
    expect(detail.source.origin).toContain('本人在招聘会当面递交')
    expect(at.core.core.account?.store.reader.get("SELECT 1 FROM candidate WHERE platform = 'qingyun'")).toBeUndefined()
  })
})
