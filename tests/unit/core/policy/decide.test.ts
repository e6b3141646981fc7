import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decide, decideAll } from '../../../../electron/core/policy/decide.ts'
import { permissiveness } from '../../../../electron/core/policy/permissiveness.ts'
import type { PolicyRequest } from '../../../../electron/core/policy/policy-request.ts'
import type { FieldName, Platform } from '../../../../electron/shared/domain/vocabulary.ts'
import { channel, fieldName, stage } from '../../../../electron/shared/domain/vocabulary.ts'
import { fullVia, hour, now, openGates, openRequest, profiles, via } from './policy-request.fixture.ts'

const states = (request: PolicyRequest) =>
  Object.fromEntries([...decideAll(request, fieldName.options)].map(([field, decision]) => [field, decision.state]))
const show = (request: PolicyRequest, field: FieldName) => decide({ ...request, field })
const settings = openRequest('zhaopin').settings

describe('channels', () => {
  it('[ZP-21] gives hr the name and contacts of a delivery by reveal, and nothing once locked', () => {
    const open = states(openRequest('zhaopin'))
    expect([open.name, open.phone, open.email]).toEqual(['reveal', 'reveal', 'reveal'])
    const locked = states(openRequest('zhaopin', { life: 'locked' }))
    expect(new Set(Object.values(locked))).toEqual(new Set(['absent']))
  })

  it('[ZP-26] searched and recommended cards carry an alias and no contact', () => {
    for (const name of ['searched', 'recommended'] as const) {
      const card = states(openRequest('zhaopin', { channels: [fullVia(name)] }))
      expect(card).toMatchObject({ name: 'alias', phone: 'absent', email: 'absent', wechat: 'absent' })
    }
  })

  it('[ZP-28] a value told in chat lifts that one field only', () => {
    const told = states(openRequest('zhaopin', { channels: [via('greeted'), via('exchanged', ['phone'])] }))
    expect(told).toMatchObject({ name: 'alias', phone: 'reveal', email: 'absent', wechat: 'absent' })
    expect(show(openRequest('zhaopin', { channels: [via('greeted')] }), 'phone')).toMatchObject({
      state: 'absent',
      clause: 'ZP-28',
      lift: 'DELIVERY_OR_TOLD',
    })
  })

  it('[ZP-30] a download gives a virtual number, [K1] until a delivery or a told value', () => {
    const downloaded = openRequest('zhaopin', { channels: [via('downloaded')] })
    expect(show(downloaded, 'phone')).toMatchObject({ state: 'VN', clause: 'ZP-30', lift: 'DELIVERY_OR_TOLD' })
    expect(show(downloaded, 'email').state).toBe('absent')
    const told = openRequest('zhaopin', { channels: [via('downloaded'), via('exchanged', ['phone'])] })
    expect([show(told, 'phone').state, show(told, 'email').state]).toEqual(['reveal', 'absent'])
    const later = openRequest('zhaopin', { channels: [via('downloaded'), fullVia('delivered')] })
    expect(show(later, 'phone').state).toBe('reveal')
    expect(show(later, 'attachment')).toMatchObject({ state: 'reveal', form: 'redacted' })
    expect(show(later, 'birth_date')).toMatchObject({ state: 'reveal', form: 'full' })
  })

  it('[ZP-22] [K3] a headhunter has a virtual number, a name after delivery, and never a contact or a copy', () => {
    const delivered = states(openRequest('zhaopin', { role: 'headhunter' }))
    expect(delivered).toMatchObject({ name: 'reveal', phone: 'VN', email: 'absent', wechat: 'absent', save: 'absent' })
    expect(show(openRequest('zhaopin', { role: 'headhunter' }), 'email')).toMatchObject({
      rule: 'HEADHUNTER_LIMIT',
      lift: null,
    })
  })

  it('shows no attachment that did not come with the delivery', () => {
    for (const attachment of ['declined', 'withheld', 'none'] as const) {
      const request = openRequest('zhaopin', { channels: [{ ...via('delivered'), attachment }] })
      expect(show(request, 'attachment')).toMatchObject({
        state: 'absent',
        rule: 'NO_ATTACHMENT',
        lift: 'ATTACHMENT_SENT',
      })
    }
  })

  it('[MM-12] [MM-13] Maimai calls go by virtual number, and only if allowed, delivered or exchanged', () => {
    const refused = { ...settings, allowCall: false }
    const searched = openRequest('maimai', { channels: [via('searched')] })
    expect(show(searched, 'phone')).toMatchObject({ state: 'VN', clause: 'MM-12' })
    expect(show({ ...searched, settings: refused }, 'phone')).toMatchObject({
      state: 'absent',
      clause: 'MM-13',
      rule: 'CALLS_NOT_ALLOWED',
    })
    const delivered = openRequest('maimai', { channels: [via('delivered')], settings: refused })
    expect(show(delivered, 'phone').state).toBe('VN')
    const agreed = openRequest('maimai', { channels: [via('exchanged', ['phone'])], settings: refused })
    expect(show(agreed, 'phone').state).toBe('reveal')
  })

  it('[K12] [MM-06] a Maimai name shows only if the person made it public', () => {
    const searched = openRequest('maimai', { channels: [via('searched')] })
    expect(show(searched, 'name').state).toBe('see')
    expect(show({ ...searched, settings: { ...settings, publicFields: ['body'] } }, 'name')).toMatchObject({
      state: 'alias',
    })
  })

  it('[K13] a real Maimai number shows only if it stands in the delivered attachment, and only to hr', () => {
    const inside = [via('delivered', ['phone'])]
    expect(show(openRequest('maimai', { channels: inside }), 'phone').state).toBe('reveal')
    expect(show(openRequest('maimai', { channels: inside, role: 'headhunter' }), 'phone').state).toBe('VN')
  })

  it('[D19] an ID number exists by approval in campus exams only', () => {
    for (const platform of profiles.keys()) {
      for (const name of channel.options) {
        const state = show(openRequest(platform, { channels: [fullVia(name)] }), 'id_number').state
        const allowed = name === 'campus_exam' && (platform === 'zhaopin' || platform === 'direct')
        expect([platform, name, state]).toEqual([platform, name, allowed ? 'approval' : 'absent'])
      }
    }
  })

  it('[QY-09] nobody sees anything of a Qingyun candidate', () => {
    for (const name of channel.options) {
      const request = openRequest('qingyun', { channels: [fullVia(name)] })
      expect(new Set(Object.values(states(request)))).toEqual(new Set(['absent']))
      expect(show(request, 'name')).toMatchObject({ rule: 'NO_CANDIDATES_HERE', clause: 'QY-09' })
    }
  })
})

