import { once } from 'node:events'
import { mkdirSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newLocalHome } from '../helpers/core-home.ts'
import { commandLine, type CliAnswer, type CommandLine } from '../helpers/cli.ts'

/** The command line as a process, in a local workspace: what it prints, how it ends, what it says when something is wrong. */
const folder = mkdtempSync(join(tmpdir(), 'candor-cli-'))
const phone = '13912345678'
const resumeText = [
  '欧阳修远',
  '性别：男 | 出生年月：1990年5月 | 现居城市：杭州',
  `电话：${phone}`,
  '邮箱：xiuyuan@example.com',
  '求职意向：数据工程师',
  '工作经历',
  '2015.07 - 2024.06 某科技有限公司 数据工程师',
  '负责数据平台建设',
  '教育经历',
  '2008.09 - 2012.06 某大学 计算机科学 本科',
].join('\n')

let cli: CommandLine
let job = ''
let record = ''
let application = ''

const oneLine = /^candor: E_[A-Z_]+: [^\n]+\n$/
const expectFailure = (answer: CliAnswer, code: number, name: string): void => {
  expect([answer.code, answer.out, answer.err]).toEqual([code, '', expect.stringMatching(oneLine)])
  expect(answer.err).toContain(`candor: ${name}:`)
  expect(answer.err).not.toMatch(/ {4}at |node:|\.ts:/)
}
const done = async (args: readonly string[]): Promise<CliAnswer['json']> => {
  const answer = await cli.open(args)
  expect([args, answer.code, answer.err]).toEqual([args, 0, ''])
  return answer.json
}

