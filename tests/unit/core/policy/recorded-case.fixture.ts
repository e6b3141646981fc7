import { decide } from '../../../../electron/core/policy/decide.ts'
import type { ChannelEvidence, PolicyRequest } from '../../../../electron/core/policy/policy-request.ts'
import { toCase, type RecordedCase } from '../../../../electron/core/policy/cases/recorded-case.ts'
import type { FieldName, Platform, Role } from '../../../../electron/shared/domain/vocabulary.ts'
import {
  attachmentState,
  channel,
  fieldName,
  platform,
  role,
  stage,
  visibility,
} from '../../../../electron/shared/domain/vocabulary.ts'
import { hour, now, requireProfile, via, fullVia } from './policy-request.fixture.ts'

/** Numbers in [0, 1) that are the same at every run (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Nothing but the cells decides. Written out here, so that a question stays the same question whatever other tests begin with. */
const openCase = (name: Platform): PolicyRequest => ({
  profile: requireProfile(name),
  role: 'hr',
  gates: {
    realName: true,
    employment: true,
    restricted: false,
    officerNamed: true,
    confidentiality: true,
    rulesAccepted: true,
    caller: true,
    licenceUntil: now + 365 * 24 * hour,
  },
  permissions: { insights: true, sealed_fields: true },
  channels: [],
  stage: 'interview',
  settings: {
    visibility: 'public',
    blocked: false,
    allowCall: true,
    insightsOptOut: false,
    aiRefused: false,
    doNotContact: false,
    publicFields: fieldName.options,
    virtualNumber: true,
  },
  jobMatches: true,
  life: 'live',
  lease: { now, lastSyncAt: now - hour / 60, origin: 'hub' },
  cardAge: hour,
  insightsAge: hour,
  age: { months: 360, confirmed: false },
  entitled: true,
})

/**
 * The questions of `resources/policy-cases/core.jsonl` with the answers of today: every platform, role with cells of its own
 * and channel, with everything told and with nothing; then situations at random, all roles among them.
 */
export function generateCases(): RecordedCase[] {
  const random = seeded(20_260_615)
  const draw = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  const chance = (of: number): boolean => random() < of
  const some = <T>(list: readonly T[]): T[] => list.filter(() => chance(0.5))

  const cases: RecordedCase[] = []
  const add = (request: PolicyRequest, field: FieldName): void => {
    cases.push(toCase(request, field, decide({ ...request, field })))
  }

  let turn = 0
  const nextField = (): FieldName => fieldName.options[(turn += 5) % fieldName.options.length] ?? 'name'
  for (const name of platform.options.filter((one) => one !== 'qingyun')) {
    for (const viewer of ['hr', 'headhunter'] as const) {
      for (const one of channel.options) {
        const open: PolicyRequest = { ...openCase(name), role: viewer, channels: [fullVia(one)] }
        add(open, nextField())
        const settings = { ...open.settings, allowCall: false, publicFields: [] }
        add({ ...open, channels: [via(one)], settings }, nextField())
      }
    }
  }

  const evidence = (): ChannelEvidence => ({
    channel: draw(channel.options),
    evidenceAt: now,
    disclosed: some(['name', 'phone', 'email', 'wechat'] as const),
    ...(chance(0.5) ? { attachment: draw(attachmentState.options) } : {}),
    ...(chance(0.1) ? { otherJob: true } : {}),
  })
  const viewers: readonly Role[] = [
    'hr',
    'hr',
    'hr',
    'headhunter',
    'headhunter',
    'admin',
    ...role.exclude(['interviewer']).options,
  ]
  for (let i = 0; i < 240; i += 1) {
    const name: Platform = draw(platform.options)
    const viewer = draw(viewers)
    const ago = (usual: number, old: number): number | null => (chance(0.9) ? usual : draw([old, null]))
    const request: PolicyRequest = {
      ...openCase(name),
      role: viewer,
      channels: Array.from({ length: chance(0.95) ? 1 + Math.floor(random() * 2) : 0 }, evidence),
      stage: draw([null, ...stage.options]),
      settings: {
        visibility: chance(0.8) ? 'public' : draw(visibility.options),
        blocked: chance(0.08),
        allowCall: chance(0.5),
        insightsOptOut: chance(0.1),
        aiRefused: chance(0.1),
        doNotContact: chance(0.1),
        publicFields: some(fieldName.options),
        virtualNumber: chance(0.7),
      },
      jobMatches: chance(0.95),
      life: chance(0.95) ? 'live' : 'locked',
      lease: {
        now,
        lastSyncAt: chance(0.9) ? now - hour / 60 : draw([now - 80 * hour, null]),
        origin: draw(['hub', 'hub', 'local']),
      },
      cardAge: ago(hour, 30 * hour),
      insightsAge: ago(hour, 30 * hour),
      age: chance(0.85)
        ? { months: draw([24, 30, 40]) * 12, confirmed: false }
        : {
            months: draw([null, 185, 195, 210, 218]),
            confirmed: chance(0.5),
            guardianConsent: chance(0.5),
            selfSupporting: chance(0.3),
          },
      gates: {
        ...openCase(name).gates,
        ...(chance(0.1)
          ? {
              [draw(['realName', 'employment', 'officerNamed', 'confidentiality', 'rulesAccepted', 'caller'] as const)]:
                false,
            }
          : {}),
        ...(chance(0.05) ? { licenceUntil: draw([null, now - hour]) } : {}),
      },
      permissions: { insights: chance(0.8), sealed_fields: chance(0.7) },
      entitled: chance(0.9),
      ...(viewer === 'admin' && chance(0.5) ? { adminBasis: draw(['job_member', 'reason'] as const) } : {}),
      ...(chance(0.06) ? { overseas: { consent: chance(0.5), fields: fieldName.options } } : {}),
    }
    add(request, draw(fieldName.options))
  }
  // Interviewers came later; drawn from the same seed they would have changed every question above.
  for (const name of platform.options) {
    for (const field of fieldName.options) {
      const asked: PolicyRequest = {
        ...openCase(name),
        role: 'interviewer',
        channels: [fullVia('delivered')],
        assigned: true,
      }
      add(asked, field)
    }
    add({ ...openCase(name), role: 'interviewer', channels: [fullVia('delivered')] }, 'body')
  }
  return [...new Map(cases.map((one) => [one.id, one])).values()]
}
