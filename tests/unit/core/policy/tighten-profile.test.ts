import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decide } from '../../../../electron/core/policy/decide.ts'
import { permissiveness } from '../../../../electron/core/policy/permissiveness.ts'
import { tightenProfile } from '../../../../electron/core/policy/tighten-profile.ts'
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
      { numRuns: 1000 },
    )
  })
})
