import type { ColumnType, Generated, Kysely, Transaction } from 'kysely'
import type { FactorSchema } from './factor-schema.ts'
import type { FilingSchema } from './filing-schema.ts'
import type { LogFaultKind } from '../../shared/domain/log-health.ts'
import type { AccountScope } from '../../shared/domain/sync-accounts.ts'
import type { Verification } from '../../shared/domain/sync-changes.ts'
import type { ContentLookTable } from './look-table.ts'
import type { ClosingTable, CrossBorderTable } from './closing-tables.ts'

/**
 * One schema for PGlite and PostgreSQL. `employer_id` leads every primary key. Times are milliseconds since 1970 in
 * `double precision`, because the two drivers disagree about `int8`; JSON goes in as text and comes out parsed.
 */
export type Json<T = unknown> = ColumnType<T, string, string>
type NullableJson<T = unknown> = ColumnType<T | null, string | null | undefined, string | null>

export type EmployerTable = {
  employer_id: string
  name: string
  /** Last revision given out; its row lock makes commit order and revision order the same. */
  rev: number
  /** Changes when the feed starts anew: older cursors expire. */
  epoch: string
  officer_named: boolean
  /** `required` or `offered`; null = as the kind of hub says. */
  second_factor: string | null
  /** The account that was named, where it is one of this employer's. */
  officer_id: string | null
  /** What its records and attachments take; the database keeps these itself (`0013-storage.ts`). */
  records: ColumnType<number, never, never>
  attachments: ColumnType<number, never, never>
  bytes: ColumnType<number, never, never>
}

export type AccountTable = {
  employer_id: string
  id: string
  login: string
  name: string
  email: string | null
  role: string
  status: string
  quotas: Json<{ reveal_per_day?: number; download_per_day?: number }>
  verification: Json<Verification>
  agency: NullableJson<{ id: string; name: string }>
  licence_until: string | null
  /** Null: the person keeps it to themselves. */
  title: string | null
  /** `all` jobs but those that were left, or only those of `job_member`. */
  scope: ColumnType<AccountScope, AccountScope | undefined, AccountScope>
  password_hash: string
  /** Grows when what the account may receive changes as a whole: its cursors expire. */
  feed: number
  /** Works from outside mainland China (ZP-102). */
  overseas: Generated<boolean>
  cancelled_at: number | null
  cancel_due: number | null
}

export type SessionTable = {
  employer_id: string
  id: string
  account_id: string
  device_id: string | null
  access_hash: string
  access_until: number
  refresh_hash: string
  /** The refresh token before this one: seen again means stolen. */
  previous_refresh_hash: string | null
  refresh_until: number
  revoked: boolean
  created_at: number | null
  seen_at: number | null
  /** A keyed hash of the first part of the address: the same network can be told, never which. */
  place: string | null
}

export type DeviceGrantTable = {
  employer_id: string
  id: string
  device_hash: string
  user_code: string
  account_id: string | null
  status: string
  until: number
  polled_at: number
  /** What the workstation calls itself, its system, and when it asked. */
  device_name: string | null
  device_os: string | null
  asked_at: number | null
  /** The factor that the phone showed. */
  factor: string | null
}

export type DeviceTable = {
  employer_id: string
  id: string
  account_id: string
  name: string
  os: string
  app_version: string
  log_key: string
  revoked: boolean
  seen_at: number
}

export type RecordTable = {
  employer_id: string
  type: string
  id: string
  rev: number
  at: number
  deleted: boolean
  candidate_id: string | null
  application_id: string | null
  /** In clear for what holds no candidate's content, else null. */
  data: NullableJson
  /** Sealed by the candidate's key. */
  sealed: Uint8Array | null
  /** What the hub alone needs: audience, disclosed fields. Never sent. */
  internal: NullableJson<RecordInternal>
  /** Of a candidate; a platform with private resumes is refused by the database itself (QY-09). */
  platform: string | null
}

export type RecordInternal = {
  /** Only these roles; absent = by the type's own rule. */
  readonly audience?: readonly string[]
  /** Only this account and administrators. */
  readonly account?: string
  /** Accounts that a note speaks to. */
  readonly mentions?: readonly string[]
  /** Interviewers who were asked to look at an application once and are no more. */
  readonly released?: readonly string[]
  /** Contact fields that the candidate told in a chat (`exchanged`). */
  readonly disclosed?: readonly string[]
}

export type RecordKeyTable = {
  employer_id: string
  candidate_id: string
  /** Wrapped by the hub's own key; null once destroyed. */
  wrapped: Uint8Array | null
  destroyed_at: number | null
}

export type AttachmentBytesTable = {
  employer_id: string
  id: string
  candidate_id: string
  sealed: Uint8Array
}

/** Which device got which candidate: the last one's certificate destroys the hub's copy. */
export type HoldingTable = { employer_id: string; candidate_id: string; account_id: string; device_id: string }

export type OutboxItemTable = {
  employer_id: string
  id: string
  account_id: string
  at: number
  result: Json
}

export type CertificateTable = {
  employer_id: string
  id: string
  candidate_id: string
  device_id: string
  at: number
  body: Json
}

