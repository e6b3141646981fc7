import type { z } from 'zod'
import {
  alarmsAnswer,
  looksAnswer,
  approvalAnswer,
  approvalsAnswer,
  delegationRow,
  delegationsAnswer,
  type AlarmRow,
  type DelegationRow,
  type LookBody,
  type LookRow,
} from '../../shared/domain/sync-records.ts'
import type { HubCalls } from './hub-admin-client.ts'

type Body = Readonly<Record<string, unknown>>

/** The queue of approvals at the hub; errors as in {@link HubClient}. */
export type HubApprovalClient = {
  requestApproval(body: Body): Promise<z.infer<typeof approvalAnswer>>
  /** `pending` while a second person is needed. */
  decideApproval(id: string, body: Body): Promise<z.infer<typeof approvalAnswer>['status']>
  withdrawApproval(id: string): Promise<void>
  listApprovals(box: string, cursor: string | undefined): Promise<z.infer<typeof approvalsAnswer>>
  listDeputies(): Promise<readonly DelegationRow[]>
  nameDeputy(body: Body): Promise<DelegationRow>
  endDeputy(id: string): Promise<void>
  /** Who looked into content, why, and what was read. */
  listLooks(): Promise<readonly LookRow[]>
  beginLook(body: LookBody): Promise<void>
  listAlarms(): Promise<readonly AlarmRow[]>
  decideAlarm(id: string, body: Body): Promise<void>
}

const part = encodeURIComponent

export const hubApprovalClient = ({ get, post, send }: HubCalls): HubApprovalClient => ({
  requestApproval: (body) => post(approvalAnswer, '/v1/approvals', body),
  decideApproval: async (id, body) => (await post(approvalAnswer, `/v1/approvals/${part(id)}/decision`, body)).status,
  withdrawApproval: async (id) => {
    await send({ method: 'post', path: `/v1/approvals/${part(id)}/withdrawal`, repeatable: false })
  },
  listApprovals: (box, cursor) => get(approvalsAnswer, '/v1/approvals', { box, cursor }),
  listDeputies: async () => (await get(delegationsAnswer, '/v1/approval-deputies')).delegations,
  nameDeputy: (body) => post(delegationRow, '/v1/approval-deputies', body),
  listLooks: async () => (await get(looksAnswer, '/v1/content-looks')).looks,
  beginLook: async (body) => {
    await send({ method: 'post', path: '/v1/content-looks', json: body, repeatable: false })
  },
  listAlarms: async () => (await get(alarmsAnswer, '/v1/alarms')).alarms,
  decideAlarm: async (id, body) => {
    await send({ method: 'post', path: `/v1/alarms/${part(id)}/decision`, json: body, repeatable: false })
  },
  endDeputy: async (id) => {
    await send({ method: 'delete', path: `/v1/approval-deputies/${part(id)}`, repeatable: true })
  },
})
