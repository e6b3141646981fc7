import { invitationData, type JobRight, type SyncRole } from '../../shared/domain/sync-records.ts'
import type { HubQueries, HubTransaction } from '../db/schema.ts'
import type { Hub } from '../hub.ts'
import { hashSecret } from '../keys/secrets.ts'
import { putRecords } from '../records/put-records.ts'

export type OpenInvitation = {
  readonly employerId: string
  readonly employer: string
  readonly id: string
  readonly until: number
  readonly role: SyncRole
  readonly jobs: readonly JobRight[] | undefined
  readonly agency: { readonly id: string; readonly name: string } | undefined
}

type Status = 'open' | 'accepted' | 'expired' | 'revoked'

const dataOf = async (db: HubQueries, employerId: string, id: string) => {
  const row = await db
    .selectFrom('record')
    .select('data')
    .where('employer_id', '=', employerId)
    .where('type', '=', 'invitation')
    .where('id', '=', id)
    .executeTakeFirst()
  return row === undefined ? undefined : invitationData.parse(row.data)
}

/** The invitation of a link that still works, or undefined: used, taken back, run out and never made look the same. */
export const findOpenInvitation = async (hub: Hub, token: string): Promise<OpenInvitation | undefined> => {
  const row = await hub.db
    .selectFrom('invitation_token')
    .innerJoin('employer', 'employer.employer_id', 'invitation_token.employer_id')
    .select(['invitation_token.employer_id', 'invitation_token.id', 'invitation_token.until', 'employer.name'])
    .where('token_hash', '=', hashSecret(token))
    .where('used', '=', false)
    .where('until', '>', hub.clock.now())
    .executeTakeFirst()
  const data = row === undefined ? undefined : await dataOf(hub.db, row.employer_id, row.id)
  if (row === undefined || data === undefined) return undefined
  const { role, jobs, agency } = data
  return { employerId: row.employer_id, employer: row.name, id: row.id, until: row.until, role, jobs, agency }
}

/** Closes an invitation; the address that was passed on for it goes with it (ZP-41). @returns false where there is none open */
export const closeInvitation = async (
  hub: Hub,
  tx: HubTransaction,
  employerId: string,
  id: string,
  status: Exclude<Status, 'open'>,
): Promise<boolean> => {
  const closed = await tx
    .updateTable('invitation_token')
    .set({ used: true })
    .where('employer_id', '=', employerId)
    .where('id', '=', id)
    .where('used', '=', false)
    .returning('id')
    .executeTakeFirst()
  const data = await dataOf(tx, employerId, id)
  if (closed === undefined || data === undefined) return false
  const { email: _passedOn, ...rest } = data
  await putRecords(hub, tx, employerId, [{ type: 'invitation', id, data: { ...rest, status } }])
  return true
}

/** Invitations whose time is over end, and their addresses go. */
export const expireInvitations = async (hub: Hub): Promise<void> => {
  const rows = await hub.db
    .selectFrom('invitation_token')
    .select(['employer_id', 'id'])
    .where('used', '=', false)
    .where('until', '<=', hub.clock.now())
    .execute()
  for (const { employer_id: employerId, id } of rows) {
    await hub.db.transaction().execute((tx) => closeInvitation(hub, tx, employerId, id, 'expired'))
    hub.events.emit(employerId)
  }
}
