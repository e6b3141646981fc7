import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import type { JobId } from '../../electron/shared/domain/ids.ts'
import type { JobRequirements } from '../../electron/shared/domain/job-requirements.ts'
import { enterHubAccount, monday, retentionHome, syncPage, type RetentionHome } from '../helpers/retention-home.ts'
import { applicationChange, candidateChange, contactOf, iso, jobChange } from '../helpers/sync-records.ts'

let home: RetentionHome

const resume = (more: object = {}, cn: object = {}) => ({
  basics: { name: '林某', label: 'Java 开发', summary: '熟悉 SpringBoot' },
  work: [{ name: '星河科技', position: '工程师', startDate: '2018-07' }],
  education: [{ institution: '海州大学', studyType: '本科' }],
  meta: { cn: { city: '上海', sex: 'female', years: 8, expected_salary: [20_000, 25_000], ...cn } },
  ...more,
})
const asked: JobRequirements = {
  skills_must: ['Java', 'Rust'],
  years: { min: 5 },
  degree: 'bachelor',
  cities: ['上海'],
  salary: { max: 30_000 },
}
const ask = async (requirements: JobRequirements | null, id = 'job-1'): Promise<void> => {
  await home.call('job.update', { id: id as JobId, requirements })
  await home.core.account?.indexer.settle()
}
const rows = async () => (await home.call('candidate.list', { job_id: 'job-1' as JobId })).items
const only = async () => {
  const [row] = await rows()
  if (row === undefined) throw new Error('nobody in the list')
  return row
}
const detail = async () => home.call('candidate.get', { id: (await only()).id })
const stored = (): number =>
  home.core.account?.index.reader.get<{ score: number }>('SELECT score FROM row_application')?.score ?? Number.NaN

beforeEach(async () => {
  home = await retentionHome()
  await enterHubAccount(home)
  await syncPage(home, [
    jobChange('job-1'),
    candidateChange('c-1', 1, { resume: resume(), contact: contactOf('a-1'), birth_month: '1985-03' }),
    applicationChange('a-1', 'c-1'),
  ])
})

