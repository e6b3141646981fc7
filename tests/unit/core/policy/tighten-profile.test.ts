import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decide } from '../../../../electron/core/policy/decide.ts'
import { permissiveness } from '../../../../electron/core/policy/permissiveness.ts'
import { ProfileError } from '../../../../electron/core/policy/profile/profile-error.ts'
import { parseTightening, tightenProfile } from '../../../../electron/core/policy/versions/tighten-profile.ts'
import type { Platform } from '../../../../electron/shared/domain/vocabulary.ts'
import { channel, displayStates, fieldName } from '../../../../electron/shared/domain/vocabulary.ts'
import { fullVia, openRequest, profiles, requireProfile, via } from './policy-request.fixture.ts'

describe('tightenProfile', () => {
  it('takes a stricter cell and a shorter deadline, and leaves looser ones aside', () => {
    const { profile, ignored } = tightenProfile(requireProfile('zhaopin'), {
      cells: {
        phone: { delivered: { hr: ['masked', 'full', 't', 'ZP-21'] }, searched: { hr: ['see', 'full', 't', 'ZP-26'] } },
      },
      retention: { rejected_days: [10, 'D4'], chat_days: [999, 'D9'] },
      minors: { min_age: [18, 'ZP-04'] },
    })
    expect(decide({ ...openRequest('zhaopin', { profile }), field: 'phone' }).state).toBe('masked')
    expect(decide({ ...openRequest('zhaopin', { profile, channels: [via('searched')] }), field: 'phone' }).state).toBe(
      'absent',
    )
    expect(profile.document.retention.rejected_days.value).toBe(10)
    expect(profile.document.retention.chat_days.value).toBe(180)
    expect(profile.minAgeMonths).toBe(216)
    expect(ignored).toBe(2)
  })

  it('leaves the shipped profile as it is', () => {
    const shipped = requireProfile('lagou')
    const before = JSON.stringify(shipped.document)
    tightenProfile(shipped, { cells: { body: { searched: { hr: ['absent', 'full', 't', 'LG-08'] } } } })
    expect(JSON.stringify(shipped.document)).toBe(before)
  })

  it('never shows more than the shipped profile, whatever a hub sends', () => {
    const sent = fc.record({
      platform: fc.constantFrom<Platform>(...profiles.keys()),
      field: fc.constantFrom(...fieldName.options),
      name: fc.constantFrom(...channel.options),
      role: fc.constantFrom('hr' as const, 'headhunter' as const),
      state: fc.constantFrom(...displayStates),
      carried: fc.boolean(),
    })
    fc.assert(
      fc.property(sent, ({ platform, field, name, role, state, carried }) => {
        const { profile } = tightenProfile(requireProfile(platform), {
          cells: { [field]: { [name]: { [role]: [state, 'full', 't', 'D1'] } } },
        })
        const open = openRequest(platform, { role, channels: [carried ? fullVia(name) : via(name)] })
        const bare = carried ? open : { ...open, settings: { ...open.settings, allowCall: false, publicFields: [] } }
        const shown = (request: typeof open) => {
          const decision = decide({ ...request, field })
          return permissiveness(decision.state, decision.form)
        }
        expect(shown({ ...bare, profile })).toBeLessThanOrEqual(shown(bare))
      }),
      { numRuns: 300 },
    )
  })

  it('[ZP-106] takes every kind of stricter rule, adds to lists, and marks the cells', () => {
    const shipped = requireProfile('zhaopin')
    const { profile, ignored } = tightenProfile(shipped, {
      cells: { name: { exchanged: { hr: ['masked', 'full', 't', 'ZP-28'] } } },
      first_stage: { hidden: ['body'], stages: ['interview'] },
      sealed: { fields: ['id_number'] },
      insights: { ttl_hours: [12, 'ZP-62'] },
      minors: { guardian_until: [20, 'ZP-04'] },
      lease: { headhunter_minutes: [5, 'ZP-22'], offline_hours: [24, 'D3'] },
      requests: { workdays: [10, 'ZP-91'] },
      region: { overseas_view: 'deny' },
      retention: { talent_pool: { days: [90, 'D10'] }, logs: { floor_months: [12, 'D11'] } },
      gates: { training: { by: ['course'], clause: 'D1' }, realname: { by: ['none'], clause: 'D1' } },
    })
    const { document } = profile
    // What was looser without its condition stays as strict as it was.
    expect(document.cells.name?.exchanged?.hr).toEqual([
      'masked',
      'full',
      'e',
      'ZP-28',
      { if: 'told', else: ['alias', 'alias', 't', 'ZP-28'] },
    ])
    expect(document.first_stage.hidden).toEqual([...shipped.document.first_stage.hidden, 'body'])
    expect(document.first_stage.stages).toEqual(['new', 'reviewed', 'interview'])
    expect(document.sealed.fields).toEqual(shipped.document.sealed.fields)
    expect(document.insights.ttl_hours.value).toBe(12)
    expect(document.minors.guardian_until.value).toBe(20)
    expect(document.lease).toMatchObject({ headhunter_minutes: { value: 5 }, offline_hours: { value: 24 } })
    expect(document.requests.workdays).toEqual({ value: 10, clause: 'ZP-91' })
    expect(document.region.overseas_view).toBe('deny')
    expect(document.retention.talent_pool.days.value).toBe(90)
    expect(document.retention.logs.floor_months.value).toBe(12)
    expect(document.gates.training).toEqual({ by: ['course'], clause: 'D1' })
    expect(document.gates.realname).toEqual(shipped.document.gates.realname)
    expect(ignored).toBe(1)
  })

  it('leaves aside what it cannot read, and does not fail over it', () => {
    const shipped = requireProfile('zhaopin')
    for (const document of [null, 'text', [], { cells: 7, retention: [], gates: 'none' }]) {
      expect(tightenProfile(shipped, document).profile.revision).toBe(shipped.revision)
    }
    const { profile, ignored } = tightenProfile(shipped, {
      cells: { phone: { delivered: { hr: ['hidden'] } }, shoe_size: { delivered: { hr: ['absent'] } } },
      retention: { rejected_days: 'soon', hired_days: [3, 'D5'] },
    })
    expect(ignored).toBe(2)
    expect(profile.document.retention.hired_days.value).toBe(3)
  })
})

