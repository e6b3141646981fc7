import { z } from 'zod'

/**
 * Why a field looks the way it does: the closed set of rules behind a decision or a refusal. Texts in both languages are
 * in `resources/policy-texts.json`.
 */
export const policyRules = [
  // What the platform's cell says.
  'SHOWN',
  'REVEAL_LOGGED',
  'NEEDS_APPROVAL',
  'VIRTUAL_NUMBER',
  'MASKED_ONLY',
  'ALIAS_ONLY',
  'AGE_BAND_ONLY',
  'CITY_ONLY',
  'VIEWER_REDACTED',
  'VIEWER_REVEAL',
  'NOT_DISCLOSED',
  'HEADHUNTER_LIMIT',
  'UNSTATED',
  // What a cell's condition says.
  'NOT_TOLD',
  'NOT_PUBLIC',
  'CALLS_NOT_ALLOWED',
  'NO_ATTACHMENT',
  // What tightens a cell.
  'FIRST_STAGE',
  'FIRST_STAGE_BAND',
  'INSIGHTS_OFF',
  'INSIGHTS_STALE',
  'DO_NOT_CONTACT',
  'NO_VIRTUAL_NUMBER',
  'CALLER_UNVERIFIED',
  'ADMIN_CARD_ONLY',
  'INTERVIEWER_LIMIT',
  'AI_REFUSED',
  'AI_UNANSWERED',
  'NO_CALL_GROUND',
  'INSIGHTS_NOT_ALLOWED',
  'SEALED_NOT_ALLOWED',
  'ENTERPRISE_RULE',
  // What keeps an account from every candidate.
  'RULES_NOT_ACCEPTED',
  'CONFIDENTIALITY_MISSING',
  'REAL_NAME_MISSING',
  'EMPLOYMENT_MISSING',
  'ACCOUNT_RESTRICTED',
  'LICENCE_MISSING',
  'LICENCE_OVER',
  'OFFICER_MISSING',
  // What closes the whole record.
  'UNVERIFIED',
  'VISITOR',
  'OFFICER_BY_REQUEST',
  'NOT_ASSIGNED',
  'LOCKED',
  'RESTRICTED',
  'NO_EVIDENCE',
  'NO_CANDIDATES_HERE',
  'OVERSEAS',
  'HUB_ABROAD',
  'HIDDEN_BY_CANDIDATE',
  'HIDDEN_FROM_HEADHUNTERS',
  'BLOCKED_EMPLOYER',
  'OTHER_PURPOSE',
  'NOT_JOB_MEMBER',
  'ENTITLEMENT_OVER',
  'UNDER_AGE',
  'GUARDIAN_MISSING',
  'AGE_UNKNOWN',
  'LEASE_OVER',
  'HUB_NEEDED',
  'CARD_STALE',
  // What keeps one thing of an open record closed.
  'BACKGROUND_CONSENT',
  'BACKGROUND_STEP',
  'POOL_CONSENT',
  'SHARING_CONSENT',
  'ORIGIN_MISSING',
  'HOLD',
  'HOLD_APPROVER',
  // What keeps an answer of a consultation back.
  'CONSULT_FILING',
  'CONSULT_CERTIFICATE',
  'CONSULT_FIRST',
  'CONSULT_BULK',
  'CONSULT_SENSITIVE',
  // What an approval does not cover.
  'APPROVAL_PENDING',
  'APPROVAL_OVER',
  'APPROVAL_SCOPE',
  // What stops whoever looks at more than work explains.
  'REVEALS_STOPPED',
  'VIEWS_STOPPED',
] as const
export const policyRule = z.enum(policyRules)
export type PolicyRule = z.infer<typeof policyRule>

/** How a refusal's line in the view log names its rule. */
export const refusalDetail = (rule: PolicyRule): string => `rule ${rule}`

/** The rule that a line of the view log names, if it names one. */
export const ruleOfDetail = (detail: string | undefined): PolicyRule | undefined =>
  policyRule.safeParse(/^rule (\w+)$/.exec(detail ?? '')?.[1]).data

/** What would lift a limit; `null` in a decision means that nothing would. */
export const policyLifts = [
  'DELIVERY',
  'TOLD',
  'DELIVERY_OR_TOLD',
  'MADE_PUBLIC',
  'ALLOW_CALLS',
  'ATTACHMENT_SENT',
  'LATER_STAGE',
  'REVEAL',
  'APPROVAL',
  'VERIFY_CALLER',
  'STATE_REASON',
  'CANDIDATE_ALLOWS',
  'CANDIDATE_ANSWERS',
  'REFRESH',
  'SYNC',
  'VERIFY_ACCOUNT',
  'SIGN_IN',
  'REQUEST_CASE',
  'NEW_PURPOSE',
  'CONFIRM_AGE',
  'GUARDIAN_CONSENT',
  'CROSS_BORDER_CONSENT',
  'CROSS_BORDER_RECORD',
  'ACCEPT_RULES',
  'SIGN_CONFIDENTIALITY',
  'PLATFORM_LIFTS',
  'RENEW_LICENCE',
  'NAME_OFFICER',
  'RENEW_ENTITLEMENT',
  'JOB_MEMBERSHIP',
  'ASSIGNMENT',
  'ALLOW_INSIGHTS',
  'ALLOW_SEALED',
  'ENTERPRISE_LIFTS',
  'BACKGROUND_ANSWER',
  'BACKGROUND_ASK',
  'SECOND_PERSON',
  'SHARING_ASK',
  'FILE_IDENTITY',
  'RENEW_CERTIFICATE',
  'USER_WRITES',
  'REGISTER_HUB',
  'STOP_ENDS',
] as const
export const policyLift = z.enum(policyLifts)
export type PolicyLift = z.infer<typeof policyLift>