describe('what tightens a cell', () => {
  it('[D18] [K21] the first stage hides photo, sex and the like and shows an age band', () => {
    for (const first of ['new', 'reviewed', null] as const) {
      const request = openRequest('zhaopin', { stage: first })
      for (const field of ['photo', 'sex', 'household', 'political_status'] as const)
        expect(show(request, field)).toMatchObject({
          state: 'absent',
          rule: 'FIRST_STAGE',
          lift: 'LATER_STAGE',
          clause: 'D18',
        })
      expect(show(request, 'birth_date')).toMatchObject({
        state: 'see',
        form: 'age_band',
        rule: 'FIRST_STAGE_BAND',
        clause: 'K21',
      })
    }
    expect(show(openRequest('zhaopin', { stage: 'interview' }), 'sex').state).toBe('reveal')
  })

  it('[ZP-63] opted-out insights are absent, and so are those older than a day', () => {
    expect(show(openRequest('zhaopin'), 'insights').state).toBe('see')
    const off = openRequest('zhaopin', { settings: { ...settings, insightsOptOut: true } })
    expect(show(off, 'insights')).toMatchObject({ state: 'absent', rule: 'INSIGHTS_OFF', source: 't' })
    expect(show(openRequest('zhaopin', { insightsAge: 24 * hour }), 'insights').state).toBe('see')
    expect(show(openRequest('zhaopin', { insightsAge: 24 * hour + 1 }), 'insights').rule).toBe('INSIGHTS_STALE')
    expect(show(openRequest('zhaopin', { insightsAge: null }), 'insights').state).toBe('absent')
  })

  it('[D17] an admin without a basis sees a card, with one what hr sees', () => {
    const admin = openRequest('zhaopin', { role: 'admin' })
    const card = states(admin)
    expect(Object.entries(card).filter(([, state]) => state !== 'absent')).toEqual([
      ['name', 'alias'],
      ['birth_date', 'see'],
      ['residence', 'see'],
    ])
    expect(show(admin, 'birth_date').form).toBe('age_band')
    expect(states({ ...admin, adminBasis: 'reason' })).toEqual(states(openRequest('zhaopin')))
  })

  it('a person who asked not to be contacted has no virtual number and a masked one', () => {
    const quiet = { ...settings, doNotContact: true }
    expect(show(openRequest('zhaopin', { settings: quiet }), 'phone')).toMatchObject({
      state: 'masked',
      rule: 'DO_NOT_CONTACT',
    })
    const downloaded = openRequest('zhaopin', { settings: quiet, channels: [via('downloaded')] })
    expect(show(downloaded, 'phone')).toMatchObject({ state: 'absent', rule: 'DO_NOT_CONTACT' })
  })

  it('a virtual number names what an unverified caller lacks, and is absent where there is none', () => {
    const downloaded = openRequest('zhaopin', {
      channels: [via('downloaded')],
      gates: { ...openGates, caller: false },
    })
    expect(show(downloaded, 'phone')).toMatchObject({
      state: 'VN',
      rule: 'CALLER_UNVERIFIED',
      lift: 'VERIFY_CALLER',
      clause: 'ZP-44',
    })
    const none = { ...downloaded, settings: { ...settings, virtualNumber: false } }
    expect(show(none, 'phone')).toMatchObject({ state: 'absent', rule: 'NO_VIRTUAL_NUMBER' })
  })

  it('[D2] an old card takes its channels away, a delivery stays', () => {
    const stale = openRequest('zhaopin', { channels: [via('searched')], cardAge: 24 * hour + 1 })
    expect(show(stale, 'body')).toMatchObject({ state: 'absent', rule: 'CARD_STALE', lift: 'REFRESH' })
    expect(show({ ...stale, cardAge: 24 * hour }, 'body').state).toBe('see')
    const both = { ...stale, channels: [via('searched'), via('delivered')] }
    expect(show(both, 'body').clause).toBe('ZP-21')
  })

  it('[D15] a person of unknown age is an alias in lists and nothing more', () => {
    const unknown = states(openRequest('zhaopin', { age: { months: null, confirmed: false } }))
    const { name, ...rest } = unknown
    expect(name).toBe('alias')
    expect(new Set(Object.values(rest))).toEqual(new Set(['absent']))
  })
})

