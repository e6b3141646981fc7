import fc from 'fast-check'
import type { Cell, Profile } from '../../../../electron/core/policy/profile/profile-schema.ts'
import { cellCondition } from '../../../../electron/core/policy/profile/profile-schema.ts'
import { profileNumbers, numberAt, withNumber } from '../../../../electron/core/policy/profile/profile-numbers.ts'
import type { ChannelEvidence, PolicyRequest } from '../../../../electron/core/policy/policy-request.ts'
import type { DisplayState, Form, Platform } from '../../../../electron/shared/domain/vocabulary.ts'
import {
  attachmentState,
  channel,
  displayStates,
  fieldName,
  sealableField,
  stage,
  visibility,
} from '../../../../electron/shared/domain/vocabulary.ts'
import { hour, now, openRequest, profiles, requireProfile } from './policy-request.fixture.ts'

const formsOf = (state: DisplayState): Form[] => {
  if (state === 'alias') return ['alias']
  if (state === 'see') return ['full', 'age_band', 'city', 'redacted']
  return ['full', 'redacted']
}

const shown = fc
  .constantFrom(...displayStates)
  .chain((state) =>
    fc.tuple(fc.constant(state), fc.constantFrom(...formsOf(state)), fc.constant('d' as const), fc.constant('D1')),
  )

/** Up to three conditions deep; not always stricter inwards, as a document from outside may have it. */
export const anyCell: fc.Arbitrary<Cell> = fc
  .tuple(shown, fc.array(fc.tuple(shown, fc.constantFrom(...cellCondition.options)), { maxLength: 3 }))
  .map(([last, levels]) =>
    levels.reduce<Cell>((rest, [part, condition]) => [...part, { if: condition, else: rest }], last),
  )

type Change = (profile: Profile) => Profile

const cellChange: fc.Arbitrary<Change> = fc
  .record({
    field: fc.constantFrom(...fieldName.options),
    via: fc.constantFrom(...channel.options),
    role: fc.constantFrom('hr' as const, 'headhunter' as const),
    cell: fc.option(anyCell, { nil: undefined, freq: 8 }),
  })
  .map(({ field, via, role, cell }) => (profile) => {
    const roles = { ...profile.cells[field]?.[via], [role]: cell }
    return { ...profile, cells: { ...profile.cells, [field]: { ...profile.cells[field], [via]: roles } } }
  })

const numberChange: fc.Arbitrary<Change> = fc
  .tuple(fc.constantFrom(...profileNumbers), fc.integer({ min: 0, max: 100 }))
  .map(
    ([number, value]) =>
      (profile) =>
        withNumber(profile, number, { value, clause: numberAt(profile, number)?.clause ?? 'D1' }),
  )

const some = <T>(all: readonly T[]): fc.Arbitrary<T[]> => fc.subarray([...all])

const sectionChange: fc.Arbitrary<Change> = fc.oneof(
  some(fieldName.options).map((hidden): Change => (p) => ({ ...p, first_stage: { ...p.first_stage, hidden } })),
  some(fieldName.options).map((banded): Change => (p) => ({ ...p, first_stage: { ...p.first_stage, banded } })),
  some(stage.options).map((stages): Change => (p) => ({ ...p, first_stage: { ...p.first_stage, stages } })),
  some(sealableField.options).map((fields): Change => (p) => ({ ...p, sealed: { ...p.sealed, fields } })),
  some(channel.options).map((list): Change => (p) => ({ ...p, delivered_channels: list })),
  some(channel.options).map((list): Change => (p) => ({ ...p, cache: { ...p.cache, card_channels: list } })),
  fc
    .constantFrom('deny' as const, 'record_and_consent' as const)
    .map((overseas_view): Change => (p) => ({ ...p, region: { ...p.region, overseas_view } })),
  fc
    .constantFrom('record' as const, 'job' as const)
    .map((scope): Change => (p) => ({ ...p, delivery: { scope, clauses: ['MM-28'] } })),
  fc.constant<Change>((p) => ({ ...p, entitlement: { covers: ['store'], clauses: ['LG-09'] } })),
  fc.constant<Change>((p) => ({ ...p, minors: { ...p.minors, exception: 'self_supporting' } })),
  fc.constant<Change>((p) => ({ ...p, gates: { ...p.gates, further: { by: ['required'], clause: 'D1' } } })),
  fc.constant<Change>((p) => ({
    ...p,
    roles: { ...p.roles, admin: { ...p.roles.admin, cards: { name: ['masked', 'full'], body: ['see', 'redacted'] } } },
  })),
)