describe('scores in lists and in the person', () => {
  it('are not there while the job asks for nothing', async () => {
    expect((await only()).score).toBeUndefined()
    expect(stored()).toBe(-1)
    expect((await detail()).fit).toEqual({ points: null, total: 100, parts: [] })
  })

  it('are the same in both, and follow the job and the resume', async () => {
    await ask(asked)
    const first = (await only()).score ?? -1
    expect(first).toBe(stored())
    const shown = await detail()
    expect(shown.score).toBe(first)
    expect(shown.fit?.points).toBe(first)
    expect(shown.fit?.parts.map(({ criterion, state }) => `${criterion} ${state}`)).toEqual([
      'skills_must part',
      'years met',
      'degree met',
      'city met',
      'salary met',
    ])
    await syncPage(home, [
      candidateChange('c-1', 2, { resume: resume({ skills: [{ name: 'Rust' }] }), birth_month: '1985-03' }),
    ])
    expect((await only()).score).toBe(100)
    await ask({ years: { min: 16 } })
    expect((await only()).score).toBe(50)
    await ask(null)
    expect((await only()).score).toBeUndefined()
  })

  it('are made anew without anything else of the row, and not forgotten when the program stops in between', async () => {
    const account = () => {
      if (home.core.account === null) throw new Error('nobody is signed in')
      return home.core.account
    }
    const row = () => account().index.reader.get<object>('SELECT id, projection FROM list_row')
    const kept = () => account().store.reader.get<object>('SELECT version, indexed_version, rescore FROM candidate')
    const [before, versions] = [row(), kept()]
    await ask(asked)
    expect(stored()).toBeGreaterThan(0)
    expect([row(), kept()]).toEqual([before, versions])
    // What is to be done stands in the store until it is done.
    account().index.db.run('UPDATE row_application SET score = -1')
    account().store.db.run('UPDATE candidate SET rescore = 1')
    account().indexer.poke()
    await account().indexer.settle()
    expect(stored()).toBeGreaterThan(0)
    expect(kept()).toEqual(versions)
  })

  it('[ZP-88] do not move with age, sex, household, politics, family, ethnicity, religion, health, photo, name, school or stage', async () => {
    await ask(asked)
    const before = await only()
    await syncPage(home, [
      candidateChange('c-1', 2, {
        resume: resume(
          {
            education: [{ institution: '清华大学', studyType: '本科' }],
            basics: { name: '欧阳修远', label: 'Java 开发', summary: '熟悉 SpringBoot', image: 'Rust.png' },
          },
          {
            sex: 'male',
            household: '北京',
            political_status: '中共党员',
            marital_status: '已婚',
            ethnicity: '回族',
            religion: '佛教',
            health: '残疾',
          },
        ),
        birth_month: '1999-01',
        contact: { ...contactOf('a-1'), name: '欧阳修远' },
        insights: { reply_rate: 99, active_days_of_30: 30 },
        education_verified: true,
        ai_polished: true,
      }),
    ])
    expect((await only()).score).toBe(before.score)
    await home.call('application.move', { ids: [before.application?.id ?? ('' as never)], stage: 'interview' })
    await home.core.account?.indexer.settle()
    expect((await only()).score).toBe(before.score)
  })

  it('[ZP-88] explain themselves on request, in both languages, with an entry in the log', async () => {
    await ask(asked)
    const { id } = await only()
    const { zh, en, fit } = await home.call('matching.explain', { id })
    expect(zh).toContain(`得 ${fit.points ?? -1} 分`)
    expect(en).toContain('decides nothing by itself')
    const { timeline } = await home.call('candidate.get', { id })
    expect(timeline.some((row) => row.detail === 'score explained' && row.clause === 'ZP-88')).toBe(true)
  })

  it('[ZP-88] [WZ-20] [MM-16] can be switched off: no row and no person carries one then', async () => {
    await ask(asked)
    await home.call('matching.set_shown', { shown: false })
    expect((await only()).score).toBeUndefined()
    const shown = await detail()
    expect([shown.score, shown.fit]).toEqual([undefined, undefined])
    await home.call('matching.set_shown', { shown: true })
    expect((await only()).score).toBeTypeOf('number')
  })

  it('[ZP-88] decide nothing: a whole job scored at zero moves nobody, and no file that scores can move', async () => {
    await ask({ skills_must: ['COBOL'] })
    expect((await only()).score).toBe(0)
    await home.runDue()
    expect((await only()).application?.stage).toBe('new')
    expect(home.count('stage_move')).toBe(0)
    const folder = join(import.meta.dirname, '../../electron/core')
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))
    for (const name of files) {
      const text = readFileSync(join(folder, name), 'utf8')
      const scores = /from '.*\/(?:score-fit|fit-of|record-matching)\.ts'/.test(text)
      const moves = /from '.*\/(?:move-application|pipeline-handlers)\.ts'/.test(text)
      expect(scores && moves, name).toBe(false)
      // The board may show a score on its cards; what moves may not know of one.
      if (/move-application|pipeline-handlers/.test(name)) expect(text, name).not.toMatch(/\bscore\b|\bfit\b/)
    }
  })

  it('are not there where the body may not be read, and no score tells what the rules hide', async () => {
    await ask(asked)
    await syncPage(home, [
      candidateChange('c-2', 1, { platform: 'maimai', resume: resume({}, { expected_salary: [90_000, 99_000] }) }),
      applicationChange('a-2', 'c-2', 1, { channel: 'searched', evidence: undefined, evidence_at: iso(monday) }),
      jobChange('job-1', 2),
    ])
    const found = (await rows()).find((row) => row.platform === 'maimai')
    if (found === undefined) throw new Error('the searched card is not in the list')
    const shown = await home.call('candidate.get', { id: found.id })
    expect(shown.expected_salary).toBeUndefined()
    const part = shown.fit?.parts.find(({ criterion }) => criterion === 'salary')
    if (shown.fit !== undefined) expect(part).toMatchObject({ state: 'unknown', reason: 'not_shown', of: 0 })
    expect(JSON.stringify(shown.fit ?? {})).not.toMatch(/90000|99000/)
    expect(found.score).toBe(shown.score)
  })
})

