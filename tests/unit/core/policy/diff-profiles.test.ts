import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { diffProfiles } from '../../../../electron/core/policy/versions/diff-profiles.ts'
import type { Profile } from '../../../../electron/core/policy/profile/profile-schema.ts'
import { strictestOf } from '../../../../electron/core/policy/versions/strictest-of.ts'
import { profileChange } from '../../../../electron/shared/domain/policy-views.ts'
import { twoProfiles } from './mutated-profile.fixture.ts'
import { profiles, requireProfile } from './policy-request.fixture.ts'

const zhaopin = requireProfile('zhaopin').document
const { entitlement: _bought, ...unbought } = zhaopin
const maimai = requireProfile('maimai').document

describe('diffProfiles', () => {
  it('finds nothing between a profile and itself', () => {
    for (const { document } of profiles.values()) expect(diffProfiles(document, document)).toEqual([])
    fc.assert(
      fc.property(twoProfiles, ([a]) => {
        expect(diffProfiles(a, structuredClone(a))).toEqual([])
      }),
      { numRuns: 30 },
    )
  })

  it('[ZP-106] finds nothing looser in the stricter of two profiles, seen from either', () => {
    fc.assert(
      fc.property(twoProfiles, ([a, b]) => {
        const strictest = strictestOf(a, b)
        expect(diffProfiles(a, strictest).filter((one) => one.direction === 'looser')).toEqual([])
        // Where a delivery is for its own job, the channels stay those of the first and the cells give way instead.
        const looser = diffProfiles(b, strictest).filter((one) => one.direction === 'looser')
        expect(looser.filter((one) => one.path !== 'delivered_channels')).toEqual([])
      }),
      { numRuns: 100 },
    )
  })

  it('turns stricter into looser when the versions change places; what is both stays looser', () => {
    fc.assert(
      fc.property(twoProfiles, ([a, b]) => {
        const back = new Map(diffProfiles(b, a).map((one) => [one.path, one]))
        const there = diffProfiles(a, b)
        expect(there.map((one) => one.path).sort()).toEqual([...back.keys()].sort())
        for (const one of there) {
          const other = back.get(one.path)
          expect([other?.before, other?.after]).toEqual([one.after, one.before])
          if (one.direction === 'stricter') expect(other?.direction).toBe('looser')
          if (one.direction === 'looser') expect(['stricter', 'looser']).toContain(other?.direction)
          if (one.direction === 'other') expect(other?.direction).toBe('other')
          expect(profileChange.safeParse(one).success).toBe(true)
        }
      }),
      { numRuns: 60 },
    )
  })

  const after = (changes: Partial<Profile>, of: Profile = zhaopin) => diffProfiles(of, { ...of, ...changes })

  it('[ZP-106] says in a few words what a cell showed and shows', () => {
    const exchanged = zhaopin.cells.phone?.exchanged
    const next: Profile = {
      ...zhaopin,
      cells: {
        ...zhaopin.cells,
        phone: { ...zhaopin.cells.phone, exchanged: { ...exchanged, hr: ['absent', 'full', 'd', 'ZP-28'] } },
        residence: { ...zhaopin.cells.residence, card: { hr: ['see', 'city', 't', 'ZP-26'] } },
        name: {
          ...zhaopin.cells.name,
          delivered: { ...zhaopin.cells.name?.delivered, hr: ['reveal', 'full', 't', 'ZP-20'] },
        },
      },
    }
    expect(diffProfiles(zhaopin, next)).toEqual([
      {
        part: 'cell',
        path: 'cells.name.delivered.hr',
        field: 'name',
        channel: 'delivered',
        role: 'hr',
        before: 'ZP-21 t',
        after: 'ZP-20 t',
        direction: 'other',
        clause: 'ZP-20',
      },
      {
        part: 'cell',
        path: 'cells.phone.exchanged.hr',
        field: 'phone',
        channel: 'exchanged',
        role: 'hr',
        before: 'reveal|absent if not told',
        after: 'absent',
        direction: 'stricter',
        clause: 'ZP-28',
      },
      {
        part: 'cell',
        path: 'cells.residence.card.hr',
        field: 'residence',
        channel: 'card',
        role: 'hr',
        before: 'absent',
        after: 'see:city',
        direction: 'looser',
        clause: 'ZP-26',
      },
    ])
  })

  it.each<[string, ReturnType<typeof after>, object]>([
    [
      'a shorter deadline',
      after({ retention: { ...zhaopin.retention, rejected_days: { value: 10, clause: 'D4' } } }),
      {
        part: 'number',
        path: 'retention.rejected_days',
        before: '30',
        after: '10',
        direction: 'stricter',
        clause: 'D4',
      },
    ],
    [
      'a lower age',
      after({ minors: { ...maimai.minors, min_age: { value: 16, clause: 'K14' } } }, maimai),
      { part: 'number', path: 'minors.min_age', before: '18', after: '16', direction: 'looser' },
    ],
    [
      'another rule behind the same number',
      after({ requests: { ...zhaopin.requests, workdays: { value: 15, clause: 'D13' } } }),
      { part: 'number', path: 'requests.workdays', before: 'ZP-91', after: 'D13', direction: 'other' },
    ],
    [
      'one more field hidden at first',
      after({ first_stage: { ...zhaopin.first_stage, hidden: [...zhaopin.first_stage.hidden, 'body'] } }),
      { part: 'list', path: 'first_stage.hidden', direction: 'stricter', clause: 'D18' },
    ],
    [
      'a field no longer sealed',
      after({ sealed: { ...zhaopin.sealed, fields: ['id_number'] } }),
      { part: 'list', path: 'sealed.fields', after: 'id_number', direction: 'looser', clause: 'ZP-05' },
    ],
    [
      'people who live on their own income',
      after({ minors: { ...zhaopin.minors, exception: 'self_supporting' } }),
      { part: 'list', path: 'minors.exception', before: null, after: 'self_supporting', direction: 'looser' },
    ],
    [
      'no view from abroad any more',
      after({ region: { ...zhaopin.region, overseas_view: 'deny' } }),
      { part: 'other', path: 'region.overseas_view', after: 'deny', direction: 'stricter', clause: 'ZP-102' },
    ],
    [
      'a gate more',
      after({ gates: { ...zhaopin.gates, further: { by: ['required'], clause: 'D1' } } }),
      { part: 'gate', path: 'gates.further', before: null, after: 'required', direction: 'stricter', clause: 'D1' },
    ],
    [
      'a gate passed in another way',
      after({ gates: { ...zhaopin.gates, realname: { by: ['id_face'], clause: 'ZP-38' } } }),
      { part: 'gate', path: 'gates.realname', after: 'id_face', direction: 'other' },
    ],
    [
      'a service that ends',
      diffProfiles(unbought, { ...unbought, entitlement: { covers: ['store'], clauses: ['LG-09'] } }),
      { part: 'other', path: 'entitlement', before: null, after: 'store', direction: 'stricter', clause: 'LG-09' },
    ],
    [
      'another label',
      after({ policy: { ...zhaopin.policy, version: '2027 V1' } }),
      {
        part: 'other',
        path: 'policy.version',
        before: '2026 V3',
        after: '2027 V1',
        direction: 'other',
        clause: 'ZP-01',
      },
    ],
  ])('lists %s', (_title, changes, expected) => {
    expect(changes).toHaveLength(1)
    expect(changes[0]).toMatchObject(expected)
  })
})
