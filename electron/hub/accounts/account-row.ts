import type { Selectable } from 'kysely'
import { accountRow, type AccountRow } from '../../shared/domain/sync-records.ts'
import type { AccountTable } from '../db/schema.ts'

/** An account as the protocol shows it: never its password's hash. */
export const toAccountRow = (row: Selectable<AccountTable>): AccountRow =>
  accountRow.parse({
    id: row.id,
    name: row.name,
    role: row.role,
    status: row.status,
    quotas: row.quotas,
    verification: row.verification,
    ...(row.email === null ? {} : { email: row.email }),
    ...(row.agency === null ? {} : { agency: row.agency }),
    ...(row.title === null ? {} : { title: row.title }),
  })
