import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { compileProfile } from '../../../../electron/core/policy/profile/compile-profile.ts'
import { decide } from '../../../../electron/core/policy/decide.ts'
import { ProfileError } from '../../../../electron/core/policy/profile/profile-error.ts'
import { recordedCase, replayCases, toCase, toRequest } from '../../../../electron/core/policy/cases/recorded-case.ts'
import { channel, platform, role } from '../../../../electron/shared/domain/vocabulary.ts'
import { now, openRequest, profiles, requireProfile, resourcesDir } from './policy-request.fixture.ts'
import { generateCases } from './recorded-case.fixture.ts'

const path = join(resourcesDir, 'policy-cases/core.jsonl')
const readLines = () => readFileSync(path, 'utf8').trimEnd().split('\n')

// The kept answers change only when somebody asks for it, and then the difference is there to be reviewed.
beforeAll(() => {
  if (process.env.CANDOR_RECORD_CASES === '1')
    writeFileSync(
      path,
      generateCases()
        .map((one) => `${JSON.stringify(one)}\n`)
        .join(''),
    )
})

describe('policy-cases/core.jsonl', () => {
  it('is answered today as it was when it was kept', () => {
    const { total, differing } = replayCases(readLines(), profiles)
    expect(differing).toEqual([])
    expect(total).toBeGreaterThan(300)
  })

  it('asks about every platform, role, channel and stage', () => {
    const cases = readLines().map((line) => recordedCase.parse(JSON.parse(line)))
    expect(new Set(cases.map((one) => one.profile))).toEqual(new Set(platform.options))
    expect(new Set(cases.map((one) => one.role))).toEqual(new Set(role.options))
    expect(new Set(cases.flatMap((one) => one.channels.map(({ channel: name }) => name)))).toEqual(
      new Set(channel.options),
    )
    expect(new Set(cases.map((one) => one.stage)).size).toBe(8)
    expect(new Set(cases.map((one) => one.expect.rule)).size).toBeGreaterThan(35)
    expect(new Set(cases.map((one) => one.id)).size).toBe(cases.length)
  })

  it('holds the questions that the seed gives', () => {
    const questions = (cases: readonly { id: string }[]) => cases.map((one) => one.id)
    expect(questions(readLines().map((line) => recordedCase.parse(JSON.parse(line))))).toEqual(
      questions(generateCases()),
    )
  })
})

describe('toCase', () => {
  it('keeps the facts: the request comes back with the same decision, times as distances', () => {
    const request = openRequest('maimai', { role: 'headhunter', overseas: { consent: true, fields: ['name'] } })
    const recorded = toCase(request, 'phone', decide({ ...request, field: 'phone' }))
    const back = toRequest(recorded, requireProfile('maimai'))
    const settings = { ...request.settings, publicFields: ['phone'] }
    expect(back.channels).toEqual([
      { channel: 'delivered', evidenceAt: now, disclosed: ['phone'], attachment: 'present' },
    ])
    expect({ ...back, channels: [] }).toEqual({ ...request, channels: [], settings })
    expect(JSON.stringify(recorded)).not.toContain(String(request.lease.lastSyncAt))
    expect(decide({ ...back, field: 'phone' })).toMatchObject(recorded.expect)
  })

  it('gives equal facts equal ids, and other facts others', () => {
    const idOf = (request = openRequest('zhaopin')) => toCase(request, 'name', decide({ ...request, field: 'name' })).id
    expect(idOf()).toBe(idOf())
    expect(idOf(openRequest('zhaopin', { stage: 'new' }))).not.toBe(idOf())
  })
})

describe('replayCases', () => {
  const request = openRequest('zhaopin')
  const line = JSON.stringify(toCase(request, 'phone', decide({ ...request, field: 'phone' })))

  it('tells what is answered otherwise', () => {
    const { document } = requireProfile('zhaopin')
    const stricter = compileProfile({ ...document, cells: { ...document.cells, phone: {} } })
    expect(replayCases([line, '', line], new Map([...profiles, ['zhaopin', stricter]]))).toEqual({
      total: 2,
      differing: Array.from({ length: 2 }, () => ({
        id: expect.stringMatching(/^[0-9a-f]{12}$/) as string,
        field: 'phone',
        expected: { state: 'reveal', form: 'full', rule: 'REVEAL_LOGGED', clause: 'ZP-21', lift: 'REVEAL' },
        got: { state: 'absent', form: 'full', rule: 'UNSTATED', clause: 'D1', lift: null },
      })),
    })
  })

  it.each(['{', '{"id":"x"}', '7'])('names the line that is no case: %s', (bad) => {
    expect(() => replayCases([line, bad], profiles)).toThrow(ProfileError)
    expect(() => replayCases([line, bad], profiles)).toThrow('cases.jsonl:2: [case]')
  })
})
