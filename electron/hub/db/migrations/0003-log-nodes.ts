import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import { buildStoredNodes } from '../../log-tree/build-stored-nodes.ts'
import type { HubSchema } from '../schema.ts'

/** The tree's nodes of each device's log. */
const statements = [
  `create table log_node (employer_id text not null, device_id text not null, level integer not null,
     idx integer not null, hash bytea not null, primary key (employer_id, device_id, level, idx))`,
]

export const logNodes: Migration = {
  async up(db: Kysely<HubSchema>) {
    for (const statement of statements) await sql.raw(statement).execute(db)
    await buildStoredNodes(db)
  },
}
