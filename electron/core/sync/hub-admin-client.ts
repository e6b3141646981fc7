import type { z } from 'zod'
import type { CrossBorderRecord } from '../../shared/domain/cross-border.ts'
import { heldLogs, type HeldLog } from '../../shared/domain/log-health.ts'
import { ownData, ownLogPage, type OwnData } from '../../shared/domain/own-data.ts'
import {
  accountsAnswer,
  accountRow,
  cancellationAnswer,
  deviceHoldings,
  devicesAnswer,
  handOverAnswer,
  invitationsAnswer,
  oneTimeLink,
  sessionsAnswer,
  signInAlarmsAnswer,
  candidateLink,
  candidateLinksAnswer,
  closingAnswer,
  crossBorderAnswer,
  disclosure,
  invitationAnswer,
  ledgerAnswer,
  type AccountListRow,
  type AccountRow,
  type CandidateLinkRow,
  type ClosingAnswer,
  type CrossBorderAnswer,
  type DeviceHoldings,
  type DeviceRow,
  type InvitationRow,
  type OneTimeLink,
  type SecondFactorSetting,
  type SessionRow,
  type SignInAlarm,
} from '../../shared/domain/sync-records.ts'
import type { HubAnswer, HubRequest } from './hub-transport.ts'

type Body = Readonly<Record<string, unknown>>

/** Signed-in calls whose answers are parsed; what `createHubClient` lends to its parts. */
export type HubCalls = {
  get<S extends z.ZodType>(schema: S, path: string, query?: HubRequest['query']): Promise<z.output<S>>
  post<S extends z.ZodType>(schema: S, path: string, body: unknown): Promise<z.output<S>>
  send(request: Omit<HubRequest, 'bearer'>): Promise<HubAnswer>
}

/** What administrators and officers do at the hub; errors as in {@link HubClient}. A gateway without a route answers E_NOT_FOUND. */
export type HubAdminClient = {
  listAccounts(): Promise<{
    readonly accounts: readonly AccountListRow[]
    readonly officer?: string
    readonly secondFactor?: SecondFactorSetting
  }>
  /** Whether the enterprise asks for a second factor (ZP-94). */
  putSecondFactor(setting: SecondFactorSetting): Promise<void>
  createAccount(body: Body): Promise<AccountRow>
  updateAccount(id: string, body: Body): Promise<void>
  invite(body: Body): Promise<z.infer<typeof invitationAnswer>>
  listInvitations(): Promise<readonly InvitationRow[]>
  revokeInvitation(id: string): Promise<void>
  /** @returns how many jobs changed hands */
  handOverJobs(from: string, body: Body): Promise<number>
  createPasswordLink(account: string): Promise<OneTimeLink>
  nameOfficer(account: string): Promise<void>
  /** Everybody's for administrators and officers, else one's own. */
  listDevices(): Promise<readonly DeviceRow[]>
  /** Whoever it belongs to: it wipes itself at its next contact. */
  revokeDevice(id: string): Promise<void>
  deviceHoldings(id: string): Promise<DeviceHoldings>
  listSignInAlarms(): Promise<readonly SignInAlarm[]>
  listSessions(): Promise<readonly SessionRow[]>
  endSession(id: string): Promise<void>
  changePassword(current: string, next: string): Promise<void>
  /** Everything that the hub holds about whoever is signed in. */
  ownData(): Promise<OwnData>
  /** What the account did by every device's log, newest first, page by page. */
  ownLog(cursor?: string): Promise<z.infer<typeof ownLogPage>>
  /** Null keeps it to oneself. */
  putOwnTitle(title: string | null): Promise<void>
  releaseHold(id: string, reason: string): Promise<void>
  ledger(filter: Readonly<Record<string, string | undefined>>): Promise<z.infer<typeof ledgerAnswer>>
  /** Every device with the head of its log as the hub holds it; for administrators and officers. */
  heldLogs(): Promise<readonly HeldLog[]>
  /** What every device's log says of one person; for administrators and officers. */
  disclosure(candidateId: string): Promise<z.infer<typeof disclosure>>
  closing(): Promise<ClosingAnswer>
  closeEmployer(confirm: string): Promise<ClosingAnswer>
  finishClosing(): Promise<void>
  /** Cancels one's own account for good; until when everything is gone. */
  cancelAccount(confirm: string): Promise<string>
  crossBorder(): Promise<CrossBorderAnswer>
  putCrossBorder(record: CrossBorderRecord): Promise<void>
  endCrossBorder(): Promise<void>
  setOverseas(account: string, overseas: boolean): Promise<void>
  createCandidateLink(body: Body): Promise<z.infer<typeof candidateLink>>
  /** Every link of one person, newest first. */
  listCandidateLinks(candidateId: string): Promise<readonly CandidateLinkRow[]>
  deleteCandidateLink(id: string): Promise<void>
}

