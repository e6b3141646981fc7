import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import { z } from 'zod'
import type { FieldName, Platform } from '../../../shared/domain/vocabulary.ts'
import type { Expectation, RecordedCase } from './case-schema.ts'
import { recordedCase } from './case-schema.ts'
import type { CompiledProfile } from '../profile/compile-profile.ts'
import { decide } from '../decide.ts'
import type { ChannelEvidence, Decision, PolicyRequest } from '../policy-request.ts'
import { ProfileError } from '../profile/profile-error.ts'

export { recordedCase, type RecordedCase }

/** A case that the rules answer otherwise now. */
export type DifferingCase = {
  readonly id: string
  readonly field: FieldName
  readonly expected: Expectation
  readonly got: Expectation
}

const expectationOf = ({ state, form, rule, clause, lift }: Decision): Expectation => ({
  state,
  form,
  rule,
  clause,
  lift,
})

/** Of a list of fields, what concerns the question: the field asked about, or nothing. */
const asked = (names: readonly string[], field: FieldName): FieldName[] => (names.includes(field) ? [field] : [])

function evidenceOf(evidence: ChannelEvidence, field: FieldName): RecordedCase['channels'][number] {
  const { channel, disclosed, attachment, otherJob } = evidence
  return {
    channel,
    ...(disclosed === undefined ? {} : { disclosed: asked(disclosed, field) }),
    ...(attachment === undefined ? {} : { attachment }),
    ...(otherJob === undefined ? {} : { otherJob }),
  }
}

/** Takes down a decision with the facts that it rests on, those about other fields left away. Equal facts have equal ids. Pure. */
export function toCase(request: PolicyRequest, field: FieldName, decision: Decision): RecordedCase {
  const { gates, lease, settings, age } = request
  const { licenceUntil, ...standing } = gates
  const facts = {
    profile: request.profile.id,
    role: request.role,
    gates: { ...standing, licenceLeft: licenceUntil === null ? null : licenceUntil - lease.now },
    permissions: { ...request.permissions },
    channels: request.channels.map((one) => evidenceOf(one, field)),
    stage: request.stage,
    settings: { ...settings, publicFields: asked(settings.publicFields, field) },
    jobMatches: request.jobMatches,
    life: request.life,
    lease: { away: lease.lastSyncAt === null ? null : lease.now - lease.lastSyncAt, origin: lease.origin },
    cardAge: request.cardAge,
    insightsAge: request.insightsAge,
    age: { ...age },
    entitled: request.entitled,
    ...(request.adminBasis === undefined ? {} : { adminBasis: request.adminBasis }),
    ...(request.assigned === undefined ? {} : { assigned: request.assigned }),
    ...(request.overseas === undefined ? {} : { overseas: { ...request.overseas } }),
    field,
  }
  const id = createHash('sha256')
    .update(canonicalize(facts) ?? '')
    .digest('hex')
    .slice(0, 12)
  return recordedCase.parse({ id, at: lease.now, ...facts, expect: expectationOf(decision) })
}

/** The request that a case was taken from, under the rules of today. Evidence stands at the time of the case. Pure. */
export function toRequest(recorded: RecordedCase, profile: CompiledProfile): PolicyRequest {
  const { at, gates, lease, channels, age, settings, adminBasis, assigned, overseas } = recorded
  const { licenceLeft, ...standing } = gates
  const { guardianConsent, selfSupporting, ...known } = age
  return {
    profile,
    role: recorded.role,
    gates: { ...standing, licenceUntil: licenceLeft === null ? null : at + licenceLeft },
    permissions: recorded.permissions,
    channels: channels.map(({ channel, disclosed, attachment, otherJob }) => ({
      channel,
      evidenceAt: at,
      ...(disclosed === undefined ? {} : { disclosed }),
      ...(attachment === undefined ? {} : { attachment }),
      ...(otherJob === undefined ? {} : { otherJob }),
    })),
    stage: recorded.stage,
    settings,
    jobMatches: recorded.jobMatches,
    life: recorded.life,
    lease: { now: at, lastSyncAt: lease.away === null ? null : at - lease.away, origin: lease.origin },
    cardAge: recorded.cardAge,
    insightsAge: recorded.insightsAge,
    age: {
      ...known,
      ...(guardianConsent === undefined ? {} : { guardianConsent }),
      ...(selfSupporting === undefined ? {} : { selfSupporting }),
    },
    entitled: recorded.entitled,
    ...(adminBasis === undefined ? {} : { adminBasis }),
    ...(assigned === undefined ? {} : { assigned }),
    ...(overseas === undefined ? {} : { overseas }),
  }
}

function parseLine(line: string, number: number, file: string): RecordedCase {
  try {
    return recordedCase.parse(JSON.parse(line))
  } catch (error) {
    const what = error instanceof z.ZodError ? (error.issues[0]?.path.join('.') ?? '') : 'this is no JSON'
    throw new ProfileError([{ file, line: number, rule: 'case', message: `not a recorded case: ${what}` }])
  }
}

/**
 * Asks the rules every recorded question again. Empty lines are passed over.
 * @throws ProfileError, rule `case`, with the number of a line that is no case
 */
export function replayCases(
  lines: readonly string[],
  profiles: ReadonlyMap<Platform, CompiledProfile>,
  file = 'cases.jsonl',
): { readonly total: number; readonly differing: readonly DifferingCase[] } {
  const cases = lines.flatMap((line, index) => (line.trim() === '' ? [] : [parseLine(line, index + 1, file)]))
  const differing = cases.flatMap((recorded): DifferingCase[] => {
    const profile = profiles.get(recorded.profile)
    if (profile === undefined) throw new TypeError(`no policy profile for ${recorded.profile}`)
    const { id, field, expect: expected } = recorded
    const got = expectationOf(decide({ ...toRequest(recorded, profile), field }))
    return canonicalize(got) === canonicalize(expected) ? [] : [{ id, field, expected, got }]
  })
  return { total: cases.length, differing }
}
