import type { FieldName, Role } from '../../shared/domain/vocabulary.ts'
import type { EntryDraft } from '../../shared/domain/ledger-entry.ts'
import type { WhyView } from '../../shared/domain/views.ts'
import type { OpenAccount } from '../context.ts'
import { Refusal } from '../handler.ts'
import { admit } from '../policy/admit.ts'
import { ageInMonths } from '../policy/age-in-months.ts'
import { decide } from '../policy/decide.ts'
import type { Profiles } from '../policy/load-profiles.ts'
import { requireProfile } from '../policy/require-profile.ts'
import type { Decision, PolicyRequest } from '../policy/policy-request.ts'
import { flagsOf, type ApplicationRecord, type CandidateRecord } from './candidate-rows.ts'

/** The facts of a person that decisions need beside the rows; never a contact. */
export type PersonFacts = {
  readonly birth: string | null
  /** Which values each application's evidence disclosed (ZP-28), by application id. */
  readonly disclosed: Readonly<Record<string, readonly FieldName[]>>
}

export type Viewer = {
  readonly role: Role
  readonly verification: { readonly ok: boolean; readonly caller: boolean }
}

export const viewerOf = (
  account: Pick<OpenAccount, 'me' | 'role'> & { readonly view: { readonly local: boolean } },
): Viewer => {
  const me = account.me()
  if (me === null) return { role: account.role, verification: { ok: account.view.local, caller: false } }
  const { real_name, employment, caller } = me.verification
  return { role: account.role, verification: { ok: real_name && employment, caller } }
}

export type RequestParts = {
  readonly profiles: Profiles
  readonly viewer: Viewer
  readonly candidate: CandidateRecord
  readonly applications: readonly ApplicationRecord[]
  /** The application looked at; null when the record is looked at for a job that it has no application for. */
  readonly current: ApplicationRecord | null
  readonly facts: PersonFacts
  readonly now: number
  readonly lastSuccessAt: number | null
  readonly statedReason?: boolean
}

/** Puts together what the decision function needs to know about one person, one viewer and one moment. */
export const policyRequest = (parts: RequestParts): PolicyRequest => {
  const { candidate, applications, current, facts, now, lastSuccessAt, viewer } = parts
  const profile = requireProfile(parts.profiles, candidate.platform)
  const flags = flagsOf(candidate)
  const checkedAt = Math.max(candidate.received_at, candidate.checked_at, lastSuccessAt ?? 0)
  return {
    profile,
    role: viewer.role,
    channels: applications.map((application) => ({
      channel: application.channel,
      evidenceAt: application.evidence_at,
      disclosed: facts.disclosed[application.id] ?? [],
      attachment: application.attachment_state,
    })),
    stage: current?.stage ?? null,
    settings: {
      visibility: candidate.visibility,
      blocked: flags.blocked ?? false,
      allowCall: flags.allow_call ?? false,
      insightsOptOut: flags.insights_opt_out ?? false,
      aiRefused: flags.ai_refused ?? false,
      doNotContact: flags.do_not_contact ?? false,
      publicFields: flags.public_fields ?? [],
      virtualNumber: flags.virtual_number ?? false,
    },
    jobMatches: current !== null,
    life: candidate.life,
    lease: { lastSyncAt: lastSuccessAt, now, origin: candidate.origin },
    cardAge: now - checkedAt,
    insightsAge: null,
    age: {
      months: facts.birth === null ? null : ageInMonths(facts.birth, now),
      confirmed: candidate.age_confirmed_at !== null,
      guardianConsent: flags.guardian_consent ?? false,
    },
    verification: viewer.verification,
    ...(parts.statedReason === true ? { adminBasis: 'reason' as const } : {}),
  }
}

export const toWhy = (field: string, decision: Decision): WhyView => ({
  field,
  state: decision.state,
  form: decision.form,
  rule: decision.rule,
  clause: decision.clause,
  lift: decision.lift,
})

export const policyOf = (request: PolicyRequest, clause: string): NonNullable<EntryDraft['policy']> => ({
  profile: request.profile.id,
  version: request.profile.document.policy.version,
  clause,
})

/** @throws Refusal naming rule, clause and what would lift it, with the subject for the ledger. */
export const requireAdmission = (request: PolicyRequest, candidate: CandidateRecord, job: string | undefined): void => {
  const admission = admit(request)
  if (admission.ok) return
  throw new Refusal(
    admission.code,
    'a rule keeps this record closed',
    { rule: admission.rule, clause: admission.clause, ...(admission.lift === null ? {} : { lift: admission.lift }) },
    {
      subject: { platform: candidate.platform, id: candidate.platform_id },
      policy: policyOf(request, admission.clause),
      ...(job === undefined ? {} : { job }),
    },
  )
}

/** Decisions for many fields of one request. */
export const decideFields = <F extends FieldName>(
  request: PolicyRequest,
  fields: readonly F[],
): Readonly<Record<F, Decision>> =>
  Object.fromEntries(fields.map((field) => [field, decide({ ...request, field })])) as Record<F, Decision>
