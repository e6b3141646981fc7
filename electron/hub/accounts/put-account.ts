import type { AccountRow } from '../../shared/domain/sync-records.ts'
import type { HubTransaction } from '../db/schema.ts'
import type { Hub } from '../hub.ts'
import { putRecords } from '../records/put-records.ts'

/** The change that administrators and the account itself get, and colleagues by name and role alone. */
export const putAccount = async (hub: Hub, tx: HubTransaction, row: AccountRow, employerId: string): Promise<void> => {
  const { id, ...data } = row
  await putRecords(hub, tx, employerId, [{ type: 'account', id, data, internal: { audience: ['admin'], account: id } }])
}
