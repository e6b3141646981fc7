import { z } from 'zod'
import { policyLift, policyRule } from '../../../shared/domain/policy-codes.ts'
import {
  attachmentState,
  channel,
  displayState,
  fieldName,
  form,
  lifeState,
  permissionName,
  platform,
  role,
  stage,
  visibility,
} from '../../../shared/domain/vocabulary.ts'

const milliseconds = z.int()

const expectation = z.strictObject({
  state: displayState,
  form,
  rule: policyRule,
  clause: z.string(),
  lift: policyLift.nullable(),
})
/** What the rules answered: a decision without the source of its cell. */
export type Expectation = z.infer<typeof expectation>

const evidence = z.strictObject({
  channel,
  disclosed: z.array(fieldName).optional(),
  attachment: attachmentState.optional(),
  otherJob: z.boolean().optional(),
})

/**
 * One question to the rules and its answer, as a line of JSON. It holds nothing of anybody: no name, no value, no id; every
 * time but `at` is a distance from it, in milliseconds, so that a line cannot be matched with a delivery or a sign-in.
 */
export const recordedCase = z.strictObject({
  /** 12 hex digits of the hash of everything else but `at` and `expect`. */
  id: z.string().regex(/^[0-9a-f]{12}$/),
  /** When it was recorded, milliseconds since 1970 UTC. */
  at: milliseconds,
  profile: platform,
  role,
  gates: z.strictObject({
    realName: z.boolean(),
    employment: z.boolean(),
    restricted: z.boolean(),
    officerNamed: z.boolean(),
    confidentiality: z.boolean(),
    rulesAccepted: z.boolean(),
    caller: z.boolean(),
    /** What is left of the licence; null = none on file. */
    licenceLeft: milliseconds.nullable(),
  }),
  permissions: z.record(permissionName, z.boolean()),
  channels: z.array(evidence),
  stage: stage.nullable(),
  settings: z.strictObject({
    visibility,
    blocked: z.boolean(),
    allowCall: z.boolean(),
    insightsOptOut: z.boolean(),
    aiRefused: z.boolean(),
    doNotContact: z.boolean(),
    publicFields: z.array(fieldName),
    virtualNumber: z.boolean(),
  }),
  jobMatches: z.boolean(),
  life: lifeState,
  /** Since the last good sync; null = never. */
  lease: z.strictObject({ away: milliseconds.nullable(), origin: z.enum(['hub', 'local']) }),
  cardAge: milliseconds.nullable(),
  insightsAge: milliseconds.nullable(),
  age: z.strictObject({
    months: z.int().nullable(),
    confirmed: z.boolean(),
    guardianConsent: z.boolean().optional(),
    selfSupporting: z.boolean().optional(),
  }),
  entitled: z.boolean(),
  adminBasis: z.enum(['job_member', 'reason']).optional(),
  assigned: z.boolean().optional(),
  overseas: z.strictObject({ consent: z.boolean(), fields: z.array(fieldName).nullable() }).optional(),
  field: fieldName,
  expect: expectation,
})
export type RecordedCase = z.infer<typeof recordedCase>
