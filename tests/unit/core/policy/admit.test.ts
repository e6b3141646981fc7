import { describe, expect, it } from 'vitest'
import { admit, mayContact } from '../../../../electron/core/policy/admit.ts'
import type { PolicyRequest } from '../../../../electron/core/policy/policy-request.ts'
import type { Platform } from '../../../../electron/shared/domain/vocabulary.ts'
import { channel, platform } from '../../../../electron/shared/domain/vocabulary.ts'
import { fullVia, hour, now, openGates, openRequest, via } from './policy-request.fixture.ts'

const answer = (on: Platform, changes: Partial<PolicyRequest>) => {
  const admission = admit(openRequest(on, changes))
  return admission.ok ? 'ok' : `${admission.code} ${admission.rule} ${admission.clause}`
}
const settings = openRequest('zhaopin').settings
const notDelivered = ['recommended', 'searched', 'greeted', 'exchanged', 'downloaded'] as const

describe('admit', () => {
  it('opens what nothing forbids', () => {
    for (const on of platform.options.filter((name) => name !== 'qingyun'))
      expect([on, answer(on, {})]).toEqual([on, 'ok'])
  })

  it('[ZP-42] an unverified session opens no record of any channel', () => {
    for (const name of channel.options) {
      const changes = { channels: [fullVia(name)] }
      expect(answer('zhaopin', { ...changes, role: 'unverified' })).toBe('E_UNVERIFIED UNVERIFIED ZP-42')
      expect(answer('zhaopin', { ...changes, gates: { ...openGates, realName: false } })).toBe(
        'E_UNVERIFIED REAL_NAME_MISSING ZP-09',
      )
    }
    expect(answer('lagou', { role: 'unverified' })).toBe('E_UNVERIFIED UNVERIFIED LG-01')
    expect(answer('wanzhou', { role: 'unverified' })).toBe('E_UNVERIFIED UNVERIFIED WZ-05')
  })

  it('refuses browse mode, and the officer outside a request case', () => {
    expect(answer('zhaopin', { role: 'visitor' })).toBe('E_ROLE VISITOR ZP-03')
    expect(answer('zhaopin', { role: 'officer' })).toBe('E_ROLE OFFICER_BY_REQUEST D17')
  })

  it('[ZP-14] [LG-10] [WZ-13] a blocked company opens deliveries only', () => {
    const blocked = { settings: { ...settings, blocked: true } }
    for (const name of notDelivered) {
      expect(answer('zhaopin', { ...blocked, channels: [fullVia(name)] })).toBe('E_HIDDEN BLOCKED_EMPLOYER ZP-14')
      expect(answer('lagou', { ...blocked, channels: [fullVia(name)] })).toBe('E_HIDDEN BLOCKED_EMPLOYER LG-10')
      expect(answer('wanzhou', { ...blocked, channels: [fullVia(name)] })).toBe('E_HIDDEN BLOCKED_EMPLOYER WZ-13')
    }
    expect(answer('zhaopin', blocked)).toBe('ok')
  })

  it('[ZP-24] [ZP-33] a résumé that is no longer public opens by delivery only, a download too is closed', () => {
    const hidden = { settings: { ...settings, visibility: 'none' as const } }
    for (const name of notDelivered)
      expect(answer('zhaopin', { ...hidden, channels: [fullVia(name)] })).toBe('E_HIDDEN HIDDEN_BY_CANDIDATE ZP-33')
    expect(answer('zhaopin', hidden)).toBe('ok')
  })

  it('[ZP-25] a résumé hidden from headhunters is closed to them and open to hr', () => {
    const hidden = { settings: { ...settings, visibility: 'hidden_from_headhunters' as const } }
    for (const name of channel.options)
      expect(answer('zhaopin', { ...hidden, role: 'headhunter', channels: [fullVia(name)] })).toBe(
        'E_HIDDEN HIDDEN_FROM_HEADHUNTERS ZP-25',
      )
    expect(answer('zhaopin', { ...hidden, channels: [via('searched')] })).toBe('ok')
  })

  it('[ZP-08] [WZ-28] [MM-04] a record opens for its own job only', () => {
    expect(answer('zhaopin', { jobMatches: false })).toBe('E_PURPOSE OTHER_PURPOSE ZP-08')
    expect(answer('wanzhou', { jobMatches: false })).toBe('E_PURPOSE OTHER_PURPOSE WZ-28')
    expect(answer('maimai', { jobMatches: false })).toBe('E_PURPOSE OTHER_PURPOSE MM-04')
  })

  it('[ZP-04] under 16 is refused, 16 and 17 wait for a guardian', () => {
    const aged = (months: number, guardianConsent?: boolean) => ({
      age: { months, confirmed: true, ...(guardianConsent === undefined ? {} : { guardianConsent }) },
    })
    expect(answer('zhaopin', aged(191, true))).toBe('E_MINOR UNDER_AGE ZP-04')
    expect(answer('zhaopin', aged(192))).toBe('E_MINOR GUARDIAN_MISSING ZP-04')
    expect(answer('zhaopin', aged(215))).toBe('E_MINOR GUARDIAN_MISSING ZP-04')
    expect(answer('zhaopin', aged(192, true))).toBe('ok')
    expect(answer('zhaopin', aged(216))).toBe('ok')
  })

  it('[WZ-39] own labour income stands in for a guardian at Wanzhou only', () => {
    const age = { months: 200, confirmed: false, selfSupporting: true }
    expect(answer('wanzhou', { age })).toBe('ok')
    expect(answer('wanzhou', { age: { ...age, selfSupporting: false } })).toBe('E_MINOR GUARDIAN_MISSING WZ-39')
    expect(answer('wanzhou', { age: { ...age, months: 191 } })).toBe('E_MINOR UNDER_AGE WZ-39')
    expect(answer('zhaopin', { age })).toBe('E_MINOR GUARDIAN_MISSING ZP-04')
  })

  it('[MM-47] [K14] Maimai is for adults, whatever a guardian says', () => {
    expect(answer('maimai', { age: { months: 215, confirmed: true, guardianConsent: true } })).toBe(
      'E_MINOR UNDER_AGE MM-47',
    )
    expect(answer('maimai', { age: { months: 216, confirmed: false } })).toBe('ok')
    expect(answer('lagou', { age: { months: 191, confirmed: true } })).toBe('E_MINOR UNDER_AGE K14')
  })

  it('[D15] an unknown age opens once a human confirmed it', () => {
    expect(answer('zhaopin', { age: { months: null, confirmed: false } })).toBe('E_MINOR AGE_UNKNOWN D15')
    expect(answer('zhaopin', { age: { months: null, confirmed: true } })).toBe('ok')
  })

  it('[D3] the lease ends 72 hours after the last good sync; own intake has none', () => {
    const lease = (lastSyncAt: number | null, origin: 'hub' | 'local' = 'hub') => ({
      lease: { lastSyncAt, now, origin },
    })
    expect(answer('zhaopin', lease(now - 72 * hour))).toBe('ok')
    expect(answer('zhaopin', lease(now - 72 * hour - 1))).toBe('E_LEASE LEASE_OVER D3')
    expect(answer('zhaopin', lease(null))).toBe('E_LEASE LEASE_OVER D3')
    expect(answer('direct', lease(null, 'local'))).toBe('ok')
  })

  it('[D2] a card is re-checked after 24 hours, a delivery is not', () => {
    const old = { cardAge: 24 * hour + 1 }
    for (const name of ['recommended', 'searched', 'greeted'] as const)
      expect(answer('zhaopin', { ...old, channels: [via(name)] })).toBe('E_LEASE CARD_STALE D2')
    expect(answer('zhaopin', { ...old, cardAge: null, channels: [via('searched')] })).toBe('E_LEASE CARD_STALE D2')
    expect(answer('zhaopin', old)).toBe('ok')
  })

  it('refuses a locked record, and one without evidence', () => {
    expect(answer('zhaopin', { life: 'locked' })).toBe('E_LOCKED LOCKED D8')
    expect(answer('zhaopin', { channels: [] })).toBe('E_CHANNEL NO_EVIDENCE D1')
  })

  it('[QY-09] opens nothing of Qingyun', () => {
    for (const name of channel.options)
      expect(answer('qingyun', { channels: [fullVia(name)] })).toBe('E_CHANNEL NO_CANDIDATES_HERE QY-09')
  })

  it('[D17] an admin opens with a reason or as a member of the job', () => {
    expect(answer('zhaopin', { role: 'admin' })).toBe('E_PURPOSE ADMIN_CARD_ONLY D17')
    expect(answer('lagou', { role: 'admin' })).toBe('E_PURPOSE ADMIN_CARD_ONLY LG-14')
    expect(answer('wanzhou', { role: 'admin' })).toBe('E_PURPOSE ADMIN_CARD_ONLY WZ-16')
    expect(answer('zhaopin', { role: 'admin', adminBasis: 'job_member' })).toBe('ok')
  })

  it('[D16] viewing from abroad is off, and needs a record and consent where a platform knows it', () => {
    expect(answer('lagou', { overseas: { consent: true, fields: ['name'] } })).toBe('E_REGION OVERSEAS D16')
    expect(answer('maimai', { overseas: { consent: false, fields: ['name'] } })).toBe('E_REGION OVERSEAS MM-33')
    expect(answer('maimai', { overseas: { consent: true, fields: null } })).toBe('E_REGION OVERSEAS MM-33')
    expect(answer('maimai', { overseas: { consent: true, fields: ['name'] } })).toBe('ok')
  })
})