describe('strictest wins', () => {
  const evidence = fc.record({
    channel: fc.constantFrom(...channel.options),
    evidenceAt: fc.constant(now - hour),
    disclosed: fc.subarray(fieldName.options),
    attachment: fc.constantFrom('present' as const, 'declined' as const, 'none' as const),
  })
  const base = fc.record({
    platform: fc.constantFrom<Platform>(...profiles.keys()),
    role: fc.constantFrom('hr' as const, 'headhunter' as const, 'admin' as const),
    adminBasis: fc.constantFrom('reason' as const, 'job_member' as const),
    channels: fc.array(evidence, { minLength: 1, maxLength: 4 }),
    field: fc.constantFrom(...fieldName.options),
  })
  /** Everything that is not the platform's cell, in any state. */
  const tightening = fc.record({
    stage: fc.constantFrom(null, ...stage.options),
    life: fc.constantFrom('live' as const, 'locked' as const),
    jobMatches: fc.boolean(),
    cardAge: fc.constantFrom(null, hour, 48 * hour),
    insightsAge: fc.constantFrom(null, hour, 48 * hour),
    lease: fc.record({
      lastSyncAt: fc.constantFrom(null, now - hour, now - 100 * hour),
      now: fc.constant(now),
      origin: fc.constantFrom('hub' as const, 'local' as const),
    }),
    age: fc.record({
      months: fc.constantFrom(null, 180, 200, 360),
      confirmed: fc.boolean(),
      guardianConsent: fc.boolean(),
    }),
    gates: fc.record({
      realName: fc.boolean(),
      employment: fc.boolean(),
      restricted: fc.boolean(),
      officerNamed: fc.boolean(),
      confidentiality: fc.boolean(),
      rulesAccepted: fc.boolean(),
      caller: fc.boolean(),
      licenceUntil: fc.constantFrom(null, now - hour, now + hour),
    }),
    permissions: fc.record({ insights: fc.boolean(), sealed_fields: fc.boolean() }),
    entitled: fc.boolean(),
    settings: fc.record({
      visibility: fc.constantFrom('public' as const, 'hidden_from_headhunters' as const, 'none' as const),
      blocked: fc.boolean(),
      allowCall: fc.boolean(),
      insightsOptOut: fc.boolean(),
      aiRefused: fc.boolean(),
      doNotContact: fc.boolean(),
      publicFields: fc.subarray(fieldName.options),
      virtualNumber: fc.boolean(),
    }),
  })
  const rank = (request: PolicyRequest, field: FieldName) => {
    const { state, form } = decide({ ...request, field })
    return permissiveness(state, form)
  }

  it('no setting, stage, life, lease, age or basis ever loosens the platform cell', () => {
    fc.assert(
      fc.property(base, tightening, ({ platform, field, ...rest }, changes) => {
        const open = openRequest(platform, rest)
        expect(rank({ ...open, ...changes }, field)).toBeLessThanOrEqual(rank(open, field))
      }),
      { numRuns: 2000 },
    )
  })

  it('further evidence never takes away what other evidence gave', () => {
    fc.assert(
      fc.property(base, evidence, ({ platform, field, ...rest }, more) => {
        const open = openRequest(platform, rest)
        expect(rank({ ...open, channels: [...open.channels, more] }, field)).toBeGreaterThanOrEqual(rank(open, field))
      }),
      { numRuns: 2000 },
    )
  })

  it('a headhunter never gets beyond a virtual number, a contact or a copy', () => {
    fc.assert(
      fc.property(base, tightening, ({ platform, ...rest }, changes) => {
        const seen = states({ ...openRequest(platform, { ...rest, ...changes }), role: 'headhunter' })
        expect(['absent', 'VN']).toContain(seen.phone)
        expect([seen.email, seen.wechat, seen.save, seen.id_number]).toEqual(['absent', 'absent', 'absent', 'absent'])
      }),
    )
  })
})
