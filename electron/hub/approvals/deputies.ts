import type { Selectable } from 'kysely'
import type { DelegationRow } from '../../shared/domain/sync-records.ts'
import type { ApprovalDeputyTable, HubQueries } from '../db/schema.ts'
import { isoTime } from '../hub-clock.ts'
import type { Session } from '../session.ts'

const approvers: readonly string[] = ['admin', 'officer']

/** By whose authority somebody decides: their own, or an approver's whose deputy they are now. */
export type Authority = { readonly onBehalfOf: string | undefined }

/** Approvers who have named this account and whose time runs. Whoever is no approver any more has nothing to hand on. */
const listPrincipals = async (db: HubQueries, session: Session, now: number): Promise<string[]> => {
  const rows = await db
    .selectFrom('approval_deputy')
    .innerJoin('account', (join) =>
      join
        .onRef('account.employer_id', '=', 'approval_deputy.employer_id')
        .onRef('account.id', '=', 'approval_deputy.approver_id'),
    )
    .select('approval_deputy.approver_id')
    .where('approval_deputy.employer_id', '=', session.employerId)
    .where('approval_deputy.deputy_id', '=', session.accountId)
    .where('approval_deputy.from_at', '<=', now)
    .where('approval_deputy.until_at', '>', now)
    .where('approval_deputy.ended_at', 'is', null)
    .where('account.role', 'in', approvers)
    .where('account.status', '=', 'active')
    .orderBy('approval_deputy.approver_id')
    .execute()
  return [...new Set(rows.map((row) => row.approver_id))]
}

/**
 * Every authority by which this account may decide now, its own first.
 * @returns empty for somebody who neither approves nor stands in for one who does
 */
export const authoritiesOf = async (db: HubQueries, session: Session, now: number): Promise<readonly Authority[]> => {
  if (approvers.includes(session.role)) return [{ onBehalfOf: undefined }]
  // Another firm's people decide nothing here, whoever named them.
  if (session.role === 'headhunter') return []
  return (await listPrincipals(db, session, now)).map((onBehalfOf) => ({ onBehalfOf }))
}

export const delegationView = (
  row: Selectable<ApprovalDeputyTable>,
  nameOf: (id: string) => string,
): DelegationRow => ({
  id: row.id,
  approver_id: row.approver_id,
  approver: nameOf(row.approver_id),
  deputy_id: row.deputy_id,
  deputy: nameOf(row.deputy_id),
  from: isoTime(row.from_at),
  until: isoTime(row.until_at),
  ...(row.ended_at === null ? {} : { ended_at: isoTime(row.ended_at) }),
})
