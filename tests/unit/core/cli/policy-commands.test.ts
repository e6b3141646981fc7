import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CommandContext, Flags } from '../../../../electron/core/cli/command.ts'
import { policyCommands } from '../../../../electron/core/cli/commands/policy-commands.ts'
import { workCommands } from '../../../../electron/core/cli/commands/work-commands.ts'
import { UsageError } from '../../../../electron/core/cli/exit-codes.ts'
import { cellText } from '../../../../electron/core/cli/policy-lines.ts'
import { summariseProfile, viewProfile } from '../../../../electron/core/policy/view/view-profile.ts'
import type { MatrixRole } from '../../../../electron/shared/domain/policy-views.ts'
import type { Platform } from '../../../../electron/shared/domain/vocabulary.ts'
import { profiles, requireProfile, resourcesDir } from '../policy/policy-request.fixture.ts'

let dir = ''
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'candor-policy-'))
})
afterEach(() => rmSync(dir, { recursive: true }))

const shipped = (name: string): string => join(resourcesDir, 'profiles', name)
/** A copy of a shipped file with one change, under the same name. */
const changed = (name: string, from: string, to: string): string => {
  const path = join(dir, name)
  const text = readFileSync(shipped(name), 'utf8')
  expect(text).toContain(from)
  writeFileSync(path, text.replace(from, to))
  return path
}

type Asked = readonly [route: string, input: unknown]

const run = async (
  name: string,
  words: readonly string[] = [],
  flags: Flags = {},
  answers: Readonly<Record<string, unknown>> = {},
) => {
  const command = policyCommands.find((one) => one.name === name)
  if (command === undefined) throw new Error(`no command ${name}`)
  const asked: Asked[] = []
  const call = (route: string, input: unknown): Promise<unknown> => {
    asked.push([route, input])
    const answer = answers[route]
    return Promise.resolve(typeof answer === 'function' ? (answer as (of: unknown) => unknown)(input) : answer)
  }
  const context = {
    words,
    flags,
    need: (flag: string) => String(flags[flag]),
    word: (index: number, what: string) => {
      const value = words[index]
      if (value === undefined) throw new UsageError([what, what])
      return value
    },
    call,
    core: { account: null },
  } as unknown as CommandContext
  return { ...(await command.run(context)), needs: command.needs, asked }
}

describe('policy list and show', () => {
  it('lists the profiles in force without opening the vault', async () => {
    const list = {
      rules_version: 'abc',
      items: [...profiles.values()].map((one) => summariseProfile(one, one)),
    }
    const result = await run('policy list', [], {}, { 'policy.list': list })
    expect(result).toMatchObject({ document: list, needs: 'home' })
    expect(result.lines).toHaveLength(7)
    expect(result.lines.join('\n')).toMatch(/zhaopin +2026 V3/)
  })

  const view = ({ platform, role }: { platform: Platform; role: MatrixRole }) =>
    viewProfile(requireProfile(platform), requireProfile(platform), role, new Map())

  it('shows a matrix with code, source and clause of every cell', async () => {
    const { lines, asked } = await run('policy show', ['zhaopin'], {}, { 'policy.get': view })
    expect(asked).toEqual([['policy.get', { platform: 'zhaopin', role: 'hr' }]])
    const row = (name: string) => (lines.find((line) => line.startsWith(`${name} `)) ?? '').split(/ {2,}/)
    expect(row('phone').slice(1, 7)).toEqual([
      '– t ZP-26',
      '– t ZP-26',
      '– t ZP-28',
      'rev t ZP-28 if told, – d ZP-28',
      'rev t ZP-21',
      'VN t ZP-30',
    ])
    expect(row('birth_date')[1]).toBe('band d K21')
    expect(row('attachment')[6]).toBe('vw t ZP-30')
    expect(row('retention.rejected_days')).toEqual(['retention.rejected_days', '30', 'days', 'd', 'D4'])
  })

  it('shows another role, and a profile without candidates', async () => {
    const { asked } = await run('policy show', ['maimai'], { role: 'officer' }, { 'policy.get': view })
    expect(asked).toEqual([['policy.get', { platform: 'maimai', role: 'officer' }]])
    const { lines } = await run('policy show', ['qingyun'], {}, { 'policy.get': view })
    expect(lines[0]).toMatch(/^qingyun {2}2025-10-15/)
    expect(lines.join('\n')).toContain('retention.rejected_days')
  })

  it.each([
    ['policy show', ['nowhere'], {}],
    ['policy show', ['zhaopin'], { role: 'visitor' }],
    ['policy answer', ['maybe'], {}],
    ['policy show', [], {}],
  ] as const)('%s %j %j is wrong usage', async (name, words, flags) => {
    await expect(run(name, words, flags)).rejects.toBeInstanceOf(UsageError)
  })

  it('writes every code of the matrices', () => {
    const own = { clause: 'D1', source: 'enterprise', rule: 'ENTERPRISE_RULE', lift: null } as const
    const texts = (
      [
        ['absent', 'full'],
        ['alias', 'alias'],
        ['masked', 'full'],
        ['approval', 'full'],
        ['see', 'full'],
        ['see', 'city'],
        ['reveal', 'redacted'],
      ] as const
    ).map(([state, form]) => cellText({ state, form, ...own }))
    expect(texts).toEqual(['–', 'ali', 'msk', 'apr', 'see', 'city', 'vw+'].map((code) => `${code} e D1`))
    expect(cellText(undefined)).toBe('–')
  })
})