const part = encodeURIComponent

export const hubAdminClient = ({ get, post, send }: HubCalls): HubAdminClient => ({
  listAccounts: async () => {
    const { accounts, officer_id: officer, second_factor: setting } = await get(accountsAnswer, '/v1/accounts')
    return {
      accounts,
      ...(officer === undefined ? {} : { officer }),
      ...(setting === undefined ? {} : { secondFactor: setting }),
    }
  },
  putSecondFactor: async (setting) => {
    await send({
      method: 'put',
      path: '/v1/employer/second-factor',
      json: { second_factor: setting },
      repeatable: true,
    })
  },
  createAccount: (body) => post(accountRow, '/v1/accounts', body),
  updateAccount: async (id, body) => {
    await send({ method: 'patch', path: `/v1/accounts/${part(id)}`, json: body, repeatable: true })
  },
  invite: (body) => post(invitationAnswer, '/v1/invitations', body),
  listInvitations: async () => (await get(invitationsAnswer, '/v1/invitations')).invitations,
  revokeInvitation: async (id) => {
    await send({ method: 'delete', path: `/v1/invitations/${part(id)}`, repeatable: true })
  },
  handOverJobs: async (from, body) => (await post(handOverAnswer, `/v1/accounts/${part(from)}/hand-over`, body)).jobs,
  createPasswordLink: (account) => post(oneTimeLink, `/v1/accounts/${part(account)}/password-link`, {}),
  nameOfficer: async (account) => {
    await send({ method: 'put', path: '/v1/officer', json: { account_id: account }, repeatable: true })
  },
  listDevices: async () => (await get(devicesAnswer, '/v1/devices')).devices,
  revokeDevice: async (id) => {
    await send({ method: 'delete', path: `/v1/devices/${part(id)}`, repeatable: true })
  },
  deviceHoldings: (id) => get(deviceHoldings, `/v1/devices/${part(id)}/holdings`),
  listSignInAlarms: async () => (await get(signInAlarmsAnswer, '/v1/sign-in-alarms')).alarms,
  listSessions: async () => (await get(sessionsAnswer, '/v1/sessions')).sessions,
  endSession: async (id) => {
    await send({ method: 'delete', path: `/v1/sessions/${part(id)}`, repeatable: true })
  },
  changePassword: async (current, next) => {
    await send({ method: 'post', path: '/v1/me/password', json: { current, next }, repeatable: false })
  },
  ownData: () => get(ownData, '/v1/me/data'),
  ownLog: (cursor) => get(ownLogPage, '/v1/me/log', { cursor }),
  putOwnTitle: async (title) => {
    await send({ method: 'put', path: '/v1/me/title', json: { title }, repeatable: true })
  },
  releaseHold: async (id, reason) => {
    await send({ method: 'post', path: `/v1/holds/${part(id)}/release`, json: { reason }, repeatable: false })
  },
  ledger: (filter) => get(ledgerAnswer, '/v1/ledger', { ...filter }),
  heldLogs: async () => (await get(heldLogs, '/v1/ledger/logs')).logs,
  disclosure: (candidateId) => get(disclosure, '/v1/ledger/disclosure', { candidate: candidateId }),
  closing: () => get(closingAnswer, '/v1/employer/closing'),
  closeEmployer: (confirm) => post(closingAnswer, '/v1/employer/closing', { confirm }),
  finishClosing: async () => {
    await send({ method: 'post', path: '/v1/employer/closing/finish', repeatable: false })
  },
  cancelAccount: async (confirm) => (await post(cancellationAnswer, '/v1/me/cancellation', { confirm })).due_at,
  crossBorder: () => get(crossBorderAnswer, '/v1/cross-border'),
  putCrossBorder: async (record) => {
    await send({ method: 'put', path: '/v1/cross-border', json: record, repeatable: true })
  },
  endCrossBorder: async () => {
    await send({ method: 'delete', path: '/v1/cross-border', repeatable: true })
  },
  setOverseas: async (account, overseas) => {
    await send({ method: 'put', path: `/v1/accounts/${part(account)}/overseas`, json: { overseas }, repeatable: true })
  },
  createCandidateLink: (body) => post(candidateLink, '/v1/candidate-links', body),
  listCandidateLinks: async (candidateId) =>
    (await get(candidateLinksAnswer, '/v1/candidate-links', { candidate_id: candidateId })).links,
  deleteCandidateLink: async (id) => {
    await send({ method: 'delete', path: `/v1/candidate-links/${part(id)}`, repeatable: true })
  },
})