beforeAll(async () => {
  const home = await newLocalHome(folder)
  await home.stop('quit')
  cli = commandLine(home.home, folder)
  job = (await done(['job', 'new', '数据工程师', '--city', '杭州'])).id as string
  writeFileSync(join(folder, 'resume.txt'), resumeText)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('work from the command line', () => {
  it('takes a file in, lists it, opens it, reveals a value and writes a note', async () => {
    const taken = await done(['intake', join(folder, 'resume.txt'), '--job', job])
    const [result] = taken.results as Array<{ result: string; record_id: string; application_id: string }>
    expect(result?.result).toBe('imported')
    record = result?.record_id ?? ''
    application = result?.application_id ?? ''
    const again = await done(['intake', join(folder, 'resume.txt'), '--job', job])
    expect(again.results).toEqual([{ file: 'resume.txt', result: 'duplicate', record_id: record }])
    const page = await done(['candidates', '--query', '数据', '--sort', 'years', '--limit', '5'])
    expect(page).toMatchObject({
      total: 1,
      next_cursor: null,
      items: [{ id: record, name: '欧阳**', phone: '139****5678' }],
    })
    expect(JSON.stringify(page)).not.toContain(phone)
    expect(JSON.stringify(await done(['candidate', record]))).not.toContain(phone)
    expect(await done(['reveal', record, '--field', 'phone', '--reason', '约面试'])).toMatchObject({ value: phone })
    expect(await done(['note', record, '周五下午面试'])).toHaveProperty('id')
    expect(await done(['stage', application, 'interview'])).toEqual({ previous: 'new', batch: expect.any(String) })
    expect(await done(['policy', 'explain', record, '--field', 'phone'])).toMatchObject({
      state: 'reveal',
      profile: 'direct',
    })
  })

  it('answers the other commands with one document each', async () => {
    expect(await done(['jobs'])).toMatchObject({ items: [{ id: job, total: 1 }] })
    expect(await done(['status'])).toMatchObject({ local: true, counts: { candidates: 1 } })
    expect(await done(['whoami'])).toMatchObject({ name: 'hr', role: 'hr', local: true })
    expect(await done(['retention', 'plan'])).toMatchObject({ items: [{ application_id: application }] })
    expect(await done(['retention', 'run'])).toMatchObject({ accepted: 0 })
    expect(await done(['certificates', '--verify'])).toEqual({ items: [], total: 0, valid: 0, invalid: 0 })
    expect(await done(['quarantine', 'list'])).toEqual({ items: [] })
    expect(await done(['messages'])).toEqual({ threads: 0, unread: 0 })
    expect(await done(['pool'])).toEqual({ members: 0, to_ask: 0, pools: [] })
    expect(await done(['views'])).toEqual({ items: [] })
    const view = crypto.randomUUID()
    expect(await done(['view', 'remove', view])).toEqual({ id: view })
    expect(await done(['store', 'check', '--deep'])).toMatchObject({ ok: true })
    expect(await done(['store', 'check', '--crash-points'])).toMatchObject({
      crash_points: expect.arrayContaining(['intake.rows']),
    })
    for (const status of ['pause', 'open', 'close', 'open']) await done(['job', status, job])
  }, 120_000)

  it('knows what needs no key: paths, parse, clauses', async () => {
    const paths = (await cli.run(['paths'])).json.paths as Array<{ path: string; holds: string; personal: boolean }>
    expect(paths.every(({ path }) => path.startsWith(cli.home))).toBe(true)
    expect(paths.some(({ personal }) => personal)).toBe(true)
    const parsed = await cli.run(['parse', join(folder, 'resume.txt')])
    expect(parsed.json).toMatchObject({ format: 'txt', fields: { phone: expect.any(Number) as number } })
    expect(parsed.out).not.toContain(phone)
    expect(parsed.out).not.toContain('欧阳')
    const { clauses, readings } = (await cli.run(['clauses'])).json as Record<string, Array<Record<string, unknown>>>
    expect([clauses?.length, readings?.length]).toEqual([278, 45])
    expect(Object.keys(clauses?.[0] ?? {}).sort()).toEqual(['id', 'importance', 'pass', 'rule', 'tests'])
  })

  it('sets a file aside, tries it again, throws it away', async () => {
    const path = join(folder, 'program.exe')
    writeFileSync(path, Buffer.from('4d5a900003000000', 'hex'))
    const { results } = await done(['intake', path, '--job', job])
    const [{ quarantine_id: id, reason }] = results as [{ quarantine_id: string; reason: string }]
    expect(reason).toBe('unknown_format')
    expect(await done(['quarantine', 'show', id])).toMatchObject({ id, label: 'exe', attempts: 1, updated: false })
    expect(await done(['quarantine', 'retry', id, '--job', job])).toMatchObject({ result: 'quarantined' })
    expect(await done(['quarantine', 'show', id])).toMatchObject({ attempts: 2 })
    await done(['quarantine', 'discard', id])
    expectFailure(await cli.open(['quarantine', 'show', id]), 1, 'E_NOT_FOUND')
  })

  it('takes a whole folder in, reports the run, and asks for what nobody knows', async () => {
    const dir = join(folder, 'batch')
    mkdirSync(join(dir, 'inner'), { recursive: true })
    const words = (name: string) =>
      resumeText.replaceAll(phone, '13900009999').replace('xiuyuan', 'another').replace('欧阳', name)
    writeFileSync(join(dir, 'a.txt'), words('司徒'))
    writeFileSync(join(dir, 'inner', 'a.txt'), words('司徒'))
    writeFileSync(join(dir, 'inner', 'b.bin'), Buffer.from('4d5a900003000001', 'hex'))
    const { run } = (await done(['intake', dir, '--job', job])) as { run: { id: string } }
    expect(run).toMatchObject({ state: 'done', counts: { imported: 1, merged: 1, quarantined: 1 } })
    expect(await done(['intake-runs', 'show', run.id])).toMatchObject({ items: [{ seq: 3 }, { seq: 2 }, { seq: 1 }] })
    expect((await done(['intake-runs', 'list'])).items).toHaveLength(4)
    writeFileSync(join(dir, '照片.txt'), words('上官'))
    const { results } = await done(['intake', join(dir, '照片.txt')])
    expect(results).toMatchObject([{ result: 'asked', asks: 'job' }])
    const { items } = (await done(['intake-asks', 'list'])) as { items: Array<{ id: string }> }
    const answer = ['intake-asks', 'answer', items[0]?.id ?? '', '--platform', 'direct', '--job', job]
    expect(await done(answer)).toMatchObject({ taken: { result: 'imported' }, alike: [] })
  })

  it('exports the log and verifies it without a key; a changed file is 5', async () => {
    const file = join(folder, 'log.jsonl')
    const { size } = await done(['ledger', 'export', file])
    expectFailure(await cli.open(['ledger', 'export', file]), 1, 'E_FILE')
    expect(await cli.run(['ledger', 'verify', file])).toMatchObject({
      code: 0,
      json: { verdict: 'valid', completeness: 'not_provable' },
    })
    expect((await cli.run(['ledger', 'verify', file, '--require-anchor'])).code).toBe(5)
    const bundle = readFileSync(file, 'utf8')
    expect(bundle.split('\n').length).toBe((size as number) + 3)
    writeFileSync(file, bundle.replace('\\"action\\":\\"reveal\\"', '\\"action\\":\\"view\\"'))
    const tampered = await cli.run(['ledger', 'verify', file])
    expect([tampered.code, tampered.json.verdict === 'valid']).toEqual([5, false])
    expect((await done(['ledger', 'list', '--candidate', record])).total).toBeGreaterThan(3)
    expectFailure(await cli.run(['ledger', 'verify', join(folder, 'absent')]), 1, 'E_FILE')
  })

  it('serves the routes of the window as lines', async () => {
    const child = cli.start(['rpc'])
    const lines = createInterface({ input: child.stdout })
    const answers: Array<Record<string, unknown>> = []
    lines.on('line', (line) => answers.push(JSON.parse(line) as Record<string, unknown>))
    const requests = [
      { id: 1, route: 'job.list' },
      { id: 'two', route: 'constructor', input: {} },
      { id: 3, route: 'candidate.get', input: { id: 7 } },
      { id: 4, route: 'candidate.get', input: { id: record } },
    ]
    child.stdin.write(`not json\n${requests.map((request) => JSON.stringify(request)).join('\n')}\n\n{"id":5}\n`)
    child.stdin.end()
    const [code] = (await once(child, 'close')) as [number]
    expect(code).toBe(0)
    const of = (id: unknown) => answers.filter((answer) => answer.id === id)
    expect(of(null)).toHaveLength(2)
    expect(of(1)).toMatchObject([{ ok: true, data: { items: [{ id: job }] } }])
    expect(of('two')).toMatchObject([{ ok: false, error: { code: 'E_ROUTE' } }])
    expect(of(3)).toMatchObject([{ ok: false, error: { code: 'E_INPUT' } }])
    expect(of(4)).toMatchObject([{ ok: true }])
    expect(JSON.stringify(answers)).not.toContain(phone)
  })

  it('[ZP-88] explains a score in the language that was asked for, in figures and words', async () => {
    const child = cli.start(['rpc'])
    child.stdin.end(
      `${JSON.stringify({ id: 1, route: 'job.update', input: { id: job, requirements: { skills_must: ['Python'] } } })}\n`,
    )
    await once(child, 'close')
    const { zh, en, fit } = await done(['matching', 'explain', record, '--job', job])
    expect(fit).toMatchObject({ points: 0, parts: [{ criterion: 'skills_must', missing: ['Python'] }] })
    expect(zh).toContain('得 0 分')
    const plain = (language: string) =>
      cli.plain(['matching', 'explain', record, '--lang', language, '--passphrase-file', cli.passphraseFile])
    expect(await plain('zh-CN')).toMatchObject({ code: 0, out: `${zh as string}\n` })
    expect(await plain('en-US')).toMatchObject({ code: 0, out: `${en as string}\n` })
    expectFailure(await cli.open(['matching', 'explain', '00000000-0000-4000-8000-000000000000']), 1, 'E_NOT_FOUND')
    expectFailure(await cli.open(['matching', 'explain']), 2, 'E_INPUT')
  })

  it('names who may be the same person by kinds of values, and prints no contact, masked or not', async () => {
    writeFileSync(join(folder, 'same.txt'), resumeText.replace('欧阳修远', '欧阳远').replace('数据平台', '推荐平台'))
    const second = (await done(['job', 'new', '算法工程师'])).id as string
    const taken = await done(['intake', join(folder, 'same.txt'), '--job', second])
    const [result] = taken.results as Array<{ result: string; record_id: string }>
    expect(result?.result).toBe('imported')
    const answer = await cli.open(['duplicates', record])
    expect(answer.json).toEqual({
      suggested: [
        {
          id: result?.record_id,
          platform: 'direct',
          name: '欧阳**',
          job_id: second,
          job_title: '算法工程师',
          basis: expect.arrayContaining(['phone', 'email']) as string[],
        },
      ],
      linked: [],
      distinct: [],
    })
    const lines = await cli.plain(['duplicates', record, '--passphrase-file', cli.passphraseFile])
    expect(lines.out).toMatch(/^suggested {2}[^\n]+phone[^\n]*\n$/)
    for (const out of [answer.out, lines.out]) expect(out).not.toMatch(/139|5678|\*{4}|@|xiuyuan|欧阳远/)
  })
})

describe('what is wrong is said in one line', () => {
  it.each([
    [['no-such-command'], 2, 'E_INPUT'],
    [['jobs', '--no-such-option'], 2, 'E_INPUT'],
    [['candidates', '--limit', 'many'], 2, 'E_INPUT'],
    [['candidates', '--sort', 'shoe-size'], 2, 'E_INPUT'],
    [['candidates', '--cursor', 'x'], 2, 'E_INPUT'],
    [['reveal', 'x'], 2, 'E_INPUT'],
    [['candidate'], 2, 'E_INPUT'],
    [['candidate', 'nobody'], 1, 'E_NOT_FOUND'],
    [['intake', '/no/such/file', '--job', 'x'], 1, 'E_FILE'],
    [['parse', '/no/such/file'], 1, 'E_FILE'],
    [['sync'], 1, 'E_NOT_FOUND'],
    [['sign-in', '--hub', 'ftp://example.com', '--account', 'a', '--password-file', '/no/such'], 2, 'E_INPUT'],
  ])('%j', async (args, code, name) => {
    expectFailure(await cli.open(args), code, name)
  })

  it('and in the language asked for', async () => {
    const english = await cli.run(['jobs', '--lang', 'en-US'])
    const chinese = await cli.run(['jobs', '--lang', 'zh-CN'])
    expectFailure(english, 3, 'E_SESSION')
    expectFailure(chinese, 3, 'E_SESSION')
    expect(english.err).toContain('unlock and sign in first')
    expect(chinese.err).toContain('先解锁并登录')
    expect((await cli.run(['nothing', '--lang', 'en-US'])).err).toContain('there is no such command')
    expect((await cli.run(['nothing'], { CANDOR_LANG: 'en-US' })).err).toContain('there is no such command')
    expect((await cli.run(['nothing'])).err).toContain('没有这个命令')
  })

  it('a second process is told that the home is in use, unless it needs none', async () => {
    const child = cli.start(['rpc'])
    const lines = createInterface({ input: child.stdout })
    child.stdin.write('{"id":1,"route":"system.state"}\n')
    await once(lines, 'line')
    expectFailure(await cli.open(['jobs']), 1, 'E_IN_USE')
    expect((await cli.run(['clauses'])).code).toBe(0)
    child.stdin.end()
    await once(child, 'close')
    expect((await cli.open(['jobs'])).code).toBe(0)
  })

  it('an empty home says that it has to be set up', async () => {
    const empty = commandLine(join(folder, 'empty'), folder)
    const answer = await empty.open(['jobs'])
    expectFailure(answer, 1, 'E_CONFLICT')
    expect(answer.err).toContain('init')
    expectFailure(await cli.open(['init']), 1, 'E_CONFLICT')
    const weak = empty.secretFile('weak', 'abc')
    expectFailure(await empty.run(['init', '--passphrase-file', weak]), 2, 'E_INPUT')
  })
})

describe('keys', () => {
  it('are made, tried, changed and renewed; whatever does not open is 3', async () => {
    const own = commandLine(join(folder, 'keys'), folder)
    const made = await own.open(['init', '--local', '--name', 'hr', '--employer', '北辰科技', '--officer', '沈清'])
    expect([made.code, made.err]).toEqual([0, ''])
    const wrong = own.secretFile('wrong', 'Rote Wälder rauschen 8 mal')
    expectFailure(await own.run(['jobs', '--passphrase-file', wrong]), 3, 'E_PASSPHRASE')
    expectFailure(await own.run(['jobs', '--recovery-file', wrong]), 3, 'E_RECOVERY')
    expectFailure(await own.run(['jobs']), 3, 'E_SESSION')
    const next = own.secretFile('next', 'Blaue Berge schweigen 9 mal')
    expect((await own.open(['passphrase', 'change', '--new-passphrase-file', next])).code).toBe(0)
    expectFailure(await own.open(['jobs']), 3, 'E_PASSPHRASE')
    const old = own.secretFile('recovery', made.json.recovery_code as string)
    expect((await own.run(['jobs', '--recovery-file', old])).code).toBe(0)
    const renewed = await own.run(['recovery', 'new', '--passphrase-file', next])
    expectFailure(await own.run(['jobs', '--recovery-file', old]), 3, 'E_RECOVERY')
    const code = own.secretFile('new', renewed.json.recovery_code as string)
    expect((await own.run(['jobs', '--recovery-file', code])).code).toBe(0)
  })
})

describe('a kill', () => {
  it('after the commit loses neither the row nor its entry', async () => {
    const opened = (list: ReadonlyArray<{ detail?: string }>) => list.filter((row) => row.detail === 'job open').length
    const { items: earlier, total: before } = (await done(['ledger', 'list'])) as {
      items: Array<{ detail?: string }>
      total: number
    }
    const killed = await cli.open(['job', 'new', '断电之后'], { CANDOR_CRASH_AT: 'write.committed' })
    expect([killed.code, killed.out]).toEqual([null, ''])
    expect(JSON.stringify(await done(['jobs']))).toContain('断电之后')
    const { items, total } = (await done(['ledger', 'list'])) as { items: Array<{ detail?: string }>; total: number }
    expect(opened(items)).toBe(opened(earlier) + 1)
    expect(total).toBeGreaterThan(before)
  })

  it.each(['intake.keys', 'intake.rows'])('at %s leaves nothing half done', async (point) => {
    writeFileSync(
      join(folder, 'second.txt'),
      resumeText.replace('欧阳修远', '慕容晚舟').replaceAll(phone, '13812340000'),
    )
    const live = async (): Promise<number> => ((await done(['status'])).counts as { candidates: number }).candidates
    const before = await live()
    const killed = await cli.open(['intake', join(folder, 'second.txt'), '--job', job], { CANDOR_CRASH_AT: point })
    expect([killed.code, killed.out]).toEqual([null, ''])
    expect(await live()).toBe(before)
    expect(await done(['store', 'check', '--deep'])).toMatchObject({ ok: true })
  })
})

describe('the help', () => {
  it('names the commands that docs/interfaces.md names, and no others', async () => {
    const { out, code } = await cli.run(['--help'])
    expect(code).toBe(0)
    const listed = [...out.matchAll(/^ {2}([a-z]+(?:-[a-z]+)?(?: [a-z]+)?)(?= |$)/gm)].map((match) => match[1] ?? '')
    const page = readFileSync(new URL('../../docs/interfaces.md', import.meta.url), 'utf8')
    const section = page.slice(page.indexOf('### Home'), page.indexOf('## Environment'))
    const words = [...section.matchAll(/`([a-z]+(?:-[a-z]+)?(?: [a-z]+)?)(?=[ `])[^`]*`/g)].map(
      (match) => match[1] ?? '',
    )
    const known = new Set(listed)
    const documented = new Set(words.filter((word) => known.has(word)))
    expect(listed.length).toBeGreaterThan(35)
    expect(listed.filter((name) => !documented.has(name))).toEqual([])
    const commands = words.filter(
      (word) => !['redacted', 'pass', 'pending', 'readings'].includes(word) && !word.startsWith('--'),
    )
    expect(commands.filter((word) => !known.has(word))).toEqual(['name'])
    for (const exit of ['0 done', '1 failed', '2 wrong usage', '3 locked', '4 not allowed', '5 verification failed']) {
      expect(out).toContain(exit)
    }
  })
})

it('writes nothing outside what `paths` names', async () => {
  const { paths } = (await cli.run(['paths'])).json as { paths: Array<{ path: string }> }
  expect(existsSync(join(cli.home, 'kek.json'))).toBe(true)
  expect(paths.map(({ path }) => path)).toContain(join(cli.home, 'kek.json'))
})