describe('badges', () => {
  const badges = async () => ((await only()).badges ?? []).map(({ kind }) => kind)
  const send = (rev: number, more: object = {}) =>
    syncPage(home, [
      candidateChange('c-1', rev, { resume: resume(), birth_month: '1985-03', contact: contactOf('a-1'), ...more }),
    ])

  it('[ZP-58] a verified degree goes when the education changes, and stays away until the platform verifies anew', async () => {
    await send(2, { education_verified: true })
    expect(await badges()).toEqual(['education'])
    const other = { resume: resume({ education: [{ institution: '另一所大学', studyType: '硕士' }] }) }
    await send(3, { education_verified: true, ...other })
    expect(await badges()).toEqual(['reverify'])
    await send(4, { education_verified: true })
    expect(await badges()).toEqual(['reverify'])
    await send(5, { education_verified: false })
    expect(await badges()).toEqual([])
    await send(6, { education_verified: true })
    expect(await badges()).toEqual(['education'])
  })

  it.each([
    ['name', { contact: { ...contactOf('a-1'), name: '林若兮' } }],
    ['birth', { birth_month: '1986-03' }],
    ['sex', { resume: resume({}, { sex: 'male' }) }],
  ])(
    '[ZP-58] [WZ-35] a verified degree goes when the %s changes, and the record says that it wants verifying',
    async (_what, more) => {
      await send(2, { education_verified: true })
      await send(3, { education_verified: true, ...more })
      expect(await badges()).toEqual(['reverify'])
    },
  )

  it('[ZP-58] a name that comes with a later delivery is no change', async () => {
    await send(2, { education_verified: true, contact: undefined })
    await send(3, { education_verified: true })
    expect(await badges()).toEqual(['education'])
  })

  it('[WZ-35] another birth marks the record for verifying, badges or not, until the platform verified since', async () => {
    await send(2, { birth_month: '1986-03' })
    expect(await badges()).toEqual(['reverify'])
    await send(3, { birth_month: '1986-03', badges: [{ kind: 'real_name', at: iso(monday) }] })
    expect(await badges()).toEqual(['real_name'])
  })

  it('[MM-14] show type and day, and vanish when withdrawn', async () => {
    const at = iso(monday - 86_400_000)
    await send(2, {
      badges: [
        { kind: 'company', at },
        { kind: 'career', at },
        { kind: 'real_name', at },
      ],
    })
    expect((await detail()).badges).toEqual([
      { kind: 'real_name', at: Date.parse(at) },
      { kind: 'company', at: Date.parse(at) },
      { kind: 'career', at: Date.parse(at) },
    ])
    await send(3, { badges: [{ kind: 'company', at }] })
    expect(await badges()).toEqual(['company'])
    await send(4, { badges: [] })
    expect(await badges()).toEqual([])
  })

  it.each([
    ['real_name', 'sex', { resume: resume({}, { sex: 'male' }) }],
    ['company', 'employer', { resume: resume({ work: [{ name: '北辰科技', position: '工程师' }] }) }],
    [
      'career',
      'position',
      { resume: resume({ work: [{ name: '星河科技', position: '总监', startDate: '2018-07' }] }) },
    ],
    ['career', 'work, which is there no more,', { resume: resume({ work: [] }) }],
  ] as const)(
    '[ZP-58] [MM-14] a mark of %s goes when the %s changes, until it is given anew',
    async (kind, _what, more) => {
      const given = (at: number) => ({ badges: [{ kind, at: iso(at) }] })
      await send(2, given(monday - 86_400_000))
      expect(await badges()).toEqual([kind])
      await send(3, { ...given(monday - 86_400_000), ...more })
      expect(await badges()).toEqual(['reverify'])
      // The old words verify nothing, only the platform does.
      await send(4, given(monday - 86_400_000))
      expect(await badges()).toEqual(['reverify'])
      await send(5, given(monday))
      expect(await badges()).toEqual([kind])
    },
  )

  it('[ZP-58] [MM-14] a mark that was withdrawn leaves nothing behind that a later one could be held against', async () => {
    const at = iso(monday - 86_400_000)
    await send(2, { badges: [{ kind: 'company', at }] })
    await send(3, { badges: [], resume: resume({ work: [{ name: '北辰科技', position: '工程师' }] }) })
    expect(await badges()).toEqual([])
    await send(4, { badges: [{ kind: 'company', at }] })
    expect(await badges()).toEqual(['company'])
  })

  it('[ZP-58] keeps hashes of fields under the record’s key and no number of a certificate', async () => {
    await send(2, {
      education_verified: true,
      badges: [{ kind: 'education', at: iso(monday), certificate: 'XLZS-0815' }],
    })
    const flags = home.core.account?.store.reader.get<{ flags: string }>('SELECT flags FROM candidate')?.flags ?? ''
    expect(flags).not.toMatch(/education|0815/)
    expect(JSON.stringify(await detail())).not.toContain('0815')
  })

  it('[ZP-15] a text that a model polished has a neutral badge that moves nobody in any order', async () => {
    await ask(asked)
    await syncPage(home, [
      candidateChange('c-2', 1, { resume: resume({}, { years: 9 }), birth_month: '1985-03' }),
      applicationChange('a-2', 'c-2', 1, { evidence_at: iso(monday), at: iso(monday) }),
    ])
    const orders = async () =>
      Promise.all(
        (['newest', 'oldest', 'years', 'due'] as const).map(async (sort) =>
          (await home.call('candidate.list', { sort })).items.map(({ id, score }) => [id, score]),
        ),
      )
    // The same record once more, so that its row is as new in the index as it will be: rows that tie go by that.
    await send(2)
    const before = await orders()
    await send(3, { ai_polished: true })
    expect(await orders()).toEqual(before)
    expect((await rows()).flatMap((row) => row.badges ?? [])).toEqual([{ kind: 'ai_polished' }])
  })
})
