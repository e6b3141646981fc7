import type { PolicyLift, PolicyRule } from '../../shared/domain/policy-codes.ts'
import type {
  AttachmentState,
  Channel,
  DisplayState,
  FieldName,
  Form,
  LifeState,
  PermissionName,
  Role,
  Stage,
  Visibility,
} from '../../shared/domain/vocabulary.ts'
import type { ErrorCode } from '../../shared/ipc/ipc-error.ts'
import type { CompiledProfile } from './profile/compile-profile.ts'

/** One channel by which a record was obtained, with the evidence that it was. */
export type ChannelEvidence = {
  readonly channel: Channel
  /** Milliseconds since 1970 UTC of the delivery, message or download. */
  readonly evidenceAt: number
  /**
   * The values that this very evidence disclosed: told in chat (`exchanged`, ZP-28), or standing in the delivered
   * attachment (Maimai, K13). Left out = none, the strict reading.
   */
  readonly disclosed?: readonly FieldName[]
  /** Whether an attachment came with this evidence (ZP-20). Left out = none. */
  readonly attachment?: AttachmentState
  /**
   * It came for a job that the viewer does not look at now, or is no member of. Counts where a profile says that a delivery
   * is for its job alone (MM-28).
   */
  readonly otherJob?: boolean
  /**
   * Says something about these fields and about nothing else: what was told in a chat upgrades the one field (ZP-28). It opens
   * no record by itself. Left out = all of them.
   */
  readonly only?: readonly FieldName[]
}

/** What must stand behind an account before it meets a candidate (ZP-09, ZP-39, ZP-43, ZP-95, WZ-31, WZ-32). */
export type AccountGates = {
  readonly realName: boolean
  readonly employment: boolean
  /** The platform looks into something (ZP-37). */
  readonly restricted: boolean
  readonly officerNamed: boolean
  readonly confidentiality: boolean
  /** The rules in force, as they are now, were accepted by this very person. */
  readonly rulesAccepted: boolean
  /** Verified for calls by virtual number (ZP-44); a gate of calls only. */
  readonly caller: boolean
  /** End of the licence, milliseconds since 1970 UTC; null = none on file. Asked of headhunters alone. */
  readonly licenceUntil: number | null
}

/** What the account has allowed itself; off until it says so, but for what hr opens every day. */
export type Permissions = Readonly<Record<PermissionName, boolean>>

/** What the candidate has set, as the platform reports it. */
export type CandidateSettings = {
  readonly visibility: Visibility
  /** The viewer's employer is on the candidate's block list. */
  readonly blocked: boolean
  readonly allowCall: boolean
  readonly insightsOptOut: boolean
  readonly aiRefused: boolean
  readonly doNotContact: boolean
  /** The person, or a dispute among relatives, keeps the record from being used (ZP-91, QY-44). Left out = no. */
  readonly restricted?: boolean
  /** Field names that the candidate's home page shows to everybody (MM-06). */
  readonly publicFields: readonly string[]
  /** The platform offers a virtual number for this person. */
  readonly virtualNumber: boolean
}

export type CandidateAge = {
  /** Full months of age by the youngest reading of the birth date (`ageInMonths`); null = unknown. */
  readonly months: number | null
  /** A human confirmed the minimum age (D15). */
  readonly confirmed: boolean
  readonly guardianConsent?: boolean
  /** Lives on their own labour income: counts only where the profile says so (WZ-39). */
  readonly selfSupporting?: boolean
}

export type Lease = {
  /** Last good sync, milliseconds since 1970 UTC; null = never. */
  readonly lastSyncAt: number | null
  readonly now: number
  /** `local`: own intake; it has no hub and so no lease. */
  readonly origin: 'hub' | 'local'
}

/** Everything that a decision about one person, one viewer and one moment depends on. */
export type PolicyRequest = {
  readonly profile: CompiledProfile
  readonly role: Role
  readonly gates: AccountGates
  readonly permissions: Permissions
  readonly channels: readonly ChannelEvidence[]
  /** Of the application looked at; null (no application) counts as the first stage. */
  readonly stage: Stage | null
  readonly settings: CandidateSettings
  /** The record is bound to the job for which it is opened (ZP-08). */
  readonly jobMatches: boolean
  readonly life: LifeState
  readonly lease: Lease
  /** Milliseconds since the card was last fetched or re-checked; null = never (D2). */
  readonly cardAge: number | null
  /** Milliseconds since the insights were fetched; null = none held (ZP-62). */
  readonly insightsAge: number | null
  readonly age: CandidateAge
  /** The enterprise's service on the platform runs (LG-09, WZ-12). */
  readonly entitled: boolean
  /** Why an admin may see content (D17). Left out = none. */
  readonly adminBasis?: 'job_member' | 'reason'
  /** Fields that an approval lets this viewer reveal now (ZP-96). Left out = none. */
  readonly approved?: ReadonlySet<FieldName>
  /** An interviewer was asked to look at the application at hand. Left out = was not. */
  readonly assigned?: boolean
  /** The viewer sits outside mainland China (D16), the person's separate consent stands or not, and `fields` are those that the
   * enterprise's record names; null without one. */
  readonly overseas?: { readonly consent: boolean; readonly fields: readonly FieldName[] | null }
}

export type FieldRequest = PolicyRequest & { readonly field: FieldName }

/** `t`: the platform's text says so; `d`: a strict default; `e`: a stricter rule of the enterprise or of another version. */
export type Source = 't' | 'd' | 'e'

export type Decision = {
  readonly state: DisplayState
  readonly form: Form
  readonly rule: PolicyRule
  /** Id in `resources/clauses.json`. */
  readonly clause: string
  readonly source: Source
  readonly lift: PolicyLift | null
}

export type Refusal = {
  readonly ok: false
  readonly code: ErrorCode
  readonly rule: PolicyRule
  readonly clause: string
  readonly lift: PolicyLift | null
}

export type Admission = { readonly ok: true } | Refusal

/** Ways of reaching a person: a call by virtual number, a message from a template, a message written by a model. */
export type ContactWay = 'call' | 'message' | 'ai'
