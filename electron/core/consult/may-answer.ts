import type { ConsultDesk, ConsultRule, FilingStatus } from '../../shared/domain/consultations.ts'
import type { Me } from '../../shared/domain/sync-records.ts'
import type { ErrorCode } from '../../shared/ipc/ipc-error.ts'
import { Refusal, type ReaderCall } from '../handler.ts'
import type { PolicyLift } from '../../shared/domain/policy-codes.ts'
import { keptFor, policyMark, sensitiveIn, type ConsultProfile } from './consult-profile.ts'
import type { ConsultationRow } from './consultation-rows.ts'

const codes: Readonly<Record<ConsultRule, ErrorCode>> = {
  CONSULT_FILING: 'E_APPROVAL',
  CONSULT_CERTIFICATE: 'E_APPROVAL',
  CONSULT_FIRST: 'E_CHANNEL',
  CONSULT_BULK: 'E_ROLE',
  CONSULT_SENSITIVE: 'E_CHANNEL',
}
const lifts: Readonly<Partial<Record<ConsultRule, PolicyLift>>> = {
  CONSULT_FILING: 'FILE_IDENTITY',
  CONSULT_CERTIFICATE: 'RENEW_CERTIFICATE',
  CONSULT_FIRST: 'USER_WRITES',
}

/** @throws Refusal always; the log names the rule and never the words */
export const refuseConsult = (desk: ConsultProfile, rule: ConsultRule): never => {
  const clause = desk.profile.clauseOf(rule)
  const lift = lifts[rule]
  throw new Refusal(
    codes[rule],
    'a rule of this consultation keeps the answer back',
    { rule, clause, ...(lift === undefined ? {} : { lift }) },
    { policy: policyMark(desk, clause) },
  )
}

const filingOf = (me: Me | null): { readonly status: FilingStatus; readonly at?: number } => {
  const filing = me?.filing
  if (filing === undefined) return { status: 'none' }
  return { status: filing.status, ...(filing.at === undefined ? {} : { at: Date.parse(filing.at) }) }
}

/** The end of the day on which a certificate ends, in China. */
const endOf = (day: string): number => Date.parse(`${day}T23:59:59+08:00`)

/** Who may answer here at all: a filed identity (QY-17) and certificates of which none has ended (QY-20). */
export const readDesk = (call: ReaderCall, desk: ConsultProfile | undefined): ConsultDesk => {
  const me = call.account.me()
  const filing = filingOf(me)
  const certificates = (me?.filing?.certificates ?? []).map(({ name, until }) => {
    const end = endOf(until)
    return { name, until: end, over: end <= call.now }
  })
  if (desk === undefined) return { filing, certificates, chat_days: 0 }
  const rule: ConsultRule | undefined =
    filing.status === 'approved'
      ? certificates.length === 0 || certificates.some(({ over }) => over)
        ? 'CONSULT_CERTIFICATE'
        : undefined
      : 'CONSULT_FILING'
  return {
    platform: desk.profile.id,
    filing,
    certificates,
    chat_days: keptFor(desk) / 86_400_000,
    ...(rule === undefined ? {} : { refusal: { rule, clause: desk.profile.clauseOf(rule) } }),
  }
}

/** Whoever has written nothing in this talk is not written to first (QY-25). */
export const mayBeAnswered = (rows: readonly ConsultationRow[]): boolean => rows.some(({ author }) => author === 'user')

/** What keeps an answer back, in the order in which it can be mended. */
export const ruleAgainst = (
  call: ReaderCall,
  desk: ConsultProfile,
  rows: readonly ConsultationRow[],
  text?: string,
): ConsultRule | undefined => {
  const { refusal } = readDesk(call, desk)
  if (refusal !== undefined) return refusal.rule
  if (!mayBeAnswered(rows)) return 'CONSULT_FIRST'
  return text !== undefined && sensitiveIn(desk, text).length > 0 ? 'CONSULT_SENSITIVE' : undefined
}
