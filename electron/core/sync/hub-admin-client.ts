import type { z } from 'zod'
import { heldLogs, type HeldLog } from '../../shared/domain/log-health.ts'
import {
  accountsAnswer,
  accountRow,
  candidateLink,
  candidateLinksAnswer,
  disclosure,
  invitationAnswer,
  ledgerAnswer,
  type AccountListRow,
  type AccountRow,
  type CandidateLinkRow,
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
  listAccounts(): Promise<readonly AccountListRow[]>
  createAccount(body: Body): Promise<AccountRow>
  updateAccount(id: string, body: Body): Promise<void>
  invite(body: Body): Promise<z.infer<typeof invitationAnswer>>
  decideApproval(id: string, body: Body): Promise<void>
  releaseHold(id: string, reason: string): Promise<void>
  ledger(filter: Readonly<Record<string, string | undefined>>): Promise<z.infer<typeof ledgerAnswer>>
  /** Every device with the head of its log as the hub holds it; for administrators and officers. */
  heldLogs(): Promise<readonly HeldLog[]>
  /** What every device's log says of one person; for administrators and officers. */
  disclosure(candidateId: string): Promise<z.infer<typeof disclosure>>
  createCandidateLink(body: Body): Promise<z.infer<typeof candidateLink>>
  /** Every link of one person, newest first. */
  listCandidateLinks(candidateId: string): Promise<readonly CandidateLinkRow[]>
  deleteCandidateLink(id: string): Promise<void>
}

const part = encodeURIComponent

export const hubAdminClient = ({ get, post, send }: HubCalls): HubAdminClient => ({
  listAccounts: async () => (await get(accountsAnswer, '/v1/accounts')).accounts,
  createAccount: (body) => post(accountRow, '/v1/accounts', body),
  updateAccount: async (id, body) => {
    await send({ method: 'patch', path: `/v1/accounts/${part(id)}`, json: body, repeatable: true })
  },
  invite: (body) => post(invitationAnswer, '/v1/invitations', body),
  decideApproval: async (id, body) => {
    await send({ method: 'post', path: `/v1/approvals/${part(id)}/decision`, json: body, repeatable: false })
  },
  releaseHold: async (id, reason) => {
    await send({ method: 'post', path: `/v1/holds/${part(id)}/release`, json: { reason }, repeatable: false })
  },
  ledger: (filter) => get(ledgerAnswer, '/v1/ledger', { ...filter }),
  heldLogs: async () => (await get(heldLogs, '/v1/ledger/logs')).logs,
  disclosure: (candidateId) => get(disclosure, '/v1/ledger/disclosure', { candidate: candidateId }),
  createCandidateLink: (body) => post(candidateLink, '/v1/candidate-links', body),
  listCandidateLinks: async (candidateId) =>
    (await get(candidateLinksAnswer, '/v1/candidate-links', { candidate_id: candidateId })).links,
  deleteCandidateLink: async (id) => {
    await send({ method: 'delete', path: `/v1/candidate-links/${part(id)}`, repeatable: true })
  },
})