describe('policy diff', () => {
  it('[ZP-106] lists what a new version changes, with its direction', async () => {
    const next = changed(
      'zhaopin.yaml',
      'searched: { hr: [see, full, t, ZP-26]',
      'searched: { hr: [absent, full, t, ZP-26]',
    )
    const result = await run('policy diff', [shipped('zhaopin.yaml'), next])
    expect(result.document).toMatchObject({
      changes: [
        { part: 'cell', path: 'cells.body.searched.hr', before: 'see', after: 'absent', direction: 'stricter' },
      ],
    })
    expect(result.lines).toEqual(['stricter  cells.body.searched.hr  see → absent  ZP-26'])
    expect(result).toMatchObject({ needs: 'nothing' })
    expect(result.exitCode).toBeUndefined()
  })

  it('reads files that name no platform as the one that is named', async () => {
    const [old, next] = ['old.yaml', 'new.yaml'].map((name) => join(dir, name)) as [string, string]
    writeFileSync(old, 'policy: { version: one, clause: ZP-01 }\n')
    writeFileSync(next, 'policy: { version: one, clause: ZP-01 }\nretention: { hired_days: [3, D5] }\n')
    const { document } = await run('policy diff', [old, next], { platform: 'zhaopin' })
    expect(document).toMatchObject({ changes: [{ path: 'retention.hired_days', after: '3', direction: 'stricter' }] })
    expect((await run('policy diff', [old, next])).exitCode).toBe(1)
  })

  it('says where a file is wrong, and which one', async () => {
    const next = changed('zhaopin.yaml', 'candidate_flags:', 'candidate_flag:')
    const { document, exitCode } = await run('policy diff', [shipped('zhaopin.yaml'), next])
    expect(exitCode).toBe(1)
    expect(document).toMatchObject({ problems: [{ file: 'zhaopin.yaml', rule: 'schema' }] })
  })

  it('tells a file that is not there without naming it', async () => {
    await expect(run('policy diff', [shipped('zhaopin.yaml'), join(dir, 'none')])).rejects.toMatchObject({
      code: 'E_FILE',
    })
  })
})

describe('policy check', () => {
  it('passes the shipped profiles', async () => {
    for (const name of profiles.keys()) {
      const { document, exitCode } = await run('policy check', [shipped(`${name}.yaml`)])
      expect([document, exitCode]).toEqual([{ ok: true, platform: name, problems: [] }, undefined])
    }
  })

  it('prints file, line and rule of a fault', async () => {
    const path = changed('lagou.yaml', 'candidate_flags:', 'retention: { rejected_days: [31, D4] }\ncandidate_flags:')
    const { lines, exitCode } = await run('policy check', [path])
    const line =
      readFileSync(path, 'utf8')
        .split('\n')
        .findIndex((text) => text.startsWith('retention:')) + 1
    expect(lines).toEqual([`lagou.yaml:${line}: [never-longer-than-D4] at most 30`])
    expect(exitCode).toBe(1)
  })
})

