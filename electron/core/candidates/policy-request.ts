import type { FieldName, Role } from '../../shared/domain/vocabulary.ts'
import { membershipEvidence, type PoolMember } from '../pool/pool-rows.ts'
import type { EntryDraft } from '../../shared/domain/ledger-entry.ts'
import type { OwnLook } from '../../shared/domain/sync-records.ts'
import type { WhyView } from '../../shared/domain/views.ts'
import type { OpenAccount } from '../context.ts'
import { Refusal } from '../handler.ts'
import { admit } from '../policy/admit.ts'
import { ageInMonths } from '../policy/text/age-in-months.ts'
import { decide } from '../policy/decide.ts'
import type { Profiles } from '../policy/profile/profile-set.ts'
import type { AccountGates, ChannelEvidence, Decision, Permissions, PolicyRequest } from '../policy/policy-request.ts'
import type { CompiledProfile } from '../policy/profile/compile-profile.ts'
import { requireProfile } from '../policy/profile/require-profile.ts'
import {
  flagsOf,
  type ApplicationRecord,
  type CandidateFlags,
  type CandidateRecord,
  type Consented,
} from './candidate-rows.ts'

/** The facts of a person that decisions need beside the rows; never a contact. */
export type PersonFacts = {
  readonly birth: string | null
  /** Which values each application's evidence disclosed (ZP-28), by application id. */
  readonly disclosed: Readonly<Record<string, readonly FieldName[]>>
  /** What was told in the chats of its applications. */
  readonly chats?: readonly ChatEvidence[] | undefined
}

export type ChatEvidence = {
  readonly application: string
  readonly fields: readonly FieldName[]
  /** Of the newest message that told one of them. */
  readonly at: number
}

/** Who looks: the role with everything that stands behind it. */
export type Viewer = {
  readonly role: Role
  readonly gates: AccountGates
  readonly permissions: Permissions
  /** The account's id at the hub, by which jobs name their members; null in a local workspace, whose jobs are its own. */
  readonly id: string | null
  /** Platforms whose bought service has ended (LG-09, WZ-12); `*` = all of them. */
  readonly endedServices: ReadonlySet<string>
  /** What stated reasons have opened to an administrator, and until when (D17). */
  readonly looks?: readonly OwnLook[]
  /** Abroad: the fields of the enterprise's record, null without one. Left out at home. */
  readonly overseas?: readonly FieldName[] | null
}

export const viewerOf = (account: Pick<OpenAccount, 'me' | 'role' | 'gates' | 'permissions'>, now: number): Viewer => {
  const me = account.me()
  const ended = (me?.entitlements ?? []).filter(({ until }) => Date.parse(until) <= now)
  const running = new Set(
    (me?.entitlements ?? []).filter(({ until }) => Date.parse(until) > now).map(({ platform }) => platform ?? '*'),
  )
  return {
    role: account.role,
    gates: account.gates(),
    permissions: account.permissions(),
    id: me?.id ?? null,
    endedServices: new Set(ended.map(({ platform }) => platform ?? '*').filter((name) => !running.has(name))),
    ...(me?.looks === undefined ? {} : { looks: me.looks }),
    ...(me?.overseas === true ? { overseas: me.cross_border?.types ?? null } : {}),
  }
}

/** Whether the account works on the job of an application: its owner or a member (MM-28, D17). */
export const isJobMember = (viewer: Viewer, application: ApplicationRecord): boolean =>
  viewer.id === null ||
  application.job_owner === viewer.id ||
  (application.job_members !== null && (JSON.parse(application.job_members) as string[]).includes(viewer.id))

/** Whether an interviewer was asked to look at an application. */
export const isAssigned = (viewer: Pick<Viewer, 'id'>, application: Pick<ApplicationRecord, 'assignees'>): boolean =>
  viewer.id !== null && (JSON.parse(application.assignees ?? '[]') as string[]).includes(viewer.id)

/** The applications of a record that there are for this viewer: an interviewer has those that were assigned, and no others. */
export const applicationsFor = <A extends Pick<ApplicationRecord, 'assignees'>>(
  viewer: Pick<Viewer, 'id' | 'role'>,
  applications: readonly A[],
): readonly A[] =>
  viewer.role === 'interviewer' ? applications.filter((application) => isAssigned(viewer, application)) : applications

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
  /** Jobs that the record may be used for beside its applications. */
  readonly purposes?: readonly { readonly job_id: string }[]
  /** Agreements to be remembered (D10), left out where only applications are looked at. */
  readonly memberships?: readonly PoolMember[]
  /** The job looked for, where it is none of an application. */
  readonly jobId?: string | undefined
  /** When the insights held were fetched. */
  readonly insightsAt?: number | null
  /** What the person has consented to, asked only where it decides something; left out = nothing. */
  readonly consented?: Consented
  readonly approved?: ReadonlySet<FieldName>
}

/** The stated reason that opens this record to an administrator now: about the person, or about the job looked at (D17). */
export const lookFor = (
  viewer: Pick<Viewer, 'role' | 'looks'>,
  candidate: Pick<CandidateRecord, 'platform_id'>,
  current: Pick<ApplicationRecord, 'job_id'> | null,
  now: number,
): OwnLook | undefined =>
  viewer.role !== 'admin'
    ? undefined
    : viewer.looks?.find(
        (look) =>
          Date.parse(look.until) > now &&
          (look.candidate_id === candidate.platform_id ||
            (current !== null && look.job_id !== undefined && look.job_id === current.job_id)),
      )

