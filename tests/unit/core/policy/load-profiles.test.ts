import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { loadProfiles } from '../../../../electron/core/policy/profile/load-profiles.ts'
import { readProfile, ProfileSource } from '../../../../electron/core/policy/profile/parse-profile.ts'
import { ProfileError } from '../../../../electron/core/policy/profile/profile-error.ts'
import { profileNumbers, numberAt } from '../../../../electron/core/policy/profile/profile-numbers.ts'
import { silentFaults } from '../../../../electron/core/policy/profile/silent-faults.ts'
import { policyLifts, policyRules } from '../../../../electron/shared/domain/policy-codes.ts'
import { requireProfile, resourcesDir } from './policy-request.fixture.ts'

let copy = ''
beforeEach(() => {
  copy = mkdtempSync(join(tmpdir(), 'candor-profiles-'))
  cpSync(join(resourcesDir, 'profiles'), join(copy, 'profiles'), { recursive: true })
  cpSync(join(resourcesDir, 'clauses.json'), join(copy, 'clauses.json'))
})
afterEach(() => rmSync(copy, { recursive: true }))

/** Changes one line of a profile and returns the faults; `line` is where the change stands. */
function faultsAfter(file: string, from: string, to: string) {
  const path = join(copy, 'profiles', file)
  const text = readFileSync(path, 'utf8')
  if (!text.includes(from)) throw new Error(`${from} is not in ${file}`)
  writeFileSync(path, text.replace(from, to))
  const line = text.slice(0, text.indexOf(from)).split('\n').length
  try {
    loadProfiles(join(copy, 'profiles'))
  } catch (error) {
    if (error instanceof ProfileError) return { line, problems: error.problems, message: error.message }
    throw error
  }
  return { line, problems: [], message: '' }
}