describe('policy replay', () => {
  const cases = join(resourcesDir, 'policy-cases/core.jsonl')

  it('answers the shipped cases as they were kept', async () => {
    const { document, exitCode, lines } = await run('policy replay')
    const total = readFileSync(cases, 'utf8').trimEnd().split('\n').length
    expect(document).toEqual({ total, differing: [] })
    expect([exitCode, lines]).toEqual([undefined, [`0 / ${total}`]])
  })

  it('exits 5 when something is answered otherwise, and 1 when a line is no case', async () => {
    const [first = ''] = readFileSync(cases, 'utf8').split('\n')
    const path = join(dir, 'cases.jsonl')
    writeFileSync(path, `${first.replace('"rule":"AGE_BAND_ONLY"', '"rule":"SHOWN"')}\n${first}\n`)
    const result = await run('policy replay', [path])
    expect(result.exitCode).toBe(5)
    expect(result.document).toMatchObject({
      total: 2,
      differing: [{ field: 'birth_date', got: { rule: 'AGE_BAND_ONLY' } }],
    })
    writeFileSync(path, '{}\n')
    expect((await run('policy replay', [path])).exitCode).toBe(1)
  })
})

describe('policy tighten, updates, answer and explain', () => {
  it('hands the file over as it is', async () => {
    const path = join(dir, 'own.yaml')
    writeFileSync(path, 'retention: { hired_days: [3, D5] }\n')
    const { asked, lines } = await run(
      'policy tighten',
      ['lagou', path],
      {},
      { 'policy.tighten': { revision: 'abc', changes: 1 } },
    )
    expect(asked).toEqual([['policy.tighten', { platform: 'lagou', document: 'retention: { hired_days: [3, D5] }\n' }]])
    expect(lines).toEqual(['abc  1'])
  })

  const updates = {
    rules_version: 'v2',
    accepted_version: 'v1',
    accepted_at: Date.UTC(2026, 5, 1),
    must_answer: true,
    items: [
      {
        id: 'lagou/abc',
        platform: 'lagou',
        source: 'hub',
        version: 'two',
        from_version: 'one',
        received_at: 0,
        effective_at: Date.UTC(2026, 5, 15),
        in_force: false,
        changes: [
          {
            part: 'number',
            path: 'retention.hired_days',
            before: '7',
            after: '3',
            direction: 'stricter',
            clause: 'D5',
          },
        ],
      },
    ],
    notices: [],
  }

  it('[ZP-106] lists updates with their changes below them', async () => {
    const { lines, needs } = await run('policy updates', [], {}, { 'policy.updates': updates })
    expect(needs).toBe('account')
    expect(lines[0]).toContain('to be answered')
    expect(lines.slice(1)).toEqual([
      'lagou  hub  one → two  2026-06-15 08:00  announced',
      '  stricter  retention.hired_days  7 → 3  D5',
    ])
  })

  it.each(['accept', 'browse'])('[ZP-107] answers the rules of this moment: %s', async (choice) => {
    const { asked } = await run('policy answer', [choice], {}, { 'policy.updates': updates, 'policy.answer': {} })
    expect(asked).toEqual([
      ['policy.updates', {}],
      ['policy.answer', { rules_version: 'v2', choice }],
    ])
  })

  it('explains a decision, also for another role', async () => {
    const answer = {
      state: 'VN',
      form: 'full',
      rule: 'VIRTUAL_NUMBER',
      clause: 'ZP-22',
      source: 'text',
      profile: 'p',
      version: 'v',
    }
    const { asked, lines } = await run(
      'policy explain',
      ['r1'],
      { field: 'phone', role: 'headhunter' },
      { 'candidate.explain': answer },
    )
    expect(asked).toEqual([['candidate.explain', { id: 'r1', field: 'phone', role: 'headhunter' }]])
    expect(lines).toEqual(['VN  full  VIRTUAL_NUMBER  ZP-22  text  p  v'])
    expect(workCommands.map((command) => command.name)).not.toContain('policy explain')
  })
})