describe('parseTightening', () => {
  const shipped = requireProfile('zhaopin')
  const faults = (text: string, known?: ReadonlySet<string>) => {
    try {
      parseTightening(text, shipped, undefined, known)
      return []
    } catch (error) {
      if (!(error instanceof ProfileError)) throw error
      return error.problems.map(({ file, line, rule }) => `${file}:${line} ${rule}`)
    }
  }

  it.each(['', '  \n', '# nothing yet\n', '---\n'])('takes an empty text as an empty tightening: %j', (text) => {
    expect(parseTightening(text, shipped)).toEqual({})
  })

  it('[ZP-106] takes a stricter document as it is', () => {
    const document = parseTightening(
      [
        '# Our own rules',
        'cells:',
        '  phone:',
        '    delivered: { hr: [masked, full, e, ZP-21] }',
        'retention: { rejected_days: [10, D4] }',
        'first_stage: { hidden: [expected_salary] }',
        'region: { overseas_view: deny }',
        'gates: { training: { by: [course], clause: D1 } }',
      ].join('\n'),
      shipped,
    )
    const { profile, ignored } = tightenProfile(shipped, document)
    expect(ignored).toBe(0)
    expect(profile.document.cells.phone?.delivered?.hr).toEqual(['masked', 'full', 'e', 'ZP-21'])
    expect(profile.hiddenFirst.has('expected_salary')).toBe(true)
  })

  it.each([
    ['cells:\n  phone:\n    searched: { hr: [reveal, full, e, ZP-26] }', 'enterprise.yaml:3 never-looser'],
    ['cells:\n  phone:\n    downloaded: { hr: [masked, full, e, ZP-30] }', 'enterprise.yaml:3 never-looser'],
    ['\nretention:\n  rejected_days: [31, D4]', 'enterprise.yaml:3 never-longer-than-D4'],
    ['retention: { talent_pool: { days: [181, D10] } }', 'enterprise.yaml:1 never-longer-than-D10'],
    ['minors: { min_age: [15, ZP-04] }', 'enterprise.yaml:1 never-less-than-ZP-04'],
    ['retention:\n  logs:\n    floor_months: [3, D11]', 'enterprise.yaml:3 never-less-than-ZP-103'],
    ['\nretenton: { rejected_days: [3, D4] }', 'enterprise.yaml:2 unknown-key'],
    ['retention:\n  reject_days: [3, D4]', 'enterprise.yaml:2 unknown-key'],
    ['cells:\n  shoe_size: {}', 'enterprise.yaml:2 unknown-key'],
    ['delivered_channels: []', 'enterprise.yaml:1 unknown-key'],
    ['retention: { rejected_days: 3 }', 'enterprise.yaml:1 schema'],
    ['region: { overseas_view: record_and_consent }', 'enterprise.yaml:1 schema'],
    ['cells:\n  phone:\n    delivered: { hr: [hidden, full, e, ZP-21] }', 'enterprise.yaml:3 schema'],
    ['cells:\n  name:\n    delivered: { hr: [alias, full, e, ZP-21] }', 'enterprise.yaml:3 form-fits-state'],
    ['gates:\n  realname: { by: [none], clause: D1 }', 'enterprise.yaml:2 gates-only-added'],
    ['cells: {}\ncells: {}', 'enterprise.yaml:2 yaml'],
    ['- a list', 'enterprise.yaml:1 yaml'],
  ])('[ZP-106] refuses %j and says where and by which rule', (text, fault) => {
    expect(faults(text)).toEqual([fault])
  })

  it('reports every fault at once', () => {
    expect(faults('retention: { rejected_days: [31, D4] }\nlease: { offline_hours: [99, D3] }')).toHaveLength(2)
  })

  it('knows the clauses where it is given them', () => {
    const text = 'cells:\n  phone:\n    delivered: { hr: [masked, full, e, ZP-921] }'
    expect(faults(text, new Set(['ZP-21']))).toEqual(['enterprise.yaml:3 clause-exists'])
  })
})