describe('loadProfiles', () => {
  it('loads the shipped profiles', () => {
    expect([...loadProfiles(join(copy, 'profiles')).keys()].sort()).toEqual([
      'direct',
      'lagou',
      'maimai',
      'qingyun',
      'wanzhou',
      'zhaopin',
    ])
  })

  it.each([
    ['zhaopin.yaml', 'hr: [reveal, full, t, ZP-21]', 'hr: [reveal, full, t, ZP-921]', 'clause-exists'],
    ['zhaopin.yaml', 'hr: [reveal, full, t, ZP-21]', 'hr: [revealed, full, t, ZP-21]', 'schema'],
    ['zhaopin.yaml', 'hr: [reveal, full, t, ZP-21]', 'hr: [reveal, full, x, ZP-21]', 'schema'],
    ['zhaopin.yaml', 'hr: [reveal, full, t, ZP-21]', 'hr: [alias, full, t, ZP-21]', 'form-fits-state'],
    ['zhaopin.yaml', '  name:', '  nome:', 'schema'],
    ['zhaopin.yaml', 'id: zhaopin', 'id: lagou', 'id-is-file-name'],
    ['zhaopin.yaml', 'extends: strict-base', 'extends: loose-base', 'extends-base'],
    ['zhaopin.yaml', 'hr: [absent, full, d, D19]', 'hr: [reveal, full, d, D19]', 'D19'],
    ['zhaopin.yaml', 'headhunter: [VN, full, t, ZP-22]', 'headhunter: [reveal, full, t, ZP-22]', 'K3'],
    ['zhaopin.yaml', 'else: [alias, alias, t, ZP-28]', 'else: [see, full, t, ZP-28]', 'else-is-stricter'],
    ['zhaopin.yaml', 'insights: { enabled: permission', 'insight: { enabled: permission', 'schema'],
    [
      'lagou.yaml',
      'candidate_flags:',
      'retention: { rejected_days: [31, D4] }\ncandidate_flags:',
      'never-longer-than-D4',
    ],
    ['lagou.yaml', 'candidate_flags:', 'retention: { rejected_days: 31 }\ncandidate_flags:', 'schema'],
    ['lagou.yaml', 'candidate_flags:', 'minors: { min_age: [15, K14] }\ncandidate_flags:', 'never-less-than-K14'],
    ['zhaopin.yaml', 'hr: [reveal, full, t, ZP-21]', 'hr: [reveal, full, t, LG-07]', 'text-cites-own-clause'],
    ['zhaopin.yaml', 'else: [alias, alias, t, ZP-28]', 'else: [alias, alias, t, D1]', 'text-cites-own-clause'],
    ['zhaopin.yaml', 'hr: [reveal, full, t, ZP-21]', 'hr: [reveal, full, e, ZP-21]', 'source-t-or-d'],
    ['direct.yaml', 'hr: [reveal, full, d, ZP-53]', 'hr: [reveal, full, t, ZP-53]', 'text-cites-own-clause'],
    ['direct.yaml', 'hr: [reveal, full, d, ZP-53]', 'hr: [reveal, full, t, K3]', 'text-cites-own-clause'],
    [
      'lagou.yaml',
      'candidate_flags:',
      'requests: { workdays: [10, MM-46] }\ncandidate_flags:',
      'number-cites-own-clause',
    ],
    [
      'lagou.yaml',
      'candidate_flags:',
      'lease: { headhunter_minutes: [1000, D3] }\ncandidate_flags:',
      'never-longer-than-D3',
    ],
    ['lagou.yaml', 'candidate_flags:', 'first_stage: { hidden: [photo] }\ncandidate_flags:', 'only-adds-to-D18'],
    ['lagou.yaml', 'candidate_flags:', 'first_stage: { stages: [new] }\ncandidate_flags:', 'only-adds-to-D18'],
    ['lagou.yaml', 'candidate_flags:', 'sealed: { fields: [id_number] }\ncandidate_flags:', 'only-adds-to-ZP-05'],
    ['lagou.yaml', 'candidate_flags:', 'id: lagou\ncandidate_flags:', 'yaml'],
  ])('%s: %s → %s is refused by rule %s, with its line', (file, from, to, rule) => {
    const { line, problems, message } = faultsAfter(file, from, to)
    expect(problems.map((problem) => [problem.file, problem.line, problem.rule])).toContainEqual([file, line, rule])
    expect(message).toContain(`${file}:${line}: [${rule}]`)
  })

  it('refuses a folder that lacks a platform', () => {
    rmSync(join(copy, 'profiles', 'maimai.yaml'))
    expect(() => loadProfiles(join(copy, 'profiles'))).toThrow('maimai.yaml:1: [platform-has-profile]')
  })

  it('reports the faults of several files at once', () => {
    faultsAfter('lagou.yaml', 'id: lagou', 'id: wanzhou')
    const { problems } = faultsAfter('maimai.yaml', 'id: maimai', 'id: wanzhou')
    expect(new Set(problems.map((problem) => problem.file))).toEqual(new Set(['lagou.yaml', 'maimai.yaml']))
  })
})

describe('the numbers', () => {
  const values = (platform: 'zhaopin' | 'lagou' | 'wanzhou' | 'maimai') => {
    const { document } = requireProfile(platform)
    return {
      ...document.retention,
      minors: document.minors,
      workdays: document.requests.workdays,
      lease: document.lease,
      cache: document.cache,
    }
  }

  it('are those of D2 to D14 wherever a platform says nothing', () => {
    expect(values('lagou')).toMatchObject({
      rejected_days: { value: 30, clause: 'D4' },
      hired_days: { value: 7, clause: 'D5' },
      job_closed_days: { value: 7, clause: 'D6' },
      idle_job_days: { value: 90, clause: 'D6' },
      entitlement_end_days: { value: 7, clause: 'D7' },
      account_cancelled_workdays: { value: 1, clause: 'D7' },
      withdrawn_hours: { value: 72, clause: 'D8' },
      chat_days: { value: 180, clause: 'D9' },
      hold_days: { value: 1095, clause: 'D11' },
      plain_file_days: { value: 7, clause: 'D21' },
      talent_pool: {
        days: { value: 180, clause: 'D10' },
        remind_days: [
          { value: 30, clause: 'D10' },
          { value: 7, clause: 'D10' },
        ],
      },
      logs: { floor_months: { value: 6, clause: 'D11' }, anonymise_months: { value: 12, clause: 'D11' } },
      evidence_years: { value: 3, clause: 'D11' },
      orders_years: { value: 3, clause: 'D12' },
      minors: { min_age: { value: 16, clause: 'K14' } },
      workdays: { value: 15, clause: 'D13' },
      lease: { offline_hours: { value: 72, clause: 'D3' } },
      cache: { card_hours: { value: 24, clause: 'D2' } },
    })
  })

  it('name the clause of a platform that states them', () => {
    expect(values('zhaopin')).toMatchObject({
      orders_years: { value: 3, clause: 'ZP-103' },
      logs: { floor_months: { value: 6, clause: 'ZP-103' } },
      minors: { min_age: { value: 16, clause: 'ZP-04' } },
      workdays: { value: 15, clause: 'ZP-91' },
    })
    expect(values('maimai').minors.min_age).toEqual({ value: 18, clause: 'MM-47' })
  })
})