/** Own intake made known without content. */
export type SubjectTable = {
  employer_id: string
  candidate_id: string
  platform: string
  evidence: string | null
  account_id: string
}

export type LogHeadTable = {
  employer_id: string
  device_id: string
  size: number
  /** Base64 hashes of the right edge (`TreeEdge`). */
  peaks: Json<string[]>
  root: string
  checkpoint: string
  cosignature: string
  /** When the head was taken in. */
  taken_at: number | null
}

export type LogLeafTable = {
  employer_id: string
  device_id: string
  i: number
  at: number
  action: string
  outcome: string
  account_id: string
  subject: string | null
  entry: string
  /** When it reached the hub: later than `at` where somebody looked offline. */
  received_at: number | null
}

/** Roots of whole subtrees (RFC 6962) of eight leaves and more: a proof is found without the leaves of the others. */
export type LogNodeTable = {
  employer_id: string
  device_id: string
  level: number
  idx: number
  hash: Uint8Array
}

/** A push that did not continue the log that is held. */
export type LogFaultTable = {
  employer_id: string
  device_id: string
  kind: LogFaultKind
  /** Sizes: of the log held, and of the one that was pushed last. */
  held: number
  claimed: number
  account_id: string
  first_at: number
  last_at: number
}

/** Subject hash of a device's log → candidate. Dropped 12 months after the destruction (D11, K17). */
export type LogSubjectTable = {
  employer_id: string
  device_id: string
  subject: string
  candidate_id: string
  drop_at: number | null
}

export type CandidateLinkTable = {
  employer_id: string
  id: string
  candidate_id: string
  token_hash: string
  until: number
  revoked: boolean
  created_at: number | null
  /** The account that made it. */
  created_by: string | null
  /** How the person wished to get it. */
  channel: string | null
  ended_at: number | null
  /** The account that revoked it, or `candidate`. */
  ended_by: string | null
}

export type InvitationTokenTable = {
  employer_id: string
  id: string
  token_hash: string
  until: number
  used: boolean
  /** Who joined by it. */
  account_id: string | null
}

/** A right to one job. One that has ended takes the job from an account that otherwise has all. */
export type JobMemberTable = { employer_id: string; account_id: string; job_id: string; until: number | null }

export type PasswordLinkTable = {
  employer_id: string
  id: string
  account_id: string
  token_hash: string
  until: number
  used: boolean
}

/** One account in use on several devices and networks at once, a row a day. */
export type SignInAlarmTable = {
  employer_id: string
  id: string
  account_id: string
  first_at: number
  last_at: number
  /** How often two of its devices were in use at once, on two networks. */
  times: number
  devices: Json<string[]>
}
/** Somebody who decides for an approver from one moment to another. */
export type ApprovalDeputyTable = {
  employer_id: string
  id: string
  approver_id: string
  deputy_id: string
  from_at: number
  until_at: number
  ended_at: number | null
}

/** More looking than work explains (ZP-94): what was counted, and until when it stops the account. */
export type AccessAlarmTable = {
  employer_id: string
  id: string
  account_id: string
  kind: string
  counted: number
  /** How many devices of the account it was summed over. */
  devices: number
  at: number
  /** Null where it only tells. */
  until_at: number | null
  decided_by: string | null
  decided_at: number | null
  lifted: boolean
  /** Why it was lifted or made longer; the enterprise's own words. */
  note: string | null
}

/** What was answered to a request that may be repeated. */
export type IdempotencyKeyTable = {
  employer_id: string
  account_id: string
  key_hash: string
  /** A keyed hash of the operation and its body. */
  asked: string
  /** Real time. */
  until: number
  /** Sealed by the hub's own key; null only inside the transaction that carries the request out. */
  answer: Uint8Array | null
}

/** What areas keep in files of their own. */
type AreaSchemas = FactorSchema & FilingSchema

export type HubSchema = AreaSchemas & {
  idempotency_key: IdempotencyKeyTable
  employer: EmployerTable
  account: AccountTable
  session: SessionTable
  device_grant: DeviceGrantTable
  device: DeviceTable
  record: RecordTable
  record_key: RecordKeyTable
  attachment_bytes: AttachmentBytesTable
  holding: HoldingTable
  outbox_item: OutboxItemTable
  certificate: CertificateTable
  subject: SubjectTable
  log_head: LogHeadTable
  log_leaf: LogLeafTable
  log_node: LogNodeTable
  log_fault: LogFaultTable
  log_subject: LogSubjectTable
  cross_border: CrossBorderTable
  closing: ClosingTable
  candidate_link: CandidateLinkTable
  invitation_token: InvitationTokenTable
  job_member: JobMemberTable
  password_link: PasswordLinkTable
  sign_in_alarm: SignInAlarmTable
  approval_deputy: ApprovalDeputyTable
  access_alarm: AccessAlarmTable
  content_look: ContentLookTable
}

export type HubDb = Kysely<HubSchema>
export type HubTransaction = Transaction<HubSchema>
/** For queries that run in and out of transactions. */
export type HubQueries = HubDb | HubTransaction