const adminBasisOf = ({
  viewer,
  candidate,
  current,
  statedReason,
  now,
}: RequestParts): Pick<PolicyRequest, 'adminBasis'> => {
  if (statedReason === true) return { adminBasis: 'reason' }
  if (viewer.role !== 'admin') return {}
  if (current !== null && viewer.id !== null && isJobMember(viewer, current)) return { adminBasis: 'job_member' }
  return lookFor(viewer, candidate, current, now) === undefined ? {} : { adminBasis: 'reason' }
}

const nothing: Consented = () => false

/**
 * The rules for this record: today's where it came under them or its person consented to them (ZP-106), else the stricter of
 * both versions. A consent names the version by its label or its revision.
 */
const profileFor = ({ profiles, candidate, consented = nothing }: RequestParts): CompiledProfile => {
  const today = requireProfile(profiles, candidate.platform)
  if (candidate.policy_revision === null || candidate.policy_revision === today.revision) return today
  const names = [today.document.policy.version, today.revision].map((name) => `policy:${today.id}@${name}`)
  return consented('purpose', names) ? today : profiles.forRecord(candidate)
}

const hasGuardian = ({ consented = nothing }: RequestParts, flags: CandidateFlags): boolean =>
  flags.guardian_consent === true || consented('guardian')

/** Another purpose rests on what was handed over to the enterprise; cards alone carry none (ZP-08, D2). */
const hasPurpose = (
  { purposes = [], memberships = [], applications, jobId }: RequestParts,
  profile: CompiledProfile,
): boolean =>
  purposes.some((purpose) => purpose.job_id === jobId) &&
  [...applications, ...memberships].some(({ channel }) => !profile.cardChannels.has(channel))

/** Whoever agreed to be remembered may be looked at for that, without a job. */
const isRemembered = ({ memberships = [], current, jobId }: RequestParts): boolean =>
  current === null && jobId === undefined && memberships.length > 0

/** What was told in a chat counts as an exchange of that value alone, with the message as its evidence (ZP-28). */
const chatChannels = ({ applications, facts, viewer, current }: RequestParts): ChannelEvidence[] =>
  (facts.chats ?? []).flatMap(({ application: id, fields, at }) => {
    const application = applications.find((one) => one.id === id)
    if (application === undefined) return []
    const otherJob =
      application.job_id !== current?.job_id || (viewer.role === 'hr' && !isJobMember(viewer, application))
    return [{ channel: 'exchanged', evidenceAt: at, disclosed: fields, only: fields, otherJob }]
  })

/** Puts together what the decision function needs to know about one person, one viewer and one moment. */
export const policyRequest = (parts: RequestParts): PolicyRequest => {
  const { candidate, current, facts, now, lastSuccessAt, viewer } = parts
  const applications = applicationsFor(viewer, parts.applications)
  const profile = profileFor(parts)
  const flags = flagsOf(candidate)
  const months = facts.birth === null ? null : ageInMonths(facts.birth, now)
  const checkedAt = Math.max(candidate.received_at, candidate.checked_at, lastSuccessAt ?? 0)
  return {
    profile,
    role: viewer.role,
    channels: [
      ...applications.map((application): ChannelEvidence => ({
        channel: application.channel,
        evidenceAt: application.evidence_at,
        disclosed: facts.disclosed[application.id] ?? [],
        attachment: application.attachment_state,
        // An admin with a stated reason is asked for no membership (D17), and headhunters are members of none.
        otherJob: application.job_id !== current?.job_id || (viewer.role === 'hr' && !isJobMember(viewer, application)),
      })),
      ...chatChannels({ ...parts, applications }),
      ...membershipEvidence(parts.memberships ?? [], applications, facts.disclosed),
    ],
    stage: current?.stage ?? null,
    settings: {
      visibility: candidate.visibility,
      blocked: flags.blocked ?? false,
      allowCall: flags.allow_call ?? false,
      insightsOptOut: flags.insights_opt_out ?? false,
      aiRefused: flags.ai_refused ?? false,
      doNotContact: flags.do_not_contact === true || flags.no_contact_here === true,
      ...(flags.restricted_here === true ? { restricted: true } : {}),
      publicFields: flags.public_fields ?? [],
      virtualNumber: flags.virtual_number ?? false,
    },
    jobMatches: current !== null || hasPurpose(parts, profile) || isRemembered(parts),
    life: candidate.life,
    lease: { lastSyncAt: lastSuccessAt, now, origin: candidate.origin },
    cardAge: now - checkedAt,
    insightsAge: parts.insightsAt === undefined || parts.insightsAt === null ? null : now - parts.insightsAt,
    age: {
      months,
      confirmed: candidate.age_confirmed_at !== null,
      guardianConsent: months !== null && months < profile.guardianUntilMonths && hasGuardian(parts, flags),
      selfSupporting: flags.self_supporting ?? false,
    },
    gates: viewer.gates,
    permissions: viewer.permissions,
    entitled: !viewer.endedServices.has(candidate.platform) && !viewer.endedServices.has('*'),
    ...(viewer.overseas === undefined
      ? {}
      : { overseas: { consent: parts.consented?.('cross_border') ?? false, fields: viewer.overseas } }),
    ...adminBasisOf(parts),
    ...(parts.approved === undefined ? {} : { approved: parts.approved }),
    ...(viewer.role === 'interviewer' && current !== null && isAssigned(viewer, current) ? { assigned: true } : {}),
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

export const policyOf = (
  request: Pick<PolicyRequest, 'profile'>,
  clause: string,
): NonNullable<EntryDraft['policy']> => ({
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
