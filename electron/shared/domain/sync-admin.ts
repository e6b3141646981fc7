import { z } from 'zod'
import {
  accountStatus,
  consentPurpose,
  requester,
  requestKind,
  syncId,
  syncLabel,
  syncRole,
  syncText,
  syncTime,
} from './sync-atoms.ts'
import { jobRight, verificationPatch } from './sync-accounts.ts'
import { accountData, quotas } from './sync-changes.ts'

/** Administration and the candidate's side (`docs/sync-protocol.md`). */

/** Where a list goes on, when it does. */
const nextPage = { next_cursor: z.string().optional() }

const storageAmounts = { records: z.number(), attachments: z.number(), bytes: z.number() }
/** What an employer keeps at the hub, and what it may; a limit that is left out has no end. */
export const storageAnswer = z.object({ used: z.object(storageAmounts), limits: z.object(storageAmounts).partial() })
export type StorageAnswer = z.infer<typeof storageAnswer>

export const accountRow = accountData.extend({ id: syncId })
export type AccountRow = z.infer<typeof accountRow>
/** An account as administrators list it: with what is open of it. */
export const accountListRow = accountRow.extend({
  login: syncLabel.optional(),
  licence_until: z.string().max(40).optional(),
  /** When one of its devices made itself known last. */
  seen_at: syncTime.optional(),
  sessions: z.int().nonnegative().optional(),
  /** Only these jobs, with those whose time has ended; absent: all of them. */
  jobs: z.array(jobRight).optional(),
  /** Jobs that the account owns or works on. */
  own_jobs: z.int().nonnegative().optional(),
  /** Which those are. */
  owned: z.array(syncId).optional(),
  /** People of whom its devices hold a copy. */
  holds: z.int().nonnegative().optional(),
  devices: z.int().nonnegative().optional(),
})
export type AccountListRow = z.infer<typeof accountListRow>
/** `required`: of administrators at sign-in, of everybody before bulk and export; `offered`: of whoever has one. */
export const secondFactorSetting = z.enum(['required', 'offered'])
export type SecondFactorSetting = z.infer<typeof secondFactorSetting>
export const secondFactorBody = z.object({ second_factor: secondFactorSetting })

export const accountsAnswer = z.object({
  accounts: z.array(accountListRow),
  /** Whom the employer named for the protection of personal data. */
  officer_id: syncId.optional(),
  /** Whether a second factor is asked for here, by the employer's setting or by the kind of hub. */
  second_factor: secondFactorSetting.optional(),
  ...nextPage,
})
export const accountCreateBody = z.object({
  name: syncLabel,
  email: syncLabel.optional(),
  role: syncRole,
  password: z.string().max(1024).optional(),
  agency: z.object({ id: syncId, name: syncLabel }).optional(),
})
export const accountPatchBody = z.object({
  role: syncRole.optional(),
  status: accountStatus.optional(),
  quotas: quotas.optional(),
  verification: verificationPatch.optional(),
  /** The day (or time) on which a headhunter's licence ends; null where none is known. */
  licence_until: z.string().max(40).nullable().optional(),
  /** Only these jobs; null: all of them. */
  jobs: z.array(jobRight).max(500).nullable().optional(),
})
export const officerBody = z.object({ account_id: syncId })
export const invitationBody = z.object({
  email: syncLabel.optional(),
  /** That the person agreed to their address being passed on; an address is refused without it (ZP-41). */
  consent: z.boolean().optional(),
  role: syncRole,
  /** Only these jobs; left out: all of them. */
  jobs: z.array(jobRight).max(500).optional(),
  agency: z.object({ id: syncId, name: syncLabel }).optional(),
})
export const invitationAnswer = z.object({ id: syncId, link: z.string(), expires_at: syncTime })
export const approvalDecisionBody = z.object({ status: z.enum(['granted', 'refused']), until: syncTime.optional() })

export const ledgerRow = z.object({
  device: z.string(),
  i: z.int().nonnegative(),
  at: syncTime,
  action: z.string(),
  outcome: z.string(),
  account: z.string(),
  candidate_id: syncId.optional(),
  /** The canonical JSON. */
  entry: z.string(),
})
export const ledgerAnswer = z.object({ rows: z.array(ledgerRow), ...nextPage })

export const candidateLinkBody = z.object({
  candidate_id: syncId,
  /** At most 90 days ahead; 30 days without it. */
  expires_at: syncTime.optional(),
  /** How the person wishes to get it; kept with the link. */
  channel: z.string().max(32).optional(),
})
export const candidateLink = z.object({ id: syncId, link: z.string(), expires_at: syncTime })

/** A link as it is listed: never its address, which the hub does not know. */
export const candidateLinkRow = z.object({
  id: syncId,
  candidate_id: syncId,
  expires_at: syncTime,
  revoked: z.boolean(),
  channel: z.string().optional(),
  created_at: syncTime.optional(),
  /** An account. */
  created_by: syncId.optional(),
  ended_at: syncTime.optional(),
  /** An account, or `candidate`. */
  ended_by: syncId.optional(),
})
export type CandidateLinkRow = z.infer<typeof candidateLinkRow>
export const candidateLinksAnswer = z.object({ links: z.array(candidateLinkRow), ...nextPage })

/** `GET /v1/candidate/views`: the disclosure of the view log, one log a device. */
export const disclosure = z.object({
  logs: z.array(
    z.object({
      origin: z.string(),
      public_key: z.string(),
      checkpoint: z.string(),
      cosignatures: z.array(z.string()),
      rows: z.array(z.object({ i: z.int().nonnegative(), entry: z.string(), proof: z.array(z.string()) })),
    }),
  ),
})
export type Disclosure = z.infer<typeof disclosure>

export const candidateRequestBody = z.object({
  kind: requestKind,
  requester: requester.default('self'),
  detail: syncText.default(''),
})
export const candidateConsentBody = z.object({
  purpose: consentPurpose,
  granted: z.boolean(),
  scope: syncText.optional(),
  until: syncTime.optional(),
})
