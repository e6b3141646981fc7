import { sql } from 'kysely'
import type { z } from 'zod'
import type { approvalsAnswer } from '../../shared/domain/sync-records.ts'
import type { Hub } from '../hub.ts'
import { isoTime } from '../hub-clock.ts'
import { HubProblem } from '../hub-problem.ts'
import { listRowKeys, openData } from '../records/record-data.ts'
import type { Session } from '../session.ts'
import type { Approval } from './approval-record.ts'
import { authorityOver, hasExpired } from './decide-approval.ts'
import { authoritiesOf } from './deputies.ts'

export type ApprovalQuery = {
  readonly box: 'pending' | 'decided' | 'mine'
  readonly cursor?: string | undefined
  readonly limit: number
}

/** Above every revision that the column can hold. */
const end = 2 ** 31 - 1

const readCursor = (cursor: string | undefined): number => {
  if (cursor === undefined) return end
  const rev = Number(cursor)
  if (Number.isSafeInteger(rev) && rev >= 0 && rev <= end) return rev
  throw new HubProblem(400, 'invalid_request', 'this is no cursor of the list')
}

/** Newest change first. Whoever may decide sees everybody's, whoever may not sees their own. */
export const listApprovals = async (
  hub: Hub,
  session: Session,
  { box, cursor, limit }: ApprovalQuery,
): Promise<z.input<typeof approvalsAnswer>> => {
  const now = hub.clock.now()
  const authorities = await authoritiesOf(hub.db, session, now)
  let select = hub.db
    .selectFrom('record')
    .selectAll()
    .where('employer_id', '=', session.employerId)
    .where('type', '=', 'approval')
    .where('deleted', '=', false)
    .where('rev', '<', readCursor(cursor))
    .orderBy('rev', 'desc')
    .limit(limit + 1)
  if (box === 'mine' || authorities.length === 0) {
    select = select.where(sql<string>`data->>'account_id'`, '=', session.accountId)
  }
  if (box !== 'mine') select = select.where(sql<string>`data->>'status'`, box === 'pending' ? '=' : '<>', 'pending')
  const rows = await select.execute()
  const page = rows.slice(0, limit)
  const keys = await listRowKeys(hub.candidateKeys, hub.db, session.employerId, page)
  const last = page.at(-1)
  return {
    approvals: page.map((row) => {
      const data = openData(row, keys) as Approval
      const open = data.status === 'pending' && !hasExpired(data, now)
      return {
        ...data,
        // The sweep writes it down within the hour; nobody decides it meanwhile.
        ...(data.status === 'pending' && !open ? { status: 'refused' as const, ended: 'expired' as const } : {}),
        id: row.id,
        at: isoTime(row.at),
        may_decide: open && authorityOver(data, session.accountId, authorities) !== undefined,
      }
    }),
    ...(rows.length > limit && last !== undefined ? { next_cursor: String(last.rev) } : {}),
  }
}