const candidatePlatforms = [...profiles.values()].filter((one) => one.hasCandidates).map((one) => one.id)
export const anyPlatform: fc.Arbitrary<Platform> = fc.constantFrom(...candidatePlatforms)

/** A shipped profile with some twenty changes of every kind. */
export const mutatedProfile = (platform: Platform): fc.Arbitrary<Profile> =>
  fc
    .tuple(
      fc.array(cellChange, { minLength: 4, maxLength: 14 }),
      fc.array(numberChange, { maxLength: 3 }),
      fc.array(sectionChange, { maxLength: 4 }),
    )
    .map((changes) => changes.flat().reduce((profile, change) => change(profile), requireProfile(platform).document))

/** Two profiles of one platform. */
export const twoProfiles = anyPlatform.chain((platform) => fc.tuple(mutatedProfile(platform), mutatedProfile(platform)))

const evidence: fc.Arbitrary<ChannelEvidence> = fc.record({
  channel: fc.constantFrom(...channel.options),
  evidenceAt: fc.constant(now - hour),
  disclosed: some(fieldName.options),
  attachment: fc.constantFrom(...attachmentState.options),
  otherJob: fc.boolean(),
})

const mostly = (chance: number, rest: boolean): fc.Arbitrary<boolean> =>
  fc.integer({ min: 1, max: chance }).map((drawn) => (drawn === 1 ? !rest : rest))

/** A request in a random situation. */
export const anyRequest = (): fc.Arbitrary<Omit<PolicyRequest, 'profile'>> =>
  fc
    .record({
      role: fc.constantFrom('hr' as const, 'hr' as const, 'headhunter' as const, 'admin' as const),
      channels: fc.array(evidence, { minLength: 1, maxLength: 3 }),
      stage: fc.option(fc.constantFrom(...stage.options)),
      visibility: fc.oneof(
        { weight: 4, arbitrary: fc.constant('public' as const) },
        fc.constantFrom(...visibility.options),
      ),
      blocked: mostly(5, false),
      allowCall: fc.boolean(),
      doNotContact: fc.boolean(),
      virtualNumber: fc.boolean(),
      publicFields: some(fieldName.options),
      away: fc.integer({ min: 0, max: 100 }),
      cardAge: fc.integer({ min: 0, max: 100 }),
      months: fc.option(fc.integer({ min: 12 * 15, max: 12 * 60 }), { freq: 5 }),
      confirmed: fc.boolean(),
      selfSupporting: fc.boolean(),
      entitled: fc.boolean(),
      sealed: fc.boolean(),
      basis: fc.boolean(),
      overseas: mostly(5, false),
    })
    .map((drawn) => {
      const { profile: _profile, ...open } = openRequest('direct')
      return {
        ...open,
        role: drawn.role,
        channels: drawn.channels,
        stage: drawn.stage,
        settings: {
          ...open.settings,
          visibility: drawn.visibility,
          blocked: drawn.blocked,
          allowCall: drawn.allowCall,
          doNotContact: drawn.doNotContact,
          virtualNumber: drawn.virtualNumber,
          publicFields: drawn.publicFields,
        },
        lease: {
          lastSyncAt: now - (drawn.away * hour) / (drawn.role === 'headhunter' ? 300 : 1),
          now,
          origin: 'hub' as const,
        },
        cardAge: drawn.cardAge * hour,
        insightsAge: drawn.cardAge * hour,
        age: { months: drawn.months, confirmed: drawn.confirmed, selfSupporting: drawn.selfSupporting },
        entitled: drawn.entitled,
        permissions: { insights: true, sealed_fields: drawn.sealed },
        ...(drawn.basis ? { adminBasis: 'reason' as const } : {}),
        ...(drawn.overseas ? { overseas: { consent: true, fields: ['name', 'phone', 'body'] as const } } : {}),
      }
    })
