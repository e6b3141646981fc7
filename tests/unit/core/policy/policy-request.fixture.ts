import { join } from 'node:path'
import { loadProfiles } from '../../../../electron/core/policy/profile/load-profiles.ts'
import type { CompiledProfile } from '../../../../electron/core/policy/profile/compile-profile.ts'
import type { ChannelEvidence, PolicyRequest } from '../../../../electron/core/policy/policy-request.ts'
import type { Channel, FieldName, Platform } from '../../../../electron/shared/domain/vocabulary.ts'
import { fieldName } from '../../../../electron/shared/domain/vocabulary.ts'
import { openGates } from '../../../../electron/core/policy/account-gate.ts'

export { openGates }

export const resourcesDir = join(import.meta.dirname, '../../../../resources')
export const profiles = loadProfiles(join(resourcesDir, 'profiles'))

export const hour = 3_600_000
export const now = Date.UTC(2026, 10, 20)

export function requireProfile(platform: Platform): CompiledProfile {
  const profile = profiles.get(platform)
  if (!profile) throw new Error(`no profile ${platform}`)
  return profile
}

/** Evidence of a channel; `disclosed` everything unless the test says otherwise. */
export const via = (channel: Channel, disclosed: readonly FieldName[] = []): ChannelEvidence => ({
  channel,
  evidenceAt: now - hour,
  disclosed,
})

/** As much as a channel can ever carry: every value told, an attachment sent. */
export const fullVia = (channel: Channel): ChannelEvidence => ({
  ...via(channel, fieldName.options),
  attachment: 'present',
})

/** A verified recruiter before a willing adult in a later stage: nothing but the platform's cells decides. */
export function openRequest(platform: Platform, changes: Partial<PolicyRequest> = {}): PolicyRequest {
  return {
    profile: requireProfile(platform),
    role: 'hr',
    channels: [fullVia('delivered')],
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
    lease: { lastSyncAt: now - hour / 60, now, origin: 'hub' },
    cardAge: hour,
    insightsAge: hour,
    age: { months: 30 * 12, confirmed: false },
    gates: openGates,
    permissions: { insights: true, sealed_fields: true },
    entitled: true,
    ...(changes.role === 'interviewer' ? { assigned: true } : {}),
    ...changes,
  }
}