describe('a text that is silent', () => {
  const read = (changed: Readonly<Record<string, (text: string) => string>> = {}) => {
    const dir = join(resourcesDir, 'profiles')
    const sourceOf = (name: string) =>
      new ProfileSource(name, (changed[name] ?? ((text) => text))(readFileSync(join(dir, name), 'utf8')))
    const base = sourceOf('strict-base.yaml')
    return ['zhaopin', 'lagou', 'wanzhou', 'qingyun', 'maimai', 'direct'].map((name) => {
      const source = sourceOf(`${name}.yaml`)
      return { source, profile: readProfile(source, base) }
    })
  }

  it('[LG-28] each of these rules has source default-strict and none is looser than any other platform’s stated rule', () => {
    expect(silentFaults(read())).toEqual([])
    const lagou = requireProfile('lagou')
    const cited = profileNumbers.map((number) => numberAt(lagou.document, number)?.clause ?? '')
    expect(cited.filter((clause) => lagou.sourceOf(clause) !== 'd')).toEqual([])
    expect(lagou.document.policy.silent).toHaveLength(10)
  })

  it('[LG-28] is found out when another platform states something stricter', () => {
    const stricter = (text: string) => text.replace('workdays: [15, ZP-91]', 'workdays: [10, ZP-91]')
    const line =
      1 +
      (readFileSync(join(resourcesDir, 'profiles/lagou.yaml'), 'utf8').split('\n  silent:')[0] ?? '').split('\n').length
    expect(silentFaults(read({ 'zhaopin.yaml': stricter }))).toEqual([
      {
        file: 'lagou.yaml',
        line,
        rule: 'silent-not-looser',
        message: 'requests.workdays: 15 is looser than 10 of ZP-91',
      },
    ])
  })

  it('[LG-28] may not pass for a text that speaks', () => {
    const claims = (text: string) => `${text}\nrequests: { workdays: [15, LG-27] }\n`
    expect(silentFaults(read({ 'lagou.yaml': claims })).map((fault) => fault.rule)).toEqual(['silent-is-default'])
  })
})

describe('policy-texts.json', () => {
  const text = z.object({ zh: z.string().min(4), en: z.string().min(4) })
  const texts = z
    .object({ rules: z.record(z.string(), text), lifts: z.record(z.string(), text) })
    .parse(JSON.parse(readFileSync(join(resourcesDir, 'policy-texts.json'), 'utf8')))

  it('has both languages for every rule and lift, and nothing else', () => {
    expect(Object.keys(texts.rules).sort()).toEqual([...policyRules].sort())
    expect(Object.keys(texts.lifts).sort()).toEqual([...policyLifts].sort())
  })

  it('keeps the tone: no exclamation marks, no 请注意', () => {
    for (const { zh, en } of [...Object.values(texts.rules), ...Object.values(texts.lifts)])
      expect(`${zh}${en}`).not.toMatch(/[!！]|请注意/u)
  })
})