describe('mayContact', () => {
  const way = (request: PolicyRequest, how: 'call' | 'message' | 'ai') => {
    const admission = mayContact(request, how)
    return admission.ok ? 'ok' : `${admission.code} ${admission.rule}`
  }

  it('[MM-12] [MM-13] Maimai calls need permission, a delivery or an exchange', () => {
    const open = openRequest('maimai', { channels: [via('searched')] })
    const refused = { ...open, settings: { ...open.settings, allowCall: false } }
    expect(way(open, 'call')).toBe('ok')
    expect(way(refused, 'call')).toBe('E_CHANNEL CALLS_NOT_ALLOWED')
    expect(way({ ...refused, channels: [via('greeted')] }, 'call')).toBe('E_CHANNEL CALLS_NOT_ALLOWED')
    expect(way({ ...refused, channels: [via('delivered')] }, 'call')).toBe('ok')
    expect(way({ ...refused, channels: [via('exchanged', ['phone'])] }, 'call')).toBe('ok')
  })

  it('[MM-11] the number of a shared card is not called', () => {
    expect(way(openRequest('maimai', { channels: [via('card')] }), 'call')).toBe('E_CHANNEL NO_CALL_GROUND')
  })

  it('[ZP-44] an unverified caller does not call', () => {
    expect(way(openRequest('zhaopin', { gates: { ...openGates, caller: false } }), 'call')).toBe(
      'E_UNVERIFIED CALLER_UNVERIFIED',
    )
  })

  it('[MM-17] nobody who asked for silence is reached in any way', () => {
    const quiet = openRequest('maimai', { settings: { ...settings, doNotContact: true } })
    for (const how of ['call', 'message', 'ai'] as const) expect(way(quiet, how)).toBe('E_CONSENT DO_NOT_CONTACT')
  })

  it('a refusal of AI stops what a model writes and nothing else', () => {
    const refused = openRequest('zhaopin', { settings: { ...settings, aiRefused: true } })
    expect([way(refused, 'ai'), way(refused, 'message'), way(refused, 'call')]).toEqual([
      'E_CONSENT AI_REFUSED',
      'ok',
      'ok',
    ])
  })

  it('refuses whatever the record itself refuses', () => {
    expect(way(openRequest('zhaopin', { life: 'locked' }), 'message')).toBe('E_LOCKED LOCKED')
  })
})
